import { Equal, GitCompare, GitFork, PenLine, Undo2 } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { channelWords } from '../../../../shared/domain/channel.ts'
import { diffDocs } from '../../../../shared/domain/diff.ts'
import { placementId } from '../../../../shared/domain/placement.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { docOf, type StoredDocument } from '../../../../shared/domain/workspace.ts'
import { writeVariant } from '../../../data/commands/placements.ts'
import type { EditorHandle } from '../../../editor/index.ts'
import { DiffView, DocumentView, plural } from '../../../parts/index.ts'
import { useCommands } from '../../../ports/commands.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useReference } from '../../../ports/reference.tsx'
import { announce, Button, cx } from '../../../ui/index.ts'
import write from '../Write.module.css'
import { WrittenText } from '../WrittenText.tsx'
import { drafts } from './drafts.ts'
import styles from './Networks.module.css'
import { channelsOf, usePlacements } from './NetworksProvider.tsx'
import { BASE, goTo, partOf, spotOf, type Target, textOf, useTarget } from './state.ts'
import { useVariants } from './useVariants.ts'

interface ChannelTextProps {
  post: Post
  channelId: string
  /** The base text. */
  stored: StoredDocument | undefined
  onHandle: (handle: EditorHandle | null) => void
  onEscape: () => void
}

/** The text of one channel: its own, or the base text it is fed by. */
export function ChannelText(props: ChannelTextProps) {
  const { post, channelId } = props
  const channels = channelsOf(post, useReference())
  const channel = channels.find(({ id }) => id === channelId)
  const placements = usePlacements()
  const own = placements?.own.get(channelId)
  if (!channel || !placements) return null
  const on = channelWords(channel, channels)
  return own ? <OwnText {...props} own={own} on={on} /> : <FedText {...props} on={on} />
}

interface NoticeProps {
  icon: typeof GitFork
  asking?: boolean
  words: ReactNode
  children: ReactNode
}

const Notice = ({ icon: Icon, asking, words, children }: NoticeProps) => (
  <div className={cx(styles.notice, asking && styles.asking)}>
    <Icon aria-hidden size={14} />
    <span className={styles.noticeWords}>{words}</span>
    {children}
  </div>
)

/** Keys that would write something. */
const writes = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && (key.length === 1 || key === 'Enter' || key === 'Backspace' || key === 'Delete')

/** The base text, only to be read here: whoever types is asked first. */
function FedText({ post, channelId, stored, on }: ChannelTextProps & { on: string }) {
  const { detach } = useVariants(post)
  const [asking, setAsking] = useState(false)
  const page = useRef<HTMLElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const doc = drafts.get(post.id) ?? docOf(stored)
  useTarget(textOf(channelId), (target) => {
    page.current?.focus()
    page.current?.querySelectorAll('hr')[partOf(target) - 1]?.scrollIntoView({ block: 'start' })
  })
  const ask = () => {
    setAsking(true)
    announce(`${on} takes the base text. Write its own?`)
    button.current?.focus()
  }
  return (
    <>
      <Notice icon={Equal} asking={asking} words={asking ? `Write for ${on} alone?` : 'As the base text'}>
        <Button size="sm" variant="ghost" onClick={() => goTo(textOf(BASE))}>
          Change the base text
        </Button>
        <Button size="sm" icon={PenLine} ref={button} onClick={() => void detach(channelId, on)}>
          Write its own
        </Button>
      </Notice>
      <section
        ref={page}
        aria-label={`Text for ${on}, as the base text`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one reads and scrolls it by keyboard
        tabIndex={0}
        className={cx(write.page, styles.fed)}
        onKeyDown={(event) => {
          if (!writes(event) || event.nativeEvent.isComposing) return
          event.preventDefault()
          event.stopPropagation()
          ask()
        }}
        // Files go to the media below.
        onPaste={(event) => event.clipboardData.types.includes('Files') || ask()}
      >
        <div className={cx(write.sheet, styles.reading)}>
          {post.words > 0 ? <DocumentView doc={doc} /> : <p className={styles.quiet}>The base text is empty.</p>}
        </div>
      </section>
    </>
  )
}

function OwnText({
  post,
  channelId,
  stored,
  onHandle,
  onEscape,
  own,
  on,
}: ChannelTextProps & { own: StoredDocument; on: string }) {
  const { store } = useDeps()
  const { rejoin } = useVariants(post)
  const [comparing, setComparing] = useState(false)
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const ref = { postId: post.id, channelId }
  const here = handle && !comparing ? textOf(channelId) : null
  const focus = (target: Target) => handle?.focus(spotOf(target))
  useTarget(here, focus)
  useTarget(here && { ...here, own: true }, focus)
  useCommands([
    {
      id: 'write.compare',
      title: comparing ? `Go on writing for ${on}` : `Compare ${on} with the base text`,
      section: 'Write',
      words: 'difference diff',
      run: () => setComparing(!comparing),
    },
  ])
  return (
    <>
      <Notice icon={GitFork} words={comparing ? <Difference base={stored} own={own} /> : `${on} has a text of its own`}>
        <Button
          size="sm"
          variant="ghost"
          icon={GitCompare}
          pressed={comparing}
          onClick={() => setComparing(!comparing)}
        >
          Compare with base
        </Button>
        <Button size="sm" variant="ghost" icon={Undo2} onClick={() => void rejoin(channelId, on)}>
          Rejoin base
        </Button>
      </Notice>
      {comparing ? (
        <Comparison base={stored} own={own} on={on} />
      ) : (
        <div ref={scroller} className={write.page}>
          <div className={write.sheet}>
            <WrittenText
              docId={placementId(ref.postId, ref.channelId)}
              stored={own}
              save={(doc, gesture) => writeVariant(store, ref, doc, on, gesture)}
              label={`Text for ${on}`}
              scroller={scroller}
              quiet
              onHandle={(next) => {
                setHandle(next)
                onHandle(next)
              }}
              onEscape={onEscape}
            />
          </div>
        </div>
      )}
    </>
  )
}

interface Sides {
  base: StoredDocument | undefined
  own: StoredDocument
}

const useDifference = ({ base, own }: Sides) => useMemo(() => diffDocs(docOf(base), docOf(own)), [base, own])

function Difference(sides: Sides) {
  const { changes, wordsIn, wordsOut } = useDifference(sides)
  if (changes === 0) return 'The same words as the base text'
  return (
    <>
      {plural(changes, 'paragraph')} differ{changes === 1 ? 's' : ''} from the base:{' '}
      <ins className="num">+{wordsIn}</ins> <del className="num">−{wordsOut}</del> words
    </>
  )
}

function Comparison({ on, ...sides }: Sides & { on: string }) {
  const { lines } = useDifference(sides)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: one scrolls it by keyboard
    <section aria-label={`${on} beside the base text`} tabIndex={0} className={cx(write.page, styles.fed)}>
      <div className={cx(write.sheet, styles.reading)}>
        <DiffView lines={lines} />
      </div>
    </section>
  )
}
