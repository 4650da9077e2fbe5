/** Films as the page has them made: what is kept of them, and what is said where there is none. The making itself: `tests/e2e/films.test.ts`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { blankPost, writeText } from '../../../renderer/data/commands/posts.ts'
import type { FilmLack } from '../../../renderer/data/media/films.ts'
import { shelfOf } from '../../../renderer/data/workspace.ts'
import { convertFor, dropSentMedia, type Film, tryFor } from '../../../renderer/ports/sentMedia.ts'
import { createCompose } from '../../../renderer/sync/compose.ts'
import { newDelivery } from '../../../shared/domain/delivery.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { withFiles } from '../../support/library.ts'
import { projectRoot } from '../../support/project.ts'
import { aChannel, anOffice, aScheduledPost, plainDoc, settle } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

const bytes = new Uint8Array(readFileSync(join(projectRoot, 'tests', 'fixtures', 'films', 'phone.mp4')))
const content = { network: 'bluesky', format: 'feed', fields: {} } as const

async function aFilm() {
  const workspace = await aWorkspace()
  const owner = { db: workspace.db, shell: workspace.shell, workspace }
  const about = { name: 'surf.webm', kind: 'video', type: 'video/webm', size: 5, seconds: 0.5 } as const
  const [medium] = await withFiles(workspace, about)
  if (!medium) throw new Error('no file')
  await workspace.db.blobs.put({ id: medium.id, type: 'video/webm', bytes: new Blob(['a film']) })
  const facts = { id: medium.id, kind: 'video', type: 'video/webm', alt: 'Surf' } as const
  return { owner, facts, ...owner }
}
const says =
  (outcome: FilmLack): Film =>
  async () =>
    outcome
const makes =
  (made: Uint8Array<ArrayBuffer>): Film =>
  async (_film, _type, _wish, { keep }) => {
    await keep(new Blob([made]))
    return { kind: 'made' }
  }

it.each([
  ['no-decoder', 'ProRes', '“surf.webm” is packed as ProRes, which this system cannot unpack. Save it as'],
  ['no-encoder', '', '“surf.webm” would have to be converted, and this system cannot write H.264. Save it as'],
  ['no-aac', 'Opus', 'The sound of “surf.webm” is Opus, and this system cannot write AAC. Save it as'],
  ['too-long', '', '“surf.webm” is too long for the 300 MB that Bluesky takes'],
  ['no-room', '', 'There is no room on the disk to convert “surf.webm”'],
  ['unreadable', '', '“surf.webm” could not be converted. Save it as an MP4 with H.264 and AAC and use that'],
] as const)('says why one cannot be made (%s), and what to do', async (why, what, sentence) => {
  const { owner, facts } = await aFilm()
  const film = says({ kind: 'cannot', why, what })
  expect(await tryFor(owner, content, facts, { film })).toMatchObject({
    kind: 'refused',
    field: 'media',
    reason: expect.stringContaining(sentence),
  })
})

it('keeps what was tried, for as long as its file stands in a post that waits', async () => {
  const { owner, facts, db, shell, workspace } = await aFilm()
  const making = { film: vi.fn(makes(bytes)) }
  expect(await tryFor(owner, content, facts, making)).toBeNull()
  const sent = await convertFor(owner, content, facts, making)
  expect(sent).toMatchObject({ type: 'video/mp4', size: bytes.length, width: 64, height: 64, alt: 'Surf' })
  expect(making.film).toHaveBeenCalledTimes(1)
  const lying = async () => {
    const list = await shell.listMedia(shelfOf(workspace).shelf)
    return list.ok && list.value.some(({ id }) => 'id' in sent && id === sent.id)
  }

  await db.posts.put(blankPost(1, { id: 'post', media: [{ mediumId: facts.id, alt: '', ratio: '' }] }))
  await db.deliveries.put(
    newDelivery({ id: placementId('post', 'bs'), postId: 'post', channelId: 'bs', dueAt: 1, contentAt: 1 }),
  )
  await dropSentMedia(owner)
  expect(await lying()).toBe(true)
  await db.deliveries.clear()
  await dropSentMedia(owner)
  expect(await lying()).toBe(false)
})

it('opens one only once that goes as it is', async () => {
  const { owner, facts } = await aFilm()
  const film = vi.fn<Film>(async () => ({ kind: 'as-it-is' }))
  expect(await tryFor(owner, content, facts, { film })).toBeNull()
  expect(await convertFor(owner, content, facts, { film, quick: true })).toMatchObject({ id: facts.id, alt: 'Surf' })
  expect(film).toHaveBeenCalledTimes(1)
})

it('does not take a part of one for all of it, and leaves none behind', async () => {
  const { owner, facts, workspace } = await aFilm()
  await workspace.db.media.update(facts.id, { seconds: 20 })
  expect(await tryFor(owner, content, facts, { film: makes(bytes) })).toMatchObject({ kind: 'refused' })
  const list = await workspace.shell.listMedia(shelfOf(workspace).shelf)
  expect(list.ok && list.value.filter(({ id }) => id.startsWith('sent-'))).toEqual([])
})

it('makes none in haste, and stops when nobody wants it any more', async () => {
  const { owner, facts } = await aFilm()
  const film = vi.fn(makes(bytes))
  expect(await convertFor(owner, content, facts, { film, quick: true })).toMatchObject({ kind: 'refused' })
  expect(await convertFor(owner, content, facts, { film, isWanted: async () => false })).toMatchObject({
    kind: 'begin-again',
  })
  expect(film).not.toHaveBeenCalled()
})

const notMade = { kind: 'refused', field: 'media', reason: 'not made yet', details: '' } as const

/** An office with a post that is due, whose film is being made until the test says what became of that. */
async function aFilmInTheMaking() {
  const workspace = await aWorkspace()
  const made = Promise.withResolvers<Trouble | null>()
  const asks = vi.fn()
  const plain = createCompose({ db: workspace.db, html: () => '', media: async () => notMade })
  const office = await anOffice(workspace, {
    compose: async (delivery, publishAt, haste) => {
      if (delivery.channelId !== 'ma') return plain(delivery, publishAt)
      if (haste) return { kind: 'trouble', trouble: notMade }
      asks()
      const trouble = asks.mock.calls.length === 1 ? await made.promise : null
      return trouble ? { kind: 'trouble', trouble } : plain(delivery, publishAt)
    },
  })
  for (const id of ['ma', 'other']) await aChannel(workspace, office.outbox, id, { grace: 60 })
  await office.outbox.start()
  const id = await aScheduledPost(workspace, ['ma'], 1)
  await aScheduledPost(workspace, ['other'], 30, 'Another')
  await settle(office.outbox)
  /** Lets minutes pass while it is made; the outbox looks as often as it does. */
  const wait = async (minutes: number) => {
    for (let passed = 0; passed < minutes; passed += 1) {
      workspace.clock.tick(60_000)
      await office.outbox.look()
    }
  }
  await wait(1)
  await vi.waitFor(() => expect(asks).toHaveBeenCalledTimes(1))
  const finish = async (trouble: Trouble | null = null) => {
    made.resolve(trouble)
    await settle(office.outbox)
    await office.pass(1)
  }
  const stateOf = async () => (await workspace.db.deliveries.get(placementId(id, 'ma')))?.state
  const out = () => office.publisher.visible().map(({ text }) => text)
  return { ...office, id, asks, wait, finish, stateOf, out }
}

it('sends a post whose film took longer than its grace when that is ready, and others meanwhile', async () => {
  const office = await aFilmInTheMaking()
  await office.wait(180)
  expect(await office.stateOf()).toMatchObject({ kind: 'due', because: null })
  await vi.waitFor(() => expect(office.out()).toEqual(['Another']))
  await office.finish()
  expect(office.out()).toEqual(['Another', 'Three pockets'])
  expect([office.alerts, office.reports]).toEqual([[], []])
})

it('sends nothing that was cancelled while its film was made', async () => {
  const office = await aFilmInTheMaking()
  await office.outbox.commands.cancel([placementId(office.id, 'ma')])
  await office.finish({ kind: 'begin-again', details: '' })
  expect(await office.stateOf()).toMatchObject({ kind: 'cancelled' })
  expect([office.out(), office.asks.mock.calls.length]).toEqual([[], 1])
})

it('sends what a post says by now where it was edited while its film was made', async () => {
  const office = await aFilmInTheMaking()
  const { store } = office.workspace
  await writeText(store, office.id, plainDoc('Four pockets'), 'typing')
  await office.finish({ kind: 'begin-again', details: '' })
  expect(office.out()).toEqual(['Four pockets'])
  expect([office.alerts, office.reports]).toEqual([[], []])
})
