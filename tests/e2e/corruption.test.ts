/**
 * Whatever happens to the files of the database, everything is there again, with what a user is offered on the screen.
 * OUTPOST_CORRUPTIONS=40 damages more places. What failed is said with its seed, and the damaged data folder is kept:
 * OUTPOST_CORRUPTION_SEED damages much the same place of a new one, OUTPOST_DAMAGED=<that folder> opens that very one again (copy it first: every
 * run empties its results).
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { TABLE_NAMES } from '../../renderer/data/tables.ts'
import { damage } from '../kills/corruption.ts'
import { STORES, type Store } from '../kills/series.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/project.ts'
import { expect, test } from './app.ts'
import { rowsOf } from './database.ts'

const TIMES = Number(process.env.OUTPOST_CORRUPTIONS ?? 3)
const SEED = Number(process.env.OUTPOST_CORRUPTION_SEED ?? Math.floor(Math.random() * 2 ** 31))
const GIVEN = process.env.OUTPOST_DAMAGED

/** A step that hangs fails with its own name, and the page as it stands then. */
const STEP_MS = 30_000
/** How often a user presses what is offered before losing patience. */
const PATIENCE = 4

/** Everything in the workspace, and how many pictures there are. */
async function everything(page: Page) {
  const tables = await Promise.all(TABLE_NAMES.map(async (name) => [name, await rowsOf(page, name)] as const))
  return { ...Object.fromEntries(tables), pictures: (await rowsOf(page, 'blobs')).length }
}

const within = <T>(what: string, work: Promise<T>): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`${what} took more than ${STEP_MS} ms`)), STEP_MS)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}

/** What a user is offered when the database cannot be used: it is taken until `goal` is there, or `goal` is begun anew by `again`. */
async function reach(page: Page, goal: Locator, again: () => Promise<void> = async () => {}): Promise<void> {
  const everythingBack = page.getByRole('button', { name: 'Bring everything back' })
  const wayOn = everythingBack.or(page.getByRole('button', { name: 'Load again' }))
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    await goal.or(wayOn).first().waitFor()
    if ((await wayOn.count()) === 0) return
    const press = (await everythingBack.isVisible()) ? everythingBack : wayOn
    await Promise.all([page.waitForEvent('load'), press.click()])
    await again()
  }
  throw new Error(`${PATIENCE} times what was offered was taken, in vain`)
}

/** The calendar it opens with, or the settings it was in. */
async function isOpen(page: Page): Promise<void> {
  await reach(
    page,
    page
      .locator('[data-post]')
      .or(page.getByRole('button', { name: 'Copy now' }))
      .first(),
  )
  await expect(page.getByRole('button', { name: 'Start empty' })).toHaveCount(0)
}

/** Records that were altered are found when all are read, which a copy does. */
async function copy(page: Page): Promise<void> {
  const begin = async () => {
    await isOpen(page)
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByRole('button', { name: 'Data', exact: true }).click()
    await page.getByRole('button', { name: 'Copy now' }).click()
  }
  await begin()
  await reach(page, page.getByText(/kept, the newest of/), begin)
}

/** The page in words, and what it said to its console: for whoever looks into a failure. */
async function standing(page: Page): Promise<string> {
  const words = await page
    .locator('body')
    .ariaSnapshot({ timeout: 5_000 })
    .catch((thrown: unknown) => `The page gives no answer: ${thrown}`)
  const said = await page.consoleMessages().catch(() => [])
  const thrown = await page.pageErrors().catch(() => [])
  return [
    words,
    ...said.map((message) => `${message.type()}: ${message.text()}`),
    ...thrown.map(({ message }) => message),
  ].join('\n')
}

for (const store of Object.keys(STORES) as Store[]) {
  test.describe(`whatever happens to the files of the database, everything is there again, on ${store}`, () => {
    let folder: TemporaryFolder | undefined
    let whole: string
    let downloads: string

    const open = async (dataFolder: string) => {
      const shell = await startTestShell({ dataFolder, downloads, browserArguments: STORES[store] })
      shell.context.setDefaultTimeout(STEP_MS)
      return shell
    }

    test.beforeAll(async () => {
      test.skip(test.info().project.name === 'electron', 'damages the profile of the chromium shell')
      folder = temporaryFolder()
      downloads = join(folder.path, 'downloads')
      mkdirSync(downloads)
      whole = GIVEN ?? join(folder.path, 'whole')
      if (GIVEN) return
      const { page, close } = await open(whole)
      await page.getByRole('button', { name: /Open the sample/ }).click()
      await page.locator('[data-post]').first().waitFor()
      await page.locator('[data-saved="saved"]').waitFor()
      writeFileSync(join(whole, 'everything.json'), JSON.stringify(await everything(page)))
      await close()
    })
    test.afterAll(() => folder?.[Symbol.dispose]())

    for (let time = 0; time < TIMES; time += 1) {
      test(`damage ${time + 1}`, async () => {
        const seed = SEED + time
        /** Gives what was done to it, in words. */
        const damagedCopy = (path: string): string => {
          cpSync(whole, path, { recursive: true, filter: (found) => !found.endsWith('running.sock') })
          return GIVEN ? `what happened in ${GIVEN}` : `${damage(path, seed)}, seed ${seed}`
        }
        using temporary = temporaryFolder()
        const damaged = join(temporary.path, 'damaged')
        const what = damagedCopy(damaged)
        await test.step(what, async () => {
          const { page, close } = await open(damaged)
          try {
            await isOpen(page)
            await copy(page)
            const wanted = JSON.parse(readFileSync(join(damaged, 'everything.json'), 'utf8'))
            expect(await within('Reading everything', everything(page))).toEqual(wanted)
          } catch (thrown) {
            const kept = test.info().outputPath('damaged')
            damagedCopy(kept)
            throw new Error(`After ${what}, kept in ${kept}:\n${await standing(page)}`, { cause: thrown })
          } finally {
            await close()
          }
        })
      })
    }
  })
}
