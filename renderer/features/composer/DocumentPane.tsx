import { ChevronRight, Clock, Ellipsis, History, Languages, List, Maximize2, Minimize2, PanelRight } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type Doc, readingSeconds } from '../../../shared/domain/document.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { type PostStatus, STATUS_LOOK } from '../../../shared/domain/status.ts'
import { docOf, type StoredDocument } from '../../../shared/domain/workspace.ts'
import { editPosts, writeText } from '../../data/commands/posts.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { type EditorHandle, EditorToolbar, RichTextEditor, textCommands, useWordCount } from '../../editor/index.ts'
import {
  CampaignName,
  CampaignPicker,
  explain,
  formatReading,
  formatWhen,
  plural,
  StatusPicker,
  StatusPill,
  usePlanPost,
  usePostActions,
  useUndo,
  WhenPicker,
} from '../../parts/index.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { go } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { useAutosave, useTyped } from '../../ports/typed.ts'
import { Button, type Condition, Divider, IconButton, Menu, type MenuEntry, toast } from '../../ui/index.ts'
import { usePictures } from './pictures.ts'
import { positionOf, rememberPosition } from './uiState.ts'
import styles from './Write.module.css'

interface DocumentPaneProps {
  post: Post
  stored: StoredDocument | undefined
  focusMode: boolean
  onFocusMode: (on: boolean) => void
  /** Narrow windows keep the list behind a button. */
  onList?: () => void
  /** And what stands beside the text. */
  onDetails?: () => void
}

/** One post being written: what it is for above, the text, the tools below. Everything saves itself. */
export function DocumentPane({ post, stored, focusMode, onFocusMode, onList, onDetails }: DocumentPaneProps) {
  const { store, shell } = useDeps()
  const settings = useSettings()
  const pictures = usePictures()
  const { undo, redo } = useUndo()
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  useCommands(useMemo(() => (handle ? textCommands(handle) : []), [handle]))
  const scroller = useRef<HTMLDivElement>(null)
  const titleField = useRef<HTMLTextAreaElement>(null)
  const { id } = post

  const doc = docOf(stored)
  const written = useRef<Doc>(doc)
  const autosave = useAutosave(async (gesture) => {
    const saved = await writeText(store, id, written.current, gesture)
    if (!saved.ok) toast({ text: explain(saved.error), tone: 'error' })
  })
  const title = useTyped(post.title, (value, gesture) => editPosts(store, [id], { title: value }, 'Title', gesture))

  const remember = useCallback(() => {
    if (handle) rememberPosition(id, { ...handle.caret(), scroll: scroller.current?.scrollTop ?? 0 })
  }, [handle, id])

  // Where one was in this text: caret and scroll come back, and the keys go on there.
  useEffect(() => {
    if (!handle) return
    const position = positionOf(id)
    if (position) {
      handle.restoreCaret(position)
      handle.focus()
      if (scroller.current) scroller.current.scrollTop = position.scroll
    } else if (!titleField.current?.value) titleField.current?.focus()
  }, [handle, id])

  // Before the page is taken out of the window: once it is out, nothing is scrolled any more.
  useLayoutEffect(() => {
    window.addEventListener('pagehide', remember)
    return () => {
      window.removeEventListener('pagehide', remember)
      remember()
    }
  }, [remember])

  // An undo, a restored version or another screen changed the text: it is taken over, unless words typed here are unsaved.
  useEffect(() => {
    if (!handle || !stored || autosave.dirty()) return
    const incoming = docOf(stored)
    if (JSON.stringify(incoming.content) === JSON.stringify(handle.read().content)) return
    written.current = incoming
    handle.takeOver(incoming)
  }, [handle, stored, autosave])

  const change = (next: Doc, { undone }: { undone: boolean }) => {
    if (undone) autosave.stretch.end()
    written.current = next
    autosave.touch()
  }
  const leaveText = () => {
    remember()
    autosave.leave()
  }
  const onTitleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    handle?.focus('start')
  }
  const leave = () => {
    if (focusMode) onFocusMode(false)
    // Out of the text, so that the keys of the app work again.
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
    event.preventDefault()
    leave()
  }
  const keepCopy = async (name: string, text: string) => {
    const saved = await shell.save(name, new TextEncoder().encode(text))
    toast(saved.ok ? { text: `Saved a copy as ${saved.value.path}` } : { text: saved.error.message, tone: 'error' })
  }

  return (
    <section
      aria-label="Text"
      className={focusMode ? `${styles.document} ${styles.focused}` : styles.document}
      onKeyDown={onKeyDown}
    >
      <DocumentHead
        post={post}
        focusMode={focusMode}
        onFocusMode={onFocusMode}
        onList={onList}
        onDetails={onDetails}
        onTitle={() => titleField.current?.focus()}
        onText={() => handle?.focus('start')}
      />
      <div ref={scroller} className={styles.page}>
        <div className={styles.sheet}>
          <textarea
            ref={titleField}
            className={styles.title}
            aria-label="Title"
            placeholder="Title"
            rows={1}
            spellCheck={settings.spellcheck}
            value={title.value}
            onChange={(event) => title.change(event.target.value.replace(/\n/g, ' '))}
            onBlur={title.leave}
            onKeyDown={onTitleKey}
          />
          <RichTextEditor
            docId={id}
            doc={doc}
            size="page"
            label="Text of the post"
            placeholder="Write, or press / for headings, lists, tables and pictures"
            spellcheck={settings.spellcheck}
            language={shell.info.locale}
            pictures={pictures.source}
            keepPicture={pictures.keep}
            openLink={(href) => void shell.openExternal(href)}
            keepCopy={(name, text) => void keepCopy(name, text)}
            onChange={change}
            onBlur={leaveText}
            onEscape={leave}
            onUndo={undo}
            onRedo={redo}
            onReady={setHandle}
          />
        </div>
      </div>
      <footer className={styles.foot}>
        {handle && <EditorToolbar handle={handle} />}
        <span className="grow" />
        {handle && <Length handle={handle} />}
        <Divider />
        <Spelling />
      </footer>
    </section>
  )
}

function Length({ handle }: { handle: EditorHandle }) {
  const words = useWordCount(handle)
  return (
    <span className={styles.length}>
      {plural(words, 'word')}
      {words > 0 && <span>, {formatReading(readingSeconds(words))} to read</span>}
    </span>
  )
}

function Spelling() {
  const { store, shell } = useDeps()
  const { spellcheck } = useSettings()
  const name = new Intl.DisplayNames('en-GB', { type: 'language' }).of(shell.info.locale) ?? shell.info.locale
  const toggle = () =>
    void changeSettings(store, { spellcheck: !spellcheck }, spellcheck ? 'Spelling off' : 'Spelling on')
  useCommands([{ id: 'write.spelling', title: 'Mark spelling mistakes', section: 'Write', run: toggle }])
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="ghost" size="sm" icon={Languages} aria-label={`Language: ${name}`} className={styles.language}>
          <span className="ell">{name}</span>
        </Button>
      }
      items={[{ label: 'Mark spelling mistakes', checked: spellcheck, onSelect: toggle }]}
    />
  )
}

/** The step a post waits for, by its status. */
const NEXT: Partial<Record<PostStatus, { words: string; to: PostStatus }>> = {
  idea: { words: 'Ask for review', to: 'review' },
  draft: { words: 'Ask for review', to: 'review' },
  changes: { words: 'Ask again', to: 'review' },
  review: { words: 'Approve', to: 'approved' },
  approved: { words: 'Schedule', to: 'scheduled' },
  scheduled: { words: 'Mark published', to: 'published' },
}

interface DocumentHeadProps extends Omit<DocumentPaneProps, 'stored'> {
  /** Puts the focus where one types the title, or the text. */
  onTitle: () => void
  onText: () => void
}

function DocumentHead({ post, focusMode, onFocusMode, onList, onDetails, onTitle, onText }: DocumentHeadProps) {
  const { store } = useDeps()
  const actions = usePostActions([post.id])
  const next = NEXT[post.status]
  const [choosing, setChoosing] = useState(false)
  const unmet: Condition[] = [
    ...(next?.to === 'review' && !post.title.trim() ? [{ text: 'It has no title yet', focus: onTitle }] : []),
    ...(next?.to === 'review' && post.words === 0 && !post.coverId
      ? [{ text: 'It has no text yet', focus: onText }]
      : []),
    ...((next?.to === 'scheduled' || next?.to === 'published') && !post.planned
      ? [{ text: 'It has no date yet', focus: () => setChoosing(true) }]
      : []),
  ]
  const plan = usePlanPost(post)
  const menu: MenuEntry[] = actions.menu.filter((entry) => !('label' in entry && entry.label === 'Open in Write'))
  return (
    <header className={styles.head}>
      {onList && <IconButton size="sm" icon={List} label="Posts" keys={['Mod', 'L']} onClick={onList} />}
      <CampaignPicker
        value={post.campaignId}
        onChange={(campaignId) => void editPosts(store, [post.id], { campaignId }, 'Campaign')}
        trigger={
          <Button variant="ghost" size="sm" aria-label="Campaign" className={styles.crumb}>
            <CampaignName id={post.campaignId} />
          </Button>
        }
      />
      <ChevronRight aria-hidden size={12} className={styles.chevron} />
      <WhenPicker
        value={post.planned}
        onChange={plan}
        open={choosing}
        onOpenChange={setChoosing}
        trigger={
          <Button variant="ghost" size="sm" icon={Clock} aria-label="Planned for" className={styles.crumb}>
            <span className="num">{post.planned ? formatWhen(post.planned) : 'No date'}</span>
          </Button>
        }
      />
      <StatusPicker
        value={post.status}
        onChange={(status) => void actions.status(status)}
        trigger={
          <button type="button" className={styles.status} aria-label={`Status: ${STATUS_LOOK[post.status].word}`}>
            <StatusPill status={post.status} />
          </button>
        }
      />
      <span className="grow" />
      <IconButton
        icon={History}
        size="sm"
        label="Versions"
        keys={['V']}
        onClick={() => go({ screen: 'versions', postId: post.id })}
      />
      <IconButton
        icon={focusMode ? Minimize2 : Maximize2}
        size="sm"
        label={focusMode ? 'Leave focus' : 'Focus'}
        keys={['Mod', '.']}
        pressed={focusMode}
        onClick={() => onFocusMode(!focusMode)}
      />
      {onDetails && !focusMode && <IconButton size="sm" icon={PanelRight} label="Details" onClick={onDetails} />}
      <Menu trigger={<IconButton size="sm" icon={Ellipsis} label="More" tooltip={false} />} items={menu} align="end" />
      {next && (
        <Button variant="primary" unmet={unmet} onClick={() => void actions.status(next.to)}>
          {next.words}
        </Button>
      )}
    </header>
  )
}
