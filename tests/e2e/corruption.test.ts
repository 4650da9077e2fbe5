import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { TABLE_NAMES } from '../../renderer/data/tables.ts'
import { damage } from '../kills/corruption.ts'
import { STORES, type Store } from '../kills/series.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { temporaryFolder } from '../support/project.ts'
import { expect, test } from './app.ts'
import { rowsOf } from './database.ts'

/** Few in every run; OUTPOST_CORRUPTIONS=40 damages more places. */
const TIMES = Number(process.env.OUTPOST_CORRUPTIONS ?? 3)

/** Everything in the workspace, and how many pictures there are. */
async function everything(page: Page) {
  const tables = await Promise.all(TABLE_NAMES.map(async (name) => [name, await rowsOf(page, name)] as const))
  return { ...Object.fromEntries(tables), pictures: (await rowsOf(page, 'blobs')).length }
}

/** What could not be opened is brought back when that is pressed. */
async function comesBack(page: Page): Promise<void> {
  const offer = page.getByRole('button', { name: 'Bring everything back' })
  // The calendar it opens with, or the settings it was in.
  const there = page
    .locator('[data-post]')
    .or(page.getByRole('button', { name: 'Copy now' }))
    .first()
  await there.or(offer).first().waitFor()
  if (await offer.isVisible()) await offer.click()
  await there.waitFor()
  await expect(page.getByRole('button', { name: 'Start empty' })).toHaveCount(0)
}

/**
 * Records that were altered are found when all are read, which a copy does. A browser that cannot read on lets go of the database: that is
 * said, and loaded again everything is there.
 */
async function copy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Data', exact: true }).click()
  await page.getByRole('button', { name: 'Copy now' }).click()
  const loadAgain = page.getByRole('button', { name: 'Load again' })
  await page
    .getByText(/kept, the newest of/)
    .or(loadAgain)
    .first()
    .waitFor()
  if (!(await loadAgain.isVisible())) return
  await loadAgain.click()
  await comesBack(page)
  await copy(page)
}

for (const store of Object.keys(STORES) as Store[]) {
  test(`whatever ${TIMES} times happens to the files of the database, everything is there again, on ${store}`, async () => {
    test.skip(test.info().project.name === 'electron', 'damages the profile of the chromium shell')
    test.setTimeout(TIMES * 60_000 + 60_000)
    using folder = temporaryFolder()
    const downloads = join(folder.path, 'downloads')
    mkdirSync(downloads)
    const open = (name: string) =>
      startTestShell({ dataFolder: join(folder.path, name), downloads, browserArguments: STORES[store] })

    const first = await open('whole')
    await first.page.getByRole('button', { name: /Open the sample/ }).click()
    await first.page.locator('[data-post]').first().waitFor()
    await first.page.locator('[data-saved="saved"]').waitFor()
    const wanted = await everything(first.page)
    await first.close()

    for (let time = 0; time < TIMES; time += 1) {
      const damaged = join(folder.path, 'damaged')
      cpSync(join(folder.path, 'whole'), damaged, { recursive: true, filter: (path) => !path.endsWith('running.sock') })
      const what = damage(damaged, time % 2 === 0 ? 'flip' : 'cut', Math.random(), Math.random())
      await test.step(what, async () => {
        const { page, close } = await open('damaged')
        await comesBack(page)
        await copy(page)
        expect(await everything(page), what).toEqual(wanted)
        await close()
      })
      rmSync(damaged, { recursive: true })
    }
  })
}
