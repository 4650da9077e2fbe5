/** The kit as one packed folder. */
import { strToU8, zipSync } from 'fflate'
import { slugOf } from '../../../shared/interchange/model.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { bytesOf } from '../../data/media/originals.ts'
import { shelfOf } from '../../data/workspace.ts'
import { formatBytes } from '../../parts/media/index.ts'
import type { Deps } from '../../ports/deps.tsx'
import type { Kit, KitFile } from './kit.ts'
import { kitText } from './kit.ts'

/** Bytes cross to the shell as one text, and no text of an engine is longer than half a gigabyte. */
const MOST_SAVED = 380_000_000

type Bytes = Pick<Deps, 'workspace' | 'shell'>

/** A file as it is to be uploaded: the original, for now. Null: its bytes are not on this computer. */
export const kitMedia = ({ workspace, shell }: Bytes, { mediumId }: KitFile): Promise<Blob | null> =>
  bytesOf(shelfOf(workspace), shell, mediumId)

/** Packs it; a sentence where that cannot be done. */
export async function packKit(
  deps: Bytes,
  kit: Kit,
  title: string,
  where: string,
): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }, string>> {
  const size = kit.files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (size > MOST_SAVED)
    return err(
      `The files have ${formatBytes(size)}, and a kit holds up to ${formatBytes(MOST_SAVED)}. Save them one by one from the library.`,
    )
  const packed: Record<string, [Uint8Array, { level: 0 | 6 }]> = {
    'text.txt': [strToU8(kitText(kit, title, where)), { level: 6 }],
  }
  for (const file of kit.files) {
    const bytes = await kitMedia(deps, file)
    if (!bytes) return err(`“${file.name}” cannot be read any more. Bring it back in the library, or leave it out.`)
    // Pictures and films are packed already.
    packed[file.name] = [new Uint8Array(await bytes.arrayBuffer()), { level: 0 }]
  }
  return ok({ name: `${slugOf(title) || 'post'}-${slugOf(where)}.zip`, bytes: zipSync(packed) })
}
