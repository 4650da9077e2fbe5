/**
 * The mention book: people and brands under the name each network knows them by. A text holds their neutral form (`@mendbar`); what
 * goes out has the handle of its network, or the plain name where there is none. Pure.
 */
import { NETWORKS, type NetworkId } from './channel.ts'
import type { Instant } from './time.ts'

export interface Mention {
  readonly id: string
  /** What people call it: `Mend Bar`. */
  readonly name: string
  /** How texts name it, without the `@`: letters, digits and `_`; no two have the same. */
  readonly neutral: string
  /** Without the `@`. A network that is absent knows it by no name. */
  readonly handles: Readonly<Partial<Record<NetworkId, string>>>
  readonly note: string
  readonly trashedAt: Instant
}

/** The neutral form of a name: `Mend Bar` is `mendbar`. '' when nothing of it can stand in one. */
export const neutralOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}_]/gu, '')

/** A neutral form no other entry has: the wish, or the wish and a number. */
export function freeNeutral(wish: string, book: readonly Mention[], id = ''): string {
  const taken = new Set(book.flatMap((mention) => (mention.id === id ? [] : [mention.neutral])))
  const wanted = neutralOf(wish) || 'name'
  for (let number = 2, next = wanted; ; number += 1) {
    if (!taken.has(next)) return next
    next = `${wanted}${number}`
  }
}

/** Where nobody can be mentioned: a name is all there is. */
const WITHOUT_HANDLES: readonly NetworkId[] = ['wordpress', 'ghost', 'newsletter']
export const MENTION_NETWORKS: readonly NetworkId[] = (Object.keys(NETWORKS) as NetworkId[]).filter(
  (id) => !WITHOUT_HANDLES.includes(id),
)

/** What a handle looks like, where the network says so. */
const SHAPES: Readonly<Partial<Record<NetworkId, RegExp>>> = {
  x: /^\w{1,15}$/,
  instagram: /^[\w.]{1,30}$/,
  threads: /^[\w.]{1,30}$/,
  tiktok: /^[\w.]{2,24}$/,
  youtube: /^[\p{L}\p{N}_.·-]{3,30}$/u,
  pinterest: /^\w{3,30}$/,
  snapchat: /^[\w.-]{3,15}$/,
  bluesky: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i,
  mastodon: /^\w+([\w.-]*\w)?@[a-z0-9-]+(\.[a-z0-9-]+)+$/i,
  facebook: /^[\p{L}\p{N}.]{5,50}$/u,
}

export const looksLikeHandle = (network: NetworkId, handle: string): boolean => SHAPES[network]?.test(handle) ?? true

/** A handle out of what people paste: `@mendbar`, or the address of a profile. */
export function handleFrom(network: NetworkId, pasted: string): string {
  const text = pasted.trim()
  const address = /^(?:https?:\/\/)?([^/\s]+\.[^/\s]+)\/(.+)$/i.exec(text)
  if (!address) return text.replace(/^@/, '')
  const [, host = '', path = ''] = address
  const last =
    path
      .replace(/[?#].*$/, '')
      .split('/')
      .filter(Boolean)
      .at(-1)
      ?.replace(/^@/, '') ?? ''
  return network === 'mastodon' && !last.includes('@') ? `${last}@${host.toLowerCase()}` : last
}

/** `@mendbar` on its own: no part of an e-mail address, a longer name or a full handle with its server. */
const MENTIONED = /(?<![\p{L}\p{M}\p{N}_@.])@([\p{L}\p{M}\p{N}_]+)(?![\p{L}\p{M}\p{N}_@]|[.-][\p{L}\p{N}_])/gu

/** Where neutral forms stand in a text, whether the book knows them or not; the name is in lower case, without the `@`. */
export const mentionSpans = (text: string): { readonly name: string; readonly from: number; readonly to: number }[] =>
  Array.from(text.matchAll(MENTIONED), ({ 0: whole, 1: name = '', index }) => ({
    name: name.toLowerCase(),
    from: index,
    to: index + whole.length,
  }))

/** A text for one network: every name of the book by its handle there. `unknown`: those the network has no handle of. */
export function mentionsFor(
  text: string,
  book: readonly Mention[],
  network: NetworkId,
): { readonly text: string; readonly unknown: readonly Mention[] } {
  const byNeutral = new Map(book.map((mention) => [mention.neutral, mention]))
  const unknown = new Set<Mention>()
  const written = text.replace(MENTIONED, (whole, neutral: string) => {
    const mention = byNeutral.get(neutral.toLowerCase())
    if (!mention) return whole
    const handle = mention.handles[network]
    if (handle) return `@${handle}`
    unknown.add(mention)
    return mention.name
  })
  return { text: written, unknown: [...unknown] }
}
