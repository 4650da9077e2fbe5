/** Content mended by what a finding offers. Pure; the same fix again changes nothing more. */
import { kindIn } from './checks/media.ts'
import { isLength } from './checks/text.ts'
import { count } from './count.ts'
import { type Fits, shorten, split } from './cutting.ts'
import { hashtagsIn } from './entities.ts'
import { countedWith, formatOf, postsOf } from './formats.ts'
import type {
  Content,
  ContentFix,
  FieldName,
  Fields,
  FormatRules,
  MediaFacts,
  Part,
  Place,
  TextRules,
} from './model.ts'

export function applyFix(content: Content, fix: ContentFix): Content {
  switch (fix.kind) {
    case 'shorten':
      return shortened(content, fix.place)
    case 'split':
      return splitIntoThread(content)
    case 'dropHashtags':
      return withTexts(content, fix.place, (text) => keepHashtags(text, fix.keep))
    case 'dropCharacters':
      return withTexts(content, fix.place, (text) =>
        Array.from(text, (character) => (fix.characters.includes(character) ? '' : character)).join(''),
      )
    case 'dropMedia':
      return withPosts(content, (post) => ({ ...post, media: post.media.filter(({ id }) => !fix.ids.includes(id)) }))
    case 'clear':
      return cleared(content, fix.place)
    case 'format':
      return { ...content, format: fix.to }
  }
}

/** Every post that is too long becomes several; media stay with the first of them. `numbered`: each ends in ` 2/5`. */
export function splitIntoThread(content: Content, numbered = false): Content {
  const thread: Content = { ...content, format: 'thread' }
  const text = formatOf(thread)?.text
  if (!text) return content
  const posts = postsOf(content).flatMap((post, part): Part[] => {
    const [first = '', ...rest] = split(post.text, fitting(text, countedWith(thread, part, text)), numbered)
    return [{ text: first, media: post.media }, ...rest.map((piece) => ({ text: piece, media: [] }))]
  })
  const [first = content, ...parts] = posts
  return { ...thread, text: first.text, parts }
}

/** Whether a text keeps to every limit of its length, sure or not. */
const fitting = ({ bounds }: TextRules, before = ''): Fits => {
  const lengths = bounds.filter((bound) => isLength(bound) && !bound.severity)
  return (text) => lengths.every(({ of, max }) => max === undefined || count(before + text, of) <= max)
}

function shortened(content: Content, place: Place): Content {
  const format = formatOf(content)
  const rules = format && textRulesAt(content, format, place)
  if (!rules) return content
  const fits = fitting(rules, place.at === 'text' ? countedWith(content, place.part, format.text) : '')
  return withTexts(content, place, (text) => shorten(text, fits))
}

function textRulesAt(content: Content, format: FormatRules, place: Place): TextRules | undefined {
  switch (place.at) {
    case 'text':
      return format.text ?? undefined
    case 'firstComment':
      return format.firstComment
    case 'alt':
      return altRules(content, format, place.id)
    case 'field': {
      const rules = format.fields[place.name]
      if (rules?.kind === 'list') return rules.each
      return rules?.kind === 'text' || rules?.kind === 'address' ? rules : undefined
    }
    default:
      return undefined
  }
}

function altRules(content: Content, format: FormatRules, id: string): TextRules | undefined {
  const medium = postsOf(content)
    .flatMap(({ media }) => media)
    .find((one) => one.id === id)
  if (medium) return format.files[kindIn(format, medium)]?.alt
  const { cover } = format.fields
  return cover?.kind === 'picture' ? cover.file.alt : undefined
}

/** The content with the text at a place, or every entry of a list there, changed. */
function withTexts(content: Content, place: Place, change: (text: string) => string): Content {
  switch (place.at) {
    case 'text':
      return withPosts(content, (post, part) => (part === place.part ? { ...post, text: change(post.text) } : post))
    case 'firstComment':
      return { ...content, firstComment: change(content.firstComment ?? '') }
    case 'alt':
      return withAlt(content, place.id, change)
    case 'field': {
      const value = content.fields[place.name]
      if (typeof value === 'string') return withField(content, place.name, change(value))
      return Array.isArray(value) ? withField(content, place.name, value.map(change)) : content
    }
    default:
      return content
  }
}

function withPosts(content: Content, change: (post: Part, part: number) => Part): Content {
  const { text, media } = change({ text: content.text, media: content.media }, 0)
  const parts = content.parts?.map((post, index) => change(post, index + 1))
  return { ...content, text, media, ...(parts && { parts }) }
}

function withAlt(content: Content, id: string, change: (alt: string) => string): Content {
  const described = (medium: MediaFacts) => (medium.id === id ? { ...medium, alt: change(medium.alt) } : medium)
  const { cover } = content.fields
  const next = withPosts(content, (post) => ({ ...post, media: post.media.map(described) }))
  return cover ? withField(next, 'cover', described(cover)) : next
}

const withField = <Name extends FieldName>(content: Content, name: Name, value: Fields[Name]): Content => ({
  ...content,
  fields: { ...content.fields, [name]: value },
})

const cleared = (content: Content, place: Place): Content =>
  place.at === 'field' ? withField(content, place.name, undefined) : withTexts(content, place, () => '')

/** Takes the last hashtags away: those at the end of the text whole, those within a sentence only their sign. */
function keepHashtags(text: string, keep: number): string {
  let kept = text
  for (const { start, end } of hashtagsIn(text).slice(keep).reverse()) {
    const after = kept.slice(end)
    kept = after.trim() ? kept.slice(0, start) + kept.slice(start + 1) : kept.slice(0, start).trimEnd()
  }
  return kept
}
