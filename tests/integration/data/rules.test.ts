import { describe, expect, it } from 'vitest'
import { detachText, setOwnTimes } from '../../../renderer/data/commands/placements.ts'
import { createPost, editPosts, reschedulePosts, writeText } from '../../../renderer/data/commands/posts.ts'
import { createRulesEngine } from '../../../renderer/data/rules/engine.ts'
import { blankChannel, type NetworkId } from '../../../shared/domain/channel.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { toInstant } from '../../../shared/domain/time.ts'
import type { Verdict } from '../../../shared/platforms/assess.ts'
import { addMedium } from '../../support/library.ts'
import { aWorkspace } from '../../support/workspace.ts'

const paragraph = (text: string): Doc => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const long = (length: number) => paragraph('a'.repeat(length))
const told = ({ found }: Verdict) =>
  found.map(({ channelId, finding }) => `${channelId} ${finding.severity} ${finding.rule}`)
const at = (date: string, time = '09:00') => ({ date, time, zone: 'Europe/Berlin' })

/** A workspace with a channel of each network, called as it, and the rules over it. */
async function rulesOver(...networks: NetworkId[]) {
  const workspace = await aWorkspace()
  const { db, store, clock } = workspace
  await db.channels.bulkPut(networks.map((network) => blankChannel(network, { id: network, zone: 'Europe/Berlin' })))
  const stale: (readonly string[] | null)[] = []
  const rules = createRulesEngine(db, (ids) => stale.push(ids))
  const post = (fields: Partial<Post>, doc = paragraph('Three pockets.')) =>
    createPost(store, { title: 'Pockets', channelIds: networks, ...fields }, doc)
  return { workspace, db, store, clock, rules, stale, post }
}

describe('what the networks say of stored posts', () => {
  it('is said of each channel, with the text that goes there', async () => {
    const { rules, store, post } = await rulesOver('x', 'bluesky')
    const short = await post({})
    const tooLong = await post({}, long(301))
    await detachText(store, { postId: tooLong, channelId: 'x' }, 'X')
    await writeText(store, tooLong, paragraph('Short again.'), 'g')
    const verdicts = await rules.verdicts([short, tooLong, 'gone'])
    expect(verdicts.map(({ postId }) => postId)).toEqual([short, tooLong])
    expect(verdicts.map(told)).toEqual([[], ['x error text-length']])
  })

  it('counts a mention by the name each network knows it by', async () => {
    const { rules, db, post } = await rulesOver('bluesky')
    const id = await post({}, paragraph(`${'a'.repeat(290)} @fern`))
    expect((await rules.verdicts([id])).map(told)).toEqual([[]])
    const handles = { bluesky: 'fernhollow.example' }
    await db.mentions.put({ id: 'fern', name: 'Fern', neutral: 'fern', handles, note: '', trashedAt: 0 })
    expect((await rules.verdicts([id])).map(told)).toEqual([['bluesky error text-length']])
  })

  it('looks at times only when it is told the moment', async () => {
    const { rules, clock, post } = await rulesOver('facebook')
    const far = await post({ planned: at('2027-03-01') })
    const past = await post({ planned: at('2026-11-20') })
    expect((await rules.verdicts([far, past])).map(told)).toEqual([[], []])
    expect((await rules.verdicts([far, past], clock.now())).map(told)).toEqual([
      ['facebook note time-too-far'],
      ['facebook error time-past'],
    ])
  })

  it('is told to be old by every change that may change it: post, text, placement, picture, channel', async () => {
    const { rules, store, db, stale, post, workspace } = await rulesOver('instagram')
    const added = await addMedium(workspace, workspace.shell, new Uint8Array([1, 2, 3]), {
      name: 'moss.jpg',
      alt: '',
      width: 1_080,
      height: 1_080,
      type: 'image/jpeg',
    })
    if (!added.ok) throw new Error('not added')
    const id = await post({ coverId: added.value })
    const other = await post({})
    const told = async (change: () => Promise<unknown>) => {
      stale.length = 0
      await change()
      await expect.poll(() => stale.length).toBeGreaterThan(0)
      return stale.at(-1)
    }
    await rules.verdicts([id])
    expect(await told(() => editPosts(store, [id], { title: 'Seams' }, 'Title'))).toEqual([id])
    expect(await told(() => writeText(store, id, paragraph('Seams.'), 'g'))).toEqual([id])
    expect(await told(() => detachText(store, { postId: id, channelId: 'instagram' }, 'Instagram'))).toEqual([id])
    expect(await told(() => reschedulePosts(store, [{ id: other, to: at('2027-01-01') }], ''))).toEqual([other])
    const described = () =>
      store.change(
        () => ({ command: 'editMedium', label: 'Alt text' }),
        async (tx) => {
          await tx.update('media', added.value, { alt: 'Moss' })
          return { ok: true as const, value: null }
        },
      )
    expect(await told(described)).toEqual([id])
    const renamed = () =>
      store.change(
        () => ({ command: 'editChannel', label: 'Channel' }),
        async (tx) => {
          await tx.update('channels', 'instagram', { kind: 'page' })
          return { ok: true as const, value: null }
        },
      )
    expect(await told(renamed)).toBeNull()
    expect(await db.posts.count()).toBe(2)
  })
})

describe('what a change of many would bring', () => {
  it('is only what was not found before', async () => {
    const { rules, clock, post } = await rulesOver('x', 'bluesky')
    const fits = await post({ channelIds: ['bluesky'] }, long(290))
    const never = await post({ channelIds: ['bluesky'] }, long(301))
    const verdicts = await rules.bulk([fits, never], { addChannels: ['x'] }, clock.now())
    expect(verdicts.map(({ postId, brought }) => [postId, told({ postId, found: brought })])).toEqual([
      [fits, ['x error text-length']],
      [never, ['x error text-length']],
    ])
    expect(told(verdicts[1]?.after ?? { postId: '', found: [] })).toEqual([
      'bluesky error text-length',
      'x error text-length',
    ])
  })

  it('sees the words that are put in, in the base and in texts of their own', async () => {
    const { rules, store, clock, post } = await rulesOver('x', 'bluesky')
    const id = await post({}, paragraph(`${'a '.repeat(135)}pocket`))
    await detachText(store, { postId: id, channelId: 'x' }, 'X')
    await writeText(store, id, paragraph('No such word.'), 'g')
    const replace = { find: 'pocket', by: 'pocket with a flap', matchCase: false, wholeWords: true }
    const verdicts = await rules.bulk([id], { replace }, clock.now())
    expect(verdicts.map(({ brought }) => told({ postId: id, found: brought }))).toEqual([['x error text-length']])
  })

  it('sees a time that leaves what a network takes over', async () => {
    const { rules, clock, post } = await rulesOver('facebook')
    const near = await post({ planned: at('2026-12-01') })
    const verdicts = await rules.bulk([near], { days: 40 }, clock.now())
    expect(verdicts.flatMap(({ brought }) => told({ postId: near, found: brought }))).toEqual([
      'facebook note time-too-far',
    ])
    expect(await rules.bulk([near], { ownerId: 'someone' }, clock.now())).toMatchObject([{ brought: [] }])
    expect(await rules.bulk([near], {}, clock.now())).toEqual([])
  })
})

describe('what a move brings', () => {
  it('is only what was fine before: a time beyond what a network takes over', async () => {
    const { rules, store, clock, post } = await rulesOver('facebook', 'x')
    const id = await post({ planned: at('2026-12-01') })
    const undated = await post({})
    const before = [
      { id, plannedAt: toInstant(at('2026-12-01')) },
      { id: undated, plannedAt: -1 },
    ]
    const far = [id, undated].map((moved) => ({ id: moved, to: at('2027-02-01') }))
    await reschedulePosts(store, far, '')
    expect((await rules.moved(before, clock.now())).map(told)).toEqual([
      ['facebook note time-too-far'],
      ['facebook note time-too-far'],
    ])
    const again = [{ id, plannedAt: toInstant(at('2027-02-01')) }]
    await reschedulePosts(store, [{ id, to: at('2027-03-01') }], '')
    expect(await rules.moved(again, clock.now())).toEqual([])
  })

  it('is said of one channel that was moved alone, and of one that went along', async () => {
    const { rules, store, clock, post } = await rulesOver('facebook', 'x')
    const id = await post({ planned: at('2026-12-01') })
    const own = (date: string) => setOwnTimes(store, id, [{ channelId: 'facebook', to: at(date) }], 'Times')
    await own('2026-12-02')
    const before = [{ id: placementId(id, 'facebook'), plannedAt: toInstant(at('2026-12-02')) }]
    await own('2027-02-01')
    expect((await rules.moved(before, clock.now())).map(told)).toEqual([['facebook note time-too-far']])
    await own('2026-12-02')
    await reschedulePosts(store, [{ id, to: at('2027-02-01') }], '')
    const whole = [{ id, plannedAt: toInstant(at('2026-12-01')) }]
    expect((await rules.moved(whole, clock.now())).map(told)).toEqual([['facebook note time-too-far']])
  })
})
