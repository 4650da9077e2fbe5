/** What page and media worker say to each other. Every order has one answer, under its number. */
import type { Result } from '../../../shared/lib/result.ts'
import type { Turn } from '../../../shared/media/crop.ts'
import type { MediaRefusal } from '../../../shared/media/refusals.ts'
import type { Thumb } from '../db.ts'
import type { Fitting } from './fit.ts'
import type { Looked } from './look.ts'
import type { Rendering } from './render.ts'

export type Picture = Omit<Thumb, 'id'>

export interface Read extends Looked {
  /** Null for what is not a picture this worker can decode. */
  readonly thumb: Picture | null
}

export interface Orders {
  /** Looks at a file, and makes its small picture where it is one. */
  read: { readonly order: { readonly file: Blob }; readonly answer: Result<Read, MediaRefusal> }
  /** The small picture of a decoded or stored one; null when it cannot be decoded. */
  thumb: {
    readonly order: { readonly picture: ImageBitmap | Blob; readonly turn: Turn }
    readonly answer: Picture | null
  }
  /** A picture as it is meant; null when it cannot be decoded. */
  render: {
    readonly order: { readonly picture: ImageBitmap | Blob; readonly rendering: Rendering }
    readonly answer: Blob | null
  }
  /** A picture as a network takes it; null when it cannot be decoded, or is too large however small it is made. */
  fit: {
    readonly order: { readonly picture: ImageBitmap | Blob; readonly fitting: Fitting }
    readonly answer: Blob | null
  }
}
export type OrderKind = keyof Orders

export type ToWorker = {
  [K in OrderKind]: { readonly id: number; readonly kind: K; readonly order: Orders[K]['order'] }
}[OrderKind]
export type FromWorker =
  | { readonly id: number; readonly answer: Orders[OrderKind]['answer'] }
  | { readonly id: number; readonly why: string }
