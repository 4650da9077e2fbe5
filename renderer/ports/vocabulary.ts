/** What a workspace says and how: watched only by the screens that need it. Undefined while it loads. */
import { useMemo } from 'react'
import { type Vocabulary, vocabularyOf } from '../../shared/domain/utm.ts'
import type { Rows } from '../data/tables.ts'
import { useQuery } from './live.ts'

type Listed = 'snippets' | 'mentions' | 'brandWords' | 'personas' | 'templates'

/** Rows that are not in the trash, in an order that stays the same function. */
function useRows<N extends Listed>(name: N, order: (a: Rows[N], b: Rows[N]) => number): readonly Rows[N][] | undefined {
  const rows = useQuery((db) => db.table<Rows[N], string>(name).where('trashedAt').equals(0).toArray(), [name])
  return useMemo(() => rows?.toSorted(order), [rows, order])
}
const byOrder = (a: { readonly order: number }, b: { readonly order: number }) => a.order - b.order
const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name)

export const useSnippets = () => useRows('snippets', byOrder)
export const useBrandWords = () => useRows('brandWords', byOrder)
export const usePersonas = () => useRows('personas', byOrder)
export const useTemplates = () => useRows('templates', byOrder)
export const useMentions = () => useRows('mentions', byName)

/** The vocabulary of links. */
export function useVocabulary(): Vocabulary | undefined {
  const found = useQuery(async (db) => ({ row: await db.vocabulary.get('utm') }), [])
  return useMemo(() => found && vocabularyOf(found.row), [found])
}
