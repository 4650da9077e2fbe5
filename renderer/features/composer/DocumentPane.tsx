import { ChevronRight, Clock, Ellipsis, History, Languages, List, Maximize2, Minimize2, PanelRight } from 'lucide-react'
import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react'
import { readingSeconds } from '../../../shared/domain/document.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { type PostStatus, STATUS_LOOK } from '../../../shared/domain/status.ts'
import type { StoredDocument } from '../../../shared/domain/workspace.ts'
import { editPosts, writeText } from '../../data/commands/posts.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { type EditorHandle, EditorToolbar, textCommands, useWordCount } from '../../editor/index.ts'
import {
  CampaignName,
  CampaignPicker,
  formatReading,
  formatWhen,
  MarketsButton,
  plural,
  StatusPicker,
  StatusPill,
  usePlanPost,
  usePostActions,
  WhenPicker,
} from '../../parts/index.ts'
import { BestSlotsButton } from '../../parts/slots/BestSlots.tsx'
import { commandEntries } from '../../ports/commandMenu.ts'
import { runCommand, useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { go } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { useTyped } from '../../ports/typed.ts'
import { Button, type Condition, Divider, IconButton, Menu, type MenuEntry, useToastLift } from '../../ui/index.ts'
import { MediaStrip } from './media/MediaStrip.tsx'
import { ChannelText } from './networks/ChannelText.tsx'
import { BASE, goTo, spotOf, type Target, TITLE, textOf, useTab, useTarget } from './networks/state.ts'
import { TextTabs } from './networks/TextTabs.tsx'
import { useFindings } from './networks/useFindings.ts'
import styles from './Write.module.css'
import { WrittenText } from './WrittenText.tsx'

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

/** One post being written: what it is for above, its texts, the tools below. Everything saves itself. */
export function DocumentPane({ post, stored, focusMode, onFocusMode, onList, onDetails }: DocumentPaneProps) {
  const { store } = useDeps()
  const settings = useSettings()
  const [base, setBase] = useState<EditorHandle | null>(null)
  const [own, setOwn] = useState<EditorHandle | null>(null)
  const tab = useTab(post)
  const scroller = useRef<HTMLDivElement>(null)
  const titleField = useRef<HTMLTextAreaElement>(null)
  const { id } = post
  const title = useTyped(post.title, (value, gesture) => editPosts(store, [id], { title: value }, 'Title', gesture))
  const handle = tab === BASE ? base : own

  // The words and their count are at the foot.
  useToastLift(44)
  useTarget(textOf(BASE), (target) => base?.focus(spotOf(target)))
  useTarget(TITLE, () => titleField.current?.focus())

  useCommands(useMemo(() => (handle ? textCommands(handle) : []), [handle]))

  const onTitleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    base?.focus('start')
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

  return (
    <section
      aria-label="Text"
      className={focusMode ? `${styles.document} ${styles.focused}` : styles.document}
      onKeyDown={onKeyDown}
    >
      <DocumentHead post={post} focusMode={focusMode} onFocusMode={onFocusMode} onList={onList} onDetails={onDetails} />
      <TextTabs post={post} tab={tab}>
        {/* Its caret, scroll and undo stay as they are while another text is open. */}
        <div ref={scroller} className={tab === BASE ? styles.page : `${styles.page} ${styles.away}`}>
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
            <WrittenText
              docId={id}
              stored={stored}
              save={(doc, gesture) => writeText(store, id, doc, gesture)}
              label="Text of the post"
              scroller={scroller}
              onHandle={setBase}
              onOpen={(returned) => {
                if (!returned && !titleField.current?.value) titleField.current?.focus()
              }}
              onEscape={leave}
            />
          </div>
        </div>
        {tab !== BASE && (
          <ChannelText key={tab} post={post} channelId={tab} stored={stored} onHandle={setOwn} onEscape={leave} />
        )}
      </TextTabs>
      <MediaStrip key={tab} post={post} channelId={tab} />
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

const Spelling = memo(function Spelling() {
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
})

/** The step a post waits for, by its status. */
const NEXT: Partial<Record<PostStatus, { words: string; to: PostStatus }>> = {
  idea: { words: 'Ask for review', to: 'review' },
  draft: { words: 'Ask for review', to: 'review' },
  changes: { words: 'Ask again', to: 'review' },
  review: { words: 'Approve', to: 'approved' },
  approved: { words: 'Schedule', to: 'scheduled' },
  scheduled: { words: 'Mark published', to: 'published' },
}

const TIME: Target = { channelId: BASE, place: { at: 'time' } }

const DocumentHead = memo(function DocumentHead(props: Omit<DocumentPaneProps, 'stored'>) {
  const { post, focusMode, onFocusMode, onList, onDetails } = props
  const { store } = useDeps()
  const actions = usePostActions([post.id])
  const next = NEXT[post.status]
  const [choosing, setChoosing] = useState(false)
  const [more, setMore] = useState(false)
  const findings = useFindings(post)
  useTarget(TIME, () => setChoosing(true))
  const unmet: Condition[] = [
    ...(next?.to === 'review' && !post.title.trim() ? [{ text: 'It has no title yet', focus: () => goTo(TITLE) }] : []),
    ...(next?.to === 'review' && post.words === 0 && !post.coverId
      ? [{ text: 'It has no text yet', focus: () => goTo(textOf(BASE)) }]
      : []),
    ...((next?.to === 'scheduled' || next?.to === 'published') && !post.planned
      ? [{ text: 'It has no date yet', focus: () => setChoosing(true) }]
      : []),
    ...(next ? findings.conditionsFor(next.to) : []),
  ]
  const plan = usePlanPost(post)
  const menu: MenuEntry[] = actions.menu
    .filter((entry) => !('label' in entry && entry.label === 'Open in Write'))
    .map((entry) =>
      // The screen knows what comes in its place.
      'label' in entry && entry.label === 'Delete'
        ? { ...entry, keys: undefined, onSelect: () => runCommand('post.delete') }
        : entry,
    )
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
      >
        <MarketsButton post={post} />
        <BestSlotsButton post={post} onPlan={plan} />
      </WhenPicker>
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
      <Menu
        open={more}
        onOpenChange={setMore}
        align="end"
        trigger={<IconButton size="sm" icon={Ellipsis} label="More" tooltip={false} />}
        items={more ? [...menu, { separator: true }, ...commandEntries('write.keepTemplate')] : []}
      />
      {next && (
        <Button variant="primary" unmet={unmet} onClick={() => void actions.status(next.to)}>
          {next.words}
        </Button>
      )}
    </header>
  )
})
