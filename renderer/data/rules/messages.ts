/** What page and rules worker say to each other. */
import type { Rules } from './engine.ts'

export type Question = {
  [Name in keyof Rules]: { readonly ask: Name; readonly id: number; readonly with: Parameters<Rules[Name]> }
}[keyof Rules]

export type ToRules = { readonly ask: 'open'; readonly dbName: string } | Question

export type FromRules =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'stale'; readonly ids: readonly string[] | null }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string }
