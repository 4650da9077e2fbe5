import type { Page } from '@playwright/test'
import { blankCampaign } from '../../renderer/data/commands/campaigns.ts'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { EMPTY_CAMPAIGN_DRAFT, EMPTY_DRAFT } from '../../shared/domain/template.ts'
import { DEFAULT_VOCABULARY } from '../../shared/domain/utm.ts'
import { expect, test } from './app.ts'
import { putRows, rowsOf } from './database.ts'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const row = (id: string, order = 0) => ({ id, order, trashedAt: 0 })
const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const linked = (text: string, href: string) => ({
  type: 'paragraph',
  content: [{ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }],
})

/** A campaign with a post, and everything the workspace says, written beside the app. */
async function withWords(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
  const planned = { date: inDays(10), time: '09:00', zone: 'UTC' }
  const campaign = blankCampaign(1, {
    id: 'tarn',
    name: 'Tarn 28',
    phases: [{ id: 'tease', name: 'Tease', from: inDays(5), to: inDays(15) }],
    keyMessages: ['Every seam can be opened.'],
    personaIds: ['hikers'],
  })
  const persona = { ...row('hikers'), name: 'Weekend hikers', role: 'Resa, 34', needs: 'To fix a strap', doubts: '' }
  await putRows(page, {
    channels: [
      blankChannel('instagram', {
        ...row('ig'),
        name: '@fernhollow',
        hue: 'plum',
        zone: 'UTC',
        slots: [],
        spacing: 0,
        target: 0,
      }),
      blankChannel('newsletter', {
        ...row('nl', 1),
        name: 'The Mend Letter',
        hue: 'olive',
        zone: 'UTC',
        slots: [],
        spacing: 0,
        target: 0,
      }),
    ],
    campaigns: [campaign],
    personas: [{ ...persona, networks: ['instagram'], hours: 'Sunday', tone: '' }],
    posts: [
      blankPost(1, { id: 'pockets', title: 'Three pockets', campaignId: 'tarn', planned, channelIds: ['ig', 'nl'] }),
      blankPost(2, { id: 'prices', title: 'Prices', campaignId: 'tarn', planned }),
      blankPost(3, { id: 'out', title: 'Went out', planned: { ...planned, date: inDays(-3) }, status: 'published' }),
    ],
    documents: [
      { id: 'pockets', content: [paragraph('An eco pack.')] },
      { id: 'prices', content: [linked('prices', 'https://fernhollow.example/prices?utm_campaign=Tarn_28')] },
      { id: 'out', content: [linked('shop', 'https://fernhollow.example/?utm_campaign=Tarn_28')] },
    ],
    snippets: [
      { ...row('offer'), kind: 'snippet', name: 'Repair offer', text: 'Bring your {thing} on {date} for {campaign}.' },
      { ...row('house', 1), kind: 'hashtags', name: 'House', text: '#fernhollow #mendnotend' },
    ],
    mentions: [
      { id: 'bar', name: 'Mend Bar', neutral: 'mendbar', handles: { instagram: 'mend.bar' }, note: '', trashedAt: 0 },
    ],
    vocabulary: [{ ...DEFAULT_VOCABULARY, hosts: ['fernhollow.example'] }],
    brandWords: [
      { ...row('eco'), say: 'mended', not: ['eco'], reason: 'It says nothing.', matchCase: false },
      { ...row('hurry', 1), say: '', not: ['last chance'], reason: 'We hurry nobody.', matchCase: false },
    ],
    templates: [
      {
        ...row('launch'),
        kind: 'campaign',
        name: 'Launch of a pack',
        updatedAt: 1,
        campaign: {
          ...EMPTY_CAMPAIGN_DRAFT,
          phases: [{ id: 'p', name: 'Tease', from: -7, to: -1 }],
          tasks: [{ id: 't', title: 'Pictures of {campaign}', day: -14 }],
          posts: [{ ...EMPTY_DRAFT, id: 'n', title: '{campaign} is here', day: 0, time: '09:00' }],
        },
      },
      {
        ...row('teaser', 1),
        kind: 'post',
        name: 'Teaser',
        updatedAt: 1,
        post: { ...EMPTY_DRAFT, title: 'Look at {campaign}', content: [paragraph('Soon in {town}.')] },
      },
    ],
  })
  await page.reload()
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
}

const text = (page: Page) => page.getByLabel('Text of the post')

async function write(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await page.getByRole('button', { name: 'Posts', exact: true }).click()
  await page.getByRole('region', { name: 'Posts' }).getByText(title, { exact: true }).click()
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue(title)
}

async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.locator('input[role="combobox"]').fill(title)
  await page.getByRole('option', { name: title }).first().click()
}

async function settings(page: Page, section: string): Promise<void> {
  await command(page, 'Go to Settings')
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: section }).click()
}

test('a snippet comes in by the slash, filled from the post, and asks for the rest', async ({ page }) => {
  await withWords(page)
  await write(page, 'Three pockets')
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/repair')
  await expect(page.getByRole('option', { name: /Repair offer/ })).toBeVisible()
  await page.keyboard.press('Enter')
  const box = page.getByRole('dialog', { name: 'Repair offer' })
  await box.getByLabel('thing').fill('jacket')
  await page.keyboard.press('Enter')
  await expect(text(page)).toContainText('Bring your jacket on')
  await expect(text(page)).toContainText('for Tarn 28.')
  // The keys are in the text again.
  await page.keyboard.type(' See @mend')
  await page.keyboard.press('Enter')
  await expect(text(page)).toContainText('See @mendbar')
  await expect(text(page).locator('.known-name')).toHaveText('@mendbar')
  await page.getByRole('button', { name: 'Hashtags', exact: true }).click()
  await page.getByRole('option', { name: 'House' }).click()
  await expect(text(page)).toContainText('#fernhollow #mendnotend')
  await page.keyboard.press('Escape')
  await command(page, 'Insert a snippet')
  await page.getByRole('option', { name: 'Repair offer' }).click()
  await expect(box.getByLabel('thing')).toBeFocused()
})

test('a hole nobody filled stays, is marked, and is filled in its place', async ({ page }) => {
  await withWords(page)
  await write(page, 'Three pockets')
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' /repair')
  await expect(page.getByRole('option', { name: /Repair offer/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Repair offer' }).getByRole('button', { name: 'Insert' }).click()
  await expect(text(page).locator('.open-variable')).toHaveText('{thing}')
  await text(page).locator('.open-variable').hover()
  const box = page.getByRole('dialog', { name: 'About “{thing}”' })
  await box.getByLabel('thing').fill('kite')
  await box.getByRole('button', { name: 'Fill in' }).click()
  await expect(text(page)).toContainText('Bring your kite on')
})

test('a word we do not say is marked with the reason, and replaced by key and by pointer', async ({ app }) => {
  const { page } = app
  await withWords(page)
  await write(page, 'Three pockets')
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Economy is no eco word; Eco is. Last chance!')
  await expect(text(page).locator('.brand-word')).toHaveText(['eco', 'eco', 'Eco', 'Last chance'])

  await text(page).locator('.brand-word').last().hover()
  await expect(page.getByRole('dialog', { name: 'About “Last chance”' })).toContainText('We hurry nobody.')
  await page.mouse.move(5, 5)
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F7')
  await expect(page.getByRole('dialog', { name: 'About “eco”' })).toContainText('It says nothing.')
  await expect(page.getByRole('button', { name: 'Replace with “mended”' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(text(page)).toContainText('An mended pack.')
  await page.keyboard.press('F7')
  await expect(page.getByRole('dialog', { name: 'About “eco”', exact: true })).toBeVisible()
  await page.keyboard.press('F7')
  await page.getByRole('button', { name: 'Replace with “Mended”', exact: true }).click()
  await expect(text(page).locator('.brand-word')).toHaveText(['eco', 'Last chance'])
  const again = await app.restart()
  await expect(text(again)).toContainText('Mended is.')
})

test('who the campaign talks to, its messages and our words stand beside the text', async ({ page }) => {
  await withWords(page)
  await write(page, 'Three pockets')
  await page.getByRole('tab', { name: 'Details', exact: true }).click()
  const voice = page.getByRole('region', { name: 'Voice' })
  await expect(voice.getByRole('article', { name: 'Weekend hikers' })).toContainText('To fix a strap')
  await expect(voice.getByRole('list', { name: 'Key messages' })).toContainText('Every seam can be opened.')
  await expect(voice).toContainText('eco, last chance')
})

test('a link is tagged from the vocabulary, shows its tag, and has an address for each network', async ({ page }) => {
  await withWords(page)
  await write(page, 'Three pockets')
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+k')
  const box = page.getByRole('dialog', { name: 'Link' })
  await box.getByLabel('Address').fill('fernhollow.example/tarn?size=m#parts')
  await box.getByRole('checkbox', { name: 'Tag this link' }).check()
  await expect(box.getByRole('combobox', { name: 'Campaign' })).toHaveText('tarn-28')
  await expect(box.getByRole('combobox', { name: 'Content' })).toHaveText('tease')
  const own = 'https://fernhollow.example/tarn?size=m&utm_campaign=tarn-28&utm_content=tease'
  await expect(box.getByRole('listitem')).toHaveText([
    `IgInstagram${own}&utm_source=instagram&utm_medium=social#parts`,
    `NlNewsletter${own}&utm_source=newsletter&utm_medium=email#parts`,
  ])
  await box.getByRole('button', { name: 'Link', exact: true }).click()
  await expect(text(page).getByRole('link')).toHaveAttribute('href', `${own}#parts`)
  await expect(text(page).locator('.link-tag')).toHaveText('tarn-28 / tease')
  // The tag opens the box again, with the address and its tags apart.
  await text(page).locator('.link-tag').click()
  await expect(box.getByLabel('Address')).toHaveValue('https://fernhollow.example/tarn?size=m#parts')
  await box.getByRole('checkbox', { name: 'Tag this link' }).uncheck()
  await box.getByRole('button', { name: 'Change' }).click()
  await expect(text(page).getByRole('link')).toHaveAttribute('href', 'https://fernhollow.example/tarn?size=m#parts')
})

test('what the texts say and the vocabulary does not is listed with its posts, and mended as one undo', async ({
  page,
}) => {
  await withWords(page)
  await settings(page, 'Tags and links')
  const report = page.getByRole('region', { name: 'In the texts' })
  await expect(report).toContainText('2 tagged links, 1 thing not as agreed')
  await expect(report.getByRole('listitem').first()).toContainText('Tarn_28')
  await report.getByRole('button', { name: 'Prices' }).click()
  await expect(text(page).locator('.link-tag-wrong')).toHaveText('Tarn_28')

  await settings(page, 'Tags and links')
  await report.getByRole('button', { name: 'Write “tarn-28”' }).click()
  const hrefs = async () => JSON.stringify(await rowsOf(page, 'documents')).match(/https:[^"]+/g)
  await expect.poll(hrefs).toEqual([
    // What is out stays as it went out.
    'https://fernhollow.example/?utm_campaign=Tarn_28',
    'https://fernhollow.example/prices?utm_campaign=tarn-28',
  ])
  await expect(report.getByRole('button', { name: /^Write/ })).toHaveCount(0)
  await expect(report).toContainText('Went out')
  await page.keyboard.press('Control+z')
  await expect(report.getByRole('button', { name: 'Write “tarn-28”' })).toBeVisible()
  expect(await hrefs()).toContain('https://fernhollow.example/prices?utm_campaign=Tarn_28')
})

test('a campaign is made from a template round its launch day, and a post from one of its own', async ({ page }) => {
  await withWords(page)
  await command(page, 'New campaign from a template')
  const dialog = page.getByRole('dialog', { name: 'New campaign from a template' })
  await dialog.getByLabel('Name', { exact: true }).fill('Winter coat')
  await dialog.getByLabel('Launch day').fill(inDays(30))
  await dialog.getByLabel('Name', { exact: true }).click()
  await expect(dialog.getByLabel('What will be made')).toContainText('1 post')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByLabel('Name of the campaign')).toHaveValue('Winter coat')
  await expect(page.getByLabel('Task', { exact: true }).first()).toHaveValue('Pictures of Winter coat')
  const made = (await rowsOf(page, 'campaigns')).find(({ name }) => name === 'Winter coat')
  expect(made).toMatchObject({ launchOn: inDays(30), phases: [{ from: inDays(23), to: inDays(29) }] })
  const posts = await rowsOf(page, 'posts')
  expect(posts.find(({ title }) => title === 'Winter coat is here')).toMatchObject({
    campaignId: made?.id,
    planned: { date: inDays(30), time: '09:00' },
  })

  await command(page, 'New post from a template')
  await page.getByRole('option', { name: /^Teaser/ }).click()
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue('Look at Winter coat')
  await expect(text(page)).toContainText('Soon in {town}.')
})

test('words are kept in Settings: a snippet with its variables, hashtags, a name, a brand word', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: 'Start empty' }).click()
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
  await settings(page, 'Snippets')
  await page.getByRole('button', { name: 'Add a snippet' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await page.keyboard.type('Offer')
  await page.getByLabel('Words', { exact: true }).fill('For {campain}: ')
  await page.getByRole('button', { name: '{date}' }).click()
  await page.getByLabel('Name', { exact: true }).focus()
  await expect(page.getByLabel('Words', { exact: true })).toHaveValue('For {campain}: {date}')
  await page.getByRole('button', { name: 'Write {campaign}' }).click()
  await expect(page.getByLabel('Words', { exact: true })).toHaveValue('For {campaign}: {date}')

  await settings(page, 'Hashtag sets')
  await page.getByRole('button', { name: 'Add a hashtag set' }).click()
  await page.getByLabel('Hashtags', { exact: true }).fill('tarn28, #tarn28 mend')
  await page.getByLabel('Name', { exact: true }).focus()
  await expect(page.getByLabel('Hashtags', { exact: true })).toHaveValue('#tarn28 #mend')

  await settings(page, 'Mention book')
  await page.getByRole('button', { name: 'Add a name' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await page.keyboard.type('Mend Bar')
  await page.getByLabel('Handle on X').fill('https://x.example/mend_bar')
  await page.getByLabel('Handle on Mastodon').fill('mend')
  await page.getByLabel('Note', { exact: true }).focus()
  await expect(page.getByLabel('In texts')).toHaveValue('mendbar')
  await expect(page.getByLabel('Handle on X')).toHaveValue('mend_bar')
  await expect(page.getByText('Mastodon has no such handles.')).toBeVisible()

  await settings(page, 'Brand words')
  await page.getByRole('button', { name: 'Add a word' }).click()
  await expect(page.getByLabel('What we do not say: new word')).toBeFocused()
  await page.keyboard.type('eco, eco-friendly')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('What we say instead of eco')).toBeVisible()

  const again = await app.restart()
  await again.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Snippets' }).click()
  await expect(again.getByRole('button', { name: /^Offer/ })).toBeVisible()
})
