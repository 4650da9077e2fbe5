import { describe, expect, it } from 'vitest'
import { mendedFrom } from '../../../renderer/features/composer/networks/mended.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { type Medium, plainMedium } from '../../../shared/domain/medium.ts'
import { type PlacedMedium, type Placement, plainPlacement } from '../../../shared/domain/placement.ts'
import { assessAll } from '../../../shared/platforms/assess.ts'
import { contentOf, type Placed } from '../../../shared/platforms/content.ts'
import { applyFix, type ContentFix, type Fix, validate } from '../../../shared/platforms/index.ts'
import { docOfParts } from '../../../shared/platforms/shown.ts'

const SENTENCE = 'Every seam of it can be opened, mended and closed again by whoever has it.'
const LONG = Array.from({ length: 8 }, () => SENTENCE).join(' ')
const medium = (id: string): Medium =>
  plainMedium({ id, name: id, type: 'image/jpeg', size: 100_000, width: 1_200, height: 1_200, createdAt: 0 })
const placed = (...ids: string[]): PlacedMedium[] => ids.map((mediumId) => ({ mediumId, alt: 'Words', ratio: '' }))

interface Given {
  text?: string
  media?: PlacedMedium[]
  placement?: Partial<Placement>
  title?: string
}
function aPost(network: NetworkId, { text = LONG, media = [], placement, title = 'Pockets' }: Given): Placed {
  return {
    post: { title, summary: '', media },
    channel: { network, kind: 'page' },
    placement: placement && { ...plainPlacement('p', 'c', 0), ...placement },
    doc: docOfParts([{ text, pictures: [] }]),
    media: new Map(media.map(({ mediumId }) => [mediumId, medium(mediumId)])),
  }
}
const isContentFix = (fix: Fix): fix is ContentFix => !('id' in fix)

/** The post with a change written down, as the store would. */
function written(before: Placed, fix: ContentFix): Placed {
  const content = contentOf(before)
  const { doc, ...fields } = mendedFrom(before, content, applyFix(content, fix))
  return {
    ...before,
    placement: { ...(before.placement ?? plainPlacement('p', 'c', 0)), ...fields, ...(doc ? { detached: true } : {}) },
    doc: doc ?? before.doc,
  }
}

const SPOILT: readonly [what: string, post: Placed][] = [
  ['a text that is too long', aPost('x', {})],
  ['a text that is too long, as a thread', aPost('bluesky', { placement: { format: 'thread' } })],
  ['a text with paragraphs and lines', aPost('threads', { text: `${LONG}\nA line.\n\n${LONG}` })],
  ['too many hashtags', aPost('instagram', { media: placed('a'), text: '#tarn '.repeat(40).trim() })],
  ['characters that are refused', aPost('youtube', { title: 'Seams <opened>', text: 'See <this>' })],
  ['a title of the post that is too long', aPost('youtube', { title: LONG })],
  ['too many pictures', aPost('x', { text: 'Six', media: placed('a', 'b', 'c', 'd', 'e', 'f') })],
  ['pictures where one is taken', aPost('instagram', { media: placed('a', 'b'), placement: { format: 'story' } })],
  [
    'a link card beside pictures',
    aPost('facebook', { media: placed('a'), placement: { fields: { link: 'https://fernhollow.example' } } }),
  ],
  ['a first comment that is not sent', aPost('wordpress', { placement: { firstComment: 'First!' } })],
]

describe('a fix that is pressed', () => {
  it.each(SPOILT)('is what goes out afterwards: %s', (_what, post) => {
    const fixes = validate(contentOf(post)).flatMap((finding) => finding.fixes.filter(isContentFix))
    expect(fixes.length).toBeGreaterThan(0)
    for (const fix of fixes) {
      const wanted = applyFix(contentOf(post), fix)
      const got = contentOf(written(post, fix))
      expect(got.text).toBe(wanted.text)
      expect(got.parts ?? []).toEqual(wanted.parts ?? [])
      expect(got.media).toEqual(wanted.media)
      expect(got.firstComment ?? '').toBe(wanted.firstComment ?? '')
      for (const [name, value] of Object.entries(got.fields)) {
        expect(value === '' ? undefined : value).toEqual(wanted.fields[name as keyof typeof wanted.fields])
      }
    }
  })

  it('changes nothing besides: the text of a channel stays that of the base when its pictures are mended', () => {
    const post = aPost('x', { text: 'Six', media: placed('a', 'b', 'c', 'd', 'e', 'f') })
    const content = contentOf(post)
    const after = applyFix(content, { kind: 'dropMedia', ids: ['e', 'f'] })
    expect(mendedFrom(post, content, after)).toEqual({ media: placed('a', 'b', 'c', 'd') })
    expect(mendedFrom(post, content, content)).toEqual({})
  })

  it('leaves pictures alone whose files are gone', () => {
    const post = aPost('x', { media: placed('a', 'gone') })
    const here = { ...post, media: new Map([['a', medium('a')]]) }
    const content = contentOf(here)
    expect(mendedFrom(here, content, applyFix(content, { kind: 'dropMedia', ids: ['a'] }))).toEqual({
      media: placed('gone'),
    })
  })
})

describe('what the networks say', () => {
  it('is said of every channel, each with the text it gets', () => {
    const assessed = assessAll({
      post: { id: 'p', title: 'Pockets', summary: '', media: [], plannedAt: -1 },
      channels: [
        { id: 'x', network: 'x', kind: 'profile' },
        { id: 'li', network: 'linkedin', kind: 'page' },
      ],
      placements: new Map(),
      base: docOfParts([{ text: LONG, pictures: [] }]),
      own: new Map([['li', docOfParts([{ text: 'Short', pictures: [] }])]]),
      media: new Map(),
    })
    expect(assessed.li).toMatchObject({ content: { text: 'Short' }, findings: [], spills: [-1] })
    const onX = assessed.x
    expect(onX?.content.text).toBe(LONG)
    expect(onX?.posts).toBe(3)
    expect(onX?.counters).toContainEqual(expect.objectContaining({ used: LONG.length, limit: 280, state: 'over' }))
  })

  it('marks what is too much from the beginning of a word, a link being one', () => {
    const link = 'https://fernhollow.com/tarn28'
    const text = `${'a'.repeat(270)} ${link} #mend`
    const placings = {
      post: { id: 'p', title: '', summary: '', media: [], plannedAt: -1 },
      channels: [{ id: 'x', network: 'x' as const, kind: 'profile' as const }],
      placements: new Map(),
      base: docOfParts([{ text, pictures: [] }]),
      own: new Map(),
      media: new Map(),
    }
    expect(assessAll(placings).x?.spills).toEqual([271])
  })
})
