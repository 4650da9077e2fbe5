import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { blankChannel, type NetworkId } from '../../shared/domain/channel.ts'
import { projectRoot } from '../support/project.ts'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

const channel = (id: string, network: NetworkId, name: string, order: number, zone = 'UTC') =>
  blankChannel(network, { id, name, hue: 'slate', zone, spacing: 0, order })
const FIVE = [
  channel('ig', 'instagram', '@fernhollow', 0),
  channel('li', 'linkedin', 'Fernhollow', 1),
  channel('x', 'x', '@fern', 2, 'America/New_York'),
  channel('th', 'threads', '@fernhollow.th', 3),
  channel('bs', 'bluesky', '@fernhollow.example', 4, 'Asia/Tokyo'),
]
const SEAMS = 'Every seam of it can be opened, mended and closed again by whoever has it.'

const text = (page: Page, name = 'Text of the post') => page.getByRole('textbox', { name, exact: true })
const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name })
const card = (page: Page, name: RegExp) => page.getByRole('complementary').getByRole('region', { name })
const media = (page: Page) => page.getByRole('region', { name: 'Media' })
const saved = (page: Page) => expect(page.getByText(/^Saved \d\d:\d\d:\d\d$/)).toBeVisible()
const toWrite = (page: Page) => page.getByRole('button', { name: 'Write', exact: true }).click()

/** A workspace with some channels, and a new post with its title and the caret in its text. */
async function newPost(page: Page, channels: readonly object[]): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await putRows(page, { channels })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Three pockets')
  await page.keyboard.press('Enter')
  await expect(text(page)).toBeFocused()
}

async function addAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add channels' }).first().click()
  await page.getByRole('checkbox', { name: 'All channels' }).click()
  await page.getByRole('button', { name: /^Add \d channels?$/ }).click()
}

async function addPictures(page: Page, ...names: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await media(page).getByRole('button', { name: 'Add', exact: true }).click()
  await (await chooser).setFiles(names.map((name) => join(projectRoot, 'assets', 'sample', `${name}.jpg`)))
  await expect(media(page).getByRole('button', { name: /^Picture \d of/ })).toHaveCount(names.length)
}

test('one text goes to five networks in one gesture; two have their own, one rejoins, and has it back with an undo', async ({
  app,
}) => {
  const asked: string[] = []
  app.page.on('request', (request) => asked.push(new URL(request.url()).origin))
  await newPost(app.page, FIVE)
  await app.page.keyboard.type('Three pockets, no secrets. https://fernhollow.example.org/tarn28')
  await addAll(app.page)
  await expect(app.page.getByRole('tablist', { name: 'Texts' }).getByRole('tab')).toHaveCount(6)
  await expect(card(app.page, /^LinkedIn/)).toContainText('as base')

  // Whoever types where the base text is shown is asked, and nothing is changed meanwhile.
  await tab(app.page, /^X/).click()
  await app.page.getByRole('region', { name: 'Text for X, as the base text' }).focus()
  await app.page.keyboard.type('s')
  const own = app.page.getByRole('button', { name: 'Write its own' })
  await expect(own).toBeFocused()
  expect(await rowsOf(app.page, 'placements')).toEqual([])
  await own.press('Enter')
  await expect(text(app.page, 'Text for X')).toBeFocused()
  await app.page.keyboard.press('Control+a')
  await app.page.keyboard.type('Two pockets, no secrets.')
  await expect(tab(app.page, /^X/)).toHaveAccessibleName(/own text/)
  await expect(card(app.page, /^X /)).toContainText('Changed')

  await saved(app.page)

  await app.page.getByRole('button', { name: 'Compare with base' }).click()
  const comparison = app.page.getByRole('region', { name: 'X beside the base text' })
  await expect(comparison.locator('ins').first()).toHaveText('Two')
  await app.page.getByRole('button', { name: 'Compare with base' }).click()

  // A second one leaves, too; what is written into the base afterwards reaches the other three alone.
  await tab(app.page, /LinkedIn/).click()
  await app.page.getByRole('region', { name: 'Text for LinkedIn, as the base text' }).focus()
  await app.page.keyboard.type('s')
  await app.page.getByRole('button', { name: 'Write its own' }).press('Enter')
  await expect(text(app.page, 'Text for LinkedIn')).toBeFocused()
  await app.page.keyboard.press('Control+a')
  await app.page.keyboard.type('How we sew three pockets.')
  await expect(card(app.page, /^LinkedIn/)).toContainText('Changed')
  await tab(app.page, /^Base text/).click()
  await text(app.page).focus()
  await app.page.keyboard.press('Control+End')
  await app.page.keyboard.type(' Mended for ever.')
  for (const name of ['Instagram', 'Threads', 'Bluesky']) {
    await expect(card(app.page, new RegExp(`^${name}`))).toContainText('as base')
    await tab(app.page, new RegExp(name)).click()
    await expect(app.page.getByRole('region', { name: `Text for ${name}, as the base text` })).toContainText(
      'Mended for ever.',
    )
  }
  await tab(app.page, /LinkedIn/).click()
  await expect(text(app.page, 'Text for LinkedIn')).toHaveText('How we sew three pockets.')
  await tab(app.page, /^X/).click()
  await expect(text(app.page, 'Text for X')).toHaveText('Two pockets, no secrets.')
  await saved(app.page)

  await app.page.getByRole('button', { name: 'Rejoin base' }).click()
  await expect(app.page.getByRole('region', { name: 'Text for X, as the base text' })).toContainText('no secrets')
  await app.page.getByRole('button', { name: /^Undo (Ctrl|⌘)/ }).click()
  await expect(text(app.page, 'Text for X')).toHaveText('Two pockets, no secrets.')
  await saved(app.page)

  const page = await app.restart()
  await toWrite(page)
  await expect(text(page)).toContainText('Three pockets, no secrets.')
  await tab(page, /^X/).click()
  await expect(text(page, 'Text for X')).toHaveText('Two pockets, no secrets.')
  await tab(page, /LinkedIn/).click()
  await expect(text(page, 'Text for LinkedIn')).toHaveText('How we sew three pockets.')
  // Previews are drawn of what is here: nobody else was asked for anything.
  expect([...new Set(asked)]).toHaveLength(1)
})

test('a text that is too long says so at once, keeps the post back, and is mended by a link', async ({ page }) => {
  await newPost(page, FIVE)
  await page.keyboard.type(Array.from({ length: 5 }, () => SEAMS).join(' '))
  await addAll(page)
  await addPictures(page, 'pocket')
  const onX = card(page, /^X /)
  await expect(onX).toContainText('374 / 280')
  await expect(tab(page, /^X/)).toHaveAccessibleName(/cannot go out/)
  const ask = page.getByRole('button', { name: 'Ask for review' })
  await expect(ask).toHaveAccessibleDescription(/X: Text has 374 characters, 94 more than X takes \(280\)\./)

  await onX.getByRole('button', { name: 'Make a thread of 2' }).click()
  await expect(onX).toContainText('1/2')
  await expect(tab(page, /^X/)).not.toHaveAccessibleName(/cannot go out/)
  await expect(text(page)).toContainText(SEAMS)

  await page.keyboard.press('F8')
  await expect(text(page, 'Text for X')).toHaveCount(0)
  await card(page, /^Bluesky/)
    .getByRole('button', { name: 'Shorten to fit' })
    .click()
  await expect(ask).not.toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('button', { name: /^Undo (Ctrl|⌘)/ }).click()
  await expect(ask).toHaveAttribute('aria-disabled', 'true')

  // Also the road around the button is closed.
  await page
    .getByRole('region', { name: 'Text' })
    .getByRole('button', { name: /^Status: / })
    .click()
  await page.getByRole('option', { name: 'In review' }).click()
  const list = page.getByRole('dialog', { name: '“Three pockets” is not ready' })
  await list.getByRole('button', { name: /^Bluesky: Text has / }).click()
  await expect(list).toBeHidden()
  await expect(page.getByRole('tab', { name: /Bluesky/, selected: true })).toBeVisible()
})

test('the button that waits leads to the very field a network misses', async ({ page }) => {
  await newPost(page, [channel('yt', 'youtube', 'Fernhollow films', 0), channel('pi', 'pinterest', 'Fernhollow', 1)])
  await page.keyboard.type('How a pocket is sewn.')
  await addAll(page)
  await addPictures(page, 'pocket')
  const ask = page.getByRole('button', { name: 'Ask for review' })
  await expect(ask).toHaveAccessibleDescription(/YouTube: .*Made for kids/)
  await ask.hover()
  await page.getByRole('button', { name: /^YouTube: “?Made for kids/ }).click()
  const films = card(page, /^YouTube/)
  await expect(films.getByRole('radio', { name: 'Yes' })).toBeFocused()
  await films.getByRole('radio', { name: 'No', exact: true }).click()
  await films.getByRole('combobox', { name: 'Visibility' }).click()
  await page.getByRole('option', { name: 'Unlisted' }).click()
  await expect(films.getByRole('textbox', { name: 'Title' })).toHaveValue('Three pockets')

  await ask.hover()
  await page.getByRole('button', { name: /^Pinterest: “?Board/ }).click()
  const board = card(page, /^Pinterest/).getByRole('textbox', { name: 'Board', exact: true })
  await expect(board).toBeFocused()
  await page.keyboard.type('Packs')
  await expect(ask).not.toHaveAccessibleDescription(/Board/)
  await saved(page)
  await page.reload()
  await card(page, /^Pinterest/)
    .getByRole('button')
    .first()
    .click()
  await expect(board).toHaveValue('Packs')
  await expect
    .poll(async () => (await rowsOf(page, 'placements')).map(({ fields }) => fields))
    .toEqual(expect.arrayContaining([{ madeForKids: false, visibility: 'unlisted' }, { board: 'Packs' }]))
})

test('a category that was written in words is seen where one chooses now, and another is chosen', async ({ page }) => {
  await newPost(page, [channel('yt', 'youtube', 'Fernhollow films', 0)])
  await page.keyboard.type('How a pocket is sewn.')
  await addAll(page)
  const films = card(page, /^YouTube/)
  await films.getByRole('radio', { name: 'No', exact: true }).click()
  await saved(page)
  const [{ sum: _, ...row } = {}] = await rowsOf(page, 'placements')
  await putRows(page, { placements: [{ ...row, fields: { madeForKids: false, category: 'Crafts' } }] })
  await page.reload()
  const category = films.getByRole('combobox', { name: 'Category' })
  await expect(category).toHaveText('Crafts')
  await expect(films).toContainText('YouTube has no “Crafts”')
  await category.click()
  await page.getByRole('option', { name: 'Education' }).click()
  await expect(films).not.toContainText('Crafts')
  await expect
    .poll(async () => (await rowsOf(page, 'placements')).map(({ fields }) => fields))
    .toMatchObject([{ category: '27' }])
})

test('the address of a post that is quoted is checked where it stands, and shown in the preview', async ({ page }) => {
  await newPost(page, [channel('bs', 'bluesky', '@fernhollow.example', 0), channel('ma', 'mastodon', '@fern', 1)])
  await page.keyboard.type('Well said.')
  await addAll(page)
  const ask = page.getByRole('button', { name: 'Ask for review' })
  for (const [network, wrong, right] of [
    ['Bluesky', 'https://bsky.app/profile/tarn.example', 'https://bsky.app/profile/tarn.example/post/3kabcdefghijk'],
    ['Mastodon', 'https://social.example/@tarn', 'https://social.example/@tarn/109001'],
  ] as const) {
    const name = new RegExp(`^${network}`)
    await tab(page, new RegExp(network)).click()
    const quotes = card(page, name).getByRole('textbox', { name: 'Quotes' })
    await quotes.fill(wrong)
    await expect(quotes).toHaveAccessibleDescription(new RegExp(`“Quotes” needs the address of a post on ${network}`))
    await expect(ask).toHaveAccessibleDescription(new RegExp(`${network}: “Quotes” needs`))
    const preview = card(page, name).getByRole('figure', { name: /^Preview for/ })
    await expect(preview).not.toContainText('Quotes this post')

    await quotes.fill(right)
    await expect(preview).toContainText(`Quotes this post${right.replace('https://', '')}`)
    await expect(quotes).toHaveAccessibleDescription('')
  }
  await expect(ask).not.toHaveAttribute('aria-disabled', 'true')
})

test('the card of a link asks its page what it says, and never one of a private network', async ({ page }) => {
  await newPost(page, [channel('bs', 'bluesky', '@fernhollow.example', 0)])
  await addAll(page)
  const fields = card(page, /^Bluesky/)
  await fields.getByRole('textbox', { name: 'Link card', exact: true }).fill('https://127.0.0.1/secret')
  await fields.getByRole('button', { name: 'Fill the card from the page' }).click()
  await expect(page.getByText(/^This address leads into a private network/).first()).toBeVisible()
  await expect(fields.getByRole('textbox', { name: 'Title of the link card' })).toHaveValue('')
})

test('pictures keep their order and their words through a restart, moved by keyboard', async ({ app }) => {
  await newPost(app.page, FIVE.slice(0, 1))
  await addAll(app.page)
  await addPictures(app.page, 'pocket', 'trail', 'map')
  await media(app.page)
    .getByRole('button', { name: /^Picture 3 of 3/ })
    .focus()
  await app.page.keyboard.press('Alt+ArrowLeft')
  await app.page.keyboard.press('Alt+ArrowLeft')
  await expect(media(app.page).getByRole('button', { name: /^Picture 1 of 3/ })).toBeFocused()
  await app.page.keyboard.press('Enter')
  await app.page.getByRole('textbox', { name: 'Alt text' }).fill('A map of the tarn')
  await app.page.getByRole('radio', { name: '4:5' }).click()
  await app.page.keyboard.press('Escape')
  await expect(media(app.page).getByRole('button', { name: 'Picture 1 of 3: A map of the tarn' })).toBeFocused()
  await expect(card(app.page, /^Instagram/)).toContainText('1/3')
  await saved(app.page)
  const [before] = await rowsOf(app.page, 'posts')

  const page = await app.restart()
  await toWrite(page)
  await expect(media(page).getByRole('button', { name: 'Picture 1 of 3: A map of the tarn' })).toBeVisible()
  const [after] = await rowsOf(page, 'posts')
  expect(after?.media).toEqual(before?.media)
  expect(after?.media).toMatchObject([{ alt: 'A map of the tarn', ratio: '4:5' }, {}, {}])
})

test('nine in each market is one gesture, and one undo', async ({ page }) => {
  await newPost(page, FIVE.slice(0, 3))
  await addAll(page)
  await page.getByRole('region', { name: 'Text' }).getByRole('button', { name: 'Planned for' }).click()
  const when = page.getByRole('dialog', { name: 'Planned for' })
  await when.getByRole('button', { name: 'Month after' }).click()
  await when.getByRole('button', { name: / 15 / }).click()
  await when.getByRole('button', { name: '09:00 in each market' }).click()
  await page.keyboard.press('Escape')
  const onX = card(page, /^X /)
  // It has no text yet, so its card opens by itself.
  await expect(onX.getByRole('button', { name: /09:00 New York/ })).toBeVisible()
  await expect(card(page, /^Instagram/).getByRole('button', { name: /09:00, with the post/ })).toBeVisible()
  await page.getByRole('button', { name: /^Undo (Ctrl|⌘)/ }).click()
  await expect(onX.getByRole('button', { name: /09:00, with the post/ })).toBeVisible()
})
