/** The comparison table, tried: every kind of post that is offered for a network reaches it, with each of its files and what they show. */
import { afterEach, describe, expect, it } from 'vitest'
import type { SentMedium } from '../../../electron/platforms/adapter.ts'
import { ADAPTERS } from '../../../electron/platforms/index.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { RULES } from '../../../shared/platforms/index.ts'
import type { Content, FormatId, FormatRules, MediaChoice, MediaKind } from '../../../shared/platforms/model.ts'
import { bytesFor } from './deliver.ts'
import { closeStarted, factsOf, mediumOf, NEEDED, OTHERS, sentTo, waysOf } from './everyNetwork.ts'

afterEach(closeStarted)

/** Words without a space, so that they are found whatever way they are put into a request. */
const altOf = (at: number) => `Shown${'ABCDEFGHIJ'[at]}`

const COVER = { id: 'cover.jpg', kind: 'image', type: 'image/jpeg', width: 1280, height: 720, alt: '' } as const

/** Some files of each kind a choice is made of, and of all its kinds mixed: as few as may be, and three where so many may be. */
function fillings({ of, min, max }: MediaChoice): MediaKind[][] {
  const counts = [...new Set([Math.max(1, min), Math.min(max, Math.max(min, 3))])].filter((count) => count <= max)
  return counts.flatMap((count) => [
    ...of.map((kind) => Array<MediaKind>(count).fill(kind)),
    ...(of.length > 1 && count > 1 ? [Array.from({ length: count }, (_, at) => of[at % of.length] ?? 'image')] : []),
  ])
}

const kinds = ADAPTERS.flatMap(({ network }) =>
  (Object.entries(RULES[network].formats) as [FormatId, FormatRules][]).flatMap(([format, rules]) =>
    rules.media
      .filter(({ severity }) => !severity)
      .flatMap(fillings)
      .map((files) => ({ what: `${network}, ${rules.name}: ${files.join(', ')}`, network, format, rules, files })),
  ),
)

describe('with its files and what they show', () => {
  it.each(kinds)('$what', async ({ network, format, rules, files }) => {
    const media = files.map((kind, at) => ({ ...mediumOf(kind, at), alt: altOf(at), id: `file-${at}-${kind}` }))
    const needsCover = rules.fields.cover?.kind === 'picture' && rules.fields.cover.required
    const fields = { ...NEEDED[network], ...(needsCover ? { cover: COVER } : {}) }
    const content: Content = { network, format, text: 'Boats', media: media.map(factsOf), fields }
    const all = [...media, ...(needsCover ? [{ ...mediumOf('image', 9), id: COVER.id }] : [])]
    const { trouble, said } = await sentTo(content, all)
    expect(trouble).toBeNull()
    const places = media.map((medium, at) => {
      const place = placeOf(medium, said, all)
      const kind = files[at] ?? 'image'
      expect(place, `${medium.id} reaches it`).toBeGreaterThanOrEqual(0)
      if (rules.files[kind]?.alt) expect(said.join('\n'), `what ${medium.id} shows reaches it`).toContain(medium.alt)
      return place
    })
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
})

/** The request a file is in: its bytes, or the address they are fetched from. */
function placeOf(medium: SentMedium, said: readonly string[], all: readonly SentMedium[]): number {
  const bytes = Buffer.from(bytesFor(...all).get(medium.id) ?? [])
  const forms = [bytes.toString('latin1'), bytes.toString('base64'), medium.address, encodeURIComponent(medium.address)]
  return said.findIndex((line) => forms.some((form) => line.includes(form)))
}

describe('once it is out', () => {
  const formats = ADAPTERS.flatMap(({ network }) =>
    (Object.entries(RULES[network].formats) as [FormatId, FormatRules][]).flatMap(([format, rules]) =>
      waysOf(rules).map((media) => ({
        what: [`${network}, ${rules.name}:`, ...media.map(({ type }) => type)].join(' '),
        network,
        format,
        media,
        cover: rules.fields.cover?.kind === 'picture' && rules.fields.cover.required,
      })),
    ),
  )
  it.each(formats)(
    '$what is not taken for one that was taken away, and what came of it is told',
    async ({ network, format, media, cover }) => {
      const fields = { ...NEEDED[network], ...(cover ? { cover: COVER } : {}) }
      const content: Content = { network, format, text: 'Boats', media: media.map(factsOf), fields }
      const { trouble, seenLater, engagementLater } = await sentTo(content, [
        ...media,
        ...(cover ? [{ ...mediumOf('image', 9), id: COVER.id }] : []),
      ])
      expect(trouble).toBeNull()
      for (const _minute of [1, 2, 3]) {
        const seen = await seenLater()
        if (seen) expect(seen).toMatchObject({ kind: 'seen', state: expect.not.stringMatching('removed') })
      }
      const { metrics, inbox, isUnheard } = await engagementLater()
      expect(metrics?.kind).toMatch(/^(?:counted|untold)$/)
      // Who practises is not offered to have it answered then.
      expect(isUnheard).toBe(inbox?.kind === 'untold')
      if (inbox && inbox.kind !== 'untold')
        expect(inbox).toMatchObject({
          messages: [{ text: expect.stringContaining('Where do I get one?'), own: false }],
        })
      else expect(inbox === undefined || format === 'story').toBe(true)
    },
  )
})

describe('a thread', () => {
  const threads = ADAPTERS.flatMap(({ network }) => {
    const rules = RULES[network].formats.thread
    return rules ? [{ network: network as NetworkId, rules }] : []
  })
  it.each(threads)('$network: each part has its own files and words', async ({ network, rules }) => {
    const media = [0, 1, 2].map((at) => ({ ...mediumOf('image', at), alt: altOf(at) }))
    const [one, two, three] = media.map(factsOf)
    if (!one || !two || !three) throw new Error('no files')
    const content: Content = {
      network,
      format: 'thread',
      text: 'PartOne',
      media: [one],
      parts: [
        { text: 'PartTwo', media: [two, three] },
        { text: 'PartThree', media: [] },
        // The first picture once more, described otherwise.
        { text: 'PartFour', media: [{ ...one, alt: altOf(3) }] },
      ],
      fields: NEEDED[network] ?? {},
    }
    const { trouble, said } = await sentTo(content, media)
    expect(trouble).toBeNull()
    for (const words of ['PartOne', 'PartTwo', 'PartThree', 'PartFour'])
      expect(
        said.some((line) => line.includes(words)),
        words,
      ).toBe(true)
    for (const medium of media) expect(placeOf(medium, said, media)).toBeGreaterThanOrEqual(0)
    if (rules.files.image?.alt) for (const at of [0, 1, 2]) expect(said.join('\n')).toContain(altOf(at))
  })
})

describe('a quote', () => {
  const quotes = ADAPTERS.flatMap(({ network }) =>
    (Object.entries(RULES[network].formats) as [FormatId, FormatRules][])
      .filter(([, { fields }]) => fields.quote)
      .map(([format, { name }]) => ({ what: `${network}, ${name}`, network, format })),
  )
  const MADE_WITH: Partial<Record<NetworkId, string>> = {
    bluesky: '"$type":"app.bsky.embed.record"',
    mastodon: '"quoted_status_id":',
  }
  it.each(quotes)('$what', async ({ network, format }) => {
    const quote = OTHERS[network]?.[0] ?? ''
    const fields = { ...NEEDED[network], quote }
    const { trouble, said } = await sentTo({ network, format, text: 'Boats', media: [], fields }, [])
    expect(trouble).toBeNull()
    expect(said.filter((line) => line.includes(MADE_WITH[network] ?? 'nothing')).length).toBe(1)
  })
})

describe('a link card', () => {
  const cards = ADAPTERS.flatMap(({ network }) =>
    (Object.entries(RULES[network].formats) as [FormatId, FormatRules][])
      .filter(([, { fields, media }]) => fields.link && media.some(({ min }) => min === 0))
      .map(([format, rules]) => ({ what: `${network}, ${rules.name}`, network, format, rules })),
  )
  it.each(cards)(
    '$what: address, title, description and picture, as far as it is offered',
    async ({ network, format, rules }) => {
      const { fields } = rules
      const content: Content = {
        network,
        format,
        text: 'Boats',
        media: [],
        fields: {
          ...NEEDED[network],
          link: 'https://example.org/harbour',
          ...(fields.linkTitle ? { linkTitle: 'TitleOfCard' } : {}),
          ...(fields.linkDescription ? { linkDescription: 'WordsOfCard' } : {}),
          ...(fields.cover ? { cover: COVER } : {}),
        },
      }
      const cover = { ...mediumOf('image', 0), id: COVER.id }
      const { trouble, said } = await sentTo(content, [cover])
      expect(trouble).toBeNull()
      const all = decodeURIComponent(said.join('\n').replace(/%(?![0-9a-f]{2})/gi, '%25'))
      expect(all).toContain('https://example.org/harbour')
      if (fields.linkTitle) expect(all).toContain('TitleOfCard')
      if (fields.linkDescription) expect(all).toContain('WordsOfCard')
      if (fields.cover) expect(placeOf(cover, said, [cover])).toBeGreaterThanOrEqual(0)
    },
  )
})
