/** What the page and the worker that makes films say to each other. */
import type { FilmWish } from '../../../shared/platforms/films.ts'

export interface FilmOrder {
  readonly film: Blob
  /** What it is, by its content. */
  readonly type: string
  readonly wish: FilmWish
  /** The file of `FILMS` it is written into. */
  readonly into: string
}

/** The folder of the browser's own disk in which films lie while they are made. */
export const FILMS = 'films'

/** Why there is no film. `what`: how its pictures or its sound are packed. */
export interface FilmLack {
  readonly kind: 'cannot'
  readonly why: 'unreadable' | 'no-decoder' | 'no-encoder' | 'no-aac' | 'too-long' | 'no-room'
  readonly what: string
}

/** `made`: it lies in the file that was named, its tables at the end. */
export type FilmOutcome = { readonly kind: 'as-it-is' } | { readonly kind: 'made' } | FilmLack

export type FromFilmWorker =
  | { readonly kind: 'far' /** 0 to 1 */; readonly share: number }
  | { readonly kind: 'ended'; readonly outcome: FilmOutcome }
