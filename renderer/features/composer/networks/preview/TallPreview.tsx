import type { Channel } from '../../../../../shared/domain/channel.ts'
import { type Content, formatOf } from '../../../../../shared/platforms/index.ts'
import { folded, foldOf, safeZoneOf } from '../../../../../shared/platforms/shows.ts'
import { cx, vars } from '../../../../ui/index.ts'
import { Author } from './Author.tsx'
import { isCut, Picture } from './Picture.tsx'
import styles from './Preview.module.css'
import { Marked } from './Shown.tsx'

const UPRIGHT = 9 / 16
const percent = (share: number) => `${share * 100}%`

/** Nine by sixteen, with what the app will lay over it: outside of the frame words and faces are covered. */
export function TallPreview({ channel, content }: { channel: Channel; content: Content }) {
  const { top, bottom, start, end } = safeZoneOf(content.network, content.format)
  const [medium] = content.media
  const words = formatOf(content)?.text ? folded(content.text, foldOf(content.network, 'phone')) : null
  return (
    <div
      className={styles.tall}
      style={vars({
        '--top': percent(top),
        '--bottom': percent(bottom),
        '--start': percent(start),
        '--end': percent(end),
      })}
    >
      {medium ? (
        <Picture medium={medium} ratio={UPRIGHT} quiet className={styles.tallPicture} />
      ) : (
        <div className={styles.tallPicture} />
      )}
      <span className={styles.zone}>
        <span className={styles.zoneWords}>safe for words{medium && isCut(medium, UPRIGHT) && ', cut to 9:16'}</span>
        {!medium && <span className={styles.zoneMissing}>Its picture or video stands here.</span>}
      </span>
      <div className={cx(styles.over, !words && styles.above)}>
        <Author channel={channel} />
        {words && words.seen !== '' && (
          <p className={styles.overWords} dir="auto">
            <Marked network={content.network} text={words.seen} />
            {words.more && ' … more'}
          </p>
        )}
      </div>
    </div>
  )
}
