/** What the writing page shows of the networks, until it is left: the text that is open, the cards, where the focus is wanted. */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { Placement } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import type { Assessments } from '../../../../shared/platforms/assess.ts'
import type { Finding, Place } from '../../../../shared/platforms/index.ts'
import type { Device } from '../../../../shared/platforms/shows.ts'
import { sharing } from './sharing.ts'
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

export type FindingsByChannel = Readonly<Record<string, readonly Finding[]>>

interface Writing {
  readonly postId: string
  readonly tab: string
  readonly dock: DockTab
  /** Cards that are open. */
  readonly open: ReadonlySet<string>
  /** Cards that were opened or left closed by themselves already: each once, or the dock would jump while one types. */
  readonly seen: ReadonlySet<string>
  readonly assessments: Assessments
  /** What is found, by channel: changes less often than what is written. */
  readonly findings: FindingsByChannel
  /** A finding's field is to have the focus; whoever owns it takes it. */
  readonly target: Target | null
  readonly device: Device
  /** Previews stand in the light the app does not. */
  readonly otherLight: boolean
}

const FRESH = {
  tab: BASE,
  open: new Set<string>(),
  seen: new Set<string>(),
  assessments: {} as Assessments,
  findings: {} as FindingsByChannel,
  target: null,
} satisfies Partial<Writing>

/** Which part of the dock was open last, on this computer. */
const DOCK = 'outpost-write-tab'
const DOCK_TABS: readonly DockTab[] = ['networks', 'details', 'activity']
const lastDock = (): DockTab => DOCK_TABS.find((tab) => tab === localStorage.getItem(DOCK)) ?? 'networks'

export const useWriting = create<Writing>()(() => ({
  ...FRESH,
  postId: '',
  dock: lastDock(),
  device: 'phone',
  otherLight: false,
}))
const { setState, getState } = useWriting

/** Another post is open. */
export function beginWriting(postId: string): void {
  if (getState().postId !== postId) setState({ ...FRESH, postId })
}

export function showDock(dock: DockTab): void {
  localStorage.setItem(DOCK, dock)
  setState({ dock })
}
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

/** A card that comes new is open when something is wrong on it; so is the first where no other is. */
export function keepAssessments(about: string, next: Assessments): void {
  const { postId, open, seen, ...before } = getState()
  // Another post was opened meanwhile.
  if (about !== postId) return
  const assessments = sharing(before.assessments, next)
  const found = Object.entries(assessments).map(([id, { findings }]) => [id, findings])
  const ids = Object.keys(assessments)
  const fresh = ids.filter((id) => !seen.has(id))
  const wrong = fresh.filter((id) => worstOf(assessments[id]?.findings ?? []) === 'error')
  const first = open.size === 0 && wrong.length === 0 ? fresh.slice(0, 1) : []
  setState({
    assessments,
    findings: sharing(before.findings, Object.fromEntries(found)),
    ...(fresh.length > 0 ? { seen: new Set(ids), open: new Set([...open, ...wrong, ...first]) } : {}),
  })
}

/** The text of a channel, or of the post. */
export const TITLE: Target = { channelId: BASE, place: { at: 'field', name: 'title' } }

export const textOf = (channelId: string): Target => ({ channelId, place: { at: 'text', part: 0 } })

/** The tab that is open; the base text where that channel is no longer the post's. */
export const useTab = ({ id, channelIds }: Pick<Post, 'id' | 'channelIds'>): string =>
  useWriting(({ postId, tab }) => (postId === id && channelIds.includes(tab) ? tab : BASE))

/** Places of a channel that stand beside the text; all others, and all of the post itself, stand with it. */
export const isBeside = ({ at }: Place): boolean =>
  at === 'field' || at === 'format' || at === 'firstComment' || at === 'time'
export const isInDock = ({ channelId, place }: Target): boolean => channelId !== BASE && isBeside(place)

/** Leads to what a finding is about: its text, its picture, or its field in the card. */
export function goTo(target: Target): void {
  const { channelId } = target
  if (isInDock(target)) setState({ target, dock: 'networks', open: opening(channelId) })
  else setState({ target, tab: channelId, ...(channelId === BASE ? {} : { open: opening(channelId) }) })
}

/** Where something found on a channel is mended: pictures and a time it shares with the post are mended there, for all. */
export function targetOf(channelId: string, place: Place, placement: Placement | undefined): Target {
  const shared =
    place.at === 'time'
      ? !placement?.planned
      : (place.at === 'media' || place.at === 'medium' || place.at === 'alt') && !placement?.media
  return { channelId: shared ? BASE : channelId, place }
}

/** The part of a thread that is meant; 0: the first, or a text that is none. */
export const partOf = ({ place }: Target): number => ('part' in place ? place.part : 0)

/** Where in an editor one is led to. */
export const spotOf = (target: Target) => (partOf(target) > 0 ? { part: partOf(target) } : 'end')

/** Equal for what is the same place. All parts of a text are one: its editor finds them. */
export const keyOf = ({ channelId, place, own }: Target): string =>
  [channelId, place.at, 'name' in place ? place.name : 'id' in place ? place.id : '', own].join(' ')

/** Takes the focus when one is led here. Give null where there is nothing to lead to. */
export function useTarget(here: Target | null, take: (target: Target) => void): void {
  const wanted = useWriting(({ target }) => (here && target && keyOf(target) === keyOf(here) ? target : null))
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    if (!wanted) return
    setState({ target: null })
    // Menus and lists that led here give the focus back first.
    requestAnimationFrame(() => latest.current(wanted))
  }, [wanted])
}
