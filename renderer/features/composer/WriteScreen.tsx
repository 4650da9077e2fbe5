import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import { dateAt, startOfWeek } from '../../../shared/domain/time.ts'
import { ScreenLayout, usePostActions } from '../../parts/index.ts'
import { type Command, runCommand, useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go, type Spot, settle, useNavigation } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { usePostFilter } from '../../ports/views.ts'
import { Button, cx, EmptyState, Later, Link } from '../../ui/index.ts'
import { Details } from './Details.tsx'
import { DocumentPane } from './DocumentPane.tsx'
import { weeksFrom } from './groups.ts'
import { NetworkCommands } from './networks/NetworkCommands.tsx'
import { NetworksProvider, usePlacements } from './networks/NetworksProvider.tsx'
import { useSharing } from './networks/sharing.ts'
import { BASE, goTo, isInDock, TITLE, targetOf, useWriting } from './networks/state.ts'
import { PostList } from './PostList.tsx'
import { neighbourInList, postToOpen } from './queries.ts'
import { lastPost, rememberPost } from './uiState.ts'
import styles from './Write.module.css'
import { WritingVoice } from './WritingVoice.tsx'

/** Follows a media query. */
function followed(query: string): () => boolean {
  const media = window.matchMedia(query)
  const watch = (listener: () => void) => {
    media.addEventListener('change', listener)
    return () => media.removeEventListener('change', listener)
  }
  return () => useSyncExternalStore(watch, () => media.matches)
}
/** The list is a drawer. */
const useNarrow = followed('(width < 1360px)')
/** What stands beside the text lies over it, and waits to be asked for. */
const useTight = followed('(width < 1200px)')

/** Writing: the posts, the text, and what the post carries. */
export default function WriteScreen() {
  const { workspace, clock, db } = useDeps()
  const settings = useSettings()
  const [filter] = usePostFilter('write')
  const place = useNavigation((state) => state.place)
  const asked = place.screen === 'write' ? place.postId : undefined
  const narrow = useNarrow()
  const tight = useTight()
  const [details, setDetails] = useState(false)
  const [drawer, setDrawer] = useState(false)
  const [focusMode, setFocusMode] = useState(false)
  /** The post that is to take the keys once it is open. */
  const [landing, setLanding] = useState('')
  /** What was deleted here, and what came in its place: with an undo it comes back. */
  const [gone, setGone] = useState({ id: '', next: '' })
  const open = useQuery(
    async (db) => {
      const week = startOfWeek(dateAt(clock.now(), settings.zone), settings.weekStart)
      const id =
        asked ?? (await postToOpen(db, lastPost(workspace.entry.id), filter, weeksFrom(week, settings.zone))) ?? ''
      const [post, stored] = await Promise.all([db.posts.get(id), db.documents.get(id)])
      return { id, post: post && post.trashedAt === 0 ? post : null, stored }
    },
    [asked],
  )
  const shown = asked === undefined || open?.id === asked ? open?.post : undefined
  const post = useSharing(shown && withoutLength(shown))

  const postId = post?.id
  useEffect(() => {
    if (postId === undefined) return
    // Held on to, or the next change of the list would put another text under the hands.
    if (asked === undefined) settle({ screen: 'write', postId })
    rememberPost(workspace.entry.id, postId)
  }, [workspace, postId, asked])

  const actions = usePostActions(post ? [post.id] : [])
  /** The next post of the list comes in its place, and the keys are in the list, or in the title where no list stands. */
  const remove = async () => {
    if (!post) return
    const week = startOfWeek(dateAt(clock.now(), settings.zone), settings.weekStart)
    const next = await neighbourInList(db, post.id, filter, weeksFrom(week, settings.zone))
    await actions.remove()
    if (next === undefined) return
    settle({ screen: 'write', postId: next })
    setLanding(next)
    setGone({ id: post.id, next })
  }
  const back = useQuery(async (db) => (await db.posts.get(gone.id))?.trashedAt === 0, [gone.id])
  useEffect(() => {
    if (gone.id === '' || !back) return
    setGone({ id: '', next: '' })
    if (postId !== gone.next) return
    settle({ screen: 'write', postId: gone.id })
    setLanding(gone.id)
  }, [gone, back, postId])
  useEffect(() => {
    if (landing === '' || postId !== landing) return
    setLanding('')
    const list = document.querySelector<HTMLElement>('[data-posts]')
    if (list) list.focus()
    else goTo(TITLE)
  }, [landing, postId])
  useCommands([
    ...actions.commands
      .filter(({ id }) => id !== 'post.open')
      .map(withoutDangerousKeys)
      .map((command) => (command.id === 'post.delete' ? { ...command, run: () => void remove() } : command)),
    {
      id: 'write.focus',
      title: focusMode ? 'Leave focus' : 'Focus on the text',
      section: 'Write',
      keys: 'Mod+.',
      inFields: true,
      enabled: () => post !== null && post !== undefined,
      run: () => setFocusMode((before) => !before),
    },
    {
      id: 'write.list',
      title: 'Show the posts',
      section: 'Write',
      keys: 'Mod+L',
      inFields: true,
      enabled: () => narrow,
      run: () => setDrawer((before) => !before),
    },
    {
      id: 'write.details',
      title: details ? 'Hide the details' : 'Show the details',
      section: 'Write',
      enabled: () => tight && post !== null && post !== undefined,
      run: () => setDetails((before) => !before),
    },
    {
      id: 'write.search',
      title: 'Search the posts',
      section: 'Write',
      keys: '/',
      run: () => {
        setDrawer(true)
        requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-search]')?.focus())
      },
    },
  ])

  const closeDrawer = useCallback(() => setDrawer(false), [])
  const toggleDrawer = useCallback(() => setDrawer((before) => !before), [])
  const openDetails = useCallback(() => setDetails(true), [])
  const closeDetails = useCallback(() => setDetails(false), [])

  // One was led to a field beside the text, which must be in sight.
  const led = useWriting(({ target }) => target !== null && isInDock(target))
  if (led && tight && !details) setDetails(true)

  // Where no text is open there is nothing to make room for, and one has to be picked.
  const beside = !narrow || post === null
  return (
    <NetworksProvider post={post ?? null} stored={open?.stored}>
      <ScreenLayout
        dock={
          post && (!tight || details) ? (
            <Details key={post.id} post={post} onClose={tight ? closeDetails : undefined} />
          ) : undefined
        }
        dockLabel="About this post"
        dockWidth={{ key: 'outpost-dock-write', start: 388 }}
      >
        <div className={styles.panes}>
          {(beside || drawer) && (
            <div className={cx(styles.listPlace, !beside && styles.drawer)}>
              <PostList current={post?.id ?? ''} onLeave={closeDrawer} />
            </div>
          )}
          {post && open ? (
            <WritingVoice post={post}>
              <DocumentPane
                key={post.id}
                post={post}
                stored={open.stored}
                focusMode={focusMode}
                onFocusMode={setFocusMode}
                onList={narrow ? toggleDrawer : undefined}
                onDetails={tight ? openDetails : undefined}
              />
            </WritingVoice>
          ) : (
            <div className={styles.nothing}>
              {post === null && <Nothing gone={asked !== undefined} />}
              {post === undefined && <Later>{null}</Later>}
            </div>
          )}
        </div>
      </ScreenLayout>
      {post && <NetworkCommands post={post} />}
      {post && place.screen === 'write' && place.at && <Led postId={post.id} to={place.at} />}
    </NetworksProvider>
  )
}

/** Leads to a place in the post that somebody was sent to, once its channels are read. Draws nothing. */
function Led({ postId, to }: { postId: string; to: Spot }) {
  const placements = usePlacements()
  useEffect(() => {
    if (!placements) return
    const { channelId, place } = to
    goTo(
      channelId === '' ? { channelId: BASE, place } : targetOf(channelId, place, placements.byChannel.get(channelId)),
    )
    settle({ screen: 'write', postId })
  }, [placements, to, postId])
  return null
}

/**
 * A post is saved every second while one types. What this page shows of it hangs on whether there is a text, not on how long it is:
 * so it is drawn again only when something else changed.
 */
const withoutLength = (post: Post): Post => ({ ...post, words: Math.min(post.words, 1), excerpt: '', updatedAt: 0 })

/** With a text open a stray Delete or Backspace must not take the post or its date away; both stay in menu and palette. */
const withoutDangerousKeys = (command: Command): Command =>
  command.id === 'post.delete' || command.id === 'post.takeDateOff' ? { ...command, keys: undefined } : command

function Nothing({ gone }: { gone: boolean }) {
  return (
    <EmptyState
      illustration="page"
      sentence={
        gone
          ? 'This post was deleted. It stays in the trash for 30 days.'
          : 'A post is one text with everything it needs beside it. Pick one on the left or begin a new one.'
      }
      action={
        <Button variant="primary" keys={['C']} onClick={() => runCommand('post.new')}>
          New post
        </Button>
      }
      link={gone ? <Link onClick={() => go({ screen: 'trash' })}>Open the trash</Link> : undefined}
    />
  )
}
