import { useState } from 'react'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import type { Counted, Heard, Message } from '../../../shared/domain/publishing.ts'
import type { Instant } from '../../../shared/domain/time.ts'
import { useDeps } from '../../ports/deps.tsx'
import { type OpenOutbox, outbox } from '../../ports/outbox.ts'

export type Tells = ReturnType<OpenOutbox['engagement']['tells']>

export interface Engagement {
  /** Null: the network tells programs none. */
  readonly numbers: Counted | null
  readonly answers: Heard | null
  readonly messages: readonly Message[]
  readonly askedAt: Instant
}

/** What came of a post that is out, once it is asked for. Numbers and answers are asked for at once; one of them alone may fail. */
export function useEngagement(delivery: Delivery, tells: Tells) {
  const { clock } = useDeps()
  const [engagement, setEngagement] = useState<Engagement | null>(null)
  const [isAsking, setAsking] = useState(false)
  const asking = async (work: (open: OpenOutbox) => Promise<Engagement>) => {
    if (isAsking) return
    setAsking(true)
    try {
      setEngagement(await work(await outbox()))
    } finally {
      setAsking(false)
    }
  }
  return {
    engagement,
    isAsking,
    ask: () =>
      asking(async (open) => {
        const [numbers, answers] = await Promise.all([
          tells.metrics ? open.engagement.numbers(delivery) : null,
          tells.inbox ? open.engagement.answers(delivery, '') : null,
        ])
        return { numbers, answers, messages: messagesOf(answers), askedAt: clock.now() }
      }),
    /** The page after those that are there. */
    more: (known: Engagement, page: string) =>
      asking(async (open) => {
        const answers = await open.engagement.answers(delivery, page)
        // Networks that page by number tell one again when another came meanwhile.
        const told = new Set(known.messages.map(({ id }) => id))
        const fresh = messagesOf(answers).filter(({ id }) => !told.has(id))
        return { ...known, answers, messages: [...known.messages, ...fresh] }
      }),
  }
}

const messagesOf = (answers: Heard | null): readonly Message[] => (answers?.kind === 'heard' ? answers.messages : [])
