import { ok } from '../../shared/lib/result.ts'
import type { Machine } from './desktop.ts'
import type { Handlers } from './handlers.ts'

type MediaCall = 'media:append' | 'media:read' | 'media:list' | 'media:drop' | 'media:retire'

/** The second copy of the library. */
export const mediaHandlers = ({ originals }: Machine): Pick<Handlers, MediaCall> => ({
  'media:append': (shelf, id, { at, bytes, last }) =>
    originals.append(shelf, id, { at, bytes: Buffer.from(bytes, 'base64'), last }),
  'media:read': async (shelf, id, from) => {
    const part = await originals.read(shelf, id, from)
    return part.ok ? ok({ bytes: part.value.bytes.toString('base64'), size: part.value.size }) : part
  },
  'media:list': (shelf) => originals.list(shelf),
  'media:drop': (shelf, ids) => originals.drop(shelf, ids),
  'media:retire': (shelf) => originals.retire(shelf),
})
