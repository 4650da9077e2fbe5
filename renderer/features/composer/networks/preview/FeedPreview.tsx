import { AudioLines, ChevronLeft, ChevronRight, Link2, Play, Quote } from 'lucide-react'
import { useState } from 'react'
import type { Channel } from '../../../../../shared/domain/channel.ts'
import type { Assessment } from '../../../../../shared/platforms/assess.ts'
import { linksIn } from '../../../../../shared/platforms/entities.ts'
import { type Content, formatOf, type MediaFacts, type Part } from '../../../../../shared/platforms/index.ts'
import { type Device, foldOf, makesCards, shownRatio } from '../../../../../shared/platforms/shows.ts'
import { formatLength } from '../../../../parts/media/index.ts'
import { Author } from './Author.tsx'
import { Picture } from './Picture.tsx'
import styles from './Preview.module.css'
import { Shown } from './Shown.tsx'

interface FeedPreviewProps {
  channel: Channel
  assessment: Assessment
  device: Device
}

/** A post in a feed; a thread is several of them, joined by a line. */
export function FeedPreview({ channel, assessment: { content, spills }, device }: FeedPreviewProps) {
  const posts: readonly Part[] = [content, ...(content.parts ?? [])]
  return (
    <ol className={styles.thread}>
      {posts.map((post, at) => (
        <li key={at} className={styles.post}>
          <OnePost
            channel={channel}
            content={content}
            post={post}
            device={device}
            spill={spills[at] ?? -1}
            number={posts.length > 1 ? `${at + 1}/${posts.length}` : ''}
            first={at === 0}
          />
        </li>
      ))}
    </ol>
  )
}

interface OnePostProps {
  channel: Channel
  content: Content
  post: Part
  device: Device
  spill: number
  number: string
  first: boolean
}

/** Where the picture comes first, the name stands before the words. */
const PICTURE_FIRST: ReadonlySet<Content['network']> = new Set(['instagram', 'pinterest', 'tiktok'])

function OnePost({ channel, content, post, device, spill, number, first }: OnePostProps) {
  const pictureFirst = PICTURE_FIRST.has(content.network)
  const words = post.text !== '' && formatOf(content)?.text && (
    <Shown
      network={content.network}
      text={post.text}
      fold={foldOf(content.network, device)}
      spill={spill}
      lead={pictureFirst && <b>{channel.name.replace(/^@/, '')}</b>}
    />
  )
  const media =
    pictureFirst && post.media.length === 0 ? (
      <p className={styles.missing}>Its picture stands here.</p>
    ) : (
      <Media content={content} media={post.media} />
    )
  const title = first && content.fields.title && (
    <p className={styles.title} dir="auto">
      {content.fields.title}
    </p>
  )
  return (
    <article>
      <Author channel={channel} end={number} />
      {pictureFirst ? media : words}
      {title}
      {pictureFirst ? words : media}
      {post.media.length === 0 && <Card content={content} text={post.text} first={first} />}
      {first && <Quoted content={content} />}
    </article>
  )
}

function Media({ content, media }: { content: Content; media: readonly MediaFacts[] }) {
  const [first] = media
  if (!first) return null
  if (content.format === 'carousel' && media.length > 1) return <Carousel content={content} media={media} />
  if (media.length === 1 && first.kind === 'audio') return <Sound medium={first} />
  if (media.length === 1) return <Picture medium={first} ratio={shownRatio(content, first)} className={styles.alone} />
  return <Grid media={media} />
}

/** Audio as a bar: a network draws its waves from the file, which nobody has played here. */
function Sound({ medium: { seconds = 0, alt } }: { medium: MediaFacts }) {
  return (
    <div className={styles.sound}>
      <Play aria-hidden size={16} />
      <AudioLines aria-hidden size={16} />
      <span className={styles.soundWords} dir="auto">
        {alt || 'Audio'}
      </span>
      {seconds > 0 && <span className="num">{formatLength(seconds)}</span>}
    </div>
  )
}

/** Several pictures beside each other, up to four; the fourth says how many more there are. */
function Grid({ media }: { media: readonly MediaFacts[] }) {
  const shown = media.slice(0, 4)
  return (
    <div className={styles.grid} data-count={shown.length}>
      {shown.map((medium, at) => (
        <Picture key={medium.id} medium={medium}>
          {at === 3 && media.length > 4 && <span className={styles.rest}>+{media.length - 4}</span>}
        </Picture>
      ))}
    </div>
  )
}

/** One after the other, all in the shape of the first. */
function Carousel({ content, media }: { content: Content; media: readonly MediaFacts[] }) {
  const [at, setAt] = useState(0)
  const place = Math.min(at, media.length - 1)
  const [first] = media
  const medium = media[place]
  if (!first || !medium) return null
  return (
    <section aria-roledescription="carousel" aria-label="Pictures in their order">
      <Picture medium={medium} ratio={shownRatio(content, first)} className={styles.alone}>
        <span className={styles.count}>
          {place + 1}/{media.length}
        </span>
        {place > 0 && (
          <button
            type="button"
            aria-label="Previous picture"
            className={styles.step}
            data-to="back"
            onClick={() => setAt(place - 1)}
          >
            <ChevronLeft aria-hidden size={14} />
          </button>
        )}
        {place < media.length - 1 && (
          <button
            type="button"
            aria-label="Next picture"
            className={styles.step}
            data-to="on"
            onClick={() => setAt(place + 1)}
          >
            <ChevronRight aria-hidden size={14} />
          </button>
        )}
      </Picture>
      <div aria-hidden className={styles.dots}>
        {media.map(({ id }, dot) => (
          <i key={id} data-on={dot === place} />
        ))}
      </div>
    </section>
  )
}

/** That it quotes a post, by the address alone: no post is asked for. */
function Quoted({ content }: { content: Content }) {
  const rules = formatOf(content)?.fields.quote
  const address = (content.fields.quote ?? '').trim()
  // What is no address of a post is said beside its field, and quotes nothing.
  if (rules?.kind !== 'address' || !rules.form?.fits(address)) return null
  return (
    <p className={styles.quoted}>
      <Quote aria-hidden size={14} />
      <span className={styles.quotedWords}>
        <span className={styles.host}>Quotes this post</span>
        <bdi dir="ltr" className={styles.quotedAddress}>
          {address.replace(/^https:\/\//i, '')}
        </bdi>
      </span>
    </p>
  )
}

/** The card of a link, made of what is known here: no address is asked. */
function Card({ content, text, first }: { content: Content; text: string; first: boolean }) {
  const { link = '', linkTitle, linkDescription, cover } = first ? content.fields : {}
  const [found] = makesCards(content.network) ? linksIn(text) : []
  const address = link.trim() || (found ? text.slice(found.start, found.end) : '')
  if (!address) return null
  const host =
    address
      .replace(/^https?:\/\//i, '')
      .replace(/^www\./i, '')
      .split(/[/?#]/)[0] ?? ''
  return (
    <div className={styles.linkCard}>
      {cover ? (
        <Picture medium={cover} ratio={1.91} />
      ) : (
        <span className={styles.linkPicture}>
          <Link2 aria-hidden size={18} />
        </span>
      )}
      <span className={styles.linkWords}>
        <span className={styles.host}>{host}</span>
        <b>{linkTitle || 'Title of the page'}</b>
        {linkDescription && <span className={styles.linkText}>{linkDescription}</span>}
      </span>
    </div>
  )
}
