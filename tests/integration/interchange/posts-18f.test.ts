import { diffArrays } from 'diff'
import { describe, expect, it } from 'vitest'
import { type DocNode, plainText } from '../../../shared/domain/document.ts'
import { importMarkdown, writeMarkdownFolder } from '../../../shared/interchange/markdown.ts'
import type { ImportOptions } from '../../../shared/interchange/model.ts'
import { folder, reread } from '../../unit/interchange/files.ts'

/*
 * The oracle below shares nothing with the importer: it reads lines with regular expressions, and knows only what these 509 files do.
 */
const ZONE = 'America/New_York'
const OPTIONS: ImportOptions = { zone: ZONE, time: '09:00' }
const files = folder('18f-blog').filter(({ path }) => path.startsWith('posts/'))
const preview = importMarkdown(files, OPTIONS)
const byPath = new Map(preview.posts.map((post) => [post.source.path, post]))
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8').replace(/\r\n/g, '\n')

function split(source: string): { head: string[]; body: string } {
  const lines = source.split('\n')
  const end = lines.findIndex((line, i) => i > 0 && /^---\s*$/.test(line))
  return { head: lines.slice(1, end), body: lines.slice(end + 1).join('\n') }
}

const unquote = (value: string) => {
  const trimmed = value.trim().replace(/^>-?\s+/, '')
  if (/^".*"$/.test(trimmed)) return trimmed.slice(1, -1).replace(/\\"/g, '"').trim()
  if (/^'.*'$/.test(trimmed)) return trimmed.slice(1, -1).replace(/''/g, "'").trim()
  return trimmed
}

/** What four signs are written as in the titles and excerpts of these posts. */
const SIGNS: readonly (readonly [string, string])[] = [
  ['&ldquo;', '“'],
  ['&rdquo;', '”'],
  ['&rsquo;', '’'],
  ['&#39;', "'"],
  ['&#58;', ':'],
]
const signed = (value: string) => SIGNS.reduce((text, [code, sign]) => text.replaceAll(code, sign), value)

/** Value of a key, with the lines that follow until the next key joined on. */
function fieldOf(head: string[], key: string): string {
  const at = head.findIndex((line) => line.startsWith(`${key}:`))
  if (at === -1) return ''
  const rest = head.slice(at + 1)
  const next = rest.findIndex((line) => /^[A-Za-z_]+:/.test(line))
  const more = (next === -1 ? rest : rest.slice(0, next)).filter((line) => !/^\s*-\s/.test(line))
  return unquote(
    [(head[at] ?? '').slice(key.length + 1), ...more]
      .map((line) => line.trim())
      .filter(Boolean)
      .join(' '),
  )
}

function listOf(head: string[], key: string): string[] {
  const at = head.findIndex((line) => line.startsWith(`${key}:`))
  const items: string[] = []
  for (const line of head.slice(at + 1)) {
    const item = /^\s*-\s+(.*)$/.exec(line)
    if (item) items.push(unquote(item[1] ?? ''))
    else if (line.trim() !== '') break
  }
  return [...new Set(items)]
}

/** Date and clock time in New York, by the engine's own formatter. */
function whenOf(head: string[], path: string): string {
  const written = fieldOf(head, 'date').replace(/\s+#.*$/, '')
  if (written === '') return `${/(\d{4}-\d{2}-\d{2})-/.exec(path)?.[1]} 09:00`
  const m = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?\s*(Z|[+-]\d{1,2}(?::?\d{2})?)?)?$/.exec(
    written,
  )
  if (!m) throw new Error(`${path}: ${written}`)
  const [, day, hour, minute, second, offset] = m
  if (hour === undefined) return `${day} 09:00`
  const zone =
    offset === 'Z' || offset === undefined ? 'Z' : `${offset[0]}${offset.slice(1).split(':')[0]?.padStart(2, '0')}:00`
  const at = new Date(`${day}T${hour.padStart(2, '0')}:${minute}:${second}${zone}`)
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' }).format(at)
}

const wordsOf = (text: string) =>
  text
    .replace(/&[a-z]+;|&#\d+;/gi, ' ')
    .replace(/\*/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** Everything a document holds, in the order Markdown writes it: words, addresses, titles, code, kept HTML. */
function everything(nodes: readonly DocNode[]): string {
  let out = ''
  for (const node of nodes) {
    const link = node.marks?.find((mark) => mark.type === 'link')
    out += node.type === 'hardBreak' ? '\n' : (node.text ?? '')
    for (const key of ['language', 'alt', 'src', 'title', 'html'])
      if (typeof node.attrs?.[key] === 'string') out += ` ${node.attrs[key]} `
    if (node.content) out += `${everything(node.content)}\n`
    if (link) out += ` \ufdd0${String(link.attrs?.href)} ${String(link.attrs?.title ?? '')}\ufdd0 `
  }
  return out
}
/** The address of a link comes after its last text: one that is in pieces would else name it several times. */
const addressesOnce = (text: string) => {
  const seen: string[] = []
  return text.replace(/ \ufdd0([^\ufdd0]*)\ufdd0 /g, (_all, address: string) => {
    seen.push(address)
    return ` ${address} `
  })
}

const markdownSyntax = (body: string) =>
  body
    .replace(/^[ \t]*\[[^\]^\n]+\]:[ \t]+\S.*$/gm, ' ')
    .replace(/\]\[[^\]\n]*\]/g, ' ')
    .replace(/^[ \t>]*\d+[.)][ \t]+/gm, ' ')
    .replace(/\\([^\p{L}\p{N}\s])/gu, '$1')
    // Tags that become marks and breaks of the document.
    .replace(/<br\s*\/?>/g, ' ')
    .replace(/<\/?(strong|em|b|i)>|<\/a>/g, '')
    .replace(/<a href="([^"]*)">/g, '')

/** Words of the source that are not in the document in the same order. */
const missing = (source: string[], given: string[]): string[] =>
  diffArrays(source, given).flatMap((part) => (part.removed ? part.value : []))

/**
 * Words this way of counting misses although the document has them: neighbouring links to one address are one link there (and name it once),
 * a lone `<img>` is a picture (its tag is no word), and formatting within a word (`<i>o</i>ver`, `and\`code\``) joins what the source has apart.
 */
const EXPLAINED: Readonly<Record<string, number>> = {
  '2014-11-26-how-to-use-more-open-source.md': 1,
  '2015-01-08-creating-a-federal-marketplace-for-agile-delivery-services.md': 6,
  '2015-01-21-join-us.md': 3,
  '2015-03-18-sunshine-week-extractive-industries-transparency-initiative-event.md': 5,
  '2015-05-12-announcing-the-calc-tool.md': 5,
  '2015-10-07-digital-economy-practice.md': 1,
  '2015-12-15-how-bot-named-dolores-landingham-transformed-18fs-onboarding.md': 2,
  '2016-01-08-18f-new-years-resolution-be-even-more-open.md': 5,
  '2016-09-20-mississippi-agile-modular-techniques-child-welfare-system.md': 18,
  '2016-11-22-a-vulnerability-disclosure-policy-for-the-technology-transformation-service.md': 7,
  '2017-10-03-building-a-large-scale-design-system.md': 2,
  '2018-04-17-so-youre-a-product-owner.md': 2,
  '2024-11-05-three-ways-to-write-fearless-spreadsheet-formulas.md': 2,
}

describe('the 509 posts of the 18F blog', () => {
  it('all come in, none with a problem', () => {
    expect(files).toHaveLength(509)
    expect(preview.posts).toHaveLength(509)
    expect(preview.problems).toEqual([])
  })

  it('have the title, date, authors and tags their files say', () => {
    const wrong: string[] = []
    for (const { path, bytes } of files) {
      const post = byPath.get(path)
      const { head } = split(textOf(bytes))
      const expected = {
        title: signed(fieldOf(head, 'title')),
        when: whenOf(head, path),
        authors: listOf(head, 'authors'),
        tags: listOf(head, 'tags'),
      }
      const found = {
        title: post?.title,
        when: `${post?.planned?.date} ${post?.planned?.time}`,
        authors: post?.authors,
        tags: post?.labels,
      }
      if (JSON.stringify(expected) !== JSON.stringify(found))
        wrong.push(`${path}\n  ${JSON.stringify(expected)}\n  ${JSON.stringify(found)}`)
    }
    expect(wrong.join('\n')).toBe('')
  })

  it('have an excerpt each, and pictures where their files name one', () => {
    for (const { path, bytes } of files) {
      const { head } = split(textOf(bytes))
      const post = byPath.get(path)
      expect(post?.image, path).toBe(fieldOf(head, 'image'))
      expect((post?.summary.length ?? 0) > 0, path).toBe(true)
    }
  })

  it('lose no word of their text, address or code: all stand in the document in the order of the file', () => {
    let all = 0
    const lost: Record<string, number> = {}
    for (const { path, bytes } of files) {
      const source = wordsOf(markdownSyntax(split(textOf(bytes)).body))
      const gone = missing(source, wordsOf(addressesOnce(everything(byPath.get(path)?.doc.content ?? []))))
      all += source.length
      if (gone.length > 0) lost[path.replace('posts/', '')] = gone.length
    }
    expect(all).toBeGreaterThan(560_000)
    expect(lost).toEqual(EXPLAINED)
    expect(Object.values(lost).reduce((sum, n) => sum + n, 0) / all).toBeLessThan(0.001)
  })

  it('can be found by the words a reader sees', () => {
    const visible = (body: string) =>
      markdownSyntax(body)
        .replace(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g, ' ')
        .replace(/\]\([^()\n]*(\([^()\n]*\)[^()\n]*)*\)/g, ' ')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\[\^[^\]]+\]/g, ' ')
    let all = 0
    let lost = 0
    for (const { path, bytes } of files) {
      const post = byPath.get(path)
      if (!post || JSON.stringify(post.doc).includes('"htmlBlock"')) continue
      const source = wordsOf(visible(split(textOf(bytes)).body))
      all += source.length
      lost += missing(source, wordsOf(plainText(post.doc))).length
    }
    expect(all).toBeGreaterThan(150_000)
    expect(lost / all).toBeLessThan(0.001)
  })

  it('are the same after going out to files and coming in again', () => {
    const again = importMarkdown(reread(writeMarkdownFolder(preview.posts, OPTIONS)), OPTIONS)
    expect(again.problems).toEqual([])
    expect(again.posts).toEqual(preview.posts)
  })

  it('give back the fields at the top of their files letter by letter', () => {
    const written = new Map(writeMarkdownFolder(preview.posts, OPTIONS).map(({ path, text }) => [path, text]))
    for (const { path, bytes } of files)
      expect(split(written.get(path) ?? '').head.join('\n'), path).toBe(split(textOf(bytes)).head.join('\n'))
  })
})
