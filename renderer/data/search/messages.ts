/** What page and search worker say to each other. */
import type { Alike } from '../../../shared/domain/clash.ts'
import type { Hit, LikeQuery, Progress, Query } from './engine.ts'

export type ToWorker =
  | { readonly kind: 'open'; readonly dbName: string }
  | { readonly kind: 'alike'; readonly id: number; readonly text: string; readonly query: LikeQuery }
  | { readonly kind: 'query'; readonly id: number; readonly text: string; readonly query: Query }

export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: readonly Hit[] | readonly Alike[] }
  | { readonly kind: 'failed'; readonly why: string }
