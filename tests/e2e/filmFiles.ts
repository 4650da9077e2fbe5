/** Films that lie with the tests, and what one can see in a film. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codecOf } from '../../shared/media/film.ts'
import { inspect } from '../../shared/media/inspect.ts'
import { projectRoot } from '../support/project.ts'

export const filmNamed = (name: string) => readFileSync(join(projectRoot, 'tests', 'fixtures', 'films', name))

/** What a film tells about itself, by its bytes. */
export async function lookAt(film: Buffer) {
  const seen = inspect(new Uint8Array(film))
  if (!seen.ok) throw new Error(`It was no film: ${seen.error.kind}`)
  const codec = await codecOf(async (from, length) => new Uint8Array(film.subarray(from, from + length)), film.length)
  const { type, width, height, seconds } = seen.value
  return {
    type,
    width,
    height,
    seconds: Math.round(seconds * 10) / 10,
    codec,
    moovFirst: film.indexOf('moov') < film.indexOf('mdat'),
  }
}

/** How many pictures a film without sound has, out of the table of their sizes. */
export const picturesOf = (film: Buffer) => film.readUInt32BE(film.indexOf('stsz') + 12)
