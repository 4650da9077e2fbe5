import { blank, isBoxed, notesIn } from '../../shared/media/film.ts'

/** A film or audio that is in memory whole, blanked in place. Of any other file nothing is changed. */
export async function blankFilm(bytes: Uint8Array, type: string): Promise<void> {
  if (isBoxed(type))
    blank(bytes, 0, await notesIn(async (from, length) => bytes.slice(from, from + length), bytes.length))
}
