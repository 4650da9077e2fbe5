import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { aPng } from '../support/mediaFiles.ts'
import { temporaryFolder } from '../support/project.ts'
import { expect, test } from './app.ts'
import { rowsOf } from './database.ts'

const POSTS = join(import.meta.dirname, '../fixtures/18f-blog/posts')

/** An empty workspace with the import screen open. */
async function openImport(page: Page) {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('navigation').first().waitFor()
  await page.evaluate(() => {
    const place = { state: { place: { screen: 'import' }, view: 'month', date: null }, version: 0 }
    localStorage.setItem('outpost-place', JSON.stringify(place))
  })
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Bring in posts' })).toBeVisible()
}

const countOf = async (page: Page, table: string) => (await rowsOf(page, table)).length

const foot = (page: Page) => page.getByRole('button', { name: /^Bring in \d/ })

test('509 posts of a blog come in offline, stand in the calendar, and one undo takes them back', async ({ app }) => {
  test.slow()
  const { page, context } = app
  await openImport(page)
  await context.setOffline(true)
  await page.getByLabel('Folder of posts').setInputFiles(POSTS)
  await expect(foot(page)).toHaveText(/Bring in 509 posts/, { timeout: 90_000 })
  await expect(page.getByRole('radio', { name: 'Ready 509' })).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Need a look 0' })).toBeVisible()
  await expect(page.getByText('All 509 posts are ready.')).toBeVisible()
  expect(await countOf(page, 'posts')).toBe(0)

  await foot(page).click()
  await expect(page.getByText('Brought in 509 posts', { exact: true }).first()).toBeVisible({ timeout: 60_000 })
  expect(await countOf(page, 'posts')).toBe(509)
  expect(await countOf(page, 'changes')).toBeGreaterThan(0)

  // The newest post of the folder is what the calendar opens at.
  await expect(page.getByRole('heading', { name: /December 2024/ })).toBeVisible()
  await expect(page.getByText('18F project defaults')).toBeVisible()

  await page.getByRole('button', { name: /^Undo/ }).first().click()
  await expect.poll(() => countOf(page, 'posts'), { timeout: 120_000 }).toBe(0)
  expect(await countOf(page, 'people')).toBe(0)
  await expect(page.getByText('18F project defaults')).toHaveCount(0)
})

test('what cannot be read is named by file, row and field, and the rest comes in', async ({ app }) => {
  using folder = temporaryFolder()
  const source = join(folder.path, 'mixed')
  mkdirSync(source)
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(source, name), content)
  const [fine] = readdirSync(POSTS)
  write('fine.md', readFileSync(join(POSTS, fine ?? '')))
  write('broken.md', '---\ntitle: "no end\ntags: [a\n---\nText\n')
  write('picture.md', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3, 0, 0, 0, 0]))
  write('unclear.md', '---\ntitle: Four ways to lose a toggle\ndate: 03/04/2025 09:00\n---\nYou sit on it.\n')
  write('plan.csv', 'Date,Title\n2026-01-05,Fine row\n2026-01-06,One,two,three\n31/02/2026,Bad day\n')

  const { page } = app
  await openImport(page)
  await page.getByLabel('Folder of posts').setInputFiles(source)
  await expect(foot(page)).toHaveText(/Bring in 2 posts/, { timeout: 60_000 })
  await expect(page.getByRole('radio', { name: 'Need a look 5' })).toBeChecked()
  const checks = page.getByRole('region', { name: 'Checks' })
  await expect(checks.getByText(/^line \d: the fields at the top cannot be read/)).toBeVisible()
  await expect(checks.getByText(/^is not text, whatever its name says/)).toBeVisible()
  await expect(checks.getByText(/^row 3 has 4 cells, the heading has 2/)).toBeVisible()
  await expect(
    checks.getByText(/^row 4, column Date: "31\/02\/2026" is not a date: February 2026 has 28 days/),
  ).toBeVisible()

  await checks.getByRole('button', { name: '3 Apr 2025', exact: true }).click()
  await expect(foot(page)).toHaveText(/Bring in 3 posts/)
  await page.getByRole('button', { name: 'Save list of problems' }).click()
  await expect(page.getByText(/Saved .*import-problems.*\.txt/).first()).toBeVisible()
  const [saved] = readdirSync(app.downloads).filter((name) => name.startsWith('import-problems'))
  expect(readFileSync(join(app.downloads, saved ?? ''), 'utf8')).toContain('plan.csv, row 3 has 4 cells')

  await foot(page).click()
  await expect(page.getByText('Brought in 3 posts', { exact: true }).first()).toBeVisible()
  expect(await countOf(page, 'posts')).toBe(3)
})

test('a folder without posts says so and leads nowhere', async ({ app }) => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'letter.pdf'), '%PDF-1.7')
  const { page } = app
  await openImport(page)
  await page.getByLabel('Folder of posts').setInputFiles(folder.path)
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toContainText(
    /The one file here holds no posts \(pdf\)/,
  )
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
})

test('dropped files are read too', async ({ app }) => {
  const { page } = app
  await openImport(page)
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['Date,Title\n2026-12-05,Mend week\n'], 'plan.csv', { type: 'text/csv' }))
    return transfer
  })
  const target = page.getByText('Drop a folder or files here')
  await target.dispatchEvent('dragover', { dataTransfer: data })
  await target.dispatchEvent('drop', { dataTransfer: data })
  await expect(foot(page)).toHaveText(/Bring in 1 post/)
  await expect(page.getByRole('region', { name: 'Preview' }).getByRole('heading', { name: 'Mend week' })).toBeVisible()
})

test('posts are exported from the palette as files that come in again', async ({ app }) => {
  const { page } = app
  await openImport(page)
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['Date,Title\n2026-12-05,Mend week\n2026-12-06,Hut keepers\n'], 'plan.csv'))
    return transfer
  })
  await page.getByText('Drop a folder or files here').dispatchEvent('drop', { dataTransfer: data })
  await foot(page).click()
  await expect(page.getByText('Brought in 2 posts', { exact: true }).first()).toBeVisible()

  for (const [format, ending] of [
    ['Markdown folder', '-markdown.zip'],
    ['CSV table', '.csv'],
    ['Calendar (.ics)', '.ics'],
    ['Outpost file (.json)', '.json'],
  ] as const) {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('export posts')
    await page
      .getByRole('option', { name: /Export/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: 'Export posts' })
    await dialog.getByRole('radio', { name: format }).click()
    await expect(dialog.getByText('2 posts')).toBeVisible()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    const [saved] = readdirSync(app.downloads).filter((name) => name.endsWith(ending))
    expect(saved).toBeDefined()
    expect(readFileSync(join(app.downloads, saved ?? '')).length).toBeGreaterThan(100)
  }
})

test('pictures of a folder come in, go out with the posts, and the packed folder comes in again', async ({ app }) => {
  using folder = temporaryFolder()
  const site = join(folder.path, 'site')
  mkdirSync(join(site, 'img'), { recursive: true })
  writeFileSync(join(site, 'img', 'my lake.png'), aPng(64, 40))
  writeFileSync(
    join(site, '2026-12-01-tarn.md'),
    '---\ntitle: The tarn\nimage: img/my%20lake.png\nimage_alt: Water\n---\n\n![Again](img/my%20lake.png) ![Gone](img/gone.png)\n',
  )
  const { page } = app
  await openImport(page)
  await page.getByLabel('Folder of posts').setInputFiles(site)
  await expect(page.getByText('1 picture with them.')).toBeVisible()
  await expect(page.getByText('1 picture named in texts is not here; its address stays.')).toBeVisible()
  await foot(page).click()
  await expect(page.getByText('Brought in 1 post', { exact: true }).first()).toBeVisible()
  expect([await countOf(page, 'media'), await countOf(page, 'blobs')]).toEqual([1, 1])

  for (const format of ['Markdown folder', 'Outpost file (.json)']) {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('export posts')
    await page
      .getByRole('option', { name: /Export/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: 'Export posts' })
    await dialog.getByRole('radio', { name: format }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
  }
  const saved = readdirSync(app.downloads).filter((name) => name.endsWith('.zip'))
  expect(saved.map((name) => name.replace(/^.*-/, '')).sort()).toEqual(['markdown.zip', 'outpost.zip'])
  for (const name of saved) {
    const packed = readFileSync(join(app.downloads, name))
    await page.evaluate(() =>
      localStorage.setItem(
        'outpost-place',
        JSON.stringify({ state: { place: { screen: 'import' }, view: 'month', date: null }, version: 0 }),
      ),
    )
    await page.reload()
    await page.getByLabel('Files of posts').setInputFiles({ name, mimeType: 'application/zip', buffer: packed })
    await expect(page.getByRole('radio', { name: 'Already here 1' })).toBeVisible()
    await expect(page.getByText('1 picture with them.')).toBeVisible()
  }
  await page.getByRole('button', { name: 'Bring in all anyway' }).click()
  await foot(page).click()
  await expect(page.getByText('Brought in 1 post', { exact: true }).first()).toBeVisible()
  expect(await countOf(page, 'posts')).toBe(2)
})

test('a file that only calls itself packed is named, and leads nowhere', async ({ app }) => {
  const { page } = app
  await openImport(page)
  const broken = { name: 'posts.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip at all') }
  await page.getByLabel('Files of posts').setInputFiles(broken)
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toContainText('posts.zip cannot be unpacked')
})
