/** What a library says about the media beside a Markdown folder. The posts say what they show; this says what the files are. */
import * as z from 'zod/mini'
import { ABOUT_NOTHING, type Medium } from '../domain/medium.ts'
import { cleanFolder, cleanName } from '../media/name.ts'
import { aboutMedium } from './json.ts'
import { MEDIA_FOLDER } from './picture-path.ts'

/** Where it lies in the folder. */
export const LIBRARY_FILE = `${MEDIA_FOLDER}library.json`

/** What people said about a file, and decided. */
export type LibraryNote = Pick<Medium, 'name'> & Pick<Medium, keyof typeof ABOUT>
const { trashedAt: _gone, ...ABOUT } = ABOUT_NOTHING

const Notes = z.array(z.object({ path: z.string(), name: z.string(), ...aboutMedium }))

/**
 * The notes as text; '' where nothing is said that the posts and the names of the files do not say themselves. `path`: from the folder.
 */
export function writeLibraryNotes(files: readonly { readonly path: string; readonly medium: Medium }[]): string {
  const notes = files.map(({ path, medium }) => {
    const said = Object.entries(ABOUT).filter(
      ([key, nothing]) => JSON.stringify(medium[key as keyof typeof ABOUT]) !== JSON.stringify(nothing),
    )
    return {
      path,
      name: medium.name,
      ...Object.fromEntries(said.map(([key]) => [key, medium[key as keyof typeof ABOUT]])),
    }
  })
  const own: readonly string[] = ['path', 'name', 'alt']
  return notes.some((note) => Object.keys(note).some((key) => !own.includes(key)))
    ? `${JSON.stringify(notes, null, 1)}\n`
    : ''
}

/** Null for what is not such a file. */
export function readLibraryNotes(text: string): readonly (LibraryNote & { readonly path: string })[] | null {
  try {
    const notes = z.safeParse(Notes, JSON.parse(text))
    if (!notes.success) return null
    return notes.data.map((note) => ({ ...note, name: cleanName(note.name), folder: cleanFolder(note.folder) }))
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null
    throw thrown
  }
}
