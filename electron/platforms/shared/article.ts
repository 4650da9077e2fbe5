/** Articles on a site of one's own: HTML with pictures in it, addresses nobody else has. */
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { ok, type Result } from '../../../shared/lib/result.ts'
import type { Job, Memory, Part, SentMedium } from '../adapter.ts'
import { partMemory } from './memory.ts'
import { coverOf, fieldOf } from './said.ts'
import { digest } from './upload.ts'

/** A picture in the HTML of a job that is still to be sent: `<img src="medium:ID">`. */
const PENDING = /(<img\b[^>]*?\bsrc=")medium:([^"]+)(")/g

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

/** The element that plays a file of a type; undefined where none does. */
export const playing = (type: string): 'video' | 'audio' | undefined =>
  (['video', 'audio'] as const).find((kind) => type.startsWith(`${kind}/`))

/** Media an article carries beside its cover that do not stand in its text; they come after it. */
export function trailing(job: Job): readonly SentMedium[] {
  const part = firstPart(job)
  const within = new Set([...part.html.matchAll(PENDING)].map((match) => match[2]))
  return part.media.filter(({ id }) => !within.has(id) && id !== coverOf(job)?.id)
}

/** The text as HTML, its pictures under the addresses they got. Plain words become paragraphs. */
export function articleHtml(job: Job, addressOf: (mediumId: string) => string): string {
  const { html, text } = firstPart(job)
  if (html !== '')
    return html.replace(PENDING, (_all, before, id, after) => `${before}${escapeHtml(addressOf(id))}${after}`)
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replace(/\n/g, '<br>')}</p>`)
    .join('')
}

/** Uploads what an edit brings; `next` gives all uploads with one more, or null when none is missing. */
export async function withUploads(
  memory: Memory,
  next: (own: Memory) => Promise<Result<Readonly<Record<string, unknown>>, Trouble> | null>,
): Promise<Result<Memory, Trouble>> {
  let own = partMemory(memory, 0)
  for (;;) {
    const uploads = await next(own)
    if (!uploads) return ok(own)
    if (!uploads.ok) return uploads
    own = { ...own, uploads: uploads.value }
  }
}

export function firstPart(job: Job): Part {
  const [part] = job.parts
  if (!part) throw new Error('There is no part.')
  return part
}

/** The last word of an address under which this very delivery can be found again, whatever its title. */
export function ownSlug(job: Job): string {
  const words = (fieldOf(job, 'slug') || job.title || firstPart(job).text.slice(0, 60))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '')
  const tail = digest(job.deliveryId).slice(0, 8)
  return words === '' ? tail : `${words}-${tail}`
}

/** Parts of HTML side by side at its top level, in order. The HTML is our own, so its tags are balanced. */
export function topLevel(html: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/gi)) {
    const [tag, closing, name = '', selfClosing] = match
    const at = match.index
    if (depth === 0 && at > from) found.push(html.slice(from, at))
    if (depth === 0) from = at
    if (/^(img|br|hr|wbr|col|input)$/i.test(name) || selfClosing === '/') {
      if (depth > 0) continue
    } else {
      depth += closing === '/' ? -1 : 1
      if (depth > 0) continue
    }
    found.push(html.slice(from, at + tag.length))
    from = at + tag.length
    depth = 0
  }
  if (from < html.length) found.push(html.slice(from))
  return found.filter((piece) => piece.trim() !== '')
}
