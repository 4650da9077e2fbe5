import type { Channel } from '../../../../../shared/domain/channel.ts'
import type { Assessment } from '../../../../../shared/platforms/assess.ts'
import { isRich } from '../../../../../shared/platforms/content.ts'
import type { Content, FormatId } from '../../../../../shared/platforms/index.ts'
import { useSettings } from '../../../../ports/reference.tsx'
import { useWriting } from '../state.ts'
import { ArticlePreview } from './ArticlePreview.tsx'
import { FeedPreview } from './FeedPreview.tsx'
import styles from './Preview.module.css'
import { TallPreview } from './TallPreview.tsx'
import { VideoPreview } from './VideoPreview.tsx'

interface PreviewProps {
  channel: Channel
  assessment: Assessment
}

const UPRIGHT: ReadonlySet<FormatId> = new Set(['story', 'savedStory', 'spotlight', 'reel', 'short'])
const isTall = ({ network, format }: Content): boolean =>
  UPRIGHT.has(format) || (network === 'tiktok' && format === 'video')

/** How a post will look on a network, in a frame of our own: by its format, never by the network's looks. Asks no network. */
export function Preview({ channel, assessment }: PreviewProps) {
  const device = useWriting((state) => state.device)
  const light = useLight()
  const { content } = assessment
  return (
    <figure
      aria-label={`Preview for ${channel.name}`}
      className={styles.preview}
      data-device={device}
      data-theme={light}
    >
      {isRich(content.format) ? (
        <ArticlePreview channel={channel} content={content} />
      ) : isTall(content) ? (
        <TallPreview channel={channel} content={content} />
      ) : content.format === 'video' ? (
        <VideoPreview channel={channel} content={content} device={device} />
      ) : (
        <FeedPreview channel={channel} assessment={assessment} device={device} />
      )}
    </figure>
  )
}

/** The light previews stand in where it is not that of the app. */
function useLight(): 'light' | 'dark' | undefined {
  const { theme } = useSettings()
  const other = useWriting((state) => state.otherLight)
  if (!other) return undefined
  const dark = theme === 'system' ? window.matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
  return dark ? 'light' : 'dark'
}
