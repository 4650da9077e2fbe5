/** Dialogs any screen may open; the app draws them, so that no feature needs to know another. */
import { create } from 'zustand'
import type { PostStatus } from '../../shared/domain/status.ts'
import type { ClockTime, IsoDate } from '../../shared/domain/time.ts'
import type { PostFilter } from '../../shared/domain/workspace.ts'
import type { Verdict } from '../../shared/platforms/assess.ts'

export type AppDialog =
  | {
      readonly kind: 'plan'
      readonly campaignId?: string
      readonly filter?: PostFilter
      readonly from?: IsoDate
      readonly to?: IsoDate
    }
  | { readonly kind: 'export'; readonly filter?: PostFilter }
  | { readonly kind: 'shift'; readonly campaignId: string }
  /** Why posts cannot have a status yet. */
  | {
      readonly kind: 'notReady'
      readonly status: PostStatus
      readonly waiting: readonly Verdict[]
      /** The others that were asked for, which can. */
      readonly ready: readonly string[]
    }
  | { readonly kind: 'bulk'; readonly ids: readonly string[] }
  | { readonly kind: 'bestSlot'; readonly ids: readonly string[] }
  | { readonly kind: 'template'; readonly of: 'post' | 'campaign' }
  | { readonly kind: 'evergreen'; readonly from?: IsoDate; readonly to?: IsoDate }
  /** What a person needs to post a delivery by hand. */
  | { readonly kind: 'kit'; readonly deliveryId: string }
  | { readonly kind: 'keys' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'quickAdd'; readonly text?: string; readonly date?: IsoDate; readonly time?: ClockTime }

export const useDialog = create<{ readonly open: AppDialog | null }>()(() => ({ open: null }))
export const openDialog = (open: AppDialog) => useDialog.setState({ open })
export const closeDialog = () => useDialog.setState({ open: null })
