import { readCard } from '../services/publicPage.ts'
import type { Handlers } from './handlers.ts'

/** Pages that links of a post lead to. */
export const linksHandlers = (): Pick<Handlers, 'links:card'> => ({
  'links:card': async (address) => {
    const card = await readCard(address)
    return card.ok ? { kind: 'card', ...card.value } : { kind: 'unread', because: card.error }
  },
})
