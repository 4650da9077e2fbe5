/** Small drawings of paper: signs, statuses, times. */
import { createContext, type ReactNode, useContext } from 'react'
import { NETWORKS } from '../../shared/domain/channel.ts'
import { POST_STATUSES, type PostStatus, STATUS_LOOK } from '../../shared/domain/status.ts'
import { statusIcon } from '../parts/looks.tsx'
import type { PlanData, PlanPost } from './collect.ts'
import type { PlanOptions } from './options.ts'
import type { Dates, Words } from './words.ts'

/** Anchor of a heading or day -> page it is printed on. */
export type PageNumbers = ReadonlyMap<string, number>

export interface Sheet {
  readonly data: PlanData
  readonly options: PlanOptions
  readonly words: Words
  readonly dates: Dates
  readonly numbers: PageNumbers
  /** Addresses of the pictures that are there. */
  readonly pictures: ReadonlyMap<string, string>
}

const SheetContext = createContext<Sheet | null>(null)
export const SheetProvider = SheetContext.Provider
export function useSheet(): Sheet {
  const sheet = useContext(SheetContext)
  if (!sheet) throw new Error('A piece of a plan outside of its plan')
  return sheet
}

/** Two digits hold the place until the first printing has told the page. */
export const pageOf = (numbers: PageNumbers, anchor: string): string => String(numbers.get(anchor) ?? '00')

export const anchors = {
  section: (id: string) => `section-${id}`,
  month: (month: string) => `month-${month.slice(0, 7)}`,
  day: (day: string) => `day-${day}`,
  post: (id: string) => `post-${id}`,
}

/** Table roles for boxes: the weeks of a month carry bars across their days, which no row of a real table can. */
export const as = (role: 'table' | 'row' | 'columnheader' | 'cell') => ({ role })

/** Sets `--ch` from the name of a hue. */
export const hue = (name: string | undefined) =>
  ({ '--ch': name ? `var(--hue-${name})` : 'var(--paper-ink-3)' }) as React.CSSProperties

export function StatusMark({ status, word = false }: { status: PostStatus; word?: boolean }) {
  const { words } = useSheet()
  const Icon = statusIcon(status)
  const icon = <Icon className="icon" strokeWidth={2.2} aria-hidden="true" />
  if (word) {
    return (
      <span className="status">
        {icon}
        {words.statuses[status]}
      </span>
    )
  }
  return (
    <span className="mark">
      {icon}
      <b>{STATUS_LOOK[status].letter}</b>
    </span>
  )
}

/** A box to tick, drawn: few fonts have one. */
export function Box({ done = false, label }: { done?: boolean; label?: string }) {
  return <span className={done ? 'box done' : 'box'} {...(label ? { role: 'img', 'aria-label': label } : {})} />
}

/** What icon and letter mean, for the statuses that occur. */
export function Legend({ posts }: { posts: readonly PlanPost[] }) {
  const { words } = useSheet()
  const used = new Set(posts.map(({ post }) => post.status))
  return (
    <div className="legend">
      {POST_STATUSES.filter((status) => used.has(status)).map((status) => {
        const Icon = statusIcon(status)
        return (
          <span key={status}>
            <Icon className="icon" strokeWidth={2.2} aria-hidden="true" />
            <b>{STATUS_LOOK[status].letter}</b> {words.statuses[status]}
          </span>
        )
      })}
    </div>
  )
}

/** Call signs of channels as marks. */
export function Signs({ ids }: { ids: readonly string[] }) {
  const { data } = useSheet()
  return (
    <span>
      {ids.map((id) => {
        const channel = data.channels.get(id)
        if (!channel) return null
        return (
          <span key={id} className="sign" style={hue(channel.hue)}>
            {NETWORKS[channel.network].sign}
          </span>
        )
      })}
    </span>
  )
}

/** The same as plain letters, for tight places; more than four become a number. */
export function signLetters(data: PlanData, ids: readonly string[], max = 3): string {
  const signs = ids.flatMap((id) => {
    const channel = data.channels.get(id)
    return channel ? [NETWORKS[channel.network].sign] : []
  })
  return signs.length > max + 1 ? `${signs.slice(0, max).join(' ')} +${signs.length - max}` : signs.join(' ')
}

export const titleOf = ({ post }: PlanPost, words: Words): string => post.title.trim() || words.t.untitled

export const personName = (data: PlanData, id: string): string => data.people.get(id)?.name ?? ''

/** A page section: starts on a page of its own and is in the bookmarks by its heading. */
export function Section({
  id,
  title,
  kind,
  children,
  head,
}: {
  id: string
  title: string
  kind?: string
  children: ReactNode
  head?: ReactNode
}) {
  return (
    <section className={kind}>
      {head ?? <h1 id={id}>{title}</h1>}
      {children}
    </section>
  )
}
