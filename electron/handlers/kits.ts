import { join } from 'node:path'
import { ok } from '../../shared/lib/result.ts'
import { bareMedia } from '../services/bareMedia.ts'
import { saveKit } from '../services/kits.ts'
import type { Machine } from './desktop.ts'
import type { Handlers } from './handlers.ts'

/** Folder of all kits, in that of downloads. */
const KITS = 'Outpost kits'

/** What a person publishes. The page says what it is called and what is in it; where it lies is decided here. */
export const kitsHandlers = (
  { desktop, originals }: Pick<Machine, 'desktop' | 'originals'>,
  wrote: (path: string) => void,
): Pick<Handlers, 'kits:save'> => ({
  'kits:save': async ({ shelf, ...kit }) => {
    const saved = await saveKit(join(desktop.downloads(), KITS), kit, bareMedia(originals, shelf))
    if (!saved.ok) return saved
    wrote(saved.value)
    return ok({ path: saved.value })
  },
})
