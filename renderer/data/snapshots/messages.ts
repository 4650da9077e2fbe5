/** What page and copying worker say to each other: the page asks for line after line, so that no more are made than the disk takes. */
import type { About, Damaged } from './pieces.ts'

export interface CopyOrder extends Pick<About, 'workspace' | 'app'> {
  readonly dbName: string
}
export type ToCopier = { readonly begin: CopyOrder } | 'next'

/** A line of the copy, and what was damaged among the rows it was made of. */
export interface CopiedLine {
  readonly line: string
  readonly damaged: readonly Damaged[]
}
/** null: that was all. */
export type FromCopier = { readonly copied: CopiedLine | null } | { readonly why: string }
