/** Documents of plain words, as tables and calendars have them. */
import { type Doc, type DocNode, isSafeHref } from '../domain/document.ts'

/** A paragraph per block of text, a line break per line. Addresses become links. */
export function docOfPlain(text: string, link = ''): Doc {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const content: DocNode[] = paragraphs.map((part) => ({
    type: 'paragraph',
    content: part.split('\n').flatMap((line, i) => [...(i > 0 ? [{ type: 'hardBreak' }] : []), ...linked(line.trim())]),
  }))
  if (link !== '' && !text.includes(link)) content.push({ type: 'paragraph', content: address(link) })
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] }
}

const address = (href: string): DocNode[] => [
  isSafeHref(href)
    ? { type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }
    : { type: 'text', text: href },
]

const linked = (line: string): DocNode[] =>
  line
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'])/)
    .flatMap((part, i) => (part === '' ? [] : i % 2 === 1 ? address(part) : [{ type: 'text', text: part }]))

/** A title from a text without one: its first line, cut between words at 80 characters. */
export function titleFrom(text: string): string {
  const line = (text.trim().split('\n')[0] ?? '').replace(/\s+/g, ' ').trim()
  if (line.length <= 80) return line
  const cut = line.slice(0, 80)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 50))}…`
}
