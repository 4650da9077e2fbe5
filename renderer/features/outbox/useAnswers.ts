import { useState } from 'react'
import { type Channel, NETWORKS } from '../../../shared/domain/channel.ts'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import type { Answer } from '../../../shared/domain/deliveryWords.ts'
import { PLAIN_PAGE } from '../../../shared/domain/trouble.ts'
import type { Place } from '../../../shared/platforms/model.ts'
import type { There } from '../../data/commands/theirs.ts'
import type { WorkspaceDb } from '../../data/db.ts'
import { placeRefused } from '../../parts/placeRefused.ts'
import { useDeps } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { go } from '../../ports/navigation.ts'
import { type OpenOutbox, outbox } from '../../ports/outbox.ts'
import { useReference } from '../../ports/reference.tsx'
import { toast } from '../../ui/index.ts'
import { cancelledWords } from './words.ts'

/** A delivery that a person found at the network, or posted by hand: its link is asked for. Or one that is to go there: that is asked once more. */
export interface Asked {
  readonly delivery: Delivery
  readonly answer: 'is-there' | 'done-by-hand' | 'delete-out'
}

/** Has something done, says so when it changed nothing, and lets the outbox look at once. */
async function act(work: (commands: OpenOutbox['commands']) => Promise<number>): Promise<void> {
  const open = await outbox()
  if ((await work(open.commands)) === 0) toast({ text: 'This cannot be done any more: it has moved on meanwhile.' })
  void open.look()
}

/** Opens the post of a delivery, at a place on its channel where one is known. */
const openPost = ({ postId, channelId }: Delivery, place: Place | null) =>
  go({ screen: 'write', postId, ...(place ? { at: { channelId, place } } : {}) })

/** What a person can have done with a delivery. */
export function useAnswers() {
  const { shell, db } = useDeps()
  const { channels } = useReference()
  const [asked, setAsked] = useState<Asked | null>(null)
  return {
    asked,
    closeAsked: () => setAsked(null),
    /** `permalink`: '' when nobody has it. */
    tell({ delivery: { id }, answer }: Asked, permalink: string): void {
      setAsked(null)
      void act((commands) =>
        answer === 'is-there' ? commands.itIsThere(id, permalink) : commands.handedOff(id, permalink),
      )
    },
    deleteThere({ id }: Delivery): void {
      setAsked(null)
      void act((commands) => commands.changeOut(id, 'remove'))
    },
    takeOver(delivery: Delivery, there: There): void {
      void outbox().then(async (open) => {
        const taken = await open.theirs.takeOver(delivery, there)
        toast({
          text: taken > 0 ? 'Taken over into the post.' : 'It was not taken over: it has moved on meanwhile.',
        })
        void open.look()
      })
    },
    hold: ({ id, held }: Delivery) => {
      void outbox().then(async (open) => {
        await (held ? open.commands.release([id]) : open.commands.hold([id]))
        void open.look()
      })
    },
    /** Reads back at the network how it stands there now. */
    lookThere({ id, channelId }: Delivery): void {
      void outbox().then(async (open) => {
        const isSeen = await open.lookThere(channelId, id)
        toast({
          text: isSeen
            ? 'Read back: it stands here as the network tells it now.'
            : 'Not read back: no connection, its account is not connected, another window sends, or the network asks to wait or did not tell.',
        })
      })
    },
    give(delivery: Delivery, answer: Answer): void {
      const { id, channelId } = delivery
      switch (answer) {
        case 'open-page':
          void shell.openExternal(PLAIN_PAGE)
          break
        case 'reconnect':
        case 'open-channel':
          go({ screen: 'settings', page: 'channels', channelId })
          break
        case 'set-up-host':
          go({ screen: 'settings', page: 'mediaHost' })
          break
        case 'open-post':
          void placeRefused(db, delivery).then((place) => openPost(delivery, place))
          break
        case 'new-time':
          openPost(delivery, { at: 'time' })
          break
        case 'is-there':
        case 'done-by-hand':
        case 'delete-out':
          setAsked({ delivery, answer })
          break
        case 'post-by-hand':
          openDialog({ kind: 'kit', deliveryId: id })
          break
        case 'retry':
        case 'continue':
          void act((commands) => commands.retry([id]))
          break
        case 'send-now':
          void act((commands) => commands.sendNow([id]))
          if (delivery.state.kind === 'handed-over')
            toast({ text: 'It is taken back from there first, and then sent from here.' })
          break
        case 'send-again':
          void act((commands) => commands.sendAgain(id))
          break
        case 'ours-back':
          void act((commands) => commands.putOursBack(id))
          break
        case 'theirs-kept':
          void act((commands) => commands.keepTheirs(id))
          break
        case 'change-out':
          void act((commands) => commands.changeOut(id, 'edit'))
          break
        case 'leave-out':
          void act((commands) => commands.leaveOut(id))
          break
        case 'plan-again':
          void act((commands) => commands.planAgain([id]))
          break
        case 'cancel':
        case 'leave':
          void cancel(db, delivery, networkOf(channels.get(channelId)))
      }
    },
  }
}
export type Answers = ReturnType<typeof useAnswers>

const networkOf = (channel: Channel | undefined): string => (channel ? NETWORKS[channel.network].name : 'the network')

/** What is on its way, or lies at its network, cannot always be stopped: what became of it is said. */
async function cancel(db: WorkspaceDb, { id }: Delivery, network: string): Promise<void> {
  const open = await outbox()
  await open.commands.cancel([id])
  const { text, mayPlan } = cancelledWords(await db.deliveries.get(id), network, open.surroundings.online())
  void open.look()
  toast({
    text,
    ...(mayPlan
      ? { action: { label: 'Plan again', onSelect: () => void act((commands) => commands.planAgain([id])) } }
      : {}),
  })
}
