/** What a person posts themselves: reminded when it is due, with a kit of files and texts, until they say that it is done. */
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { handAccount } from '../../shared/domain/account.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import { type Medium, plainMedium } from '../../shared/domain/medium.ts'
import { placementId } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import { toWall } from '../../shared/domain/time.ts'
import { inspect } from '../../shared/media/inspect.ts'
import { startTestShell } from '../support/chromiumShell.ts'
import { temporaryFolder } from '../support/project.ts'
import { putRows, rowsOf } from './database.ts'
import { filmNamed, lookAt, picturesOf } from './filmFiles.ts'
import { file, photo } from './mediaFiles.ts'

interface Desk {
  readonly page: Page
  /** What the system was asked to open, a line each. */
  opened(): Promise<string>
  offline(): Promise<void>
}

const test = base.extend<{ desk: Desk }>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the pattern to know what a fixture needs
  desk: async ({}, use) => {
    using folder = temporaryFolder()
    const list = join(folder.path, 'opened.txt')
    const opener = join(folder.path, 'xdg-open')
    await writeFile(list, '')
    await writeFile(opener, `#!/bin/sh\necho "$1" >> '${list}'\n`)
    await chmod(opener, 0o755)
    const before = process.env.PATH
    process.env.PATH = `${folder.path}${delimiter}${before}`
    const shell = await startTestShell({ dataFolder: folder.path })
    shell.context.setDefaultTimeout(15_000)
    await use({
      page: shell.page,
      opened: () => readFile(list, 'utf8'),
      offline: () => shell.context.setOffline(true),
    })
    await shell.close()
    process.env.PATH = before
  },
})

const channel = blankChannel('snapchat', { id: 'sc', name: 'Outpost snaps', zone: 'UTC' })

/** A story that was due a minute ago, on a channel that is posted by hand. */
async function withStory(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const planned = toWall(Date.now() - 60_000, 'UTC')
  const id = placementId('one', 'sc')
  await putRows(page, {
    channels: [channel],
    accounts: [handAccount(channel, 0)],
    posts: [
      blankPost(Date.now(), {
        id: 'one',
        title: 'Three pockets',
        status: 'scheduled',
        channelIds: ['sc'],
        planned,
        publishAt: planned,
      }),
    ],
    documents: [
      { id: 'one', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Three pockets said' }] }] },
    ],
    placements: [
      {
        id,
        postId: 'one',
        channelId: 'sc',
        format: 'spotlight',
        fields: { locale: 'en_GB' },
        firstComment: '',
        media: null,
        detached: false,
        planned: null,
        plannedAt: -1,
        excerpt: '',
        words: 0,
        updatedAt: Date.now(),
      },
    ],
  })
  await page.reload()
  await page.locator('[data-day]').first().waitFor()
  await expect(page.getByRole('button', { name: 'Outbox 1 needs you' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
}

/** A library with a film, and files that are not on the disk any more. */
async function withQuay(page: Page, ...lost: readonly Medium[]): Promise<void> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  const bytes = filmNamed('silent.webm')
  const film = { kind: 'video', type: 'video/webm', width: 320, height: 180, seconds: 1, createdAt: 1 } as const
  await putRows(page, {
    media: [plainMedium({ id: 'film', name: 'quay.webm', size: bytes.length, ...film }), ...lost],
    blobs: [{ id: 'film', type: film.type, bytes: new Uint8Array(bytes) }],
  })
}

/** The kit of a post with one file that was due a minute ago, on a LinkedIn page that is posted on by hand. */
async function openStrapKit(page: Page, mediumId: string, more: Partial<Post> = {}): Promise<void> {
  const onLinkedIn = blankChannel('linkedin', { id: 'li', name: 'Fernhollow', zone: 'UTC' })
  const planned = toWall(Date.now() - 60_000, 'UTC')
  await putRows(page, {
    channels: [onLinkedIn],
    accounts: [handAccount(onLinkedIn, 0)],
    posts: [
      blankPost(Date.now(), {
        id: 'strap',
        title: 'Strap',
        status: 'scheduled',
        channelIds: ['li'],
        planned,
        publishAt: planned,
        media: [{ mediumId, alt: 'A strap with a new seam', ratio: '' }],
        ...more,
      }),
    ],
    documents: [{ id: 'strap', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Ten stitches.' }] }] }],
  })
  await page.reload()
  await page.getByRole('button', { name: 'Outbox 1 needs you' }).click()
  await page.getByRole('button', { name: /^Post it now/ }).click()
}

test('what is due by hand opens a kit, offline too, and is done with a link of that network', async ({ desk }) => {
  const { page, opened, offline } = desk
  await withStory(page)
  await offline()
  const needs = page.getByRole('region', { name: 'Needs you' })
  await expect(needs).toContainText('It is time: post it on Snapchat yourself')
  await needs.getByRole('button', { name: /^Post it now/ }).click()
  const kit = page.getByRole('dialog')
  await expect(kit.getByRole('heading', { name: 'Post “Three pockets” on Snapchat' })).toBeVisible()
  await expect(kit).toContainText('Three pockets said')
  await expect(kit.getByRole('list', { name: 'What the form asks for' })).toContainText('Language and country: en_GB')
  await kit.getByRole('button', { name: 'Open Snapchat' }).click()
  await expect.poll(opened).toContain('https://my.snapchat.com/')

  await kit.getByLabel('Its link').fill('https://elsewhere.example/1')
  await expect(kit).toContainText('This is not on Snapchat')
  await kit.getByLabel('Its link').press('Enter')
  await expect(kit).toBeVisible()
  await kit.getByLabel('Its link').fill('https://www.snapchat.com/spotlight/1')
  await kit.getByRole('button', { name: 'Done, here is the link' }).click()
  await expect(page.getByRole('region', { name: 'Out today' })).toContainText('www.snapchat.com/spotlight/1')
  await expect(needs).toHaveCount(0)
})

/** Presses for the kit, and gives the folder it lies in. */
async function saveKit(page: Page): Promise<string> {
  const kit = page.getByRole('dialog')
  await kit.getByRole('button', { name: 'Save the kit' }).click()
  const said = kit.getByText(/^It lies in /)
  await expect(said).toBeVisible()
  return ((await said.textContent()) ?? '').replace('It lies in ', '')
}

test('a text of the kit is on the clipboard after a press, whole and as it is to be posted', async ({ desk }) => {
  const { page } = desk
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await withStory(page)
  await page.getByRole('button', { name: /^Post it now/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Copy text: Text' }).click()
  await expect(page.getByLabel('Messages (F8)').getByText('Copied: Text.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Three pockets said')
})

test('a kit is saved as a folder, said where, and shown there', async ({ desk }) => {
  const { page, opened } = desk
  await withStory(page)
  await page.getByRole('button', { name: /^Post it now/ }).click()
  const folder = await saveKit(page)
  expect(folder).toMatch(/Outpost kits.\d{4}-\d\d-\d\d Three pockets, Outpost snaps$/)
  expect(await readdir(folder)).toEqual(['text.txt'])
  expect(await readFile(join(folder, 'text.txt'), 'utf8')).toContain('== Text ==\nThree pockets said')
  await page.getByRole('dialog').getByRole('button', { name: 'Show the folder' }).click()
  await expect.poll(opened).toContain(`${folder}\n`)
  await rm(folder, { recursive: true })
  await page.getByRole('dialog').getByRole('button', { name: 'Show the folder' }).click()
  await expect(page.getByLabel('Messages (F8)')).toContainText(`${folder} is not there any more.`)
})

test('the pictures of a kit are as the network takes them: upright, without what the camera noted', async ({
  desk,
}) => {
  const { page } = desk
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await page.getByRole('navigation').getByRole('button', { name: 'Media', exact: true }).click()
  // Its name does not fit what it is; in the kit it does.
  const lying = file('strap.png', await photo(page, 640, 480, 6), 'image/jpeg')
  await page.getByLabel('Files for the library').setInputFiles([lying])
  await expect.poll(async () => (await rowsOf(page, 'media')).length).toBe(1)
  const mediumId = String((await rowsOf(page, 'media'))[0]?.id)
  await openStrapKit(page, mediumId, { coverId: mediumId })
  const folder = await saveKit(page)
  const sent = await readFile(join(folder, '01 strap.jpg'))
  expect(inspect(new Uint8Array(sent))).toMatchObject({ ok: true, value: { width: 480, height: 640 } })
  expect(sent.includes('Exif')).toBe(false)
  expect(await readFile(join(folder, 'text.txt'), 'utf8')).toContain('01 strap.jpg: A strap with a new seam')
})

test('the films of a kit are as the network takes them, told while they are made, and called so beside what they show', async ({
  desk,
}) => {
  const { page } = desk
  await withQuay(page)
  await openStrapKit(page, 'film')
  const said = page.getByRole('dialog').evaluate(
    (dialog) =>
      new Promise<string>((resolve) => {
        const look = () => {
          const words = /“[^“]*” is being converted: \d+ %/.exec(dialog.textContent ?? '')
          if (words) resolve(words[0])
        }
        new MutationObserver(look).observe(dialog, { subtree: true, childList: true, characterData: true })
      }),
  )
  const folder = await saveKit(page)
  expect(await said).toMatch(/^“quay.webm” is being converted: \d+ %$/)
  expect((await readdir(folder)).sort()).toEqual(['01 quay.mp4', 'text.txt'])
  const film = await readFile(join(folder, '01 quay.mp4'))
  expect(await lookAt(film)).toEqual({
    type: 'video/mp4',
    width: 320,
    height: 180,
    seconds: 1,
    codec: 'H.264',
    moovFirst: true,
  })
  expect(picturesOf(film)).toBe(25)
  expect(await readFile(join(folder, 'text.txt'), 'utf8')).toContain('01 quay.mp4: A strap with a new seam')
})

test('a file that cannot be made is missing in the kit, which says so; texts and the other files are there', async ({
  desk,
}) => {
  const { page } = desk
  const shot = { kind: 'image', type: 'image/jpeg', width: 640, height: 480, createdAt: 1 } as const
  await withQuay(page, plainMedium({ id: 'gone', name: 'gone.jpg', size: 9_000, ...shot }))
  const media = ['gone', 'film'].map((mediumId) => ({ mediumId, alt: '', ratio: '' }))
  await openStrapKit(page, 'film', { media })
  const folder = await saveKit(page)
  await expect(page.getByLabel('Messages (F8)')).toContainText('“gone.jpg” cannot be read any more.')
  expect((await readdir(folder)).sort()).toEqual(['02 quay.mp4', 'text.txt'])
  const text = await readFile(join(folder, 'text.txt'), 'utf8')
  expect(text).toContain('== Not in this folder ==\n“gone.jpg” cannot be read any more.')
  expect(text).toContain('Ten stitches.')
})

test('not today moves it, and it waits again', async ({ desk }) => {
  const { page } = desk
  await withStory(page)
  await page.getByRole('button', { name: /^Post it now/ }).click()
  await page.getByRole('button', { name: 'Not today…' }).click()
  const picker = page.getByRole('dialog', { name: 'Another time' })
  await picker.getByRole('button', { name: 'Month after' }).click()
  await picker.getByRole('gridcell', { name: /\b15\b/ }).click()
  await picker.getByRole('button', { name: /^Move to/ }).click()
  await expect(page.getByRole('region', { name: 'Waiting' })).toContainText('You post it on Snapchat')
  await expect(page.getByRole('button', { name: /need.? you/ })).toHaveCount(0)
})

test('a channel that nobody connects is posted by hand once somebody says so', async ({ desk }) => {
  const { page } = desk
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await putRows(page, { channels: [channel] })
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('outpost-place') ?? '{}')
    const place = { screen: 'settings', page: 'channels' }
    localStorage.setItem('outpost-place', JSON.stringify({ ...kept, state: { ...kept.state, place } }))
  })
  await page.reload()
  await page
    .getByRole('button', { name: /Outpost snaps/ })
    .first()
    .click()
  const dock = page.getByRole('complementary', { name: 'Channel' })
  await dock.getByRole('switch', { name: 'I post it myself' }).click()
  await expect(dock).toContainText('You post on “Outpost snaps” yourself.')
  await expect.poll(() => rowsOf(page, 'accounts')).toMatchObject([{ id: 'sc', byHand: true, remoteId: '' }])
  await dock.getByRole('switch', { name: 'I post it myself' }).click()
  await expect(dock).toContainText('is not connected')
  await expect.poll(() => rowsOf(page, 'accounts')).toEqual([])
})

test('Today has what waits for a person, with its one action', async ({ desk }) => {
  const { page } = desk
  await withStory(page)
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  const needs = page.getByRole('region', { name: 'Publishing needs you' })
  await expect(needs).toContainText('It is time: post it on Snapchat yourself')
  await expect(page.getByRole('button', { name: 'Mark “Three pockets” published' })).toHaveCount(0)
  await needs.getByRole('button', { name: 'Post it now: “Three pockets”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Done without a link' }).click()
  await expect(needs).toHaveCount(0)
})
