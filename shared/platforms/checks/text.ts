/** Whether a text fits: its length in the network's count, what it holds, characters refused. */
import { count } from '../count.ts'
import { linksIn } from '../entities.ts'
import type { Counter, Finding, Fix, Place, TextBound, TextRules } from '../model.ts'
import { amount, figure, NOUNS, takes } from '../words.ts'
import { finding, type Spot } from './finding.ts'

interface TextSpot extends Spot {
  /** What is counted with it: a content warning. */
  readonly before?: string
  /** A thread could take what is too long. */
  readonly splits?: boolean
}

export function checkText(text: string, { bounds, forbids, links }: TextRules, spot: TextSpot): Finding[] {
  const found = bounds.flatMap((bound) => checkBound(text, bound, spot) ?? [])
  if (forbids) found.push(...checkCharacters(text, forbids, spot))
  if (links && linksIn(text).some(({ scheme }) => scheme))
    found.push(finding('text-links', links, spot.place, links.sentence))
  return found
}

/** The rule of a bound on the number of something; all others are on length. */
const RULE_OF: Readonly<Partial<Record<TextBound['of'], string>>> = {
  hashtags: 'text-hashtags',
  longestHashtag: 'text-hashtag-length',
  longestHashtagBytes: 'text-hashtag-length',
  mentions: 'text-mentions',
  links: 'text-link-count',
  cashtags: 'text-cashtags',
}
export const isLength = ({ of }: TextBound): boolean => RULE_OF[of] === undefined

function checkBound(
  text: string,
  bound: TextBound,
  { place, subject, network, before = '', splits }: TextSpot,
): Finding | null {
  const { of, max } = bound
  const used = count(before + text, of)
  if (max === undefined || used <= max) return null
  const mild = bound.unitUnconfirmed && count(before + text, 'graphemes') <= max
  const fact: TextBound = mild ? { ...bound, unconfirmed: true } : bound
  const fixes: Fix[] = []
  if (of === 'hashtags') fixes.push({ kind: 'dropHashtags', place, keep: max })
  if (isLength(bound) && splits) fixes.push({ kind: 'split' })
  if (isLength(bound)) fixes.push({ kind: 'shorten', place })
  const sentence = `${subject} has ${amount(used, NOUNS[of])}, ${figure(used - max)} more than ${network} ${takes(fact)} (${figure(max)}).`
  return finding(RULE_OF[of] ?? 'text-length', fact, place, sentence, fixes)
}

function checkCharacters(
  text: string,
  forbids: NonNullable<TextRules['forbids']>,
  { place, subject, network }: Spot,
): Finding[] {
  const { characters } = forbids
  const refused = [...characters].filter((character) => text.includes(character))
  if (refused.length === 0) return []
  const sentence = `${subject} holds ${refused.join(' ')}, which ${network} does not take.`
  return [finding('text-characters', forbids, place, sentence, [{ kind: 'dropCharacters', place, characters }])]
}

/** The counters of a text, of every bound that is a limit and no mere advice. `before`: what is counted with it. */
export function countText(text: string, place: Place, { bounds }: TextRules, before = ''): Counter[] {
  return bounds.flatMap(({ of, max, severity }) => {
    if (max === undefined || severity) return []
    const used = count(before + text, of)
    return { place, unit: of, used, limit: max, state: stateOf(used, max) }
  })
}

function stateOf(used: number, limit: number): Counter['state'] {
  if (used > limit) return 'over'
  return used * 10 >= limit * 9 ? 'near' : 'ok'
}
