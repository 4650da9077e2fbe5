import { type ReactNode, useState } from 'react'
import type { NetworkId } from '../../../../../shared/domain/channel.ts'
import { hashtagsIn, linksIn, mentionsIn, type Span } from '../../../../../shared/platforms/entities.ts'
import { type Fold, folded, shownLink } from '../../../../../shared/platforms/shows.ts'
import styles from './Preview.module.css'

/** More of what is too long than this says nothing new. */
const SPILL_SHOWN = 240

interface ShownProps {
  network: NetworkId
  text: string
  fold: Fold
  /** From where on it is too much; -1: nowhere. */
  spill?: number
  /** Stands before the text, on its line. */
  lead?: ReactNode
}

/** A text as a network shows it: folded until one asks for more, its links marked, what is too much marked too. */
export function Shown({ network, text, fold, spill = -1, lead }: ShownProps) {
  const [whole, setWhole] = useState(false)
  const { seen, more } = folded(text, fold)
  const end = spill < 0 ? text.length : Math.min(text.length, spill + SPILL_SHOWN)
  const shown = whole || !more ? text.slice(0, end) : seen.slice(0, end)
  return (
    <p className={styles.words} dir="auto">
      {/* Set apart: a Latin name does not turn an Arabic text round. */}
      {lead && <bdi>{lead}</bdi>}
      {lead && ' '}
      <Marked network={network} text={spill < 0 ? shown : shown.slice(0, spill)} />
      {spill >= 0 && shown.length > spill && (
        <mark className={styles.spill}>
          <span className="vh"> Too much from here: </span>
          {shown.slice(spill)}
          {end < text.length && ' …'}
        </mark>
      )}
      {more && (
        <>
          {!whole && '… '}
          <button type="button" aria-expanded={whole} className={styles.more} onClick={() => setWhole(!whole)}>
            {whole ? ' less' : 'more'}
          </button>
        </>
      )}
    </p>
  )
}

/** Links, hashtags and mentions in the accent, as every network sets them off; links as short as the network shows them. */
export function Marked({ network, text }: { network: NetworkId; text: string }) {
  const shown = (span: Span, link: boolean) => {
    const words = text.slice(span.start, span.end)
    return { ...span, words: link ? shownLink(network, words) : words }
  }
  const spans = [
    ...linksIn(text).map((span) => shown(span, true)),
    ...[...hashtagsIn(text), ...mentionsIn(text)].map((span) => shown(span, false)),
  ].sort((a, b) => a.start - b.start)
  const pieces: ReactNode[] = []
  let at = 0
  for (const { start, end, words } of spans) {
    if (start < at) continue
    pieces.push(
      text.slice(at, start),
      <span key={start} className={styles.entity}>
        {words}
      </span>,
    )
    at = end
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  )
}
