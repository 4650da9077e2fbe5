import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { count, graphemesOf, withShortLinks } from '../../../shared/platforms/count.ts'
import type { Unit } from '../../../shared/platforms/index.ts'
import { projectRoot } from '../../support/project.ts'

const FAMILY = '👨‍👩‍👧‍👦'
const FLAG = '🇩🇪'
const SCOTLAND = '🏴󠁧󠁢󠁳󠁣󠁴󠁿'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const encoder = new TextEncoder()

/** Texts out of what is hard to count: marks, joiners, flags, jamo, line ends, halves of pairs, any character there is. */
const hard = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r',
        '\n',
        '\u0301',
        '\u200d',
        '👩',
        '❤',
        '\ufe0f',
        '🇩',
        '🇪',
        'ᄀ',
        'ᅡ',
        'ᆨ',
        '각',
        '\u0600',
        '1',
        'ก',
        'ำ',
      ),
      fc.constantFrom(
        'क',
        '्',
        'ा',
        'あ',
        '\u3099',
        '日',
        '\u00ad',
        '©',
        'a',
        'א',
        '\u05b0',
        'ي',
        '\u064b',
        'ﾞ',
        '\u{1f3fd}',
        '\ud83c',
      ),
      fc.constantFrom(FAMILY, FLAG, SCOTLAND, '👍🏽', '1️⃣', 'שָׁלוֹם', 'नमस्ते'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('a text is counted', () => {
  it('in graphemes as the segmenter of the engine finds them, however they are made', () => {
    fc.assert(
      fc.property(hard, (text) => {
        expect(count(text, 'graphemes')).toBe([...segmenter.segment(text)].length)
      }),
      { numRuns: 3_000 },
    )
  })

  it('in graphemes also where a plain letter stands beside any other character', () => {
    for (let code = 0; code < 0x10000; code += 1) {
      const text = `a${String.fromCharCode(code)}日${String.fromCharCode(code)}`
      if (count(text, 'graphemes') !== [...segmenter.segment(text)].length) expect.fail(JSON.stringify(text))
    }
  })

  it('in bytes as UTF-8 has them, in code points, in UTF-16 units', () => {
    fc.assert(
      fc.property(hard, (text) => {
        expect(count(text, 'bytes')).toBe(encoder.encode(text).length)
        expect(count(text, 'codePoints')).toBe([...text].length)
        expect(count(text, 'utf16')).toBe(text.length)
      }),
      { numRuns: 1_000 },
    )
  })

  it('in bytes for every code unit there is', () => {
    for (let code = 0; code < 0x10000; code += 1) {
      const text = `a${String.fromCharCode(code)}`
      if (count(text, 'bytes') !== encoder.encode(text).length) expect.fail(JSON.stringify(text))
    }
  })

  it('without loss: no part of it is counted in none of the ways', () => {
    fc.assert(
      fc.property(hard, (text) => {
        expect(graphemesOf(text).join('')).toBe(text)
      }),
    )
  })

  it.each<[unit: Unit, text: string, expected: number]>([
    ['graphemes', FAMILY, 1],
    ['utf16', FAMILY, 11],
    ['bytes', FAMILY, 25],
    ['codePoints', FLAG, 2],
    ['graphemes', 'e\u0301', 1],
    ['graphemes', 'שָׁלוֹם', 4],
    ['graphemes', '秋が来ました', 6],
  ])('%s of %s: %i', (unit, text, expected) => {
    expect(count(text, unit)).toBe(expected)
  })

  it('twice as long when it is written twice with a space between, in every unit that knows no links', () => {
    const additive = fc.constantFrom<Unit>('utf16', 'codePoints', 'graphemes', 'bytes', 'threads')
    fc.assert(
      fc.property(hard, hard, additive, (a, b, unit) => {
        expect(count(`${a}\n${b}`, unit)).toBe(count(`${a}\n`, unit) + count(b, unit))
      }),
    )
  })
})

describe('X counts', () => {
  const counted: [string, number][] = JSON.parse(
    readFileSync(join(projectRoot, 'tests', 'fixtures', 'platforms', 'x-weights.json'), 'utf8'),
  )

  it('as its own library did: twitter-text 3.1.0 counted these 203 texts', () => {
    expect(counted).toHaveLength(203)
    for (const [text, weight] of counted) expect(count(text, 'xWeight'), text).toBe(weight)
  })

  it.each([
    // X docs, counting characters: an emoji is 2 whatever it is made of; the library has not learnt new ones since 2018.
    ['🧑‍🔧', 2],
    ['🧑🏽‍🤝‍🧑🏻', 2],
    ['🫠', 2],
    [SCOTLAND, 2],
    // ... and the text is normalized to NFC first.
    ['e\u0301', 1],
  ])('%s as %i', (text, weight) => {
    expect(count(text, 'xWeight')).toBe(weight)
  })

  it.each([
    // twitter-text, configuration 3: the ends of its ranges of weight 1.
    [0x10ff, 1],
    [0x1100, 2],
    [0x1fff, 2],
    [0x2000, 1],
    [0x200d, 1],
    [0x200e, 2],
    [0x200f, 2],
    [0x2010, 1],
    [0x201f, 1],
    [0x2020, 2],
    [0x2031, 2],
    [0x2032, 1],
    [0x2037, 1],
    [0x2038, 2],
  ])('code point %i as %i', (code, weight) => {
    expect(count(`a${String.fromCodePoint(code)}a`, 'xWeight')).toBe(weight + 2)
  })

  it('a link as 23 however long it is', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }), fc.nat(2_000), (url, more) => {
        const host = new URL(url).pathname
        expect(
          count(`https://moss.example.com/${'a'.repeat(more)}${host.replace(/[^a-z0-9/]/gi, '')}`, 'xWeight'),
        ).toBe(23)
      }),
    )
  })
})

describe('Mastodon counts', () => {
  // Mastodon docs, posting to your profile: links as 23, a mention without its server, graphemes.
  it.each([
    ['https://moss.example.com/a/very/long/way/to/say/it/all', 23],
    ['see https://moss.example.com.', 28],
    ['moss.example.com', 16],
    ['@moss@fern.example', 5],
    ['@moss and @fern@hollow.example', 15],
    [FAMILY, 1],
  ])('%s as %i', (text, expected) => {
    expect(count(text, 'mastodon')).toBe(expected)
  })
})

describe('Bluesky counts', () => {
  // Its official client, toShortUrl and shortenLinks: no scheme, what follows the host cut to 13 and three dots where longer than 15.
  it.each([
    ['https://moss.example.com', 'moss.example.com'],
    ['https://moss.example.com/', 'moss.example.com'],
    ['see https://moss.example.com/a/b?c=1#d.', 'see moss.example.com/a/b?c=1#d.'],
    ['https://moss.example.com/fifteen-marks-', 'moss.example.com/fifteen-marks-'],
    ['https://moss.example.com/sixteen-marks-x', 'moss.example.com/sixteen-mark...'],
    ['https://moss.example.com/a/very/long/way', 'moss.example.com/a/very/long/...'],
    ['moss.example.com/a/very/long/way/to/say', 'moss.example.com/a/very/long/way/to/say'],
    ['שלום https://moss.example.com/a/very/long/way مرحبا', 'שלום moss.example.com/a/very/long/... مرحبا'],
  ])('%s as %s', (text, kept) => {
    expect(withShortLinks(text)).toBe(kept)
    expect(count(text, 'bluesky')).toBe(count(kept, 'graphemes'))
    expect(count(text, 'blueskyBytes')).toBe(count(kept, 'bytes'))
  })

  it('a text without links like any other: emoji sequences, marks, right-to-left, Chinese', () => {
    fc.assert(
      fc.property(hard, (text) => {
        if (withShortLinks(text) !== text) return
        expect(count(text, 'bluesky')).toBe(count(text, 'graphemes'))
        expect(count(text, 'blueskyBytes')).toBe(count(text, 'bytes'))
      }),
    )
  })

  it('a link the same however long it is, from the sixteenth character after its host on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 3_000 }), (length) => {
        expect(count(`https://moss.example.com/${'a'.repeat(length - 1)}`, 'bluesky')).toBe(16 + 13 + 3)
      }),
    )
  })
})

describe('Threads counts', () => {
  // Threads API, Overview: an emoji is as long as its bytes in UTF-8, everything else 1.
  it.each([
    ['Hello', 5],
    ['👍', 4],
    [FAMILY, 25],
    [FLAG, 8],
    ['秋', 1],
    ['é', 1],
    ['1️⃣', 7],
  ])('%s as %i', (text, expected) => {
    expect(count(text, 'threads')).toBe(expected)
  })
})
