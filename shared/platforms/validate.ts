/** Everything that speaks against a content going out as it is, and what a screen counts while one types. */
import { NETWORKS } from '../domain/channel.ts'
import { checkField } from './checks/fields.ts'
import { finding, type Spot } from './checks/finding.ts'
import { checkChoice, checkFile, kindIn } from './checks/media.ts'
import { checkText, countText } from './checks/text.ts'
import { checkTime } from './checks/time.ts'
import { countedWith, formatOf, formatsOf, postsOf } from './formats.ts'
import type { Content, Counter, FieldName, FieldRules, Finding, FormatRules, Part, Place, When } from './model.ts'
import { RULES } from './networks/index.ts'
import { KINDS } from './words.ts'

const SENSE = { source: 'plain sense' }

/** In the order of the form; empty: nothing speaks against it. `when`: absent while it has no date, or nobody asks about it. */
export function validate(content: Content, when?: When): Finding[] {
  const network = NETWORKS[content.network].name
  const format = formatOf(content)
  if (!format) return [unknownFormat(content, network)]
  return [
    ...postsOf(content).flatMap((post, part) => checkPost(post, part, content, format, network)),
    ...fieldsOf(format).flatMap(([name, rules]) => checkField(content, name, rules, network)),
    ...checkFirstComment(content, format, network),
    ...checkOwn(content),
    ...(when ? checkTime(when, format, network) : []),
  ]
}

/** The findings that keep a content from going out: what a waiting button lists. */
export const blockers = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity === 'error')

/** Counters of everything that has an upper end: text, posts of a thread, fields, first comment. */
export function counters(content: Content): Counter[] {
  const format = formatOf(content)
  if (!format) return []
  const { text, firstComment } = format
  return [
    ...(text
      ? postsOf(content).flatMap((post, part) =>
          countText(post.text, { at: 'text', part }, text, countedWith(content, part, text)),
        )
      : []),
    ...fieldsOf(format).flatMap(([name, rules]) => {
      const value = content.fields[name] ?? ''
      return rules.kind === 'text' && typeof value === 'string' ? countText(value, { at: 'field', name }, rules) : []
    }),
    ...(firstComment ? countText(content.firstComment ?? '', { at: 'firstComment' }, firstComment) : []),
  ]
}

const fieldsOf = (format: FormatRules) => Object.entries(format.fields) as [FieldName, FieldRules][]

function unknownFormat({ network: id, format }: Content, network: string): Finding {
  const [to] = formatsOf(id)
  const sentence = `${network} has no such format (${format}).`
  return finding('format', SENSE, { at: 'format' }, sentence, to ? [{ kind: 'format', to }] : [])
}

function checkPost(post: Part, part: number, content: Content, format: FormatRules, network: string): Finding[] {
  const inThread = content.format === 'thread'
  if (part > 0 && !inThread) return part === 1 ? [noThread(content, network)] : []
  const where = `${network} (${format.name})`
  const spot: Spot = { place: { at: 'text', part }, subject: inThread ? `Post ${part + 1}` : 'Text', network }
  return [
    ...checkWriting(post, part, content, format, spot),
    ...checkChoice(post.media, format, RULES[content.network], { place: { at: 'media', part }, network: where }),
    ...post.media.flatMap((medium, index) => {
      const kind = kindIn(format, medium)
      const rules = format.files[kind]
      const noun = KINDS[kind].replace(/^./, (letter) => letter.toUpperCase())
      const which = post.media.length > 1 ? `${noun} ${index + 1}` : noun
      const subject = inThread ? `${which} of post ${part + 1}` : which
      return rules ? checkFile(medium, rules, { place: { at: 'medium', id: medium.id }, subject, network }) : []
    }),
  ]
}

function checkWriting(post: Part, part: number, content: Content, format: FormatRules, spot: Spot): Finding[] {
  const { place, subject, network } = spot
  if (!format.text) {
    const sentence = `${network} (${format.name}) shows no text: it stays here.`
    const fact = { source: 'the network has no field for it', severity: 'note' } as const
    return post.text.trim() ? [finding('text-unused', fact, place, sentence)] : []
  }
  if (isEmpty(post, part, content, format))
    return [finding('empty', SENSE, place, `${subject} is empty: write something or add a picture.`)]
  const splits = formatsOf(content.network).includes('thread')
  return checkText(post.text, format.text, { ...spot, splits, before: countedWith(content, part, format.text) })
}

/** A post that asks for media says so itself; a link or a title alone is something to show. */
function isEmpty(post: Part, part: number, { fields }: Content, { media, fields: known }: FormatRules): boolean {
  const shown = part === 0 && ((known.link && fields.link?.trim()) || (known.title && fields.title?.trim()))
  return !post.text.trim() && post.media.length === 0 && !shown && media.some(({ min }) => min === 0)
}

function noThread({ network: id }: Content, network: string): Finding {
  const to = formatsOf(id).includes('thread') ? [{ kind: 'format', to: 'thread' } as const] : []
  return finding('thread', SENSE, { at: 'text', part: 1 }, `${network} takes one post here, no thread.`, to)
}

function checkFirstComment({ firstComment = '' }: Content, format: FormatRules, network: string): Finding[] {
  const place: Place = { at: 'firstComment' }
  if (!firstComment.trim()) return []
  if (format.firstComment)
    return checkText(firstComment, format.firstComment, { place, subject: 'First comment', network })
  const fact = { source: 'no call for it that is known', severity: 'warning' } as const
  const sentence = `${network} (${format.name}) gets no first comment: it will not be sent.`
  return [finding('first-comment-unused', fact, place, sentence, [{ kind: 'clear', place }])]
}

function checkOwn(content: Content): Finding[] {
  const found: Finding[] = []
  for (const rule of RULES[content.network].own ?? []) {
    if (rule.formats && !rule.formats.includes(content.format)) continue
    const place = rule.brokenAt(content)
    if (place) found.push(finding(rule.rule, rule, place, rule.sentence, rule.fix ? [rule.fix] : []))
  }
  return found
}
