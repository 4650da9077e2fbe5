/**
 * The vocabulary of tagged links: which sources, mediums, campaigns ... a link may name, and how they are written. A text carries a
 * link with what is the same everywhere (campaign, content, term); source and medium come from the network it goes out on. Addresses
 * are changed as texts, so that all of one that is not a tag stays to the letter. Pure.
 */
import { nearest } from '../lib/nearest.ts'
import type { Campaign } from './campaign.ts'
import { NETWORK_IDS, type NetworkId } from './channel.ts'
import type { IsoDate } from './time.ts'

export const UTM_FIELDS = ['source', 'medium', 'campaign', 'content', 'term'] as const
export type UtmField = (typeof UTM_FIELDS)[number]
export type UtmTags = Readonly<Partial<Record<UtmField, string>>>

/** One a workspace. */
export interface Vocabulary {
  readonly id: 'utm'
  readonly casing: 'lower' | 'as-is'
  /** Between the words of a value, in place of spaces and of the other one. */
  readonly separator: '-' | '_'
  /** Sites whose links are tagged, with what lies under them: `fernhollow.example`. Empty: every link. */
  readonly hosts: readonly string[]
  /** Values allowed beside those of the networks, campaigns and phases. */
  readonly allowed: Readonly<Record<UtmField, readonly string[]>>
  /** Campaign id -> value; absent: made of its name. */
  readonly campaigns: Readonly<Record<string, string>>
  readonly networks: Readonly<Record<NetworkId, NetworkTags>>
}
export interface NetworkTags {
  readonly source: string
  readonly medium: string
}

/** Mediums as web statistics sort them: anything else would land among "other". */
const MEDIUM: Readonly<Partial<Record<NetworkId, string>>> = {
  youtube: 'video',
  newsletter: 'email',
  wordpress: 'referral',
  ghost: 'referral',
}

export const DEFAULT_VOCABULARY: Vocabulary = {
  id: 'utm',
  casing: 'lower',
  separator: '-',
  hosts: [],
  allowed: { source: [], medium: [], campaign: [], content: [], term: [] },
  campaigns: {},
  networks: Object.fromEntries(
    NETWORK_IDS.map((id) => [id, { source: id, medium: MEDIUM[id] ?? 'social' }]),
  ) as Readonly<Record<NetworkId, NetworkTags>>,
}

/** The vocabulary as stored, or what a workspace begins with. A network it does not know yet has its own name. */
export const vocabularyOf = (row: Vocabulary | undefined): Vocabulary => ({
  ...DEFAULT_VOCABULARY,
  ...row,
  networks: { ...DEFAULT_VOCABULARY.networks, ...row?.networks },
})

type Writing = Pick<Vocabulary, 'casing' | 'separator'>

/** A value as the vocabulary writes it: `Tarn 28!` is `tarn-28`. */
export function tidy(value: string, { casing, separator }: Writing): string {
  const words = value
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}.~]+/gu, ' ')
    .trim()
    .replaceAll(' ', separator)
  return casing === 'lower' ? words.toLowerCase() : words
}

// ---- Addresses --------------------------------------------------------------------------------------------------------------------

interface Address {
  readonly base: string
  /** `name=value` as written; null: no question mark. */
  readonly query: readonly string[] | null
  readonly fragment: string
}

function split(href: string): Address {
  const hash = href.indexOf('#')
  const before = hash < 0 ? href : href.slice(0, hash)
  const mark = before.indexOf('?')
  return {
    base: mark < 0 ? before : before.slice(0, mark),
    query: mark < 0 ? null : before.slice(mark + 1).split('&'),
    fragment: hash < 0 ? '' : href.slice(hash),
  }
}
const join = ({ base, query, fragment }: Address) => `${base}${query ? `?${query.join('&')}` : ''}${fragment}`

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (thrown) {
    if (!(thrown instanceof URIError)) throw thrown
    // A lone percent sign: the text says what it says.
    return text
  }
}

interface Tag {
  readonly field: UtmField
  readonly value: string
  /** Its name as written; statistics only know it in lower case. */
  readonly key: string
}

function tagOf(part: string): Tag | null {
  const equals = part.indexOf('=')
  const key = decoded(equals < 0 ? part : part.slice(0, equals))
  const field = UTM_FIELDS.find((name) => key.toLowerCase() === `utm_${name}`)
  return field ? { field, key, value: equals < 0 ? '' : decoded(part.slice(equals + 1)) } : null
}

const tagsIn = (href: string): Tag[] => (split(href).query ?? []).flatMap((part) => tagOf(part) ?? [])

/** The tags an address carries; of two alike the first counts, as it does in statistics. Empty ones say nothing. */
export function tagsOf(href: string): UtmTags {
  const tags: Partial<Record<UtmField, string>> = {}
  for (const { field, value } of tagsIn(href)) if (value !== '') tags[field] ??= value
  return tags
}

export const isTagged = (href: string): boolean => Object.keys(tagsOf(href)).length > 0

/** An address with exactly these tags. */
export function retagged(href: string, tags: UtmTags): string {
  const { query, ...rest } = split(href)
  const kept = query?.filter((part) => !tagOf(part))
  return withTags(join({ ...rest, query: kept && kept.length > 0 ? kept : null }), tags)
}

/** An address with tags: those it has already stay as they are. Query and fragment are kept. */
export function withTags(href: string, tags: UtmTags): string {
  const address = split(href)
  const there = tagsOf(href)
  const missing = UTM_FIELDS.filter((field) => tags[field] && !there[field])
  if (missing.length === 0) return href
  // An empty tag makes room for the one that says something.
  const kept = (address.query ?? []).filter((part) => {
    const tag = tagOf(part)
    return part !== '' && !(tag && missing.includes(tag.field))
  })
  const added = missing.map((field) => `utm_${field}=${encodeURIComponent(tags[field] ?? '')}`)
  return join({ ...address, query: [...kept, ...added] })
}

const hostOf = (href: string): string =>
  (/^https?:\/\/(?:[^/?#@]*@)?([^/?#:@]+)/i.exec(href.trim())?.[1] ?? '').toLowerCase()

/** Whether a link is one of those that are tagged: a web address, on one of the sites of the vocabulary when it names any. */
export function isTaggable(href: string, { hosts }: Pick<Vocabulary, 'hosts'>): boolean {
  const host = hostOf(href)
  return host !== '' && (hosts.length === 0 || hosts.some((own) => host === own || host.endsWith(`.${own}`)))
}

/** The name of a site out of what people type: `https://www.fernhollow.example/shop` is `fernhollow.example`. */
export const siteOf = (typed: string): string =>
  hostOf(/^https?:/i.test(typed.trim()) ? typed : `https://${typed.trim()}`).replace(/^www\./, '')

/** A link as it goes out on a network. One without tags is left alone, and so is every tag that is there. */
export function linkFor(href: string, network: NetworkId, vocabulary: Vocabulary): string {
  return isTagged(href) && isTaggable(href, vocabulary) ? withTags(href, vocabulary.networks[network]) : href
}

// ---- What is allowed --------------------------------------------------------------------------------------------------------------

type Tagged = Pick<Campaign, 'id' | 'name' | 'phases'>

/** The value a campaign has in links. */
export const campaignValue = ({ id, name }: Pick<Campaign, 'id' | 'name'>, vocabulary: Vocabulary): string =>
  vocabulary.campaigns[id] ?? tidy(name, vocabulary)

export type AllowedValues = Readonly<Record<UtmField, readonly string[]>>

/** Everything a link may say, by field. A field without values takes anything that is written right. */
export function allowedValues(vocabulary: Vocabulary, campaigns: readonly Tagged[]): AllowedValues {
  const networks = Object.values(vocabulary.networks)
  const own: AllowedValues = {
    source: networks.map(({ source }) => source),
    medium: networks.map(({ medium }) => medium),
    campaign: campaigns.map((campaign) => campaignValue(campaign, vocabulary)),
    content: campaigns.flatMap(({ phases }) => phases.map(({ name }) => tidy(name, vocabulary))),
    term: [],
  }
  return Object.fromEntries(
    UTM_FIELDS.map((field) => [field, [...new Set([...own[field], ...vocabulary.allowed[field]])].filter(Boolean)]),
  ) as Record<UtmField, string[]>
}

/** The tags a post's place suggests: its campaign, and the phase its day lies in. */
export function suggestedTags(campaign: Tagged | undefined, on: IsoDate | null, vocabulary: Vocabulary): UtmTags {
  if (!campaign) return {}
  const phase = on === null ? undefined : campaign.phases.find(({ from, to }) => from <= on && on <= to)
  return {
    campaign: campaignValue(campaign, vocabulary),
    ...(phase ? { content: tidy(phase.name, vocabulary) } : {}),
  }
}

export interface UtmFinding {
  readonly field: UtmField
  /** '' when it is missing. */
  readonly value: string
  /** `form`: written another way. `unknown`: not in the vocabulary. `missing`: statistics need it beside the others. */
  readonly kind: 'form' | 'unknown' | 'missing'
  /** What it was likely meant to be; null: nothing near. */
  readonly suggestion: string | null
}

/** What a value should be, when it is not one the vocabulary takes. */
export function checkValue(
  field: UtmField,
  value: string,
  allowed: AllowedValues,
  writing: Writing,
): UtmFinding | null {
  const values = allowed[field]
  const listed = values.length === 0 || values.includes(value)
  const right = tidy(value, writing)
  // A value somebody listed is right as it stands there.
  if (listed && (values.length > 0 || value === right)) return null
  if (values.length === 0 || values.includes(right)) return { field, value, kind: 'form', suggestion: right }
  const key = (text: string) => tidy(text, { ...writing, casing: 'lower' })
  const alike = values.find((candidate) => key(candidate) === key(value))
  if (alike) return { field, value, kind: 'form', suggestion: alike }
  return { field, value, kind: 'unknown', suggestion: nearest(right, values) }
}

/** What is wrong with the tags of a link, in the order of the fields. */
export function checkLink(href: string, allowed: AllowedValues, writing: Writing): UtmFinding[] {
  const tags = tagsIn(href)
  if (!isTagged(href)) return []
  const has = (field: UtmField) => tags.some((tag) => tag.field === field && tag.value !== '')
  // Source and medium belong together; without both, the network gives them.
  const needed: readonly UtmField[] = has('source') || has('medium') ? ['source', 'medium', 'campaign'] : ['campaign']
  return UTM_FIELDS.flatMap((field): UtmFinding[] => {
    const tag = tags.find((each) => each.field === field && each.value !== '')
    if (!tag) return needed.includes(field) ? [{ field, value: '', kind: 'missing', suggestion: null }] : []
    const wrong = checkValue(field, tag.value, allowed, writing)
    if (wrong) return [wrong]
    return tag.key === `utm_${field}` ? [] : [{ field, value: tag.value, kind: 'form', suggestion: tag.value }]
  })
}

// ---- The report -------------------------------------------------------------------------------------------------------------------

export interface UsedLink {
  /** Whatever the caller names a text by. */
  readonly textId: string
  readonly href: string
}

/** One thing the texts say and the vocabulary does not, with every text that says it. */
export interface Drift extends UtmFinding {
  readonly textIds: readonly string[]
}

/** How far the texts have drifted from the vocabulary: what is most used first. */
export function driftOf(links: readonly UsedLink[], allowed: AllowedValues, writing: Writing): Drift[] {
  const found = new Map<string, UtmFinding & { readonly texts: Set<string> }>()
  const known = new Map<string, readonly UtmFinding[]>()
  for (const { textId, href } of links) {
    let findings = known.get(href)
    if (!findings) {
      findings = checkLink(href, allowed, writing)
      known.set(href, findings)
    }
    for (const finding of findings) {
      const key = `${finding.field} ${finding.kind} ${finding.value}`
      const entry = found.get(key) ?? { ...finding, texts: new Set<string>() }
      entry.texts.add(textId)
      found.set(key, entry)
    }
  }
  return [...found.values()]
    .map(({ texts, ...finding }) => ({ ...finding, textIds: [...texts] }))
    .sort(
      (a, b) =>
        b.textIds.length - a.textIds.length ||
        UTM_FIELDS.indexOf(a.field) - UTM_FIELDS.indexOf(b.field) ||
        a.value.localeCompare(b.value),
    )
}

/** A link with one of its values replaced, where it has exactly that value; its name is put right with it. */
export function replacedTag(href: string, field: UtmField, from: string, to: string): string {
  const address = split(href)
  const query = address.query?.map((part) => {
    const tag = tagOf(part)
    return tag?.field === field && tag.value === from ? `utm_${field}=${encodeURIComponent(to)}` : part
  })
  return query?.some((part, at) => part !== address.query?.[at]) ? join({ ...address, query }) : href
}

/** Links of one's own sites without any tag. None while the vocabulary names no site: every link would be one. */
export const untagged = (links: readonly UsedLink[], vocabulary: Pick<Vocabulary, 'hosts'>): UsedLink[] =>
  vocabulary.hosts.length === 0 ? [] : links.filter(({ href }) => !isTagged(href) && isTaggable(href, vocabulary))

/** Campaigns that would be one in statistics, because their links say the same. */
export function campaignClashes<C extends Pick<Campaign, 'id' | 'name'>>(
  campaigns: readonly C[],
  vocabulary: Vocabulary,
): { readonly value: string; readonly campaigns: readonly C[] }[] {
  const byValue = Map.groupBy(campaigns, (campaign) => campaignValue(campaign, vocabulary))
  return [...byValue].flatMap(([value, list]) => (list.length > 1 ? [{ value, campaigns: list }] : []))
}
