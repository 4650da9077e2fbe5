import type { Locator, Page } from '@playwright/test'
import { expect, test } from './app.ts'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search or do' })
const field = (page: Page) => palette(page).getByRole('combobox')
const options = (page: Page) => palette(page).getByRole('option')

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample' }).click()
  await expect(page.getByRole('button', { name: 'Workspace: Fernhollow' })).toBeVisible()
}
async function openPalette(page: Page, text = ''): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
  if (text) await field(page).fill(text)
}
/** Shows a post of today on the calendar, selected: the other way Enter has. */
async function selectWaitlist(page: Page): Promise<void> {
  await openPalette(page, 'waitlist opens')
  await expect(options(page).first()).toContainText('Waitlist opens at noon')
  await page.keyboard.press('Control+Enter')
  await expect(palette(page)).toBeHidden()
}

test('search finds posts, campaigns, notes and tasks as one types, and marks what matched', async ({ page }) => {
  await openSample(page)
  await openPalette(page, 'bartac')
  await expect(options(page).filter({ hasText: 'Behind the seam: the bartack' })).toBeVisible()
  await expect(palette(page).locator('mark').first()).toHaveText('bartac')
  await field(page).fill('thread in nine')
  await expect(options(page).filter({ hasText: 'Order thread in nine colours' })).toBeVisible()
  await field(page).fill('stock count')
  await expect(options(page).filter({ hasText: 'Stock count: nobody at the desk' })).toBeVisible()
  // Only the text says it, and with a slip.
  await field(page).fill('bracke')
  await expect(options(page).filter({ hasText: 'Colour card' })).toBeVisible()
  await field(page).fill('bartac')
  await expect(options(page).first()).toContainText('bartack')
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder('Title', { exact: true })).toHaveText(/Behind the seam/)
})

test('a line becomes a post with day, time and network, is found at once and can be undone', async ({ page }) => {
  await openSample(page)
  await openPalette(page, 'tomorrow 9:35 linkedin Quartz in the heel')
  await expect(options(page).first()).toContainText('Quartz in the heel')
  await expect(options(page).first()).toContainText('09:35')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Created “Quartz in the heel” for/).first()).toBeVisible()
  await openPalette(page, 'quartz')
  await expect(options(page).filter({ hasText: 'Quartz in the heel' }).first()).toContainText('09:35')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await openPalette(page, 'quartz')
  await expect(options(page)).toHaveText([/New post “quartz”/])
})

test('a palette that stands open shows what the index learned since, however late it learns it', async ({ page }) => {
  await openSample(page)
  await openPalette(page, 'bartac')
  await expect(options(page).filter({ hasText: 'Behind the seam: the bartack' })).toBeVisible()
  await expect(palette(page).getByText(/still indexing/)).toBeHidden()
  await page.keyboard.press('Escape')
  await field(page).fill('tomorrow 9:35 Quartz in the heel')
  await expect(options(page).first()).toContainText('09:35')
  // The index is held up, as on a computer with too much to do, and is asked before it has read of the post.
  const heldUp = Promise.all(
    page.workers().map((worker) =>
      worker.evaluate((ms) => {
        const until = performance.now() + (self.name === 'search' ? ms : 0)
        while (performance.now() < until);
      }, 3_000),
    ),
  )
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Created “Quartz in the heel” for/).first()).toBeVisible()
  await openPalette(page, 'quartz')
  await heldUp
  await expect(options(page).filter({ hasText: 'Quartz in the heel' }).first()).toContainText('09:35')
})

test('the search beside Write finds everything also when it is what begins the index', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await openSample(page)
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await page.getByRole('searchbox', { name: /^Search \d+ posts$/ }).fill('bartac')
  const found = page.getByRole('listbox', { name: 'Posts' }).getByRole('option')
  await expect(found.filter({ hasText: 'Behind the seam: the bartack' })).toBeVisible()
})

test('prefixes narrow, Escape steps back one level, focus returns', async ({ page }) => {
  await openSample(page)
  await page.getByRole('button', { name: /^Today \d/ }).click()
  await page.getByRole('button', { name: 'Search or do' }).click()
  await field(page).fill('@bex')
  await expect(options(page)).toHaveText([/Bex Rademaker/])
  await field(page).fill('#mend')
  await expect(options(page)).toHaveText([/Mend Week/])
  await field(page).fill('>export')
  await expect(options(page).first()).toContainText('Export posts')
  await page.keyboard.press('Escape')
  await expect(field(page)).toHaveValue('')
  await expect(palette(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Search or do' })).toBeFocused()
})

test('Enter right after the last letter does what was typed, not what stood there before', async ({ page }) => {
  await openSample(page)
  await openPalette(page)
  await field(page).evaluate((input: HTMLInputElement) => {
    // As quick as a hand can be: before the next frame.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, 'field test')
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  })
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Field test: 21 nights')
})

test('commands of the palette act on the post it names: the selection, in Write the open text', async ({ page }) => {
  await openSample(page)
  await selectWaitlist(page)
  await openPalette(page, '>versions')
  await expect(palette(page).getByRole('group').first()).toHaveAccessibleName('On “Waitlist opens at noon”')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Behind the seam: the bartack')
  await openPalette(page, '>status idea')
  await expect(palette(page).getByRole('group').first()).toHaveAccessibleName('On “Behind the seam: the bartack”')
  await page.keyboard.press('Enter')
  await expect(page.getByText('“Behind the seam: the bartack”: Idea').first()).toBeVisible()
})

/** What a menu calls shorter than the palette, which has no menu around it to say the rest. */
const inPalette = (menu: string, item: string): string[] => [
  item,
  `Set ${menu.toLowerCase()}: ${item}`,
  `${menu}: ${item}`,
  `Open workspace: ${item}`,
  `Lanes ${item.replace('By', 'by')}`,
]
/** Commands whose button says less than the palette, for it stands where its meaning is plain. */
const OTHERWISE: Readonly<Record<string, string | RegExp>> = {
  'Go to Today': 'Today',
  'Go to Calendar': 'Calendar',
  'Go to Write': 'Write',
  'Go to Board': 'Board',
  'Go to Media': 'Media',
  'Go to Trash': 'Trash',
  'Go to Settings': 'Settings',
  'Go back': 'Back',
  'Bring in posts': 'Import…',
  'Export posts': 'Export…',
  'Plan of this campaign to PDF': 'Plan to PDF',
  'Shift the campaign': 'Shift…',
  'New post in this campaign': 'Post',
  'Light look': 'Day',
  'Dark look': 'Night',
  'Look of the system': 'As the system',
  'Focus on the text': 'Focus',
  'Search the posts': /^Search \d+ posts$/,
  'Restore this version': /^Restore as \d+$/,
  'Copy the text of this version': 'Copy text',
  'Quick add a post': 'New post',
  'Go to today': 'Today',
  'Next page': 'Next month',
  'Previous page': 'Previous month',
  'New post on this day': 'New post here',
  'Board of campaigns': 'Campaigns',
  'Board of posts': 'Posts',
  'New campaign below': 'New campaign',
  'Set the status': /^Set status: /,
  'Set the owner': /^Set owner: /,
  'Set the campaign': /^Set campaign: /,
  'Set the labels': 'Change all of them…',
  'Set the channels': 'Change all of them…',
  'Set the date and time': /^\w{3} \d+ \w{3}, \d\d:\d\d/,
  'Insert hashtags': 'Hashtags',
  'Mention someone': 'Mention',
  'Add channels to this post': /^Add/,
  'Go to the base text': 'Base text',
  'Go to the text for Instagram': /^Instagram/,
  'Go to the text for TikTok': /^TikTok/,
  'Go to the Instagram grid': 'Grid',
  'Show or hide the balance': 'Balance',
  'Approve what waits': /^Approve “/,
  'Send back what waits': /^Send back “/,
}
/** Done with the pointer itself: dragging, drawing a rectangle, pressing a card. */
const BY_HAND =
  /^(Insert a snippet|Insert a signature|Go to the next marked word|Go to the next finding|Go to the finding before|Select all in sight|Select or leave out the post|Next post|Previous post|Go to the undated posts|Move with the keyboard|Read what waits|Older version|Newer version)$/

test('every command of every menu exists in the palette, and every command there is somewhere to be pressed', async ({
  page,
}) => {
  const commands = new Set<string>()
  const controls = new Set<string>()
  const menus: [menu: string, item: string][] = []
  const labels = (items: Locator) =>
    items.evaluateAll((each) => each.map((item) => item.querySelector('[class*="label"]')?.textContent ?? ''))

  /** The items of the open menu, with those of its sub menus. */
  const readMenu = async (name: string) => {
    const menu = page.getByRole('menu').first()
    await expect(menu).toBeVisible()
    for (const item of await labels(menu.locator('[role^="menuitem"]:not([aria-haspopup])')))
      if (item !== 'Fernhollow') menus.push([name, item])
    for (const opener of await menu.locator('[role="menuitem"][aria-haspopup]').all()) {
      const label = (await opener.locator('[class*="label"]').textContent()) ?? ''
      await opener.focus()
      await page.keyboard.press('ArrowRight')
      const sub = page.getByRole('menu').last()
      await expect(sub.getByRole('menuitem').first()).toBeVisible()
      for (const item of await labels(sub.getByRole('menuitem'))) menus.push([label, item])
      await page.keyboard.press('ArrowLeft')
      await expect(page.getByRole('menu')).toHaveCount(1)
    }
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
  }
  /** What can be pressed on the screen, what its menus hold, and what the palette offers on it. */
  const visit = async () => {
    const names = await page
      .locator('button, input, [role="tab"], [role="radio"]')
      .filter({ visible: true })
      .evaluateAll((all) =>
        all.map((each) => {
          const copy = ((each as HTMLInputElement).labels?.[0] ?? each).cloneNode(true) as HTMLElement
          for (const extra of copy.querySelectorAll('kbd, [aria-hidden="true"], [class*="count"]')) extra.remove()
          return each.ariaLabel ?? copy.textContent ?? ''
        }),
      )
    for (const name of names) controls.add(name.trim())
    for (const opener of await page.locator('button[aria-haspopup="menu"]').filter({ visible: true }).all()) {
      const name = (await opener.evaluate((each) => each.ariaLabel ?? each.textContent ?? '')).replace(/:.*/, '')
      await opener.click()
      await readMenu(name)
    }
    await openPalette(page, '>')
    // The palette is filled in the frame after the one in which it was narrowed.
    await expect(palette(page).getByText('Keys of this screen')).toBeVisible()
    await expect(palette(page).getByRole('group', { name: 'Recent' })).toHaveCount(0)
    for (const title of await options(page).evaluateAll((rows) =>
      rows.map((row) => row.querySelector('[class*="words"]')?.textContent ?? ''),
    ))
      commands.add(title)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(palette(page)).toBeHidden()
  }
  const go = (name: string) => page.getByRole('button', { name, exact: true }).first().click()

  await page.setViewportSize({ width: 1440, height: 900 })
  await openSample(page)
  await selectWaitlist(page)
  await visit()
  const day = page.getByRole('gridcell').filter({ has: page.getByText('Waitlist opens at noon') })
  await day.click({ button: 'right', position: { x: 90, y: 6 } })
  await labels(page.getByRole('menuitem')).then((items) => items.forEach((item) => void controls.add(item)))
  await page.keyboard.press('Escape')
  await page.getByText('Waitlist opens at noon').first().click({ button: 'right' })
  await readMenu('Post')

  await page.getByRole('button', { name: /^Today \d/ }).click()
  await expect(page.getByRole('heading', { name: 'Waiting for you' })).toBeVisible()
  await visit()
  await go('Write')
  // The cards of the networks are folded where nothing is wrong.
  for (const [network, name] of [
    ['Instagram', '@fernhollow'],
    ['TikTok', '@fernhollow.mends'],
  ] as const) {
    const head = page.getByRole('button', { name: `${network}: ${name} as base` })
    // Opens by itself where something is found.
    await expect(async () => {
      if ((await head.getAttribute('aria-expanded')) === 'false') await head.click()
      await expect(page.getByRole('button', { name: `More for ${network}` })).toBeVisible({ timeout: 1000 })
    }).toPass()
    await visit()
  }
  const text = page.getByRole('textbox', { name: 'Text of the post' })
  await text.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Once more.')
  await page.keyboard.press('Escape')
  await visit()
  await openPalette(page, '>new table')
  await page.keyboard.press('Enter')
  await expect(text.getByRole('table')).toBeVisible()
  await expect(text).toBeFocused()
  await openPalette(page, '>find in the text')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Find', exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(text).toBeFocused()
  await page.keyboard.press('Escape')
  await visit()
  await go('Versions')
  await page.getByRole('button', { name: /^Version 1/ }).click()
  await visit()
  await go('Board')
  await expect(page.getByRole('radio', { name: 'Campaigns' })).toBeVisible()
  await visit()
  await page.getByRole('button', { name: /^Tarn 28 launch,/ }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible()
  await visit()
  await go('Settings')
  for (const section of ['General', 'Time', 'People', 'Pillars', 'Calendar days', 'Look', 'Data', 'Channels']) {
    await go(section)
    await visit()
  }

  const lacking = menus.filter(([menu, item]) => !inPalette(menu, item).some((title) => commands.has(title)))
  expect(lacking, 'of the menus, not in the palette').toEqual([])

  const pressed = [...controls, ...menus.flatMap(([menu, item]) => inPalette(menu, item))]
  // `Show month`, `Settings: Time`, `Campaign: Content`: the switch, the page or the tab of that name.
  const short = (title: string) => {
    const name = title.replace(/^(Show|Settings:|Campaign:) /, '')
    return name.charAt(0).toUpperCase() + name.slice(1)
  }
  const canBePressed = (title: string) => {
    const name = OTHERWISE[title] ?? title
    return pressed.some((each) =>
      name instanceof RegExp ? name.test(each) : each === name || each === title || each === short(title),
    )
  }
  const hidden = [...commands].filter((title) => !BY_HAND.test(title) && !canBePressed(title))
  expect(hidden, 'of the palette, nowhere to be pressed').toEqual([])
})

test('? lists the keys that work, and no key fires while one types', async ({ page }) => {
  await openSample(page)
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys of this screen' })
  await expect(keys.getByRole('region', { name: 'Go to' })).toContainText('Go to Board')
  await keys.getByLabel('Find a key').fill('undo')
  await expect(keys.getByRole('term')).toHaveText(['Undo'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  // What the text hears itself is listed where there is a text.
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await expect(page.getByRole('textbox', { name: 'Text of the post' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(keys.getByRole('region', { name: 'Text', exact: true })).toContainText('Numbered list')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()

  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'People', exact: true }).click()
  const name = page.getByLabel('Name of Bex Rademaker')
  await name.click()
  await name.press('End')
  await page.keyboard.type(' gc?c')
  await expect(name).toHaveValue('Bex Rademaker gc?c')
  await page.keyboard.press('Escape')
  await expect(name).toHaveValue('Bex Rademaker')
})

test('what is deleted waits in the trash and comes back; the neighbour takes the focus of a row that goes', async ({
  page,
}) => {
  await openSample(page)
  await selectWaitlist(page)
  await openPalette(page, '>delete')
  await expect(options(page).first()).toContainText('Delete')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Deleted “Waitlist opens at noon”').first()).toBeVisible()
  await openPalette(page, 'field test')
  await expect(options(page).first()).toContainText('Field test: 21 nights')
  await page.keyboard.press('Control+Enter')
  await openPalette(page, '>delete')
  await expect(palette(page).getByText('On “Field test: 21 nights”').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Deleted “Field test: 21 nights”').first()).toBeVisible()

  await page.getByRole('button', { name: 'Trash', exact: true }).click()
  await page.getByRole('button', { name: 'Restore “Waitlist opens at noon”' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Restore “Field test: 21 nights”' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('The trash is empty.', { exact: false })).toBeVisible()
  await openPalette(page, 'waitlist opens')
  await expect(options(page).filter({ hasText: 'Waitlist opens at noon' })).toBeVisible()
})
