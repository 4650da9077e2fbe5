import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type PostLanes = 'none' | 'channel' | 'owner' | 'campaign'
export type CampaignLanes = 'none' | 'owner'

interface BoardUi {
  readonly tab: 'campaigns' | 'posts'
  readonly postLanes: PostLanes
  readonly campaignLanes: CampaignLanes
  /** Keys of the lanes that are folded, of both boards. */
  readonly closed: readonly string[]
  readonly owners: readonly string[]
  readonly peeking: boolean
  /** Campaigns selected on their board, and the one that has the keyboard. */
  readonly campaigns: readonly string[]
  readonly campaign: string | null
}

/** What the board remembers until next time. */
export const useBoardUi = create<BoardUi>()(
  persist(
    (): BoardUi => ({
      tab: 'campaigns',
      postLanes: 'none',
      campaignLanes: 'none',
      closed: [],
      owners: [],
      peeking: false,
      campaigns: [],
      campaign: null,
    }),
    {
      name: 'outpost-board',
      partialize: ({ tab, postLanes, campaignLanes, closed }) => ({ tab, postLanes, campaignLanes, closed }),
    },
  ),
)
export const setBoardUi = (fields: Partial<BoardUi>) => useBoardUi.setState(fields)
export const toggleLane = (key: string) =>
  useBoardUi.setState(({ closed }) => ({
    closed: closed.includes(key) ? closed.filter((one) => one !== key) : [...closed, key],
  }))
