import { AudioLines, FileText, Film, ImageOff, MessageCircle, PencilLine, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ResultOf } from '../../../../shared/contract/contract.ts'
import type { NetworkId } from '../../../../shared/domain/channel.ts'
import type { Deed } from '../../../../shared/domain/practiceFailures.ts'
import { toWall } from '../../../../shared/domain/time.ts'
import { fromBase64 } from '../../../../shared/lib/base64.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useSettings } from '../../../ports/reference.tsx'
import { cx, IconButton } from '../../../ui/index.ts'
import styles from './Practice.module.css'

export type ShownPost = ResultOf<'practice:posts'>[number]
export type WaitingPost = ResultOf<'practice:waiting'>[number]
type ShownMedium = ShownPost['media'][number]

const DEEDS = {
  change: { icon: PencilLine, words: 'Change it' },
  'take-away': { icon: Trash2, words: 'Take it away' },
  answer: { icon: MessageCircle, words: 'Have somebody answer it' },
} as const

interface ShownPostsProps {
  network: NetworkId
  name: string
  posts: readonly ShownPost[]
  /** What waits there for its time. */
  waiting: readonly WaitingPost[]
  busy: boolean
  onAct: (postId: string, deed: Deed) => void
}

/**
 * Posts as a practice network shows them: words, pictures, and what is read out in place of a picture; before them what waits there. Beside
 * each what somebody there can do to it.
 */
export function ShownPosts({ network, name, posts, waiting, busy, onAct }: ShownPostsProps) {
  const { zone } = useSettings()
  const act = (postId: string, deed: Deed) => (
    <IconButton
      icon={DEEDS[deed].icon}
      size="sm"
      label={`${DEEDS[deed].words} at ${name}`}
      aria-disabled={busy || undefined}
      onClick={() => !busy && onAct(postId, deed)}
    />
  )
  return (
    <>
      {waiting.length > 0 && (
        <ul className={styles.shown} aria-label={`Waiting at practice ${name}`}>
          {waiting.map(({ id, text, at }) => (
            <li key={id}>
              <div className={styles.head}>
                <Words text={text} />
                {act(id, 'change')}
                {act(id, 'take-away')}
              </div>
              <p className={styles.hint}>Waits until {toWall(at, zone).time}</p>
            </li>
          ))}
        </ul>
      )}
      <ul className={styles.shown} aria-label={`Posts on practice ${name}`}>
        {posts.map(({ id, text, media, isTold, isHeard }) => (
          <li key={id}>
            <div className={styles.head}>
              <Words text={text} />
              {isHeard && act(id, 'answer')}
              {isTold && act(id, 'take-away')}
            </div>
            {media.length > 0 && (
              <div className={styles.media}>
                {media.map((medium, at) => (
                  // Their order never changes: what is out stays as it is.
                  <ShownFile key={at} network={network} postId={id} at={at} medium={medium} />
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

const Words = ({ text }: { text: string }) =>
  text === '' ? <p className={styles.without}>A post without words</p> : <p dir="auto">{text}</p>

interface ShownFileProps {
  network: NetworkId
  postId: string
  /** Which of its post. */
  at: number
  medium: ShownMedium
}

function ShownFile({ network, postId, at, medium: { kind, alt, isThere } }: ShownFileProps) {
  const address = usePicture({ network, postId, at }, isThere)
  return (
    <figure className={styles.medium}>
      {address === '' ? (
        <span className={cx(styles.frame, styles.blank)}>{!isThere && <NotShown kind={kind} />}</span>
      ) : (
        <img className={styles.frame} src={address} alt={alt} />
      )}
      <figcaption>{alt === '' ? 'No alternative text' : <span dir="auto">{alt}</span>}</figcaption>
    </figure>
  )
}

const NOT_SHOWN = {
  picture: { icon: ImageOff, words: 'A picture, not kept here' },
  film: { icon: Film, words: 'A film' },
  sound: { icon: AudioLines, words: 'An audio file' },
  file: { icon: FileText, words: 'A document' },
} as const

/** What stands in place of what cannot be shown. */
function NotShown({ kind }: { kind: ShownMedium['kind'] }) {
  const { icon: Icon, words } = NOT_SHOWN[kind]
  return (
    <>
      <Icon aria-hidden size={20} />
      {words}
    </>
  )
}

/** The address of a picture while it is shown; '' until it is there, or when there is none. */
function usePicture(
  { network, postId, at }: { network: NetworkId; postId: string; at: number },
  isThere: boolean,
): string {
  const { shell } = useDeps()
  const [address, setAddress] = useState('')
  useEffect(() => {
    if (!isThere) return
    let made = ''
    let here = true
    shell
      .publishing()
      .then(({ practice }) => practice.picture({ network, postId, at }))
      .then((file) => {
        if (!file || !here) return
        made = URL.createObjectURL(new Blob([fromBase64(file.bytes)], { type: file.type }))
        setAddress(made)
      })
      // The network was ended meanwhile: the place of the picture stays blank.
      .catch(() => undefined)
    return () => {
      here = false
      if (made !== '') URL.revokeObjectURL(made)
    }
  }, [shell, network, postId, at, isThere])
  return address
}
