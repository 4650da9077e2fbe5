/** What can be done to posts, the same from every screen: one list for menus, keys and palette. */
import {
  CalendarOff,
  CircleCheck,
  Clock,
  Copy,
  Flag,
  Globe,
  History,
  ListChecks,
  PenLine,
  Pin,
  PinOff,
  Sparkles,
  Trash2,
  UserRound,
} from 'lucide-react'
import type { Post } from '../../shared/domain/post.ts'
import { POST_STATUSES, type PostStatus, STATUS_LOOK } from '../../shared/domain/status.ts'
import type { Result } from '../../shared/lib/result.ts'
import {
  duplicatePosts,
  editPosts,
  type MoveRefusal,
  named,
  reschedulePosts,
  type StatusRefusal,
  setStatus,
  trashPosts,
} from '../data/commands/posts.ts'
import type { Command } from '../ports/commands.ts'
import { useDeps } from '../ports/deps.tsx'
import { openDialog } from '../ports/dialogs.ts'
import { clearSelection, go, select } from '../ports/navigation.ts'
import { useReference } from '../ports/reference.tsx'
import { type MenuEntry, toast } from '../ui/index.ts'
import { explain } from './explain.ts'
import { statusIcon } from './looks.tsx'
import { useMarkets } from './useMarkets.ts'
import { useSayStillOut } from './useSayStillOut.ts'
import { useUndo } from './useUndo.ts'

/** More than these are picked in the panel, where one can type. */
const CAMPAIGNS_OFFERED = 30

/** Commands and context menu for some posts. `ids` may be empty: then the commands are offered and cannot be run. */
export function usePostActions(ids: readonly string[]) {
  const { store, clock, db } = useDeps()
  const { people, campaigns } = useReference()
  const { undo } = useUndo()
  const markets = useMarkets()
  const sayStillOut = useSayStillOut()
  const someSelected = () => ids.length > 0
  const one = () => ids.length === 1

  const say = <E extends MoveRefusal | StatusRefusal>(
    result: Result<readonly Post[], E>,
    words: (posts: readonly Post[]) => string,
  ) =>
    result.ok ? toast({ text: words(result.value), undo }) : toast({ text: explain(result.error), tone: 'refused' })

  const status = async (next: PostStatus) => {
    // Not on the first screen.
    const { mayHave } = await import('./ready.ts')
    if (!(await mayHave({ db, clock }, ids, next))) return
    const result = await setStatus(store, ids, next, STATUS_LOOK[next].word)
    say(result, (posts) => `${named(posts)}: ${STATUS_LOOK[next].word}`)
    if (result.ok) void sayStillOut(result.value, next)
  }
  const owner = async (ownerId: string) =>
    say(
      await editPosts(store, ids, { ownerId }, 'Owner'),
      (posts) => `${named(posts)} to ${people.get(ownerId)?.name ?? 'nobody'}`,
    )
  const campaign = async (campaignId: string) =>
    say(
      await editPosts(store, ids, { campaignId }, 'Campaign'),
      (posts) => `${named(posts)} in ${campaigns.get(campaignId)?.name ?? 'no campaign'}`,
    )
  const pin = async (pinned: boolean) =>
    say(
      await editPosts(store, ids, { pinned }, pinned ? 'Pinned: date' : 'Unpinned: date'),
      (posts) => `${named(posts)} ${pinned ? 'stays when its campaign is shifted' : 'moves with its campaign'}`,
    )
  const takeDateOff = async () => {
    const result = await reschedulePosts(
      store,
      ids.map((id) => ({ id, to: null })),
      'to Undated',
    )
    say(result, (posts) => `Took the date off ${named(posts)}`)
    if (result.ok) void sayStillOut(result.value)
  }
  const remove = async () => {
    const result = await trashPosts(store, ids)
    clearSelection()
    say(result, (posts) => `Deleted ${named(posts)}`)
    if (result.ok) void sayStillOut(result.value)
  }
  const duplicate = async () => {
    const result = await duplicatePosts(
      store,
      ids.map((id) => ({ id, to: null })),
      clock.now(),
    )
    if (!result.ok) return
    select(result.value)
    toast({
      text: result.value.length === 1 ? 'Made a copy, as a draft' : `Made ${result.value.length} copies, as drafts`,
      undo,
    })
  }
  const timed = async (act: 'inEach' | 'together') => {
    const post = await db.posts.get(ids[0] ?? '')
    if (post) await markets[act](post)
  }
  const open = () => ids[0] && go({ screen: 'write', postId: ids[0] })
  const changeMany = () => openDialog({ kind: 'bulk', ids })
  const bestSlot = () => openDialog({ kind: 'bestSlot', ids })
  const versions = () => ids[0] && go({ screen: 'versions', postId: ids[0] })

  const commands: Command[] = [
    { id: 'post.open', title: 'Open in Write', section: 'Posts', keys: 'E', enabled: one, run: open },
    { id: 'post.versions', title: 'Compare versions', section: 'Posts', keys: 'V', enabled: one, run: versions },
    {
      id: 'post.duplicate',
      title: 'Duplicate',
      section: 'Posts',
      keys: 'Shift+D',
      words: 'copy',
      enabled: someSelected,
      run: () => void duplicate(),
    },
    {
      id: 'post.takeDateOff',
      title: 'Take the date off',
      section: 'Posts',
      keys: 'Backspace',
      words: 'unschedule undated',
      enabled: someSelected,
      run: () => void takeDateOff(),
    },
    {
      id: 'post.bestSlot',
      title: 'Next best slot…',
      section: 'Posts',
      keys: 'Shift+W',
      words: 'when propose suggest time schedule',
      enabled: someSelected,
      run: bestSlot,
    },
    {
      id: 'post.changeMany',
      title: 'Change all of them…',
      section: 'Posts',
      keys: 'Shift+E',
      words: 'bulk several find replace labels channels move',
      enabled: someSelected,
      run: changeMany,
    },
    {
      id: 'post.inEachMarket',
      title: 'The same time in each market',
      section: 'Posts',
      words: 'zone local clock',
      enabled: one,
      run: () => void timed('inEach'),
    },
    {
      id: 'post.together',
      title: 'All channels at one moment',
      section: 'Posts',
      words: 'zone market time',
      enabled: one,
      run: () => void timed('together'),
    },
    {
      id: 'post.pin',
      title: 'Pin to its date',
      section: 'Posts',
      words: 'stay shift',
      enabled: someSelected,
      run: () => void pin(true),
    },
    {
      id: 'post.unpin',
      title: 'Unpin from its date',
      section: 'Posts',
      enabled: someSelected,
      run: () => void pin(false),
    },
    ...POST_STATUSES.map((next) => ({
      id: `post.status.${next}`,
      title: `Set status: ${STATUS_LOOK[next].word}`,
      section: 'Posts',
      enabled: someSelected,
      run: () => void status(next),
    })),
    ...[...people.list, { id: '', name: 'Nobody' }].map(({ id, name }) => ({
      id: `post.owner.${id}`,
      title: `Set owner: ${name}`,
      section: 'Posts',
      enabled: someSelected,
      run: () => void owner(id),
    })),
    ...[...campaigns.list.slice(0, CAMPAIGNS_OFFERED), { id: '', name: 'No campaign' }].map(({ id, name }) => ({
      id: `post.campaign.${id}`,
      title: `Set campaign: ${name}`,
      section: 'Posts',
      enabled: someSelected,
      run: () => void campaign(id),
    })),
    {
      id: 'post.delete',
      title: 'Delete',
      section: 'Posts',
      keys: 'Delete',
      words: 'trash remove',
      enabled: someSelected,
      run: () => void remove(),
    },
  ]

  const menu: MenuEntry[] = [
    { label: 'Open in Write', icon: PenLine, keys: ['E'], disabled: !one(), onSelect: open },
    { label: 'Compare versions', icon: History, keys: ['V'], disabled: !one(), onSelect: versions },
    { separator: true },
    {
      label: 'Status',
      icon: CircleCheck,
      items: POST_STATUSES.map((next) => ({
        label: STATUS_LOOK[next].word,
        icon: statusIcon(next),
        onSelect: () => void status(next),
      })),
    },
    {
      label: 'Owner',
      icon: UserRound,
      items: [
        ...people.list.map(({ id, name }) => ({ label: name, onSelect: () => void owner(id) })),
        { separator: true },
        { label: 'Nobody', onSelect: () => void owner('') },
      ],
    },
    {
      label: 'Campaign',
      icon: Flag,
      items: [
        ...campaigns.list
          .slice(0, CAMPAIGNS_OFFERED)
          .map(({ id, name }) => ({ label: name, onSelect: () => void campaign(id) })),
        { separator: true },
        { label: 'No campaign', onSelect: () => void campaign('') },
      ],
    },
    { label: 'Change all of them…', icon: ListChecks, keys: ['Shift', 'E'], onSelect: changeMany },
    { label: 'Next best slot…', icon: Sparkles, keys: ['Shift', 'W'], onSelect: bestSlot },
    { label: 'The same time in each market', icon: Globe, disabled: !one(), onSelect: () => void timed('inEach') },
    { label: 'All channels at one moment', icon: Clock, disabled: !one(), onSelect: () => void timed('together') },
    { label: 'Pin to its date', icon: Pin, onSelect: () => void pin(true) },
    { label: 'Unpin from its date', icon: PinOff, onSelect: () => void pin(false) },
    { separator: true },
    { label: 'Duplicate', icon: Copy, keys: ['Shift', 'D'], onSelect: () => void duplicate() },
    { label: 'Take the date off', icon: CalendarOff, keys: ['Backspace'], onSelect: () => void takeDateOff() },
    { label: 'Delete', icon: Trash2, keys: ['Delete'], danger: true, onSelect: () => void remove() },
  ]
  return { commands, menu, status, owner, campaign, pin, takeDateOff, duplicate, remove }
}
