import type { Machine } from './desktop.ts'
import type { Handlers } from './handlers.ts'

/** The second copy of every change. */
export const journalHandlers = ({
  journals,
}: Machine): Pick<Handlers, 'journal:append' | 'journal:heads' | 'journal:read' | 'journal:retire'> => ({
  'journal:append': (name, lines) => journals.append(name, lines),
  'journal:heads': () => journals.heads(),
  'journal:read': (name, from) => journals.read(name, from),
  'journal:retire': (name) => journals.retire(name),
})
