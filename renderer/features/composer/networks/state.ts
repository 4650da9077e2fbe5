/** What the writing page shows of the networks, until it is left: the text that is open, the cards, where the focus is wanted. */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { Placement } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import type { Place } from '../../../../shared/platforms/index.ts'
import type { Device } from '../../../../shared/platforms/shows.ts'
import type { Assessments } from './assess.ts'
import { worstOf } from './words.ts'

/** The tab of the base text; every other tab is a channel. */
export const BASE = 'base'
export type DockTab = 'networks' | 'details' | 'activity'

/** Something one is led to. `channelId` is BASE for what all channels share. */
export interface Target {
  readonly channelId: string
  readonly place: Place
  /** Only the editor of a text of its own takes it: the page of the base text may still be there for a moment. */
  readonly own?: true
}

interface Writing {
  readonly postId: string
  readonly tab: string
  readonly dock: DockTab
  /** Cards that are open. */
  readonly open: ReadonlySet<string>
  /** Whether cards with something wrong were opened already: only once, or the dock would jump while one types. */
  readonly opened: boolean
  readonly assessments: Assessments
  /** A finding's field is to have the focus; whoever owns it takes it. */
  readonly target: Target | null
  readonly device: Device
  /** Previews stand in the light the app does not. */
  readonly otherLight: boolean
}

const FRESH = {
  tab: BASE,
  open: new Set<string>(),
  opened: false,
  assessments: new Map() as Assessments,
  target: null,
} satisfies Partial<Writing>

export const useWriting = create<Writing>()(() => ({
  ...FRESH,
  postId: '',
  dock: 'networks',
  device: 'phone',
  otherLight: false,
}))
const { setState, getState } = useWriting

/** Another post is open; the first card is open with it. */
export function beginWriting(postId: string, channelIds: readonly string[]): void {
  if (getState().postId !== postId) setState({ ...FRESH, postId, open: new Set(channelIds.slice(0, 1)) })
}

export const showDock = (dock: DockTab) => setState({ dock })
export const showDevice = (device: Device) => setState({ device })
export const switchLight = () => setState(({ otherLight }) => ({ otherLight: !otherLight }))

const opening = (channelId: string) => new Set([...getState().open, channelId])

/** Opens the text of a channel, and its card. */
export const showText = (tab: string) => setState({ tab, ...(tab === BASE ? {} : { open: opening(tab) }) })

export function toggleCard(channelId: string): void {
  const open = opening(channelId)
  if (getState().open.has(channelId)) open.delete(channelId)
  setState({ open })
}

export function keepAssessments(about: string, assessments: Assessments): void {
  const { postId, opened, open } = getState()
  // Another post was opened meanwhile.
  if (about !== postId) return
  const wrong = [...assessments].filter(([, { findings }]) => worstOf(findings) === 'error').map(([id]) => id)
  setState({ assessments, ...(opened ? {} : { opened: true, open: new Set([...open, ...wrong]) }) })
}

/** The text of a channel, or of the post. */
export const textOf = (channelId: string): Target => ({ channelId, place: { at: 'text', part: 0 } })

/** The tab that is open; the base text where that channel is no longer the post's. */
export const useTab = ({ id, channelIds }: Pick<Post, 'id' | 'channelIds'>): string =>
  useWriting(({ postId, tab }) => (postId === id && channelIds.includes(tab) ? tab : BASE))

/** Places that stand beside the text; all others stand with it. */
export const isBeside = ({ at }: Place): boolean => at === 'field' || at === 'format' || at === 'firstComment'

/** Leads to what a finding is about: its text, its picture, or its field in the card. */
export function goTo(target: Target): void {
  const { channelId, place } = target
  if (isBeside(place)) setState({ target, dock: 'networks', open: opening(channelId) })
  else setState({ target, tab: channelId, ...(channelId === BASE ? {} : { open: opening(channelId) }) })
}

/** Where something found on a channel is mended: pictures it shares with the post are mended there, for all. */
export function targetOf(channelId: string, place: Place, placement: Placement | undefined): Target {
  const ofThePost = place.at === 'media' || place.at === 'medium' || place.at === 'alt'
  return { channelId: ofThePost && !placement?.media ? BASE : channelId, place }
}

/** Equal for what is the same place. */
export const keyOf = ({ channelId, place, own }: Target): string =>
  [channelId, place.at, 'name' in place ? place.name : 'id' in place ? place.id : '', own].join(' ')

/** Takes the focus when one is led here. Give null where there is nothing to lead to. */
export function useTarget(here: Target | null, take: () => void): void {
  const wanted = useWriting(({ target }) => here !== null && target !== null && keyOf(target) === keyOf(here))
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    if (!wanted) return
    setState({ target: null })
    // Menus and lists that led here give the focus back first.
    requestAnimationFrame(() => latest.current())
  }, [wanted])
}
