/** The files of a post as they are sent: where the shell reads them, on the shelf of the workspace. */
import type { SentMedium } from '../../shared/domain/publishing.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import { turnedSize } from '../../shared/media/crop.ts'
import type { Placed } from '../../shared/platforms/content.ts'
import type { MediaFacts } from '../../shared/platforms/model.ts'
import { bytesOf, keepBytes } from '../data/media/originals.ts'
import { shelfOf } from '../data/workspace.ts'
import type { Deps } from '../ports/deps.tsx'

const refused = (reason: string): Trouble => ({ kind: 'refused', field: 'media', reason, details: '' })

/** Gives a file as it is; one that is to be seen turned or cut is none the shell has. Its type and size were checked before. */
export const mediaFor =
  ({ db, shell, workspace }: Pick<Deps, 'db' | 'shell' | 'workspace'>) =>
  async (facts: MediaFacts, { post, placement }: Placed): Promise<SentMedium | Trouble> => {
    const medium = await db.media.get(facts.id)
    if (!medium) return refused('a file of it was deleted')
    const { id, name, type, size, seconds, edits } = medium
    const placing = (placement?.media ?? post.media).find(({ mediumId }) => mediumId === id)
    if (medium.kind === 'image' && (edits.turn !== 0 || (placing?.ratio ?? '') !== ''))
      return refused(
        `“${name}” is turned or cut, and Outpost sends files as they are. Save the cut as a file and use that`,
      )
    const at = shelfOf(workspace)
    const lying = await shell.readMedia(at.shelf, id, Math.max(0, size - 1))
    if (!lying.ok || lying.value.size !== size) {
      const bytes = await bytesOf(at, shell, id)
      if (!bytes) return refused(`“${name}” cannot be read any more`)
      const kept = await keepBytes(at, shell, { id, bytes })
      if (!kept.ok) return refused(`“${name}” could not be made ready: ${kept.error.message.replace(/\.$/, '')}`)
    }
    const { width, height } = turnedSize(medium, edits.turn)
    return { id, type, size, width, height, duration: seconds, alt: facts.alt, address: '' }
  }
