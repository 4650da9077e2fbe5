import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { killBrowser } from '../kills/series.ts'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

const text = (page: Page) => page.getByRole('textbox', { name: 'Text of the post' })
const title = (page: Page) => page.getByRole('textbox', { name: 'Title', exact: true })
const saved = (page: Page) => expect(page.getByText(/^Saved \d\d:\d\d:\d\d$/)).toBeVisible()
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')

/** An empty workspace with a new post open and the caret in its text. */
async function newPost(page: Page, name = 'Three pockets'): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.keyboard.press('c')
  await title(page).fill(name)
  await title(page).press('Enter')
  await expect(text(page)).toBeFocused()
}

async function paste(page: Page, html: string): Promise<void> {
  await text(page).evaluate((element, content) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', content)
    clipboardData.setData('text/plain', 'plain')
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, html)
}

/** The text as the editor shows it, without what only draws it. */
const html = (page: Page) =>
  text(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const node of copy.querySelectorAll('.ProseMirror-trailingBreak, .ProseMirror-separator, colgroup'))
      node.remove()
    for (const node of copy.querySelectorAll('*')) {
      for (const name of ['style', 'rel', 'class', 'colspan', 'rowspan', 'contenteditable', 'draggable'])
        node.removeAttribute(name)
    }
    return copy.innerHTML.replaceAll(/<\/?(tbody|div)>/g, '')
  })

test('what was typed is there after the browser was killed a second after the last key', async ({ app }) => {
  test.skip(test.info().project.name === 'electron' || process.platform === 'win32', 'kills the browser by its process')
  await newPost(app.page)
  await saved(app.page)
  await app.page.keyboard.type('One for the map, one for the wet things')
  // The promise under test: no key older than a second is lost.
  await app.page.waitForTimeout(1_000)
  killBrowser(app.dataFolder)
  await expect.poll(() => app.page.isClosed()).toBe(true)
  const page = await app.restart()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(text(page)).toHaveText('One for the map, one for the wet things')
  await expect(title(page)).toHaveValue('Three pockets')
})

test('nothing typed is called saved before it is, and closing never asks', async ({ app }) => {
  await newPost(app.page)
  await saved(app.page)
  await app.page.keyboard.type('a')
  await expect(app.page.getByText('Saving')).toBeVisible()
  await app.page.keyboard.type(' last word')
  const page = await app.restart()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(text(page)).toHaveText('a last word')
})

test('the letter after Enter in the title is the first of the text, however quick the hand', async ({ page }) => {
  await newPost(page)
  const focused = await title(page).evaluate((field: HTMLElement) => {
    field.focus()
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    // Before the next frame: where a key pressed now would go.
    return document.activeElement?.getAttribute('aria-label')
  })
  expect(focused).toBe('Text of the post')
})

test('caret and scroll are where they were when one comes back to a text, also after a restart', async ({ app }) => {
  const line = (page: Page) => text(page).getByText('Line 40 of eighty')
  await newPost(app.page)
  await paste(app.page, Array.from({ length: 80 }, (_, at) => `<p>Line ${at + 1} of eighty</p>`).join(''))
  await line(app.page).click()
  await app.page.keyboard.press('Home')
  await saved(app.page)
  await app.page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await app.page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(text(app.page)).toBeFocused()
  await expect(line(app.page)).toBeInViewport()
  await app.page.keyboard.type('Just ')
  await expect(line(app.page)).toHaveText('Just Line 40 of eighty')
  await saved(app.page)
  const page = await app.restart()
  await expect(line(page)).toBeInViewport()
  await page.keyboard.type('about ')
  await expect(line(page)).toHaveText('Just about Line 40 of eighty')
})

test('a key acts where the caret is, also when the page is too busy to have heard of it', async ({ page }) => {
  await newPost(page)
  await page.keyboard.type('Kept whole')
  await saved(page)
  await page.keyboard.press('Shift+Home')
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe('Kept whole')
  await text(page).evaluate((element) => {
    // What End and Enter do in one go: the caret has moved, and nobody was told yet.
    getSelection()?.collapseToEnd()
    element.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }),
    )
  })
  await page.keyboard.type('and more')
  await expect.poll(() => html(page)).toBe('<p>Kept whole</p><p>and more</p>')
})

test('paste from Word keeps headings, lists, tables and links, drops fonts and colours, and is the same after a restart', async ({
  app,
}) => {
  await newPost(app.page)
  await paste(app.page, fixture('word.html'))
  const expected =
    '<h1>Before the first snow</h1>' +
    '<p>Pack the <strong>map</strong>, the <em>knife</em> and the list from <a href="https://example.org/huts">the hut keepers</a>.</p>' +
    '<ul><li><p>Wool socks</p><ul><li><p>Two pairs</p></li></ul></li><li><p>A thread</p></li></ul>' +
    '<table><tr><td><p>Hut</p></td><td><p>Beds</p></td></tr></table>'
  await expect.poll(() => html(app.page)).toContain(expected)
  const before = await html(app.page)
  await saved(app.page)
  const page = await app.restart()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(text(page)).toBeVisible()
  expect(await html(page)).toBe(before)
})

test('paste from Google Docs is clean, and a picture on the web is not asked for', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await newPost(page)
  await paste(page, fixture('docs.html'))
  await expect
    .poll(() => html(page))
    .toContain(
      '<h2>What we learned</h2>' +
        '<p>Every seam <strong>can be opened</strong>, see <a href="https://example.org/mend">the list</a>.</p>' +
        '<ul><li><p>Thread</p><ul><li><p>Waxed</p></li></ul></li><li><p>Needles</p></li></ul>',
    )
  await expect(text(page).getByText('A hut in snow')).toBeVisible()
  await expect(text(page).getByText('https://pictures.example.org/track.png')).toBeVisible()
  expect(asked.filter((url) => url.includes('pictures.example.org'))).toEqual([])
})

test('pasted HTML never runs', async ({ page }) => {
  await newPost(page)
  await paste(
    page,
    '<p onmouseover="window.hit=1">Hello <img src="x" onerror="window.hit=1"><script>window.hit=1</script><a href="javascript:window.hit=1">you</a></p>',
  )
  await expect(text(page)).toHaveText('Hello you')
  await expect(text(page).locator('a, script, img[src]')).toHaveCount(0)
  expect(await page.evaluate(() => 'hit' in window)).toBe(false)
})

test('the slash opens a list of blocks, worked by keyboard and named to screen readers', async ({ page }) => {
  await newPost(page)
  await page.keyboard.type('/')
  const list = page.getByRole('listbox', { name: 'Insert' })
  await expect(list.getByRole('option', { selected: true })).toHaveText('Text')
  await page.keyboard.type('hea')
  await page.keyboard.press('ArrowDown')
  const current = list.getByRole('option', { selected: true })
  await expect(current).toContainText('Heading 2')
  expect(await text(page).getAttribute('aria-activedescendant')).toBe(await current.getAttribute('id'))
  await page.keyboard.press('Enter')
  await page.keyboard.type('Why three')
  await expect(text(page).getByRole('heading', { level: 2, name: 'Why three' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('/')
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(text(page)).toBeFocused()
})

test('the tools below the text are one stop of the Tab key, with arrows between them', async ({ page }) => {
  await newPost(page)
  const tool = (name: string) => page.getByRole('toolbar', { name: 'Text' }).getByRole('button', { name, exact: true })
  // Past the media of the post, which stand between the text and its tools.
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(tool('Bold')).toBeFocused({ timeout: 100 })
  }).toPass({ intervals: [0] })
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(tool('Link')).toBeFocused()
  await page.keyboard.press('End')
  await expect(tool('More')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('toolbar', { name: 'Text' }).locator(':focus')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await expect(tool('More')).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('toolbar', { name: 'Text' }).locator(':focus')).toHaveCount(0)
})

test('Ctrl K makes a link of the selected words; where none are selected it opens the palette', async ({ page }) => {
  await newPost(page)
  await page.keyboard.type('the list')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Search or do' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(text(page)).toBeFocused()
  await page.keyboard.press('Shift+Home')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('textbox', { name: 'Address' })).toBeFocused()
  await page.keyboard.type('example.org/list')
  await page.keyboard.press('Enter')
  await expect(text(page).getByRole('link', { name: 'the list' })).toHaveAttribute('href', 'https://example.org/list')
  await expect(text(page)).toBeFocused()
})

test('Markdown typed becomes what it means', async ({ page }) => {
  await newPost(page)
  await page.keyboard.type('## Heading')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two **bold** ')
  await expect
    .poll(() => html(page))
    .toContain('<h2>Heading</h2><ul><li><p>one</p></li><li><p>two <strong>bold</strong> </p></li></ul>')
})

test('find and replace: all at once is one step back', async ({ page }) => {
  await newPost(page)
  await page.keyboard.type('A pocket, a Pocket and a pocketknife')
  await page.keyboard.press('Control+h')
  await page.keyboard.type('pocket')
  await expect(page.getByText('1 of 3')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 of 3')).toBeVisible()
  await page.getByRole('button', { name: 'Heed capitals' }).click()
  await expect(page.getByText('of 2')).toBeVisible()
  await page.getByRole('textbox', { name: 'Replace with' }).fill('bag')
  await page.getByRole('button', { name: 'All', exact: true }).last().click()
  await expect(text(page)).toHaveText('A bag, a Pocket and a bagknife')
  await page.keyboard.press('Escape')
  await expect(text(page)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(text(page)).toHaveText('A pocket, a Pocket and a pocketknife')
})

test('letters are letters inside the text, and keys beside it; a second new post leaves the first alone', async ({
  page,
}) => {
  await newPost(page)
  await page.keyboard.type('c g c ? / q')
  await expect(text(page)).toHaveText('c g c ? / q')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(text(page)).not.toBeFocused()

  // Outside it they are keys: C begins another post, and the one just typed stays what it is.
  await page.keyboard.press('c')
  await expect(title(page)).toBeFocused()
  await page.keyboard.type('Second')
  await page.keyboard.press('Control+l')
  const posts = page.getByRole('listbox', { name: 'Posts' }).getByRole('option')
  await expect(posts.filter({ hasText: 'Second' })).toHaveCount(1)
  await posts.filter({ hasText: 'Three pockets' }).click()
  await expect(text(page)).toHaveText('c g c ? / q')
})

test('an undo from another screen takes back the typing, and the open text follows', async ({ page }) => {
  await newPost(page)
  await page.keyboard.type('Kept')
  await title(page).click()
  await saved(page)
  await text(page).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' and regretted')
  await title(page).click()
  await saved(page)
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/^Undone: Text of/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(text(page)).toHaveText('Kept')
  await page.getByRole('button', { name: /^Redo: / }).click()
  await expect(text(page)).toHaveText('Kept and regretted')

  // The keys are in the text again, in which nothing was typed since: undo means what was done before.
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(text(page)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(text(page)).toHaveText('Kept')
  await page.keyboard.press('Control+Shift+z')
  await expect(text(page)).toHaveText('Kept and regretted')
  // What is typed now is taken back first, and more presses do not reach beyond it.
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' again')
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('Control+z')
  await saved(page)
  await expect(text(page)).toHaveText('Kept and regretted')
})

test('a deleted post makes way for the next of the list, with the keys in the list; an undo opens it again', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
  await putRows(page, {
    posts: ['One', 'Two', 'Three'].map((title, at) => blankPost(10 - at, { id: title, title })),
  })
  await page.reload()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  const title = page.getByLabel('Title', { exact: true })
  const list = page.getByRole('listbox', { name: 'Posts' })
  await expect(list.getByRole('option').filter({ hasText: /One|Two|Three/ })).toHaveCount(3)
  const [, second = '', third = ''] = await list
    .getByRole('option')
    .evaluateAll((rows) => rows.map(({ id }) => id.slice(6)))
  await list.getByRole('option').nth(1).click()
  await expect(title).toHaveValue(second)
  await page.getByRole('button', { name: 'More', exact: true }).first().click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(title).toHaveValue(third)
  await expect(list).toBeFocused()
  // What is said stands above the count of words, not on it.
  const foot = async (words: Locator) => {
    const box = await words.boundingBox()
    return box ? box.y + box.height : Number.NaN
  }
  const count = await page.getByText('0 words').boundingBox()
  await expect
    .poll(() => foot(page.locator('[data-toast]').filter({ hasText: `Deleted “${second}”` })))
    .toBeLessThan(count?.y ?? 0)
  await page.keyboard.press('Control+z')
  await expect(title).toHaveValue(second)
})

test('a version comes back as a new one, and one undo takes it away', async ({ page }) => {
  await newPost(page)
  await page.keyboard.type('The old words')
  await title(page).click()
  await saved(page)
  await text(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Something new')
  await title(page).click()
  await saved(page)
  await page.getByRole('button', { name: 'Versions' }).click()
  const list = page.getByRole('region', { name: 'Versions' })
  await expect(list.getByRole('button', { name: /As it is now/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Text' }).locator('ins').getByText('Something new')).toBeVisible()
  await page.keyboard.press('j')
  await page.getByRole('radio', { name: 'Now' }).click()
  await page.getByRole('button', { name: /^Restore as/ }).click()
  await expect(page.getByText(/^Restored version/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Back to the text' }).click()
  await expect(text(page)).toHaveText('The old words')
  await page.getByRole('button', { name: /^Undo: / }).click()
  await expect(text(page)).toHaveText('Something new')
})

test('a picture is kept here, described, and shown again after a restart', async ({ app }) => {
  await newPost(app.page)
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const chooser = app.page.waitForEvent('filechooser')
  await app.page.getByRole('button', { name: 'Picture', exact: true }).click()
  await (await chooser).setFiles({ name: 'hut.png', mimeType: 'image/png', buffer: png })
  await expect(text(app.page).locator('img[src]')).toHaveAttribute('src', /^blob:/)
  await text(app.page).locator('img[src]').click()
  await app.page.getByRole('textbox', { name: 'Description of the picture' }).fill('A hut')
  await saved(app.page)
  const page = await app.restart()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(text(page).getByRole('img', { name: 'A hut' })).toBeVisible()
})

test('a text with something in it this version cannot show is never saved over', async ({ app }) => {
  await newPost(app.page)
  await app.page.keyboard.type('x')
  await saved(app.page)
  const content = [
    { type: 'paragraph', content: [{ type: 'text', text: 'Before' }] },
    { type: 'hologram', attrs: { id: 1 } },
  ]
  const documents = await rowsOf(app.page, 'documents')
  await putRows(app.page, { documents: documents.map(({ id }) => ({ id, content })) })
  const page = await app.restart()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(page.getByText('This text has something in it that this version cannot show')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Keep a copy' })).toBeVisible()
  await expect(text(page)).toHaveCount(0)
})

test('a post keeps everything it carries; its words are counted, spelling is marked when wished, focus leaves the text alone', async ({
  app,
}) => {
  const { page } = app
  await newPost(page)
  await page.keyboard.type('One for the map, two for the wet things')
  await expect(page.getByText('9 words, 3 s to read')).toBeVisible()

  const covered = () =>
    page.evaluate(() => document.elementFromPoint(20, 300)?.closest('section')?.getAttribute('aria-label'))
  expect(await covered()).toBeUndefined()
  await page.keyboard.press('Control+.')
  await expect.poll(covered).toBe('Text')
  await expect(text(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect.poll(covered).toBeUndefined()

  await expect(text(page)).toHaveAttribute('spellcheck', 'true')
  await page.getByRole('button', { name: /^Language: / }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Mark spelling mistakes' }).click()
  await expect(text(page)).toHaveAttribute('spellcheck', 'false')

  await page.getByRole('tab', { name: 'Details', exact: true }).click()
  const details = page.getByRole('complementary', { name: 'About this post' })
  const make = async (property: string, name: string) => {
    await details.getByRole('button', { name: property, exact: true }).click()
    await page.getByRole('combobox').fill(name)
    await page.getByRole('option', { name: `Create “${name}”` }).click()
    await page.keyboard.press('Escape')
    await expect(details.getByRole('button', { name: `${property}: ${name}` })).toBeVisible()
  }
  await make('Owner', 'Bex Rademaker')
  await make('Campaign', 'Tarn 28')
  await make('Pillar', 'Repair first')
  await make('Labels', 'video')
  await details.getByRole('textbox', { name: 'Summary' }).fill('Three pockets, no secrets.')
  await details.getByRole('textbox', { name: 'Brief and notes' }).fill('Say what broke.')
  await details.getByRole('textbox', { name: 'Add to the checklist' }).fill('Ask Bex')
  await page.keyboard.press('Enter')
  await details.getByRole('checkbox', { name: 'Done: Ask Bex' }).click()
  await details.getByRole('button', { name: 'Text due: No due date' }).click()
  await page.keyboard.press('Enter')
  await expect(details.getByRole('button', { name: 'Take the due date off' })).toBeVisible()
  await saved(page)

  const again = await app.restart()
  await again.getByRole('tab', { name: 'Details', exact: true }).click()
  await expect(again.getByRole('textbox', { name: 'Brief and notes' })).toHaveText('Say what broke.')
  const [post] = await rowsOf(again, 'posts')
  const named = async (table: string) => (await rowsOf(again, table)).map(({ id, name }) => [id, name])
  expect(post).toMatchObject({
    title: 'Three pockets',
    summary: 'Three pockets, no secrets.',
    notes: 'Say what broke.',
    checklist: [{ text: 'Ask Bex', done: true }],
    labels: ['video'],
    dueOn: expect.any(String),
    // Planned is one thing, handed over for publishing another.
    planned: null,
    publishAt: null,
  })
  expect(await named('people')).toContainEqual([post?.ownerId, 'Bex Rademaker'])
  expect(await named('campaigns')).toContainEqual([post?.campaignId, 'Tarn 28'])
  expect(await named('pillars')).toContainEqual([post?.pillarId, 'Repair first'])
})

test('a button that waits lists what is missing, and each condition leads to its field', async ({ page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.keyboard.press('c')
  const ask = page.getByRole('button', { name: 'Ask for review' })
  await expect(ask).toHaveAttribute('aria-disabled', 'true')
  await expect(ask).toHaveAccessibleDescription('Not possible yet: It has no title yet. It has no text yet')
  const waiting = await ask.elementHandle()

  await ask.hover()
  await page.getByRole('button', { name: 'It has no title yet' }).click()
  await expect(title(page)).toBeFocused()
  await page.keyboard.type('Three pockets')
  await expect(ask).toHaveAccessibleDescription('Not possible yet: It has no text yet')

  // The same by keyboard: Enter goes into the list, Escape back out of it, Enter again follows the link.
  await ask.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'It has no text yet' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(ask).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'It has no text yet' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(text(page)).toBeFocused()
  await page.keyboard.type('One for the map.')
  await expect(ask).not.toHaveAttribute('aria-disabled', 'true')
  // Still the same button, so that whoever stood on it stands on it now.
  expect(await ask.evaluate((button, before) => button === before, waiting)).toBe(true)

  await page.getByRole('region', { name: 'Text' }).getByRole('button', { name: 'Status: Draft' }).click()
  await page.getByRole('option', { name: 'Approved' }).click()
  await page.getByRole('button', { name: 'Schedule' }).click({ force: true })
  await page.getByRole('button', { name: 'It has no date yet' }).click()
  await expect(page.getByRole('dialog', { name: 'Planned for' }).locator('[data-autofocus]')).toBeFocused()
})

test('Write opens the next text that is not out yet, then the one it was left at', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const write = () => page.getByRole('button', { name: 'Write', exact: true }).click()
  const posts = page.getByRole('listbox', { name: 'Posts' })
  await page.getByRole('button', { name: /Open the sample/ }).click()
  await write()
  await expect(title(page)).toHaveValue('Behind the seam: the bartack')
  // The text has the room; the list is a drawer.
  await expect(posts).toHaveCount(0)
  await page.keyboard.press('Control+l')
  await page.getByRole('option', { name: /How we price a repairable pack/ }).click()
  await expect(title(page)).toHaveValue('How we price a repairable pack')
  await expect(posts).toHaveCount(0)
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await write()
  await expect(title(page)).toHaveValue('How we price a repairable pack')
})

test('where no text is open any more it is said why, and the posts stand beside the page', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await newPost(page)
  await page.keyboard.type('The only one')
  await saved(page)
  await page.getByRole('button', { name: 'More', exact: true }).first().click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText('This post was deleted.', { exact: false })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Posts' })).toBeVisible()
})
