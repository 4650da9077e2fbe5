import type { Page } from '@playwright/test'
import { CHROMIUM_ORIGIN } from '../../shared/contract/contract.ts'
import { expect, test } from './app.ts'

const text = (page: Page) => page.getByRole('textbox', { name: 'Text of the post' })
const saved = (page: Page) => expect(page.getByText(/^Saved \d\d:\d\d:\d\d$/)).toBeVisible()

async function newPost(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Three pockets')
  await page.keyboard.press('Enter')
  await expect(text(page)).toBeFocused()
}

/** What a newer Outpost in a second window does: opens the database with a higher version. Gives what it finds once it is let in. */
const takeOver = (page: Page) =>
  page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((found) => found.name?.startsWith('outpost-'))?.name ?? ''
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name, 990)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const asked = db.transaction('documents').objectStore('documents').getAll()
    const documents = await new Promise((resolve) => {
      asked.onsuccess = () => resolve(asked.result)
    })
    db.close()
    return JSON.stringify(documents)
  })

test('a second window with a newer version gets the words that were still unsaved, and this one asks to be loaded again', async ({
  page,
}) => {
  await newPost(page)
  await page.keyboard.type('One for the map')
  expect(await takeOver(page)).toContain('One for the map')
  const notice = page.getByRole('region', { name: 'Notice' })
  await expect(notice).toContainText('Another window has taken over this workspace.')
  await notice.getByRole('button', { name: 'Load again' }).click()
  await expect(page.getByText('A newer Outpost has written this workspace.')).toBeVisible()
})

test('when the browser lets go of all its data, nothing is written into the void, and loading again brings it back', async ({
  app,
}) => {
  test.skip(test.info().project.name === 'electron', 'clears by the origin of the chromium shell')
  const { page } = app
  await newPost(page)
  await page.keyboard.type('One for the map')
  await saved(page)
  const devtools = await app.context.newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', { origin: CHROMIUM_ORIGIN, storageTypes: 'indexeddb' })
  const notice = page.getByRole('region', { name: 'Notice' })
  await expect(notice).toContainText('The browser has let go of the database')
  await notice.getByRole('button', { name: 'Load again' }).click()
  await expect(page.getByText(/^The database had lost \d+ entries\. They were brought back\.$/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(text(page)).toHaveText('One for the map')
})

test('the browser is asked to keep the data', async ({ page, context }) => {
  await context.addInitScript(() => {
    const { persist } = navigator.storage
    navigator.storage.persist = () => {
      Object.assign(window, { asked: true })
      return persist.call(navigator.storage)
    }
  })
  await page.reload()
  await expect.poll(() => page.evaluate(() => 'asked' in window)).toBe(true)
})
