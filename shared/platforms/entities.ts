/** What stands in a text besides words: links, hashtags, mentions, cashtags, emoji. Positions are UTF-16 offsets, ends exclusive. */
import { TOP_LEVEL_DOMAINS } from './topLevelDomains.ts'

export interface Span {
  readonly start: number
  readonly end: number
}
export interface Link extends Span {
  /** False for a bare `example.com`, which not every network takes for a link. */
  readonly scheme: boolean
}

const LATIN = 'a-z0-9\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0253-\\u02bb\\u0300-\\u036f\\u1e00-\\u1eff'
const PATH = `[${LATIN}\\u0400-\\u04ff!*';:=+,.$/%#\\[\\]\\-\\u2013_~@|&]`
const LINK = new RegExp(
  [
    '(?:(?<![a-z0-9@\\uff20$#\\uff03])(https?://)((?:[\\p{L}\\p{M}\\p{N}_\\-]+\\.)+[\\p{L}\\p{M}\\p{N}\\-]+)',
    `|(?<![a-z0-9@\\uff20$#\\uff03_./\\-])((?:[${LATIN}][${LATIN}\\-]*\\.)+(?!https?://)[a-z][a-z0-9\\-]+))`,
    '(:[0-9]+)?',
    // A closing bracket belongs to the link only when it was opened there.
    `(/(?:${PATH}|\\((?:${PATH}|\\(${PATH}+\\))*\\))*)?`,
    "(\\?[a-z0-9!?*'@():;&=+$/%#\\[\\]\\-_.,~|]*)?",
  ].join(''),
  'giu',
)
// What may follow a link is no part of it: "(see example.com/a)." ends before the bracket.
const PATH_END = new RegExp(`[^${LATIN}\\u0400-\\u04ff+\\-=_#/)]+$`, 'iu')
const QUERY_END = /[^a-z0-9\-_&=#/]+$/i

/** The links of a text in order, as X's published rules find them. */
export function linksIn(text: string): Link[] {
  if (!text.includes('.')) return []
  return Array.from(text.matchAll(LINK), (match) => linkOf(match, text)).filter((link) => link !== null)
}

function linkOf(match: RegExpExecArray, text: string): Link | null {
  const [, scheme = '', named, bare = '', port = '', path = '', query = ''] = match
  const host = named ?? bare
  const known = hostUntilTopLevel(host)
  if (!known) return null
  const start = match.index
  const hostEnd = start + scheme.length + known.length
  if (/[0-9a-z@+-]/i.test(text[hostEnd] ?? '')) return null
  if (known.length < host.length) return { start, end: hostEnd, scheme: scheme !== '' }
  const asked = query.replace(QUERY_END, '')
  const tail = asked.length > 0 ? path + asked : path.replace(PATH_END, '')
  return { start, end: hostEnd + port.length + tail.length, scheme: scheme !== '' }
}

/** `example.com.Then` holds `example.com`; '' when no part of it is a host name. */
function hostUntilTopLevel(host: string): string {
  const labels = host.split('.')
  while (labels.length > 1) {
    const last = labels.at(-1)?.toLowerCase() ?? ''
    if (TOP_LEVEL_DOMAINS.has(last) || last.startsWith('xn--') || /[^\0-\x7f]/.test(last)) return labels.join('.')
    labels.pop()
  }
  return ''
}

const HASHTAG =
  /(?<![\p{L}\p{M}\p{N}_&/#\uff03])[#\uff03](?!\ufe0f|\u20e3)(?=[\p{L}\p{M}\p{N}\p{Join_C}_\u00b7\u30fb]*\p{L})[\p{L}\p{M}\p{N}\p{Join_C}_\u00b7\u30fb]+/gu
const MENTION =
  /(?<![\p{L}\p{N}_.@/])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?)(@[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?/gu
const CASHTAG = /(?<=^|\s)\$[a-z]{1,6}(?:[._][a-z]{1,2})?(?=$|[\s!'#%&()*+,\-./:;<=>?@[\]^_{|}~$])/giu

/** `#word`: a sign and at least one letter; what follows an address's `#` or a `C#` is none. */
export const hashtagsIn = (text: string): Span[] => (/[#\uff03]/.test(text) ? spansOf(text, HASHTAG) : [])
/** `@name`, also `@name@server` and `@name.example.com`; mail addresses are none. */
export const mentionsIn = (text: string): Span[] => (text.includes('@') ? spansOf(text, MENTION) : [])
export const cashtagsIn = (text: string): Span[] => (text.includes('$') ? spansOf(text, CASHTAG) : [])

/** The text with the server taken off every `@name@server`. */
export const withoutServers = (text: string): string => (text.includes('@') ? text.replace(MENTION, '@$1') : text)

const spansOf = (text: string, pattern: RegExp): Span[] =>
  Array.from(text.matchAll(pattern), ({ index, 0: found }) => ({ start: index, end: index + found.length }))

// The pattern of all emoji is slow where there is none, so it is tried only where one can begin.
const EMOJI = /\p{RGI_Emoji}|\p{Emoji_Presentation}/vy
const MAY_BEGIN_EMOJI =
  /[\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\u{1f000}-\u{1faff}]|[0-9#*](?=\ufe0f\u20e3)/gu

/** Every emoji as one span: skin tones, flags, key caps and families included. */
export function emojiIn(text: string): Span[] {
  const found: Span[] = []
  let end = 0
  for (const { index } of text.matchAll(MAY_BEGIN_EMOJI)) {
    if (index < end) continue
    EMOJI.lastIndex = index
    if (!EMOJI.test(text)) continue
    end = EMOJI.lastIndex
    found.push({ start: index, end })
  }
  return found
}
