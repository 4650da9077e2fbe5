import type { PickedFile } from '../../parts/picked.ts'
import type { Reading, ReadOptions } from './reading.ts'

export type ToReader =
  | { readonly kind: 'read'; readonly id: number; readonly files: readonly PickedFile[]; readonly options: ReadOptions }
  /** The files of the last `read` once more, with other answers. */
  | { readonly kind: 'again'; readonly id: number; readonly options: ReadOptions }
  | { readonly kind: 'excerpt'; readonly id: number; readonly path: string; readonly row?: number }

export type FromReader =
  | {
      readonly kind: 'progress'
      readonly id: number
      readonly done: number
      readonly total: number
      /** The file that is read now. */
      readonly path: string
    }
  | { readonly kind: 'read'; readonly id: number; readonly reading: Reading }
  | { readonly kind: 'excerpt'; readonly id: number; readonly text: string }
