import { Fragment, type ReactNode } from 'react'
import type { Doc, DocNode, Mark } from '../../shared/domain/document.ts'
import { cx } from '../ui/index.ts'
import styles from './DocumentView.module.css'
import { MediumImage } from './MediumImage.tsx'

interface DocumentViewProps {
  doc: Doc
  /** Draws no more than so many blocks. */
  most?: number
  className?: string
}

/** A document to be read only, as rich as it was written. Links are shown, not followed; only pictures kept here are drawn. */
export function DocumentView({ doc, most = Number.POSITIVE_INFINITY, className }: DocumentViewProps) {
  return (
    <div className={cx(styles.document, className)} dir="auto">
      {drawn(doc.content.slice(0, most))}
    </div>
  )
}

const drawn = (nodes: readonly DocNode[] = []): ReactNode =>
  nodes.map((node, at) => <Fragment key={at}>{drawnNode(node)}</Fragment>)

const words = (value: unknown): string => (typeof value === 'string' ? value : '')

function drawnNode(node: DocNode): ReactNode {
  const { type, attrs = {}, content, marks } = node
  switch (type) {
    case 'text':
      return marked(node.text ?? '', marks)
    case 'hardBreak':
      return <br />
    case 'horizontalRule':
      return <hr />
    case 'paragraph':
      return <p>{drawn(content)}</p>
    case 'heading':
      return <p className={styles[`h${Math.min(Math.max(Number(attrs.level) || 1, 1), 4)}`]}>{drawn(content)}</p>
    case 'bulletList':
    case 'taskList':
      return <ul className={type === 'taskList' ? styles.tasks : undefined}>{drawn(content)}</ul>
    case 'orderedList':
      return <ol start={Number(attrs.start) || 1}>{drawn(content)}</ol>
    case 'listItem':
      return <li>{drawn(content)}</li>
    case 'taskItem':
      return <li data-done={attrs.checked === true}>{drawn(content)}</li>
    case 'blockquote':
      return <blockquote>{drawn(content)}</blockquote>
    case 'codeBlock':
      return <pre>{drawn(content)}</pre>
    case 'htmlBlock':
      return <pre>{words(attrs.html)}</pre>
    case 'image': {
      const id = words(attrs.mediumId)
      return id ? <MediumImage id={id} alt={words(attrs.alt)} className={styles.picture} /> : words(attrs.alt)
    }
    case 'table':
      return (
        <table>
          <tbody>{drawn(content)}</tbody>
        </table>
      )
    case 'tableRow':
      return <tr>{drawn(content)}</tr>
    case 'tableHeader':
      return <th>{drawn(content)}</th>
    case 'tableCell':
      return <td>{drawn(content)}</td>
    default:
      return drawn(content)
  }
}

const TAGS = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', code: 'code' } as const
const isTag = (type: string): type is keyof typeof TAGS => type in TAGS

/** The first mark is the outermost. */
function marked(text: string, [first, ...rest]: readonly Mark[] = []): ReactNode {
  if (!first) return text
  const inner = marked(text, rest)
  if (first.type === 'link') return <span className={styles.link}>{inner}</span>
  if (!isTag(first.type)) return inner
  const Tag = TAGS[first.type]
  return <Tag>{inner}</Tag>
}
