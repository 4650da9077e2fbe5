/** Films are made what a network takes, in the browser itself: days ahead, and kept until they go out. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Medium } from '../../shared/domain/medium.ts'
import type { FilmWish } from '../../shared/platforms/films.ts'
import { BLUESKY_PASSWORD, startBluesky } from '../sandbox/bluesky.ts'
import { startMastodon } from '../sandbox/mastodon.ts'
import { formOf } from '../sandbox/server.ts'
import { blankFilm } from '../support/blankFilm.ts'
import { projectRoot } from '../support/project.ts'
import { ask, connectMastodon } from './accounts.ts'
import { deskWith } from './desk.ts'
import { filmNamed, lookAt, picturesOf } from './filmFiles.ts'
import { planFile } from './planned.ts'

const test = deskWith(async (clock) => ({
  mastodon: await startMastodon({ clock }),
  bluesky: await startBluesky({ clock }),
}))

const DAYS_AHEAD = 2 * 24 * 60

const about = (type: string, width: number, height: number, seconds: number) =>
  ({ kind: 'video', type, width, height, seconds, name: 'quay.film' }) satisfies Partial<Medium>

/** An account of a Bluesky sandbox, which takes MP4 only. */
const onBluesky = (page: Page, url: string) => async () => {
  const answer = await ask(page, 'accounts:connect', {
    network: 'bluesky',
    given: { host: url, identifier: 'outpost.test', password: BLUESKY_PASSWORD },
  })
  if (answer.kind !== 'connected') throw new Error(`Not connected: ${JSON.stringify(answer)}`)
  return { ...answer.account, facts: { ...answer.account.facts, video: url } }
}

/** Where the page finds a part of itself, by the beginning of its name and a word in it. */
function assetWith(beginning: string, word = ''): string {
  const assets = join(projectRoot, 'out', 'renderer', 'assets')
  const found = readdirSync(assets).find(
    (name) => name.startsWith(beginning) && readFileSync(join(assets, name), 'utf8').includes(word),
  )
  return `/assets/${found}`
}

/** The files that lie on the shelves, begun ones too. */
const filesIn = (folder: string) =>
  readdirSync(join(folder, 'media'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

/** What was made for sending, once it lies on the shelf. */
async function madeIn(folder: string): Promise<Buffer> {
  const library = join(folder, 'media')
  const names = () =>
    readdirSync(library, { recursive: true, encoding: 'utf8' }).filter((name) => /sent-film-[0-9a-f-]+$/.test(name))
  await expect.poll(names, { timeout: 30_000 }).toHaveLength(1)
  return readFileSync(join(library, names()[0] ?? ''))
}

/** What lies where films are made, on the browser's own disk. */
const begunIn = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('films', { create: true })
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names
  })

test('a WebM is an MP4 with H.264 when it goes to a network that takes only those', async ({ desk }) => {
  const { page, bluesky, folder } = desk
  await planFile(page, onBluesky(page, bluesky.url), about('video/webm', 320, 180, 1), filmNamed('silent.webm'), {
    minutes: DAYS_AHEAD,
  })
  const film = await madeIn(folder)
  expect(await lookAt(film)).toEqual({
    type: 'video/mp4',
    width: 320,
    height: 180,
    seconds: 1,
    codec: 'H.264',
    moovFirst: true,
  })
})

test('a MOV is packed anew without a pixel of it changed, and without what was noted in it', async ({ desk }) => {
  const { page, bluesky, folder } = desk
  const given = filmNamed('plain.mov')
  expect(given.includes('SECRET')).toBe(true)
  await planFile(page, onBluesky(page, bluesky.url), about('video/quicktime', 64, 64, 1), given, {
    minutes: DAYS_AHEAD,
  })
  const film = await madeIn(folder)
  expect(await lookAt(film)).toMatchObject({
    type: 'video/mp4',
    width: 64,
    height: 64,
    codec: 'H.264',
    moovFirst: true,
  })
  expect(film.includes('SECRET')).toBe(false)
  // The bytes of its first picture are those it had.
  const first = given.subarray(given.indexOf('mdat') + 4).subarray(0, 600)
  expect(film.includes(first)).toBe(true)
})

test('a film that lies on its side stands as it is shown', async ({ desk }) => {
  const { page, bluesky, folder } = desk
  await planFile(page, onBluesky(page, bluesky.url), about('video/quicktime', 64, 128, 1), filmNamed('turned.mov'), {
    minutes: DAYS_AHEAD,
  })
  expect(await lookAt(await madeIn(folder))).toMatchObject({ width: 64, height: 128, codec: 'H.264' })
})

test('sound that cannot be made AAC is told days before it is due', async ({ desk }) => {
  const { page, bluesky } = desk
  await planFile(page, onBluesky(page, bluesky.url), about('video/webm', 64, 64, 1), filmNamed('opus.webm'), {
    minutes: DAYS_AHEAD,
  })
  await expect(page.getByRole('listitem').filter({ hasText: 'Three pockets' })).toContainText(
    'The sound of “quay.film” is Opus, and this system cannot write AAC. Save it as an MP4 with H.264 and AAC and use that',
  )
})

test('a broken film is told days before it is due', async ({ desk }) => {
  const { page, bluesky, folder } = desk
  const torn = filmNamed('silent.webm').subarray(0, 900)
  await planFile(page, onBluesky(page, bluesky.url), about('video/webm', 320, 180, 1), torn, { minutes: DAYS_AHEAD })
  await expect(page.getByRole('listitem').filter({ hasText: 'Three pockets' })).toContainText(
    '“quay.film” could not be converted. Save it as an MP4 with H.264 and AAC and use that',
  )
  expect(readdirSync(join(folder, 'media'), { recursive: true }).filter((name) => name.includes('sent-'))).toEqual([])
})

for (const [what, name, type, width, height, seconds] of [
  ['of another type', 'silent.mkv', 'video/x-matroska', 320, 180, 1],
  ['with too many pixels', 'wide.mp4', 'video/mp4', 4096, 2304, 0.5],
] as const)
  test(`a film ${what} is made when it is due where nobody made it before, and arrives as it should`, async ({
    desk,
  }) => {
    const { page, mastodon, folder } = desk
    const connect = () => connectMastodon(page, mastodon.url)
    await planFile(page, connect, about(type, width, height, seconds), filmNamed(name), { minutes: 0 })
    await expect(page.getByRole('region', { name: 'Out today' })).toContainText('Three pockets', { timeout: 25_000 })
    const made = await madeIn(folder)
    const there = await lookAt(made)
    expect(there).toMatchObject({ type: 'video/mp4', codec: 'H.264', moovFirst: true })
    expect(there.width * there.height).toBeLessThanOrEqual(8_294_400)
    expect(there.width / there.height).toBeCloseTo(16 / 9, 2)
    expect(there.width).toBe(Math.min(width, 3840))

    await blankFilm(made, 'video/mp4')
    const { body = Buffer.alloc(0) } = mastodon.calls.find(({ path }) => path === '/api/v2/media') ?? {}
    expect(body.includes(made)).toBe(true)
  })

test('a film whose making a kill broke off is made anew, arrives once and whole, and nothing half made stays', async ({
  desk,
}) => {
  test.skip(process.platform === 'win32', 'kills the browser by its process')
  const { page, mastodon, folder, killed } = desk
  const connect = () => connectMastodon(page, mastodon.url)
  await planFile(page, connect, about('video/mp4', 4096, 2304, 0.5), filmNamed('wide.mp4'), { minutes: 0 })
  // Some of its pictures are drawn anew by then, and others are not.
  await expect(page.getByText(/“quay.film” is being converted: [1-9]\d? %/)).toBeVisible({ timeout: 30_000 })
  const again = await killed()
  expect(filesIn(folder)).toEqual([])
  expect(mastodon.calls.filter(({ path }) => path === '/api/v2/media')).toEqual([])

  await again.getByRole('button', { name: 'Outbox' }).click()
  await expect(again.getByText(/“quay.film” is being converted: [1-9]\d? %/)).toBeVisible({ timeout: 30_000 })
  await expect(again.getByRole('region', { name: 'Out today' })).toContainText('Three pockets', { timeout: 30_000 })

  const [upload, ...more] = mastodon.calls.filter(({ path }) => path === '/api/v2/media')
  if (!upload) throw new Error('no film arrived')
  expect(more).toEqual([])
  expect(mastodon.statuses).toHaveLength(1)
  const arrived = (await formOf(upload)).get('file')
  if (!(arrived instanceof File)) throw new Error('no file in the form')
  const film = Buffer.from(await arrived.arrayBuffer())
  expect(await lookAt(film)).toEqual({
    type: 'video/mp4',
    width: 3840,
    height: 2160,
    seconds: 0.5,
    codec: 'H.264',
    moovFirst: true,
  })
  expect(picturesOf(film)).toBe(5)
  expect(filesIn(folder)).toEqual([expect.stringMatching(/sent-film-[0-9a-f-]+$/)])
  expect(await begunIn(again)).toEqual([])
})

test('what a kill left of a film is taken away at the next start, also where none is made any more', async ({
  desk,
}) => {
  test.skip(process.platform === 'win32', 'kills the browser by its process')
  const { page, bluesky, folder, killed } = desk
  await planFile(page, onBluesky(page, bluesky.url), about('video/mp4', 64, 64, 0.5), filmNamed('phone.mp4'), {
    minutes: DAYS_AHEAD,
  })
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const film = await (await root.getDirectoryHandle('films', { create: true })).getFileHandle('film.mp4', {
      create: true,
    })
    const writer = await film.createWritable()
    await writer.write('half a film')
    await writer.close()
  })
  expect(await begunIn(page)).toEqual(['film.mp4'])
  const again = await killed()
  await expect.poll(() => begunIn(again)).toEqual([])
  expect(filesIn(folder).filter((name) => name.includes('sent-'))).toEqual([])
})

test('what stops the making of a film leaves nothing of it, and the next one is made at once', async ({ desk }) => {
  const { page } = desk
  const wish: FilmWish = { types: ['video/mp4'], codecs: ['H.264'], most: { width: 1920 }, least: {} }
  const outcomes = await page.evaluate(
    async ({ url, film, wish }) => {
      const { makeFilm } = (await import(url)) as Pick<typeof import('../../renderer/data/media/films.ts'), 'makeFilm'>
      const bytes = new Blob([Uint8Array.from(atob(film), (letter) => letter.charCodeAt(0))])
      const stop = new AbortController()
      const keep = async () => undefined
      const given = [bytes, 'video/mp4', wish] as const
      const stopped = makeFilm(...given, {
        signal: stop.signal,
        keep,
        onProgress: (share) => share > 0 && stop.abort(),
      })
      // It waits in line, as one does that is due and stops what is made ahead.
      const next = makeFilm(...given, { signal: new AbortController().signal, keep, onProgress: () => undefined })
      return Promise.all([stopped, next])
    },
    { url: assetWith('films-', 'makeFilm'), film: filmNamed('wide.mp4').toString('base64'), wish },
  )
  expect(outcomes).toEqual([{ kind: 'stopped' }, { kind: 'made' }])
  expect(await begunIn(page)).toEqual([])
})

test('what is made keeps to the bytes, the width and the frames a second it is given', async ({ desk }) => {
  const { page } = desk
  const most = { bytes: 40_000, width: 160, fps: 12 }
  const wish: FilmWish = { types: ['video/mp4'], codecs: ['H.264'], most, least: {} }
  const made = await page.evaluate(
    async ({ url, film, wish }) => {
      const maker = new Worker(url, { type: 'module' })
      const outcome = await new Promise((resolve) => {
        maker.onmessage = ({ data }) => data.kind === 'ended' && resolve(data.outcome)
        const bytes = Uint8Array.from(atob(film), (letter) => letter.charCodeAt(0))
        maker.postMessage({ film: new Blob([bytes]), type: 'video/webm', wish, into: 'test.mp4' })
      })
      maker.terminate()
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('films')
      const bytes = new Uint8Array(await (await (await folder.getFileHandle('test.mp4')).getFile()).arrayBuffer())
      return { outcome, film: btoa(String.fromCharCode(...bytes)) }
    },
    { url: assetWith('filmWorker'), film: filmNamed('silent.webm').toString('base64'), wish },
  )
  expect(made.outcome).toEqual({ kind: 'made' })
  const film = Buffer.from(made.film, 'base64')
  expect(film.length).toBeLessThanOrEqual(most.bytes)
  expect(await lookAt(film)).toMatchObject({ width: 160, height: 90, seconds: 1 })
  expect(picturesOf(film)).toBe(12)
})
