import { describe, expect, it } from 'vitest'
import { NETWORK_IDS, type NetworkId } from '../../../shared/domain/channel.ts'
import {
  type Fact,
  type FieldName,
  type FieldRules,
  type FileRules,
  type FormatId,
  type FormatRules,
  RULES,
  type TextRules,
  validate,
} from '../../../shared/platforms/index.ts'
import { content, picture, video } from './content.ts'

type Row = readonly [network: NetworkId, id: FormatId, format: FormatRules]
const FORMATS: Row[] = NETWORK_IDS.flatMap((network) =>
  Object.entries(RULES[network].formats).map(([id, format]): Row => [network, id as FormatId, format]),
)

const factsOfText = ({ bounds, forbids, links }: TextRules): (Fact | undefined)[] => [...bounds, forbids, links]
const factsOfFile = ({ types, someTypes, bounds, alt }: FileRules): (Fact | undefined)[] => [
  types,
  someTypes,
  ...bounds,
  ...(alt ? [alt, ...alt.bounds] : []),
]
function factsOfField(rules: FieldRules): (Fact | undefined)[] {
  const form = rules.kind === 'address' ? rules.form : undefined
  const own = [rules.required, rules.caveat, rules.withoutMedia, form]
  switch (rules.kind) {
    case 'text':
    case 'address':
      return [...own, ...factsOfText(rules)]
    case 'choice':
      return [...own, rules, ...rules.options.map(({ only }) => only)]
    case 'list':
      return [...own, ...(rules.bounds ?? []), ...(rules.each ? factsOfText(rules.each) : [])]
    case 'picture':
      return [...own, ...factsOfFile(rules.file)]
    case 'switch':
      return own
  }
}
const factsOf = ({ text, media, files, fields, firstComment, ahead = [] }: FormatRules): Fact[] =>
  [
    ...ahead,
    ...(text ? factsOfText(text) : []),
    ...media,
    ...Object.values(files).flatMap(factsOfFile),
    ...Object.values(fields).flatMap(factsOfField),
    ...(firstComment ? factsOfText(firstComment) : []),
  ].filter((fact) => fact !== undefined)

describe('the table', () => {
  it('has a row for every network there is, with a format to begin with and the month its facts were read', () => {
    expect(Object.keys(RULES).toSorted()).toEqual(NETWORK_IDS.toSorted())
    for (const { formats, asOf } of Object.values(RULES)) {
      expect(Object.keys(formats)).not.toEqual([])
      expect(asOf).toMatch(/^20\d\d-\d\d$/)
    }
  })

  it.each(FORMATS)('%s, %s: names a source for every fact', (_network, _id, format) => {
    for (const fact of factsOf(format)) expect(fact.source, JSON.stringify(fact)).not.toBe('')
  })

  it.each(FORMATS)('%s, %s: knows the files of every kind it takes', (_network, _id, format) => {
    for (const { of } of format.media) for (const kind of of) expect(Object.keys(format.files), kind).toContain(kind)
  })

  it('counts what a thread says as it counts one post', () => {
    for (const { formats } of Object.values(RULES))
      if (formats.thread) expect(formats.thread.text).toEqual(formats.feed?.text)
  })
})

describe('the form of a network', () => {
  it.each<[network: NetworkId, format: FormatId, fields: readonly FieldName[]]>([
    ['youtube', 'video', ['title', 'tags', 'visibility', 'madeForKids', 'cover', 'category', 'language']],
    ['youtube', 'short', ['title', 'tags', 'visibility', 'madeForKids', 'cover']],
    ['pinterest', 'feed', ['board', 'boardSection', 'title', 'link']],
    ['ghost', 'article', ['title', 'slug', 'excerpt', 'canonicalUrl', 'tags', 'cover', 'visibility']],
    ['wordpress', 'article', ['title', 'slug', 'excerpt', 'canonicalUrl', 'categories', 'tags', 'cover', 'visibility']],
    ['instagram', 'feed', ['collaborators', 'userTags']],
    ['instagram', 'carousel', ['collaborators', 'userTags']],
    ['instagram', 'reel', ['collaborators', 'userTags', 'cover', 'shareToFeed']],
    ['x', 'feed', ['pollOptions', 'pollDuration', 'replies', 'userTags']],
    ['linkedin', 'feed', ['pollQuestion', 'pollOptions', 'pollDuration', 'visibility', 'link']],
    ['threads', 'feed', ['pollOptions', 'topic', 'replies', 'link']],
    [
      'mastodon',
      'feed',
      ['quote', 'pollOptions', 'pollDuration', 'visibility', 'contentWarning', 'sensitive', 'language'],
    ],
    ['bluesky', 'feed', ['link', 'quote', 'tags', 'language', 'replies', 'contentLabel']],
    ['tiktok', 'video', ['visibility', 'comments', 'duet', 'stitch', 'brandedContent']],
  ])('%s, %s has all it can hold', (network, format, fields) => {
    const has = Object.keys(RULES[network].formats[format]?.fields ?? {})
    expect(has).toEqual(expect.arrayContaining([...fields]))
  })

  it('asks for an alt text wherever the network takes one', () => {
    const without = NETWORK_IDS.filter((network) =>
      Object.values(RULES[network].formats).every(({ files }) => !Object.values(files).some(({ alt }) => alt)),
    )
    // Their interfaces have none: a video or a story is all they take, or TikTok's photos without.
    expect(without).toEqual(['youtube', 'snapchat', 'tiktok'])
  })
})

describe('what no network has confirmed', () => {
  it('is marked in the table', () => {
    const unconfirmed = FORMATS.flatMap(([, , format]) => factsOf(format).filter((fact) => fact.unconfirmed))
    expect(unconfirmed.length).toBeGreaterThan(20)
  })

  it.each(FORMATS)('%s, %s: never blocks', (network, id, format) => {
    // A row of which every sure fact is taken away must not be able to say "error".
    const sources = new Set(factsOf(format).flatMap(({ source, unconfirmed }) => (unconfirmed ? [source] : [])))
    const sure = new Set(factsOf(format).flatMap(({ source, unconfirmed }) => (unconfirmed ? [] : [source])))
    const worst = [
      content(network, id, { text: '#a '.repeat(40_000), firstComment: 'a'.repeat(99_999) }),
      content(network, id, {
        media: [
          picture({ bytes: 1e12, type: 'image/odd', frames: 9_999, width: 1, height: 9_999, alt: 'a'.repeat(9_999) }),
        ],
      }),
      content(network, id, {
        media: [video({ bytes: 1e12, type: 'video/odd', seconds: 99_999, fps: 1, alt: 'a'.repeat(9_999) })],
      }),
    ]
    for (const { severity, source, rule } of worst.flatMap((one) => validate(one)))
      if (sources.has(source) && !sure.has(source)) expect(severity, `${rule}: ${source}`).not.toBe('error')
  })
})
