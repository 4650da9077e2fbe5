/** How much may still be taken in. Every file lies there twice: in the browser's storage and in a file beside it. */

/** Bytes of the disk that stay free: words, undo and the system need room, too, and a full disk can cost the whole database. */
export const FLOOR = 1_000_000_000

export interface Storage {
  /** Free on the disk of the data folder. */
  readonly disk: number
  /** What the browser lets this app use, and what it uses. */
  readonly quota: number
  readonly usage: number
}

/** Bytes of files that may still be added. */
export const roomLeft = ({ disk, quota, usage }: Storage): number =>
  Math.max(0, Math.floor(Math.min((disk - FLOOR) / 2, quota - usage)))
