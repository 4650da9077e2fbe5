/** What the networks of a post are called, and what is said about them. */

import type { Assessment } from '../../../../shared/platforms/assess.ts'
import { shapeOf } from '../../../../shared/platforms/content.ts'
import {
  type Content,
  type Finding,
  type Fix,
  type MediaFacts,
  RULES,
  type Severity,
} from '../../../../shared/platforms/index.ts'
import { plural } from '../../../parts/index.ts'
import { canRemake, type Remake } from './remake.ts'

/** The worst there is among findings that ask for something; null where none does. */
export function worstOf(findings: readonly Finding[]): Exclude<Severity, 'note'> | null {
  if (findings.some(({ severity }) => severity === 'error')) return 'error'
  return findings.some(({ severity }) => severity === 'warning') ? 'warning' : null
}

/** A fix this app can do: films are not cut here. */
export type Doable = Exclude<Fix, { kind: 'trim' }>

/** The ways out of a finding that this app knows, each with the words of its link. */
export const fixesOf = ({ fixes, place }: Finding, assessment: Assessment): { fix: Doable; words: string }[] =>
  fixes.flatMap((fix) => {
    // A crop belongs to the picture where it stands in the list; a cover has no shape of its own.
    if (fix.kind === 'trim' || (fix.kind === 'crop' && place.at !== 'medium')) return []
    const words = fixWords(fix, assessment)
    return words === null ? [] : [{ fix, words }]
  })

/** Null where it would change nothing or cannot be done. */
function fixWords(fix: Doable, { content, posts }: Assessment): string | null {
  switch (fix.kind) {
    case 'shorten':
      return 'Shorten to fit'
    case 'split':
      return posts > 1 ? `Make a thread of ${posts}` : null
    case 'dropHashtags':
      return fix.keep === 0 ? 'Drop the hashtags' : `Keep ${plural(fix.keep, 'hashtag')}`
    case 'dropCharacters':
      return `Drop ${[...fix.characters].join(' ')}`
    case 'dropMedia':
      return fix.ids.length === 1 ? `Drop ${mediumWords(content, fix.ids[0])}` : `Drop the last ${fix.ids.length}`
    case 'clear':
      return fix.place.at === 'media' ? 'Drop the media' : 'Leave it out'
    case 'format': {
      const name = RULES[content.network].formats[fix.to]?.name.toLowerCase() ?? fix.to
      return `Make it ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
    }
    case 'crop':
      return mediumIn(content, fix.id)?.kind === 'image' ? `Crop to ${shapeOf(fix.ratio)}` : null
    case 'convert':
      return isRemade(fix, content)
        ? `Make it a ${isMoving(fix.id, content) ? 'still ' : ''}${typeWords(fix.type)}`
        : null
    case 'compress':
    case 'resize':
      return isRemade(fix, content) ? 'Make it smaller' : null
  }
}

const allMedia = ({ media, parts = [], fields }: Content) => [
  ...media,
  ...parts.flatMap((part) => part.media),
  ...(fields.cover ? [fields.cover] : []),
]
const mediumIn = (content: Content, id: string): MediaFacts | undefined =>
  allMedia(content).find((one) => one.id === id)
const isMoving = (id: string, content: Content): boolean => (mediumIn(content, id)?.frames ?? 1) > 1
const isRemade = (fix: Remake, content: Content): boolean => {
  const medium = mediumIn(content, fix.id)
  return medium !== undefined && canRemake(fix, medium)
}
const typeWords = (type: string): string => type.replace(/^.*\//, '').toUpperCase()
const mediumWords = ({ media }: Content, id: string | undefined): string => {
  const at = media.findIndex((one) => one.id === id)
  const noun = media[at]?.kind === 'audio' ? 'audio' : 'picture'
  return media.length > 1 ? `${noun} ${at + 1}` : `the ${noun}`
}

/** The link that leads to what a finding is about. */
export function leadWords({ rule, place }: Finding): string {
  if (rule === 'alt-missing') return 'Write it'
  if (rule === 'field-missing') return 'Fill it in'
  if (rule === 'media-missing') return 'Add one'
  if (place.at === 'time') return 'Choose a time'
  if (place.at === 'text') return 'Go to the text'
  if (place.at === 'media') return 'Go to the media'
  if (place.at === 'medium' || place.at === 'alt') return 'Go to the file'
  return 'Go to it'
}
