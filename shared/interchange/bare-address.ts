/** Addresses that stand in a text without any sign around them (GitHub's "autolink literals"): http, https, www and e-mail, nothing else. */

export interface BareAddress {
  readonly href: string
  readonly end: number
}

/** Where one may begin: no letter before `http`, a space or one of `(*_[]~` before `www`, the first sign of its name for an e-mail. */
const BEGINNING = /(?<![a-z])https?:\/\/|(?<![^ \t\n(*_[\]~])www\.|(?<![\w+.\-/])[\w+.-]+@/gi
const SEEMS_TO_HAVE_ONE = /:\/\/|@|www\./i
const PROTOCOL = /https?:\/\/(?![\s\p{Cc}\p{P}\p{S}])/iuy
const WWW = /(?<![^ \t\n(*_[\]~])www\.(?!$)/iy
const EMAIL = /[\w+.-]+@(?:[\w-]|\.(?=[a-z\d]))+/iy
const NO_DOMAIN = /[\s\p{P}\p{S}]/u

export const mayHaveBareAddress = (text: string): boolean => SEEMS_TO_HAVE_ONE.test(text)

/** The next place at or after `from` where an address may begin; `Infinity`: none. */
export function nextBeginning(text: string, from: number): number {
  BEGINNING.lastIndex = from
  return BEGINNING.exec(text)?.index ?? Number.POSITIVE_INFINITY
}

/** The address that begins at `at`, which must be one of the places `nextBeginning` gives. */
export function bareAddressAt(text: string, at: number): BareAddress | null {
  return emailAt(text, at) ?? webAddressAt(text, at)
}

function emailAt(text: string, at: number): BareAddress | null {
  EMAIL.lastIndex = at
  const found = EMAIL.exec(text)?.[0]
  if (!found || !/@.*\.[^@]*[a-z]$/i.test(found)) return null
  return { href: `mailto:${found}`, end: at + found.length }
}

function webAddressAt(text: string, at: number): BareAddress | null {
  PROTOCOL.lastIndex = at
  WWW.lastIndex = at
  const protocol = PROTOCOL.exec(text)?.[0]
  // The `www.` counts as part of the domain.
  if (!protocol && !WWW.test(text)) return null
  const path = domainEnd(text, at + (protocol?.length ?? 0))
  if (path === -1) return null
  const end = pathEnd(text, path)
  return { href: protocol ? text.slice(at, end) : `http://${text.slice(at, end)}`, end }
}

const isEnd = (char: string) => char === '' || /\s/.test(char)

/** Signs at the end of an address that belong to the sentence, up to a space, a tag or the `]` that ends the words of a link. */
const TRAIL = /(?:[!"')*,.:;?_~]|&[a-z]+;|\](?![([\s]|$))*/iy
const MAY_TRAIL = /[!"&')*,.:;?\]_~]/
const TRAIL_END = /\](?=[([\s]|$)|(?=[<\s]|$)/y

/** Whether the rest of the word is such signs. Asked anew only past a place where it was not so, which keeps long runs linear. */
function trailFinder(text: string): (at: number) => boolean {
  let not = -1
  return (at) => {
    if (at < not) return false
    TRAIL.lastIndex = at
    TRAIL.test(text)
    const end = TRAIL.lastIndex
    TRAIL_END.lastIndex = end
    if (TRAIL_END.test(text)) return true
    not = end
    return false
  }
}

/** Where the domain ends; -1: it is none. Its last two parts have no underscore. */
function domainEnd(text: string, from: number): number {
  const isTrail = trailFinder(text)
  let last = false
  let lastButOne = false
  let at = from
  for (; ; at += 1) {
    const char = text.charAt(at)
    if (char === '.' || char === '_') {
      if (isTrail(at)) break
      if (char === '.') {
        lastButOne = last
        last = false
      } else last = true
    } else if (char === '' || (char !== '-' && NO_DOMAIN.test(char))) break
  }
  return at === from || last || lastButOne ? -1 : at
}

/** Where an address ends: at a space or a tag, without the signs that end the sentence and without `)` that was not opened in it. */
function pathEnd(text: string, from: number): number {
  const isTrail = trailFinder(text)
  let open = 0
  for (let at = from; ; at += 1) {
    const char = text.charAt(at)
    const closes = char === ')' && open > 0
    if (isEnd(char) || char === '<' || (!closes && MAY_TRAIL.test(char) && isTrail(at))) return at
    if (char === '(') open += 1
    else if (char === ')') open -= 1
  }
}
