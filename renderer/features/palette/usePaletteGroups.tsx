import { CalendarDays, ChevronRight, Flag, Images, ListTodo, MessageSquareText, StickyNote } from 'lucide-react'
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import type { IsoDate } from '../../../shared/domain/time.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { recentPosts } from '../../data/queries.ts'
import { type Hit, keepAsking } from '../../data/search/search.ts'
import {
  ChannelSigns,
  formatDay,
  formatDayLong,
  formatWhen,
  PersonAvatar,
  StageTag,
  StatusPill,
  usePostActions,
} from '../../parts/index.ts'
import { keyCaps } from '../../ports/commandMenu.ts'
import { type Command, useCommandRegistry } from '../../ports/commands.ts'
import { useQuery } from '../../ports/live.ts'
import {
  clearSelection,
  go,
  type Screen,
  select,
  showDate,
  useNavigation,
  usePostsActedOn,
} from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { useSearch } from '../../ports/search.ts'
import { setPostFilter } from '../../ports/views.ts'
import { Highlight } from '../../ui/index.ts'
import { useNewPost } from './newPost.tsx'
import styles from './Palette.module.css'
import { inSections, rankedCommands, readAsked } from './rank.ts'
import { recentCommands, rememberCommand } from './recent.ts'

export interface PaletteRow {
  readonly id: string
  readonly icon: ReactNode
  readonly label: ReactNode
  readonly end?: ReactNode
  readonly keys?: string[]
  readonly tall?: boolean
  /** What Tab writes into the field. */
  readonly fill?: string
  readonly run: () => void
  /** What Mod+Enter does instead, and its word. */
  readonly alternative?: { readonly words: string; readonly run: () => void }
}

export interface PaletteGroup {
  readonly heading: string
  readonly rows: readonly PaletteRow[]
}

const HITS = 12
const COMMANDS = 7
/** Making a post is offered as a row of its own. */
const NOT_ABOUT_SELECTION = new Set(['post.new', 'post.quickAdd', 'post.template'])

export interface PaletteContent {
  readonly groups: readonly PaletteGroup[]
  /** Whether the groups are those of what is typed, and not still of a moment ago. */
  readonly settled: boolean
  /** The posts its commands are about, in words; '' for none. */
  readonly subject: string
  /** Lets go of them, where they are a selection. */
  readonly letGo?: () => void
}

/** What the palette shows for what is typed: found things and commands, best first. */
export function usePaletteGroups(typed: string): PaletteContent {
  const { people, campaigns } = useReference()
  const selected = usePostsActedOn()
  const selection = useNavigation((state) => state.selected)
  const letGo = selected === selection && selection.length > 0 ? clearSelection : undefined
  const heard = useDeferredValue(typed)
  const asked = readAsked(heard)
  const sought = asked.mode === 'all' ? asked.text : ''
  const made = useNewPost(sought)
  const { of, hits } = useHits(sought)
  const settled = heard === typed && of === sought
  const subject = useSubject(selected)
  const recent = useQuery((db) => recentPosts(db, 5), [])
  const commands = useCommands(selected)

  const commandRow = (command: Command, sectioned = false): PaletteRow => ({
    id: `command:${command.id}`,
    icon: <ChevronRight aria-hidden size={16} />,
    label: command.title,
    end: !sectioned && <span className={styles.meta}>{command.section}</span>,
    fill: command.title,
    ...(command.keys ? { keys: keyCaps(command.keys) } : {}),
    run: () => {
      rememberCommand(command.id)
      command.run()
    },
  })
  const groups: PaletteGroup[] = []
  const add = (heading: string, rows: readonly PaletteRow[]) => {
    if (rows.length > 0) groups.push({ heading, rows })
  }

  if (asked.mode === 'people') {
    const wanted = rankedCommands(
      people.list.map((person) => ({ ...person, title: person.name, section: person.role })),
      asked.text,
      HITS,
    )
    add(
      'People: their posts on the calendar',
      wanted.map((person) => ({
        id: `person:${person.id}`,
        icon: <PersonAvatar id={person.id} />,
        label: person.name,
        end: <span className={styles.meta}>{person.role}</span>,
        fill: `@${person.name}`,
        run: () => {
          setPostFilter('calendar', { ...NO_FILTER, ownerIds: [person.id] })
          go({ screen: 'calendar' })
        },
      })),
    )
    return { groups, settled, subject, letGo }
  }

  const campaignRow = (id: string, label: ReactNode): PaletteRow[] => {
    const campaign = campaigns.get(id)
    if (!campaign) return []
    return [
      {
        id: `campaign:${id}`,
        icon: <Flag aria-hidden size={16} />,
        label,
        end: <StageTag campaign={campaign} />,
        fill: `#${campaign.name}`,
        run: () => go({ screen: 'campaign', campaignId: id }),
        alternative: {
          words: 'its posts on the calendar',
          run: () => {
            setPostFilter('calendar', { ...NO_FILTER, campaignIds: [id] })
            go({ screen: 'calendar' })
          },
        },
      },
    ]
  }
  if (asked.mode === 'campaigns') {
    const wanted = rankedCommands(
      campaigns.list.map(({ id, name, objective }) => ({ id, title: name, section: objective })),
      asked.text,
      HITS,
    )
    add(
      'Campaigns',
      wanted.flatMap(({ id, title }) => campaignRow(id, title)),
    )
    return { groups, settled, subject, letGo }
  }

  const aboutSelection =
    selected.length > 0 ? commands.filter(({ id }) => id.startsWith('post.') && !NOT_ABOUT_SELECTION.has(id)) : []
  const others = commands.filter((command) => !aboutSelection.includes(command))

  if (asked.mode === 'commands') {
    if (subject)
      add(
        `On ${subject}`,
        rankedCommands(aboutSelection, asked.text, 50).map((command) => commandRow(command)),
      )
    const ranked = rankedCommands(others, asked.text, 200)
    // With something typed the best one stands first, wherever it belongs.
    for (const [section, list] of asked.text ? Map.groupBy(ranked, ({ section }) => section) : inSections(ranked))
      add(
        section,
        list.map((command) => commandRow(command, true)),
      )
    return { groups, settled, subject, letGo }
  }

  if (asked.text === '') {
    if (subject)
      add(
        `On ${subject}`,
        aboutSelection.slice(0, COMMANDS).map((command) => commandRow(command, true)),
      )
    const used = recentCommands().flatMap((id) => others.find((command) => command.id === id) ?? [])
    add('Recent', [
      ...(recent ?? []).map((post) => postRow(post, post.title || 'Untitled')),
      ...used.slice(0, 4).map((command) => commandRow(command)),
    ])
    for (const [section, list] of inSections(others.filter((command) => !used.slice(0, 4).includes(command))))
      add(
        section,
        list.map((command) => commandRow(command, true)),
      )
    return { groups, settled, subject, letGo }
  }

  const newPost = made.row ? [made.row] : []
  if (made.sure) add('New post', newPost)
  if (subject)
    add(
      `On ${subject}`,
      rankedCommands(aboutSelection, asked.text, COMMANDS).map((command) => commandRow(command)),
    )
  add(
    'Commands',
    rankedCommands(others, asked.text, COMMANDS).map((command) => commandRow(command)),
  )
  const found = (kind: Hit['kind']) => hits.filter((hit) => hit.kind === kind)
  add(
    'Posts',
    found('post').flatMap((hit) => (hit.kind === 'post' ? [postRow(hit.row, <Found hit={hit} />)] : [])),
  )
  add(
    'Campaigns',
    found('campaign').flatMap((hit) => campaignRow(hit.row.id, <Found hit={hit} />)),
  )
  add(
    'Notes and tasks',
    hits.flatMap((hit) => {
      if (hit.kind === 'note')
        return [dayRow(hit.row.id, hit.row.on, <StickyNote aria-hidden size={16} />, <Found hit={hit} />)]
      if (hit.kind !== 'task') return []
      const { id, campaignId, dueOn } = hit.row
      return [
        {
          id: `task:${id}`,
          icon: <ListTodo aria-hidden size={16} />,
          label: <Found hit={hit} />,
          end: dueOn && <span className={styles.meta}>{formatDay(dueOn)}</span>,
          run: () => go(campaignId ? { screen: 'campaign', campaignId } : { screen: 'today' }),
        },
      ]
    }),
  )
  add(
    'Media',
    found('medium').map((hit) => ({
      id: `medium:${hit.row.id}`,
      icon: <Images aria-hidden size={16} />,
      label: <Found hit={hit} />,
      run: () => go({ screen: 'media', mediumId: hit.row.id }),
    })),
  )
  const { date } = made.read
  if (date) add('Go to', [dayRow('date', date, <CalendarDays aria-hidden size={16} />, formatDayLong(date))])
  if (!made.sure) add('New post', newPost)
  return { groups, settled, subject, letGo }
}

const showDay = (date: IsoDate) => {
  showDate(date)
  go({ screen: 'calendar' })
}

const dayRow = (id: string, date: IsoDate, icon: ReactNode, label: ReactNode): PaletteRow => ({
  id: `day:${id}`,
  icon,
  label,
  end: <span className={styles.meta}>{formatDay(date)}</span>,
  run: () => showDay(date),
})

function postRow(post: Post, label: ReactNode): PaletteRow {
  const { id, planned } = post
  return {
    id: `post:${id}`,
    icon: (
      <span className={styles.signs}>
        {post.channelIds.length > 0 ? (
          <ChannelSigns ids={post.channelIds} max={1} />
        ) : (
          <MessageSquareText aria-hidden size={16} />
        )}
      </span>
    ),
    label,
    end: (
      <>
        <span className={styles.meta}>{planned ? formatWhen(planned) : 'no date'}</span>
        <StatusPill status={post.status} />
      </>
    ),
    fill: post.title,
    run: () => go({ screen: 'write', postId: id }),
    ...(planned
      ? {
          alternative: {
            words: 'show on the calendar',
            run: () => {
              showDay(planned.date)
              select([id])
            },
          },
        }
      : {}),
  }
}

const Found = ({ hit }: { hit: Hit }) => (
  <>
    <Highlight text={hit.title || 'Untitled'} ranges={hit.titleRanges} />
    {hit.titleRanges.length === 0 && hit.excerpt && (
      <span className={styles.excerpt}>
        <Highlight text={hit.excerpt} ranges={hit.excerptRanges} />
      </span>
    )}
  </>
)

interface Hits {
  readonly of: string
  readonly hits: readonly Hit[]
}

/** Hits of the latest text, also what the index learns while they stand; the ones before stay until the next are there, so that the list does not jump. */
function useHits(text: string): Hits {
  const search = useSearch()
  const [found, setFound] = useState<Hits>({ of: '', hits: [] })
  useEffect(() => {
    if (!text) return setFound({ of: '', hits: [] })
    return keepAsking(search, text, { limit: HITS }, (hits) => setFound({ of: text, hits }))
  }, [search, text])
  return found
}

/** The selection in words: `“Three pockets”` or `6 posts`. */
function useSubject(selected: readonly string[]): string {
  const title = useQuery(
    (db) => (selected.length === 1 && selected[0] ? db.posts.get(selected[0]) : Promise.resolve(undefined)),
    [selected],
  )
  if (selected.length === 0) return ''
  return selected.length === 1 ? (title ? `“${title.title || 'Untitled'}”` : '') : `${selected.length} posts`
}

/** What leads to where one is already. */
const LEADS_HERE: Partial<Record<Screen, string>> = { write: 'post.open', versions: 'post.versions' }

/** Every command that can be run now; those about posts also where no screen offers them. */
function useCommands(selected: readonly string[]): Command[] {
  const offered = useCommandRegistry((state) => state.commands)
  const here = useNavigation((state) => LEADS_HERE[state.place.screen])
  const own = usePostActions(selected).commands
  return [...offered.values(), ...(selected.length > 0 ? own.filter(({ id }) => !offered.has(id)) : [])].filter(
    ({ id, keyOnly, enabled }) => !keyOnly && id !== 'app.palette' && id !== here && (enabled?.() ?? true),
  )
}
