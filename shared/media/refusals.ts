/** Why a file is not taken into the library. Values, so that whoever shows one puts it into words. */

/** Bytes up to which files of a kind are taken. A picture is read as a whole; a video and audio never are. */
export const MOST_BYTES = {
  image: 100_000_000,
  svg: 5_000_000,
  document: 100_000_000,
  video: 2_000_000_000,
  audio: 2_000_000_000,
} as const

/** Pixels up to which a picture is unfolded: 120 megapixels take half a gigabyte of memory, more would take the page with it. */
export const MOST_PIXELS = 120_000_000

export type MediaRefusal =
  | { readonly kind: 'empty' }
  /** `looksLike`: what it is instead, e.g. `a TIFF picture`; '' when that cannot be told. */
  | { readonly kind: 'not-media'; readonly looksLike: string }
  /** Ends before its format says it does: copied or loaded only in part. */
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'too-large'; readonly size: number; readonly most: number }
  | { readonly kind: 'too-many-pixels'; readonly width: number; readonly height: number }
  | { readonly kind: 'bad-svg'; readonly why: SvgFault }
  /** Its beginning is as it should be, its pixels are not. */
  | { readonly kind: 'cannot-decode' }
  /** The browser is not let in, or the file has gone or changed meanwhile. */
  | { readonly kind: 'cannot-read' }
  /** `needs`: bytes it takes in both copies; `free`: those that may still be used. */
  | { readonly kind: 'no-room'; readonly needs: number; readonly free: number }
  /** The copy beside the database was not written, in the words of whoever tried. */
  | { readonly kind: 'no-second-copy'; readonly message: string }

export type SvgFault = 'not-well-formed' | 'entities' | 'no-drawing' | 'too-complicated'
