/** How long a text is, counted the way each network does. */
import { cashtagsIn, emojiIn, hashtagsIn, linksIn, mentionsIn, withoutServers } from './entities.ts'
import type { Entity, Unit } from './model.ts'

// Making one costs more than most texts.
let segmenter: Intl.Segmenter | undefined
const segments = (text: string) => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** The text as a reader sees it: one string per character, whatever it is made of. */
export const graphemesOf = (text: string): string[] => Array.from(segments(text), ({ segment }) => segment)

/**
 * Letters that never join a neighbour of their kind (Latin, Greek, Cyrillic, Hebrew, Arabic, kana, Han, Hangul syllables), so that a
 * run of them has as many graphemes as characters. Anything else, such as a combining mark, is given to the segmenter with the
 * character on either side of it.
 */
const PLAIN =
  '\\0-\\x0c\\x0e-\\u02ff\\u0370-\\u0482\\u048a-\\u0590\\u05d0-\\u05ea\\u0620-\\u064a\\u1e00-\\u1fff\\u2010-\\u2027\\u3001-\\u3029\\u3040-\\u3098\\u309b-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7a3\\uff01-\\uff9d'
const JOINING = new RegExp(`[${PLAIN}]?[^${PLAIN}](?:[^${PLAIN}]|[${PLAIN}][^${PLAIN}])*[${PLAIN}]?`, 'g')

function graphemes(text: string): number {
  let total = text.length
  for (const [run] of text.matchAll(JOINING)) {
    total -= run.length
    for (const _ of segments(run)) total += 1
  }
  return total
}

function codePoints(text: string): number {
  let total = text.length
  for (let at = 0; at < text.length; at += 1) if (isPair(text, at)) total -= 1
  return total
}

/** UTF-8. */
function bytes(text: string): number {
  let total = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 0x80) total += 1
    else if (code < 0x800) total += 2
    else if (isPair(text, at)) {
      total += 4
      at += 1
    } else total += 3
  }
  return total
}

const isPair = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00

/** What a link counts on X and Mastodon, however long it is. */
const LINK_LENGTH = 23

/** twitter-text, configuration 3: 1 for these code points, 2 for all others, 2 for an emoji of any make, 23 for a link. */
function xWeight(text: string): number {
  const plain = text.normalize('NFC')
  let total = 0
  let from = 0
  for (const { start, end } of linksIn(plain)) {
    total += weightOf(plain.slice(from, start)) + LINK_LENGTH
    from = end
  }
  return total + weightOf(plain.slice(from))
}

function weightOf(text: string): number {
  if (!/[^\0-\u10ff]/.test(text)) return text.length
  let total = 0
  let from = 0
  for (const { start, end } of emojiIn(text)) {
    total += weightOfLetters(text.slice(from, start)) + 2
    from = end
  }
  return total + weightOfLetters(text.slice(from))
}

function weightOfLetters(text: string): number {
  let total = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const single =
      code <= 0x10ff ||
      (code >= 0x2000 && code <= 0x200d) ||
      (code >= 0x2010 && code <= 0x201f) ||
      (code >= 0x2032 && code <= 0x2037)
    total += single ? 1 : 2
    if (isPair(text, at)) at += 1
  }
  return total
}

/** Graphemes; a link with scheme is 23, a mention is counted without its server. */
function mastodon(text: string): number {
  let links = 0
  let rest = ''
  let from = 0
  for (const { start, end, scheme } of linksIn(text)) {
    if (!scheme) continue
    links += 1
    rest += `${text.slice(from, start)} `
    from = end
  }
  rest += text.slice(from)
  return graphemes(withoutServers(rest)) + links * (LINK_LENGTH - 1)
}

/** Code points, but an emoji is as long as its bytes. */
function threads(text: string): number {
  return emojiIn(text).reduce((total, { start, end }) => {
    const emoji = text.slice(start, end)
    return total + bytes(emoji) - codePoints(emoji)
  }, codePoints(text))
}

const longestHashtag = (text: string, length: (tag: string) => number): number =>
  Math.max(0, ...hashtagsIn(text).map(({ start, end }) => length(text.slice(start + 1, end))))

/** As much of what follows a host as Bluesky shows whole, and how much is left of what is longer. */
const SHOWN_PATH = 15
const CUT_PATH = 13

/** The text as Bluesky keeps it: a link is shown without its scheme, what follows its host cut; its address goes beside the text. */
export function withShortLinks(text: string): string {
  let short = ''
  let from = 0
  for (const { start, end, scheme } of linksIn(text)) {
    if (!scheme) continue
    const [, host = '', path = ''] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(text.slice(start, end)) ?? []
    const after = path === '/' ? '' : path
    short += text.slice(from, start) + host + (after.length > SHOWN_PATH ? `${after.slice(0, CUT_PATH)}...` : after)
    from = end
  }
  return short + text.slice(from)
}

const WAYS: Readonly<Record<Unit | Entity, (text: string) => number>> = {
  utf16: (text) => text.length,
  codePoints,
  graphemes,
  bytes,
  xWeight,
  mastodon,
  threads,
  bluesky: (text) => graphemes(withShortLinks(text)),
  blueskyBytes: (text) => bytes(withShortLinks(text)),
  hashtags: (text) => hashtagsIn(text).length,
  longestHashtag: (text) => longestHashtag(text, graphemes),
  longestHashtagBytes: (text) => longestHashtag(text, bytes),
  mentions: (text) => mentionsIn(text).length,
  links: (text) =>
    new Set(linksIn(text).flatMap(({ scheme, start, end }) => (scheme ? [text.slice(start, end)] : []))).size,
  cashtags: (text) => cashtagsIn(text).length,
}

/** The length of a text in a unit, or how many of an entity it holds; links count once each, however often they stand there. */
export const count = (text: string, unit: Unit | Entity): number => WAYS[unit](text)
