import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPost, trashPosts } from '../../../renderer/data/commands/posts.ts'
import { repeatPost } from '../../../renderer/data/commands/series.ts'
import { workspaceDbName } from '../../../renderer/data/db.ts'
import { createSearch, type Search } from '../../../renderer/data/search/search.ts'
import { termsOf } from '../../../renderer/data/search/terms.ts'
import { bringIn } from '../../../renderer/features/transfer/bringIn.ts'
import { readFiles } from '../../../renderer/features/transfer/reading.ts'
import { repeatedNear } from '../../../shared/domain/clash.ts'
import { plainText } from '../../../shared/domain/document.ts'
import { everyRule } from '../../../shared/domain/recurrence.ts'
import { saidBefore } from '../../../shared/domain/saidBefore.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import { aWorkspace, type TestWorkspace } from '../../support/workspace.ts'
import { postFiles } from '../transfer/posts18f.ts'

const doc = (text: string) => ({
  type: 'doc' as const,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const TEA = 'Tea at last! We put the kettle on at five and everyone who mended something this month gets a cup.'
const NEXT_DOOR = TEA.replace('a cup', 'two cups')

/** The rule once more, as slowly and plainly as it can be said: pairs of words as text, every post against every other. */
function pairs(text: string): Set<string> {
  const words = termsOf(text.replace(/https?:\/\/\S+/g, ' ')).map(({ term }) => term)
  if (words.length < 3) return new Set(words.length > 0 ? [words.join(' ')] : [])
  return new Set(words.slice(1).map((word, at) => `${words[at]} ${word}`))
}
function share(a: Set<string>, b: Set<string>): number {
  const both = a.intersection(b).size
  return both === 0 ? 0 : both / (a.size + b.size - both)
}

describe('among the 509 posts', () => {
  let workspace: TestWorkspace
  let search: Search
  let texts: { id: string; text: string; pairs: Set<string> }[]

  beforeAll(async () => {
    workspace = await aWorkspace()
    const reading = readFiles(postFiles(), { zone: 'America/New_York', time: '09:00' })
    await bringIn(
      { workspace, shell: workspace.shell, clock: workspace.clock },
      {
        items: reading.items,
        notes: reading.notes,
        contents: reading.contents,
        from: '18f-blog',
        zone: 'America/New_York',
        channelId: '',
        campaignId: '',
        files: [],
      },
      () => {},
      new AbortController().signal,
    )
    const posts = await workspace.db.posts.toArray()
    const documents = await workspace.db.documents.bulkGet(posts.map(({ id }) => id))
    texts = posts.map(({ id, title }, at) => {
      const text = plainText(docOf(documents[at])) || title
      return { id, text, pairs: pairs(text) }
    })
    search = createSearch(workspaceDbName(workspace.entry.id))
    await search.ready()
  })
  afterAll(() => search.dispose())

  const bruteForce = (text: string, except: string) => {
    const asked = pairs(text)
    return texts
      .filter((other) => other.id !== except)
      .map((other) => ({ id: other.id, likeness: share(asked, other.pairs) }))
      .filter(({ likeness }) => likeness >= 0.5)
  }

  it('those that say nearly the same are all found, and no others, however a text was changed', async () => {
    const changes = fc.record({
      post: fc.nat(508),
      from: fc.nat(400),
      /** Words taken, so that short texts are asked too. */
      most: fc.constantFrom(8, 30, 120, 5_000),
      /** Every how many words one is changed: 4 is beyond what is alike. */
      every: fc.constantFrom(3, 4, 5, 7, 12, 40, 9_999),
      how: fc.constantFrom('other', 'gone', 'twice'),
    })
    await fc.assert(
      fc.asyncProperty(changes, async ({ post, from, most, every, how }) => {
        const words = (texts[post]?.text ?? '').split(/\s+/)
        const changed = words
          .slice(most === 5_000 ? 0 : from, most === 5_000 ? undefined : from + most)
          .flatMap((word, at) => {
            if (at % every !== every - 1) return [word]
            return how === 'gone' ? [] : how === 'twice' ? [word, word] : [`other${at}`]
          })
          .join(' ')
        const found = await search.alike(changed, { except: '' })
        const expected = bruteForce(changed, '')
        expect(found.map(({ post: { id } }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
        for (const { post: other, likeness } of found)
          expect(likeness).toBeCloseTo(expected.find(({ id }) => id === other.id)?.likeness ?? 0, 3)
        expect(found.map(({ likeness }) => likeness)).toEqual(
          found.map(({ likeness }) => likeness).sort((a, b) => b - a),
        )
      }),
      { numRuns: 150, examples: [[{ post: 0, from: 0, most: 5_000, every: 3, how: 'twice' }]] },
    )
  })
})

describe('a near duplicate', () => {
  const planned = { date: '2026-12-04', time: '09:00', zone: 'Europe/Berlin' }

  async function aSeriesOf(times: number) {
    const workspace = await aWorkspace()
    const { store } = workspace
    const first = await createPost(store, { title: 'Tea', planned }, doc(TEA))
    const made = await repeatPost(store, first, everyRule('weekly', { count: times }), '')
    if (!made.ok) throw new Error(made.error.kind)
    const other = await createPost(
      store,
      { title: 'Next door', planned: { ...planned, date: '2026-12-08' } },
      doc(NEXT_DOOR),
    )
    const search = createSearch(workspaceDbName(workspace.entry.id))
    await search.ready()
    const post = await workspace.db.posts.get(first)
    if (!post) throw new Error('gone')
    return { workspace, search, first: post, other }
  }

  it('is not hidden by a hundred others of its own series', async () => {
    const { search, first, other } = await aSeriesOf(100)
    const found = await search.alike(TEA, { except: first.id, exceptSeries: first.seriesId })
    expect(found.map(({ post }) => post.id)).toEqual([other])
    search.dispose()
  })

  it('is not hidden by a long series of others, whichever is looked at', async () => {
    const { workspace, search, other } = await aSeriesOf(100)
    const near = await createPost(
      workspace.store,
      { title: 'Far', planned: { ...planned, date: '2028-10-30' } },
      doc(NEXT_DOOR),
    )
    const mine = await workspace.db.posts.get(near)
    if (!mine) throw new Error('gone')
    await expect
      .poll(async () => (await search.alike(NEXT_DOOR, { except: '' })).map(({ post }) => post.id))
      .toContain(near)
    const found = await search.alike(NEXT_DOOR, { except: near })
    expect(found).toHaveLength(101)
    expect(found[0]?.post.id).toBe(other)
    const around = repeatedNear(mine, mine.plannedAt, found)
    expect(around.map(({ post }) => post.planned?.date).sort()).toEqual([
      '2028-10-06',
      '2028-10-13',
      '2028-10-20',
      '2028-10-27',
    ])
    await trashPosts(workspace.store, [other])
    await expect.poll(() => search.alike(NEXT_DOOR, { except: near })).toHaveLength(100)
    search.dispose()
  })

  it('of long ago is the last time it was said, but for its own series and its own evergreen', () => {
    const aPost = (id: string, plannedAt: number, fields = {}) => ({
      post: {
        id,
        title: id,
        planned,
        plannedAt,
        status: 'published' as const,
        seriesId: '',
        evergreenOf: '',
        ...fields,
      },
      likeness: 0.8,
    })
    const me = { id: 'me', seriesId: 's', evergreenOf: '' }
    const alike = [
      aPost('older', 10),
      aPost('old', 20),
      aPost('later', 900),
      aPost('of-series', 30, { seriesId: 's' }),
      aPost('copy', 40, { evergreenOf: 'me' }),
      aPost('cancelled', 50, { status: 'cancelled' }),
      aPost('undated', -1),
    ]
    expect(saidBefore(me, 100, alike)?.post.id).toBe('old')
    expect(saidBefore({ ...me, id: 'x', evergreenOf: 'me' }, 100, alike)?.post.id).toBe('old')
    expect(saidBefore(me, 5, alike)).toBeNull()
  })
})
