/**
 * How the posts in sight stand at their networks, for the cards that show them. Filled by `CardMarks`, which is not on the first screen: until then, and
 * where there is nothing to say, a card shows the status of its post.
 */
import type { LucideIcon } from 'lucide-react'
import { create } from 'zustand'
import { postOf } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { Tone } from '../../../shared/domain/status.ts'

export interface CardMark {
  readonly word: string
  readonly tone: Tone
  readonly icon: LucideIcon
  /** 0 is the worst. */
  readonly need: number
  /** Somebody is to look at it, whatever the status of the post. */
  readonly asks: boolean
}

/** A card: a post, or one channel of it, with the channels that go out with it. */
export type Card = Pick<Post, 'id' | 'channelIds' | 'status' | 'plannedAt'>

export interface Marked {
  readonly channelId: string
  readonly mark: CardMark
}

interface Marks {
  readonly marks: ReadonlyMap<string, readonly Marked[]>
  /** What there is to say of a card: how it stands at its networks, and what becomes of it if this computer sleeps at its time. */
  say(card: Card): readonly string[]
}

export const NO_MARKS: Marks = { marks: new Map(), say: () => [] }
export const useMarks = create<Marks>()(() => NO_MARKS)

/** The worst of a card; undefined where nothing is to be said of it. */
export function markIn(marks: Marks['marks'], { id, channelIds }: Card): CardMark | undefined {
  let worst: CardMark | undefined
  for (const { channelId, mark } of marks.get(postOf(id)) ?? [])
    if (channelIds.includes(channelId) && !(worst && worst.need <= mark.need)) worst = mark
  return worst
}

/** The same object while it is the same mark, so that only cards are drawn anew of which another is known. */
export const useCardMark = (card: Card): CardMark | undefined => useMarks(({ marks }) => markIn(marks, card))

/** The worst that somebody is to look at of several cards. */
export const useWorstMark = (cards: readonly { readonly post: Card }[]): CardMark | undefined =>
  useMarks(({ marks }) => {
    let worst: CardMark | undefined
    for (const { post } of marks.size > 0 ? cards : []) {
      const mark = markIn(marks, post)
      if (mark?.asks && !(worst && worst.need <= mark.need)) worst = mark
    }
    return worst
  })
