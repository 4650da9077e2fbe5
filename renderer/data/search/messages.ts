/** What page and search worker say to each other. */
import type { Hit, Progress, Query } from './engine.ts'

export type ToWorker =
  | { readonly kind: 'open'; readonly dbName: string }
  | { readonly kind: 'query'; readonly id: number; readonly text: string; readonly query: Query }

export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'ready' }
  | { readonly kind: 'hits'; readonly id: number; readonly hits: readonly Hit[] }
  | { readonly kind: 'failed'; readonly why: string }
