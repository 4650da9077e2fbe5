/** The kit as one packed folder. */
import { strToU8, zipSync } from 'fflate'
import { slugOf } from '../../../shared/interchange/model.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { blankFilm } from '../../../shared/media/film.ts'
import { secondCopyOf } from '../../data/media/originals.ts'
import { shelfOf } from '../../data/workspace.ts'
import { formatBytes } from '../../parts/media/index.ts'
import type { Deps } from '../../ports/deps.tsx'
import { convertFor } from '../../ports/sentMedia.ts'
import { type KitFile, kitText } from './kit.ts'
import type { KitFacts } from './queries.ts'

/** Bytes cross to the shell as one text, and no text of an engine is longer than half a gigabyte. */
const MOST_SAVED = 380_000_000

type Owner = Pick<Deps, 'db' | 'workspace' | 'shell'>

/** A file as the network takes it, under its name with the ending that fits; a sentence where there is none. */
async function kitMedia(
  deps: Owner,
  { content }: Pick<KitFacts, 'content'>,
  { facts, name }: KitFile,
): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }, string>> {
  const sent = await convertFor(deps, content, facts)
  if ('kind' in sent)
    return err(
      `${sent.kind === 'refused' ? sentence(sent.reason) : `“${name}” could not be made ready.`} Mend it in the post, or leave it out.`,
    )
  const bytes = await secondCopyOf(deps.shell, shelfOf(deps.workspace).shelf, sent)
  if (!bytes) return err(`“${name}” cannot be read any more. Bring it back in the library, or leave it out.`)
  const whole = new Uint8Array(await bytes.arrayBuffer())
  await blankFilm(whole, sent.type)
  return ok({ name: withEnding(name, sent.type), bytes: whole })
}

const sentence = (reason: string) => `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'video/mp4': ['mp4', 'm4v'],
}
/** A file that was made another type gets the ending of it. */
function withEnding(name: string, type: string): string {
  const fitting = ENDINGS[type]
  const dot = name.lastIndexOf('.')
  const ending = name.slice(dot + 1).toLowerCase()
  return !fitting || fitting.includes(ending) ? name : `${dot > 0 ? name.slice(0, dot) : name}.${fitting[0]}`
}

/** Packs it; a sentence where that cannot be done. */
export async function packKit(
  deps: Owner,
  facts: Pick<KitFacts, 'kit' | 'content'>,
  title: string,
  where: string,
): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }, string>> {
  const { kit } = facts
  const size = kit.files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (size > MOST_SAVED)
    return err(
      `The files have ${formatBytes(size)}, and a kit holds up to ${formatBytes(MOST_SAVED)}. Save them one by one from the library.`,
    )
  const packed: Record<string, [Uint8Array, { level: 0 | 6 }]> = {}
  const files: KitFile[] = []
  for (const file of kit.files) {
    const made = await kitMedia(deps, facts, file)
    if (!made.ok) return made
    // Pictures and films are packed already.
    packed[made.value.name] = [made.value.bytes, { level: 0 }]
    files.push({ ...file, name: made.value.name })
  }
  packed['text.txt'] = [strToU8(kitText({ ...kit, files }, title, where)), { level: 6 }]
  return ok({ name: `${slugOf(title) || 'post'}-${slugOf(where)}.zip`, bytes: zipSync(packed) })
}
