/** The index itself: pure, no database and no clock, so the worker, the tests and a fallback run the same one. */
import MiniSearch, { type SearchOptions } from 'minisearch'
import { termsOf } from './terms.ts'

export type HitKind = 'post' | 'campaign' | 'note' | 'task' | 'medium'

/** One row of the workspace as the index takes it. */
export interface Entry {
  readonly kind: HitKind
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly labels: string
  readonly notes: string
  readonly text: string
  /** When it matters: planned for, else last touched. What is near now ranks higher. */
  readonly at: number
}

export interface Match {
  readonly kind: HitKind
  readonly id: string
  readonly score: number
  /** The terms of the index that matched, folded. */
  readonly terms: readonly string[]
}

export interface FindOptions {
  readonly limit: number
  readonly kinds?: readonly HitKind[]
  /** What "near" is measured from. */
  readonly now: number
}

const DAY = 86_400_000
const FIELDS = ['title', 'summary', 'labels', 'notes', 'text'] as const
const keyOf = (kind: HitKind, id: string) => `${kind}:${id}`

/** A Latin word of one or two letters; in scripts without spaces that is a word like any other. */
const isShort = (term: string) => term.length < 3 && /^[\x21-\x7e]+$/.test(term)

export function createIndex() {
  const mini = new MiniSearch<Entry & { key: string }>({
    idField: 'key',
    fields: [...FIELDS],
    storeFields: ['kind', 'at'],
    tokenize: (text) => termsOf(text).map(({ term }) => term),
    // Terms come folded.
    processTerm: (term) => term || null,
  })

  /** In how many entries a word stands; kept roughly, it only tells the words that say nothing. */
  const spread = new Map<string, number>()
  const isCommon = (term: string) => (spread.get(term) ?? 0) > Math.max(200, mini.documentCount / 8)

  /** The words asked for, without those that stand nearly everywhere, unless there are no others. */
  const askedOf = (text: string): string[] => {
    const asked = termsOf(text).map(({ term }) => term)
    const telling = asked.filter((term) => !isCommon(term))
    return telling.length > 0 ? telling : asked.slice(0, 1)
  }

  const put = (entries: readonly Entry[]) => {
    for (const entry of entries) {
      const key = keyOf(entry.kind, entry.id)
      if (mini.has(key)) mini.discard(key)
      mini.add({ ...entry, key })
      const words = new Set(termsOf(`${entry.title}\n${entry.text}`).map(({ term }) => term))
      for (const word of words) spread.set(word, (spread.get(word) ?? 0) + 1)
    }
  }

  /** The best matches for what was typed so far: every word must be found, else any of them. */
  const find = (text: string, { limit, kinds, now }: FindOptions): Match[] => {
    const asked = askedOf(text)
    if (asked.length === 0) return []
    const only = asked.length === 1
    const options: SearchOptions = {
      tokenize: () => asked,
      // One or two letters begin too many words to look for them in whole texts while someone types.
      fields: only && isShort(asked[0] ?? '') ? ['title'] : [...FIELDS],
      boost: { title: 6, labels: 3, summary: 2, notes: 1.5 },
      prefix: (term, index) => (isShort(term) ? only : index === asked.length - 1 || term.length > 3),
      fuzzy: (term) => (term.length < 5 ? false : term.length < 8 ? 1 : 2),
      weights: { prefix: 0.5, fuzzy: 0.25 },
      combineWith: 'AND',
      ...(kinds ? { filter: (result) => kinds.includes(result.kind as HitKind) } : {}),
    }
    const strict = mini.search(text, options)
    const results = strict.length > 0 || only ? strict : mini.search(text, { ...options, combineWith: 'OR' })
    return results
      .map((result) => ({ result, score: result.score * nearness(result.at as number, now) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ result, score }) => ({
        kind: result.kind as HitKind,
        id: (result.id as string).slice((result.kind as string).length + 1),
        score,
        terms: result.terms,
      }))
  }

  return {
    /** Adds entries, or puts them in place of what was known under their ids. */
    put,
    drop(kind: HitKind, id: string) {
      const key = keyOf(kind, id)
      if (mini.has(key)) mini.discard(key)
    },
    find,
  }
}

/** 1 for what is a year away and more, up to 1.6 for what is planned or was touched these days. */
const nearness = (at: number, now: number) => 1 + 0.6 * Math.exp(-Math.abs(now - at) / (60 * DAY))
