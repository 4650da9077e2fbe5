import { useEffect, useState } from 'react'
import { mayAskAbout } from '../../../shared/domain/account.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { type Abilities, type Delivery, NO_ABILITIES } from '../../../shared/domain/delivery.ts'
import { useQuery } from '../../ports/live.ts'
import { type OpenOutbox, outbox } from '../../ports/outbox.ts'

export interface Out {
  /** What its network can do with it, as long as the account is connected that it went out as. */
  readonly abilities: Abilities
  /** What its network tells of it. */
  readonly tells: ReturnType<OpenOutbox['engagement']['tells']>
  /** How the post stands by now to what is there. */
  readonly differs: Awaited<ReturnType<OpenOutbox['differs']>>
}

/** How a post that is out stands to what it says here; null while that is looked up, and of one that is not out. */
export function useOut(delivery: Delivery, network: NetworkId | undefined): Out | null {
  const touched = useQuery(async (db) => (await db.posts.get(delivery.postId))?.updatedAt ?? 0, [delivery.postId])
  const account = useQuery((db) => db.accounts.get(delivery.channelId), [delivery.channelId])
  const [out, setOut] = useState<Out | null>(null)
  const isOut = delivery.state.kind === 'published'
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the post was touched
  useEffect(() => {
    let isCurrent = true
    if (!isOut || !network) return setOut(null)
    void outbox().then(async (open) => {
      const differs = await open.differs(delivery)
      if (isCurrent)
        setOut({
          abilities: account && mayAskAbout(account, delivery) ? open.surroundings.abilities(network) : NO_ABILITIES,
          tells: open.engagement.tells(network),
          differs,
        })
    })
    return () => {
      isCurrent = false
    }
  }, [isOut, network, delivery, touched, account])
  return out
}
