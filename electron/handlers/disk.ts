import type { Machine } from './desktop.ts'
import type { Handlers } from './handlers.ts'

/** Room on the disk the data lies on. */
export const diskHandlers = ({ disk }: Machine): Pick<Handlers, 'disk:room'> => ({ 'disk:room': () => disk.room() })
