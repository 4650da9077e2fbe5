import { ArrowUpDown, ChevronDown, ChevronUp, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { NETWORKS } from '../../../shared/domain/channel.ts'
import { excerptOf, plainText } from '../../../shared/domain/document.ts'
import type { DateOrder, ImportProblem } from '../../../shared/interchange/model.ts'
import { channelCalled, channelIn } from '../../data/commands/importPosts.ts'
import { formatWhen, initialsOf, plural, StatusPill } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { type Reference, useReference } from '../../ports/reference.tsx'
import { Avatar, CallSign, CallSigns, cx, Finding, IconButton, PropertyList, PropertyRow, Tag } from '../../ui/index.ts'
import { statusAfter } from './check.ts'
import { dayBy } from './dayBy.ts'
import styles from './Import.module.css'
import type { Item } from './reading.ts'
import type { ImportState } from './useImport.ts'

const ORDERS: readonly (readonly [DateOrder, string])[] = [
  ['day-first', 'Day first'],
  ['month-first', 'Month first'],
]

interface PreviewPaneProps {
  state: ImportState
  item?: Item
  problem?: ImportProblem
  onPrevious?: () => void
  onNext?: () => void
}

/** The source on top, what becomes of it below. */
export function PreviewPane({ state, item, problem, onPrevious, onNext }: PreviewPaneProps) {
  const file = item?.file ?? problem?.file ?? ''
  const row = item?.row ?? problem?.row
  const { excerpt, reading } = state
  const [source, setSource] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever another place or another reading is shown
  useEffect(() => {
    let shown = true
    if (file === '' || file.endsWith('.json')) setSource('')
    else void excerpt(file, row).then((text) => shown && setSource(text))
    return () => {
      shown = false
    }
  }, [file, row, reading])

  return (
    <section aria-label="Preview" className={styles.pane}>
      <header className={styles.paneHead}>
        <h2>Preview</h2>
        <span className={cx(styles.mono, 'faint ell grow')} title={file}>
          {file.slice(file.lastIndexOf('/') + 1)}
          {row === undefined ? '' : `, row ${row}`}
        </span>
        <IconButton
          icon={ChevronUp}
          size="sm"
          label="Previous"
          keys={['K']}
          disabled={!onPrevious}
          onClick={onPrevious}
        />
        <IconButton icon={ChevronDown} size="sm" label="Next" keys={['J']} disabled={!onNext} onClick={onNext} />
      </header>
      <div className={styles.scroll}>
        {source && <Source text={source} problem={problem} />}
        {problem && problem.kind !== 'does-not-fit' && (
          <div className={styles.said}>
            <Finding
              tone={problem.severity === 'error' ? 'error' : problem.severity === 'question' ? 'warning' : 'note'}
              text={problem.sentence}
              actions={
                problem.kind === 'ambiguous-date'
                  ? ORDERS.map(([order, label]) => ({
                      label: dayBy(problem, order) ?? label,
                      onSelect: () => state.setOrder([problem.file], order),
                    }))
                  : undefined
              }
            />
          </div>
        )}
        {item && (
          <>
            <p className={styles.becomes}>
              <ArrowUpDown aria-hidden size={14} />
              becomes
            </p>
            <Misfitting words={state.misfits.get(item.key) ?? NOTHING} />
            <Becomes item={item} state={state} unclear={problem?.kind === 'ambiguous-date'} />
          </>
        )}
      </div>
    </section>
  )
}

const NOTHING: readonly string[] = []

/** What would not fit the networks of a post; it comes in all the same. */
function Misfitting({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null
  return (
    <ul className={cx(styles.said, styles.misfits)} aria-label="Does not fit yet">
      {words.map((sentence) => (
        <li key={sentence}>
          <Finding tone="warning" text={sentence} />
        </li>
      ))}
    </ul>
  )
}

/** The passage of the file: keys quiet, the place of the problem marked. */
function Source({ text, problem }: { text: string; problem?: ImportProblem }) {
  const lines = text.split('\n', 60)
  let fields = lines[0]?.trim() === '---' || /^[^\s:]+: /.test(lines[0] ?? '')
  return (
    <pre className={styles.sourceText} translate="no">
      {lines.map((line, at) => {
        if (at > 0 && line.trim() === '---') fields = false
        const key = fields ? /^([\w .-]{1,60}:)(.*)$/.exec(line) : null
        const marked =
          problem &&
          problem.severity !== 'note' &&
          (problem.line === at + 1 || (problem.field !== undefined && key?.[1] === `${problem.field}:`))
        return (
          <span key={at} className={cx(marked && styles.marked)}>
            {key ? (
              <>
                <span className="faint">{key[1]}</span>
                {key[2]}
              </>
            ) : (
              line
            )}
            {'\n'}
          </span>
        )
      })}
    </pre>
  )
}

function Becomes({ item: { post }, state, unclear }: { item: Item; state: ImportState; unclear: boolean }) {
  const { clock } = useDeps()
  const reference = useReference()
  const text = post.summary || excerptOf(plainText(post.doc))
  const kept = Object.entries(post.source.extra).filter(([key]) => !key.startsWith('$'))
  return (
    <article className={styles.card}>
      <div className="row">
        <Channels words={post.channels} reference={reference} />
        <span className="grow" />
        {/* Until its date is settled, a post shows the status its source gives it. */}
        <StatusPill status={(unclear && post.status) || statusAfter(post, state.choices.statusWords, clock.now())} />
      </div>
      <h3>{post.title}</h3>
      {text && <p className="clamp2">{text}</p>}
      <PropertyList>
        <PropertyRow label="When">
          {unclear ? (
            <span className={styles.warn}>
              <TriangleAlert aria-hidden size={12} /> not clear yet
            </span>
          ) : post.planned ? (
            formatWhen(post.planned)
          ) : (
            <span className="faint">No date</span>
          )}
        </PropertyRow>
        {post.campaign && (
          <PropertyRow label="Campaign">
            <Name word={post.campaign} known={reference.campaigns.list} />
          </PropertyRow>
        )}
        {post.pillar && (
          <PropertyRow label="Pillar">
            <Name word={post.pillar} known={reference.pillars.list} />
          </PropertyRow>
        )}
        {post.owner && (
          <PropertyRow label="Owner">
            <Person name={post.owner} reference={reference} />
          </PropertyRow>
        )}
        {post.authors.length > 0 && (
          <PropertyRow label={post.authors.length === 1 ? 'Author' : 'Authors'}>
            <span className={styles.people}>
              {post.authors.map((name) => (
                <Person key={name} name={name} reference={reference} />
              ))}
            </span>
          </PropertyRow>
        )}
        {post.labels.length > 0 && (
          <PropertyRow label="Labels">
            <span className={styles.tags}>
              {post.labels.map((label) => (
                <Tag key={label}>{label}</Tag>
              ))}
            </span>
          </PropertyRow>
        )}
        {post.image && (
          <PropertyRow label="Picture">
            <span className="ell" title={post.image}>
              {post.image.slice(post.image.lastIndexOf('/') + 1)}
            </span>
          </PropertyRow>
        )}
        {post.notes && <PropertyRow label="Notes">{post.notes}</PropertyRow>}
        {kept.length > 0 && (
          <PropertyRow label="Kept">
            <span className="muted ell" title={kept.map(([key, value]) => `${key}: ${String(value)}`).join('\n')}>
              {kept.length <= 2 ? kept.map(([key]) => key).join(', ') : plural(kept.length, 'more field')}
            </span>
          </PropertyRow>
        )}
      </PropertyList>
    </article>
  )
}

function Channels({ words, reference }: { words: readonly string[]; reference: Reference }) {
  return (
    <CallSigns>
      {words.map((word) => {
        const known = channelCalled(reference.channels.list, word)
        const channel = known ?? channelIn(word)
        if (!channel) return <Tag key={word}>{word}</Tag>
        const { sign, hue } = NETWORKS[channel.network]
        return <CallSign key={word} sign={sign} hue={known?.hue ?? hue} title={channel.name} />
      })}
    </CallSigns>
  )
}

const isIn = (word: string, known: readonly { readonly name: string }[]) =>
  known.some(({ name }) => name.toLocaleLowerCase() === word.trim().toLocaleLowerCase())

function Name({ word, known }: { word: string; known: readonly { readonly name: string }[] }) {
  return (
    <>
      <span className="ell">{word}</span>
      {!isIn(word, known) && <Tag>new</Tag>}
    </>
  )
}

function Person({ name, reference }: { name: string; reference: Reference }) {
  return (
    <span className={styles.person}>
      <Avatar initials={initialsOf(name)} name={name} />
      <Name word={name} known={reference.people.list} />
    </span>
  )
}
