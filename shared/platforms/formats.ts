/** Which rules hold for a content, and what in it they hold for. */
import type { NetworkId } from '../domain/channel.ts'
import { isLength } from './checks/text.ts'
import type {
  AccountLimits,
  Bound,
  Content,
  FileRules,
  FormatId,
  FormatRules,
  MediaChoice,
  Part,
  TextRules,
} from './model.ts'
import { RULES } from './networks/index.ts'

/** The formats of a network; the first is what a new post starts with. */
export const formatsOf = (network: NetworkId): FormatId[] => Object.keys(RULES[network].formats) as FormatId[]

/** The rules of a content's format, the account's own numbers in them. Undefined: the network has no such format. */
export function formatOf({
  network,
  format,
  account,
}: Pick<Content, 'network' | 'format' | 'account'>): FormatRules | undefined {
  const rules = RULES[network].formats[format]
  return rules && account?.limits ? withLimits(rules, account.limits) : rules
}

/** What is counted together with the text of a post: a content warning stands above the first. */
export function countedWith({ fields }: Content, part: number, text: FormatRules['text']): string {
  const value = part === 0 && text?.countedWith ? fields[text.countedWith] : ''
  return typeof value === 'string' ? value : ''
}

/** All posts of a thread, or the one post that is no thread. */
export const postsOf = (content: Content): readonly [Part, ...Part[]] => [content, ...(content.parts ?? [])]

const ACCOUNT = { source: 'the account itself' }

function withLimits(rules: FormatRules, limits: AccountLimits): FormatRules {
  const {
    text,
    media: [first, ...others],
    firstComment,
  } = rules
  const { image, animation, video } = rules.files
  const withNumber = (choice: MediaChoice) =>
    limits.media && choice.max > 1 ? { ...choice, ...ACCOUNT, max: limits.media } : choice
  return {
    ...rules,
    text: text && withLength(text, limits.text),
    firstComment: firstComment === text ? firstComment && withLength(firstComment, limits.text) : firstComment,
    media: [withNumber(first), ...others.map(withNumber)],
    files: {
      ...rules.files,
      ...(image && { image: withFile(image, limits, limits.imageBytes) }),
      ...(animation && { animation: withFile(animation, limits, limits.imageBytes) }),
      ...(video && { video: withFile(video, limits, limits.videoBytes) }),
    },
  }
}

/** The account's number in place of every other upper end of that measure; lower ends stay. */
function withMost<B extends Bound<string>>(
  bounds: readonly B[],
  of: B['of'] | undefined,
  max: number | undefined,
): readonly (B | Bound<B['of']>)[] {
  if (of === undefined || max === undefined) return bounds
  const kept: (B | Bound<B['of']>)[] = bounds.flatMap((bound) =>
    bound.of !== of ? [bound] : bound.min === undefined ? [] : [{ ...bound, max: undefined }],
  )
  const first = bounds.findIndex((bound) => bound.of === of)
  return kept.toSpliced(first < 0 ? kept.length : first, 0, { of, max, ...ACCOUNT })
}

function withLength<Rules extends TextRules>(rules: Rules, max: number | undefined): Rules {
  return { ...rules, bounds: withMost(rules.bounds, rules.bounds.find(isLength)?.of, max) }
}

function withFile(rules: FileRules, { alt, videoSeconds }: AccountLimits, bytes: number | undefined): FileRules {
  return {
    ...rules,
    bounds: withMost(withMost(rules.bounds, 'bytes', bytes), 'seconds', videoSeconds),
    ...(rules.alt && { alt: withLength(rules.alt, alt) }),
  }
}
