import { List } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { ScreenLayout, usePostActions } from '../../parts/index.ts'
import { type Command, runCommand, useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go, useNavigation } from '../../ports/navigation.ts'
import { Button, cx, EmptyState, IconButton, Later, Link } from '../../ui/index.ts'
import { Details } from './Details.tsx'
import { DocumentPane } from './DocumentPane.tsx'
import { PostList } from './PostList.tsx'
import { lastPost, rememberPost } from './uiState.ts'
import styles from './Write.module.css'

const narrowQuery = window.matchMedia('(width < 1360px)')
const isNarrow = () => narrowQuery.matches
const watchNarrow = (listener: () => void) => {
  narrowQuery.addEventListener('change', listener)
  return () => narrowQuery.removeEventListener('change', listener)
}

/** Writing: the posts, the text, and what the post carries. */
export default function WriteScreen() {
  const { workspace } = useDeps()
  const place = useNavigation((state) => state.place)
  const [opened] = useState(() => lastPost(workspace.entry.id))
  const postId = place.screen === 'write' ? (place.postId ?? opened) : opened
  const narrow = useSyncExternalStore(watchNarrow, isNarrow)
  const [drawer, setDrawer] = useState(false)
  const [focusMode, setFocusMode] = useState(false)
  const open = useQuery(
    async (db) => {
      const [post, stored] = await Promise.all([db.posts.get(postId), db.documents.get(postId)])
      return { id: postId, post: post && post.trashedAt === 0 ? post : null, stored }
    },
    [postId],
  )
  const post = open?.id === postId ? open.post : undefined

  useEffect(() => {
    if (post) rememberPost(workspace.entry.id, post.id)
  }, [workspace, post])

  const actions = usePostActions(post ? [post.id] : [])
  useCommands([
    ...actions.commands.filter(({ id }) => id !== 'post.open').map(withoutDangerousKeys),
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

  const showList = !narrow || drawer
  return (
    <ScreenLayout dock={post ? <Details key={post.id} post={post} /> : undefined} dockLabel="Details">
      <div className={styles.panes}>
        {showList && (
          <div className={cx(styles.listPlace, narrow && styles.drawer)}>
            <PostList current={post?.id ?? ''} onLeave={() => setDrawer(false)} />
          </div>
        )}
        {post && open ? (
          <DocumentPane
            key={post.id}
            post={post}
            stored={open.stored}
            focusMode={focusMode}
            onFocusMode={setFocusMode}
            onList={narrow ? () => setDrawer((before) => !before) : undefined}
          />
        ) : (
          <div className={styles.nothing}>
            {narrow && (
              <IconButton
                className={styles.nothingList}
                icon={List}
                label="Posts"
                keys={['Mod', 'L']}
                onClick={() => setDrawer(true)}
              />
            )}
            {post === null && <Nothing gone={place.screen === 'write' && place.postId !== undefined} />}
            {post === undefined && <Later>{null}</Later>}
          </div>
        )}
      </div>
    </ScreenLayout>
  )
}

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
