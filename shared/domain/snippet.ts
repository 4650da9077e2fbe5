/**
 * Words written once and used again: snippets, hashtag sets, signatures. `{variables}` in them are filled from the post, others are
 * asked for; one without a value stays as it is written, so that nobody mistakes a hole for a text. Pure.
 */
import { nearest } from '../lib/nearest.ts'
import type { Doc } from './document.ts'
import { linksOf } from './links.ts'
import type { Post } from './post.ts'
import type { Instant, IsoDate } from './time.ts'

export const SNIPPET_KINDS = ['snippet', 'hashtags', 'signature'] as const
export type SnippetKind = (typeof SNIPPET_KINDS)[number]
export const SNIPPET_WORD: Readonly<Record<SnippetKind, string>> = {
  snippet: 'Snippet',
  hashtags: 'Hashtags',
  signature: 'Signature',
}

export interface Snippet {
  readonly id: string
  readonly kind: SnippetKind
  readonly name: string
  /** Plain words, a blank line between paragraphs. */
  readonly text: string
  readonly order: number
  readonly trashedAt: Instant
}

/** Variables a post has an answer to, and what they stand for. Any other name is asked for. */
export const POST_VARIABLES = {
  title: 'Title of the post',
  campaign: 'Name of its campaign',
  date: 'Day it is planned for',
  channel: 'Its channel, when it has one only',
  link: 'First link in its text',
  owner: 'Who owns it',
} as const
export type PostVariable = keyof typeof POST_VARIABLES
const POST_NAMES = Object.keys(POST_VARIABLES) as PostVariable[]

/** By name in lower case; a variable that is missing has no value. */
export type Values = ReadonlyMap<string, string>

/** One pair of braces round a name. Two pairs are somebody else's: Liquid and its kin write `{{ page.title }}`. */
const VARIABLE = /(?<!\{)\{(\p{L}[\p{L}\p{M}\p{N} _-]{0,39})\}(?!\})/gu
const keyOf = (name: string) => name.trim().toLowerCase()

/** Names of the variables in a text, each once, in order, as they are first written. */
export function variablesIn(text: string): string[] {
  const names = new Map<string, string>()
  for (const [, name = ''] of text.matchAll(VARIABLE)) if (!names.has(keyOf(name))) names.set(keyOf(name), name.trim())
  return [...names.values()]
}

/** Where variables stand in a text; the end is behind the brace. */
export const variableSpans = (text: string): { readonly name: string; readonly from: number; readonly to: number }[] =>
  Array.from(text.matchAll(VARIABLE), ({ 0: whole, 1: name = '', index }) => ({
    name: keyOf(name),
    from: index,
    to: index + whole.length,
  }))

/** A text with its variables filled. What has no value, or an empty one, stays in its braces and is named in `missing`. */
export function fill(text: string, values: Values): { readonly text: string; readonly missing: readonly string[] } {
  const missing = variablesIn(text).filter((name) => !values.get(keyOf(name)))
  return { text: text.replace(VARIABLE, (whole, name: string) => values.get(keyOf(name)) || whole), missing }
}

/** A document with the variables in its words filled; the very same one where there are none. */
export function fillDoc<N extends { readonly content?: Doc['content']; readonly text?: string }>(
  node: N,
  values: Values,
): N {
  const text = node.text === undefined ? undefined : fill(node.text, values).text
  const content = node.content?.map((child) => fillDoc(child, values))
  const same = text === node.text && (content ?? []).every((child, at) => child === node.content?.[at])
  return same ? node : { ...node, ...(text === undefined ? {} : { text }), ...(content ? { content } : {}) }
}

/** How the things of a post are called. */
export interface Namer {
  readonly campaign: (id: string) => string
  readonly channel: (id: string) => string
  readonly owner: (id: string) => string
  /** A day in the words of the page. */
  readonly date: (date: IsoDate) => string
}

/** What a post answers to the variables it knows; those without an answer are left out. */
export function valuesOf(
  post: Pick<Post, 'title' | 'campaignId' | 'planned' | 'channelIds' | 'ownerId'>,
  doc: Pick<Doc, 'content'>,
  name: Namer,
): Values {
  const [only, ...others] = post.channelIds
  const answers: Readonly<Record<PostVariable, string>> = {
    title: post.title,
    campaign: post.campaignId ? name.campaign(post.campaignId) : '',
    date: post.planned ? name.date(post.planned.date) : '',
    // Of several, none can be meant for all.
    channel: only && others.length === 0 ? name.channel(only) : '',
    link: linksOf(doc)[0] ?? '',
    owner: post.ownerId ? name.owner(post.ownerId) : '',
  }
  return new Map(Object.entries(answers).filter(([, answer]) => answer.trim() !== ''))
}

export type SnippetFinding =
  | { readonly kind: 'empty' }
  /** Likely a slip: it would be asked for instead of filled. */
  | { readonly kind: 'near'; readonly name: string; readonly meant: PostVariable }
  /** A brace that is opened before a word and not closed. */
  | { readonly kind: 'open'; readonly text: string }
  /** No network takes a hashtag without a letter. */
  | { readonly kind: 'no-hashtag'; readonly tag: string }

/** What is odd about a snippet; nothing of it keeps it from being used. */
export function checkSnippet({ kind, text }: Pick<Snippet, 'kind' | 'text'>): SnippetFinding[] {
  if (!text.trim()) return [{ kind: 'empty' }]
  const near = variablesIn(text).flatMap((name): SnippetFinding[] => {
    if (POST_NAMES.some((known) => known === keyOf(name))) return []
    const meant = nearest(keyOf(name), POST_NAMES)
    return meant ? [{ kind: 'near', name, meant: meant as PostVariable }] : []
  })
  const open = text.replace(VARIABLE, '').match(/(?<!\{)\{\p{L}[^{}\n]{0,20}/u)
  const bad = kind === 'hashtags' ? hashtagsIn(text).filter((tag) => !/[\p{L}_]/u.test(tag)) : []
  return [
    ...near,
    ...(open ? [{ kind: 'open' as const, text: open[0] }] : []),
    ...bad.map((tag) => ({ kind: 'no-hashtag' as const, tag })),
  ]
}

const hashtagsIn = (text: string) => text.split(/[\s,;#]+/).filter(Boolean)

/** A hashtag set as it is kept: every word a hashtag, each once, in order. Signs no network takes in one are left out. */
export function tidyHashtags(text: string): string {
  const tags = new Map<string, string>()
  for (const word of hashtagsIn(text)) {
    // A variable stays whole.
    const tag = word.replace(/[^\p{L}\p{M}\p{N}_{}]/gu, '')
    if (tag && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), `#${tag}`)
  }
  return [...tags.values()].join(' ')
}
