import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NETWORK_IDS } from '../../../shared/domain/channel.ts'
import { count, graphemesOf } from '../../../shared/platforms/count.ts'
import { shorten, split } from '../../../shared/platforms/cutting.ts'
import { linksIn, mentionsIn } from '../../../shared/platforms/entities.ts'
import {
  applyFix,
  type Content,
  type ContentFix,
  type Finding,
  type Fix,
  type FormatId,
  RULES,
  splitIntoThread,
  type Unit,
  validate,
} from '../../../shared/platforms/index.ts'
import { content, found, many, picture, says, told } from './content.ts'

const LINK = 'https://fernhollow.example.com/autumn?from=post'
const word = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'Autumn',
      'is',
      'here,',
      'well.',
      'Don’t',
      'naïve',
      'e\u0301te\u0301',
      'half-way',
      '10\u00a0000',
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom('👍🏽', '👨‍👩‍👧‍👦', '🇩🇪🇫🇷', '1️⃣', '❤️', '©', 'नमस्ते', 'שָׁלוֹם', 'مرحبا') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '秋が来ました。',
      '日本語の文章には空白がありません、だからとても長い言葉のように見えます。',
      `日本語の文章には空白がありませんので${LINK}、長い言葉のように見えます`,
      '가을이',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '#autumn',
      '#秋',
      '@moss',
      '@moss@fern.example',
      LINK,
      'fern.design',
      '(see https://a.example.com/b)',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .map((text) => text.replace(/\s/g, '') || 'x'),
  },
)
const space = fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', '  ')
const prose = fc
  .array(fc.tuple(word, space), { minLength: 1, maxLength: 60 })
  .map((parts) => parts.flat().join('').trim())
const unit = fc.constantFrom<Unit>('utf16', 'codePoints', 'graphemes', 'bytes', 'xWeight', 'mastodon', 'threads')
const limit = fc.integer({ min: 60, max: 300 })

const ends = (text: string): Set<number> => {
  let at = 0
  return new Set(graphemesOf(text).map((grapheme) => (at += grapheme.length)))
}
const wordsOf = (text: string) => text.split(/[^\S\u00a0]+/).filter(Boolean)
const letters = (text: string) => text.replace(/[^\S\u00a0]+/g, '')

describe('shortening', () => {
  it('never leaves more than the limit, in any unit', () => {
    fc.assert(
      fc.property(prose, unit, fc.integer({ min: 0, max: 300 }), (text, unit, max) => {
        const fits = (part: string) => count(part, unit) <= max
        const short = shorten(text, fits)
        expect(short === '' || fits(short)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('never cuts a character, a link or a mention', () => {
    fc.assert(
      fc.property(prose, unit, limit, (text, unit, max) => {
        const short = shorten(text, (part) => count(part, unit) <= max)
        if (short === text || short === '') return
        const kept = short.slice(0, -1)
        expect(text.startsWith(kept)).toBe(true)
        expect(ends(text).has(kept.length) || kept === '').toBe(true)
        for (const { start, end } of [...linksIn(text), ...mentionsIn(text)])
          expect(kept.length > start && kept.length < end).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('changes nothing that fits, so it changes nothing the second time', () => {
    fc.assert(
      fc.property(prose, unit, limit, (text, unit, max) => {
        const fits = (part: string) => count(part, unit) <= max
        const short = shorten(text, fits)
        expect(shorten(short, fits)).toBe(short)
        if (fits(text)) expect(short).toBe(text)
      }),
    )
  })

  it.each([
    ['Autumn is here, and so is the moss', 17, 'Autumn is here…'],
    ['Autumn is here', 14, 'Autumn is here'],
    ['Autumn', 4, 'Aut…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2, '👨‍👩‍👧‍👦…'],
    ['שלום עולם וברכה', 10, 'שלום עולם…'],
    [`${LINK} is long`, 20, ''],
    [`See ${LINK}`, 20, 'See…'],
    [
      '日本語の文章には空白がありません、だからとても長い言葉のように見えます。日本語の文章です。',
      12,
      '日本語の文章には空白が…',
    ],
  ])('%s to %i: %s', (text, max, short) => {
    expect(shorten(text, (part) => count(part, 'graphemes') <= max)).toBe(short)
  })
})

it('writing without spaces is cut on either side of a link in it, never inside', () => {
  const text = `日本語の文章には空白がありません${LINK}、長い言葉のように見えます。`
  const to = (max: number) => shorten(text, (part) => part.length <= max)
  expect(to(12)).toBe('日本語の文章には空白が…')
  expect(to(40)).toBe('日本語の文章には空白がありません…')
  expect(to(66)).toBe(`日本語の文章には空白がありません${LINK}…`)
})

describe('splitting', () => {
  it('keeps every word, in order', () => {
    fc.assert(
      fc.property(prose, unit, limit, fc.boolean(), (text, unit, max, numbered) => {
        const parts = split(text, (part) => count(part, unit) <= max, numbered)
        const bare = parts.length > 1 && numbered ? parts.map((part) => part.replace(/ \d+\/\d+$/, '')) : parts
        expect(letters(bare.join(' '))).toBe(letters(text))
        const kept = new Set(bare.flatMap(wordsOf))
        // A word is cut only where it is writing without spaces, or too long for any part.
        for (const one of wordsOf(text))
          if (one.length <= 40 && count(one, unit) + 12 <= max) expect(kept).toContain(one)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves no part too long, save a link that is too long by itself', () => {
    fc.assert(
      fc.property(prose, unit, limit, fc.boolean(), (text, unit, max, numbered) => {
        const fits = (part: string) => count(part, unit) <= max
        for (const part of split(text, fits, numbered))
          expect(fits(part) || linksIn(part).length + mentionsIn(part).length > 0).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('cuts no character', () => {
    fc.assert(
      fc.property(prose, unit, limit, (text, unit, max) => {
        const cuts = ends(text)
        let at = 0
        for (const part of split(text, (piece) => count(piece, unit) <= max)) {
          at = text.indexOf(part, at)
          expect(at === 0 || cuts.has(at)).toBe(true)
          at += part.length
          expect(cuts.has(at)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('ends a part with its paragraph, or its sentence, where one ends late enough', () => {
    const fits = (text: string) => text.length <= 40
    expect(split('The first paragraph ends.\n\nThe second goes on.', fits)).toEqual([
      'The first paragraph ends.',
      'The second goes on.',
    ])
    expect(split('Autumn came early this. The moss likes it very much.', fits)).toEqual([
      'Autumn came early this.',
      'The moss likes it very much.',
    ])
    expect(split('A. Nothing ends anywhere near the end of this part', fits)).toEqual([
      'A. Nothing ends anywhere near the end of',
      'this part',
    ])
  })

  it('makes no empty part of the space a text begins with', () => {
    expect(split('  one two three', (text) => text.length <= 9)).toEqual(['  one two', 'three'])
  })

  it('numbers the parts when asked, and one part alone never', () => {
    const fits = (text: string) => text.length <= 20
    expect(split('one two three four five six', fits, true)).toEqual(['one two three 1/2', 'four five six 2/2'])
    expect(split('one two', fits, true)).toEqual(['one two'])
    const many = split('word '.repeat(60).trim(), fits, true)
    expect(many.length).toBeGreaterThan(9)
    expect(many.every(fits)).toBe(true)
    expect(many.at(-1)).toMatch(new RegExp(` ${many.length}/${many.length}$`))
  })

  it('makes a thread that goes out: media with the first post, the rest after it', () => {
    for (const network of ['x', 'bluesky', 'mastodon', 'threads'] as const) {
      const long = content(network, 'feed', { text: 'Autumn is here. '.repeat(80).trim(), media: [picture()] })
      const thread = splitIntoThread(long)
      expect(thread.format).toBe('thread')
      expect(thread.parts?.length).toBeGreaterThan(1)
      expect(thread.media).toEqual(long.media)
      expect(found(thread)).toEqual([])
      expect(splitIntoThread(thread)).toEqual(thread)
    }
  })

  it('leaves a network without threads alone', () => {
    const long = content('pinterest', 'feed', { text: 'a '.repeat(900) })
    expect(splitIntoThread(long)).toBe(long)
  })
})

const isContentFix = (fix: Fix): fix is ContentFix =>
  !['crop', 'convert', 'compress', 'resize', 'trim'].includes(fix.kind)
const mendable = (findings: readonly Finding[]) =>
  findings.flatMap((finding) => finding.fixes.filter(isContentFix).map((fix) => ({ finding, fix })))

/** A content in which as much as possible is wrong. */
const wrong = (network: (typeof NETWORK_IDS)[number], format: FormatId): Content =>
  content(network, format, {
    text: `${'Autumn <is> here, and so is the moss. '.repeat(400)}${Array.from({ length: 70 }, (_, i) => `#t${i}`).join(' ')}`,
    media: many(40, (facts) => picture({ ...facts, alt: 'A heron in the reeds. '.repeat(300) })),
    parts: [{ text: 'More. '.repeat(300), media: [] }],
    firstComment: 'First. '.repeat(3_000),
    fields: {
      title: 'A > title '.repeat(60),
      slug: 'slug '.repeat(90),
      excerpt: 'Excerpt '.repeat(90),
      tags: ['tag, '.repeat(90)],
      link: 'https://a.example.com',
      visibility: 'nobody',
      brandedContent: true,
      madeForKids: true,
      topic: 'moss & fern '.repeat(9),
    },
  })

describe('every fix offered', () => {
  const cases = NETWORK_IDS.flatMap((network) =>
    Object.keys(RULES[network].formats).map((format) => [network, format as FormatId] as const),
  )

  it.each(cases)('%s, %s: mends what it is offered for, and is done after once', (network, format) => {
    const what = wrong(network, format)
    const offers = mendable(validate(what))
    expect(offers.length).toBeGreaterThan(0)
    for (const { finding, fix } of offers) {
      const mended = applyFix(what, fix)
      const still = validate(mended).some(
        ({ rule, place }) => rule === finding.rule && JSON.stringify(place) === JSON.stringify(finding.place),
      )
      expect(still, `${finding.sentence} ${JSON.stringify(fix)}`).toBe(false)
      expect(applyFix(mended, fix)).toEqual(mended)
    }
  })
})

describe('a fix', () => {
  it('shortens to all limits of a text at once', () => {
    const text = '👨‍👩‍👧‍👦 '.repeat(200).trim()
    const fixed = applyFix(content('bluesky', 'feed', { text }), { kind: 'shorten', place: { at: 'text', part: 0 } })
    expect(count(fixed.text, 'graphemes')).toBeLessThanOrEqual(300)
    expect(count(fixed.text, 'bytes')).toBeLessThanOrEqual(3_000)
  })

  it('shortens below a content warning', () => {
    const what = content('mastodon', 'feed', { text: 'moss '.repeat(99), fields: { contentWarning: 'a'.repeat(100) } })
    expect(told(validate(applyFix(what, { kind: 'shorten', place: { at: 'text', part: 0 } })))).toEqual([])
  })

  it('leaves a text that just fits', () => {
    const what = content('bluesky', 'feed', { text: 'a'.repeat(300) })
    expect(applyFix(what, { kind: 'shorten', place: { at: 'text', part: 0 } })).toEqual(what)
  })

  it('shortens the alt text of one medium, the cover included, to its own limit', () => {
    const long = 'A heron in the reeds. '.repeat(60)
    const media = [picture({ id: 'a', alt: long }), picture({ id: 'b', alt: long })]
    const cover = picture({ id: 'c', alt: long })
    const what = content('ghost', 'article', { media, fields: { cover } })
    const mended = applyFix(what, { kind: 'shorten', place: { at: 'alt', id: 'c' } })
    expect(mended.media).toEqual(media)
    expect(mended.fields.cover?.alt.length).toBeLessThanOrEqual(191)
    const post = content('x', 'feed', { media })
    const [first, second] = applyFix(post, { kind: 'shorten', place: { at: 'alt', id: 'b' } }).media
    expect(first).toEqual(media[0])
    expect(second?.alt.length).toBeLessThanOrEqual(1_000)
  })

  it('takes the last hashtags away, but within a sentence only their sign', () => {
    const text = 'I like #moss and #fern very much. #autumn #woods'
    const keeping = (keep: number) =>
      applyFix(content('x', 'feed', { text }), { kind: 'dropHashtags', place: { at: 'text', part: 0 }, keep }).text
    expect(keeping(3)).toBe('I like #moss and #fern very much. #autumn')
    expect(keeping(1)).toBe('I like #moss and fern very much.')
    expect(keeping(9)).toBe(text)
  })

  it('drops the media that are too many, of every post', () => {
    const what = content('x', 'feed', { media: many(6) })
    const [fix] = says(what, 'media-count')?.fixes ?? []
    expect(fix).toEqual({ kind: 'dropMedia', ids: ['medium-5', 'medium-6'] })
    expect(told(validate(applyFix(what, fix as ContentFix)))).toEqual([])
  })

  it('leaves what it is given unchanged', () => {
    const what = wrong('instagram', 'feed')
    const before = structuredClone(what)
    for (const { fix } of mendable(validate(what))) applyFix(what, fix)
    expect(what).toEqual(before)
  })
})
