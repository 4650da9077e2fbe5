import type { NetworkId } from '../../../shared/domain/channel.ts'
import {
  type Content,
  type Finding,
  type FormatId,
  type MediaFacts,
  validate,
} from '../../../shared/platforms/index.ts'

/** A picture every network takes. */
export const picture = (facts: Partial<MediaFacts> = {}): MediaFacts => ({
  id: 'picture',
  kind: 'image',
  type: 'image/jpeg',
  bytes: 900_000,
  width: 1_080,
  height: 1_350,
  alt: 'A heron in the reeds',
  ...facts,
})

/** A video every network takes: upright, 30 seconds. */
export const video = (facts: Partial<MediaFacts> = {}): MediaFacts => ({
  id: 'video',
  kind: 'video',
  type: 'video/mp4',
  bytes: 20_000_000,
  width: 1_080,
  height: 1_920,
  seconds: 30,
  fps: 30,
  alt: 'Reeds in the wind',
  ...facts,
})

/** Audio the one network that has it takes. */
export const audio = (facts: Partial<MediaFacts> = {}): MediaFacts => ({
  id: 'audio',
  kind: 'audio',
  type: 'audio/mpeg',
  bytes: 2_000_000,
  seconds: 90,
  alt: 'A heron calls',
  ...facts,
})

export const pdf = (facts: Partial<MediaFacts> = {}): MediaFacts => ({
  id: 'pdf',
  kind: 'document',
  type: 'application/pdf',
  bytes: 900_000,
  pages: 12,
  alt: '',
  ...facts,
})

export const many = (number: number, make: (facts: Partial<MediaFacts>) => MediaFacts = picture): MediaFacts[] =>
  Array.from({ length: number }, (_, index) => make({ id: `medium-${index + 1}` }))

/** A content that is fine in the fields every network asks for. */
export const content = (network: NetworkId, format: FormatId, facts: Partial<Content> = {}): Content => ({
  network,
  format,
  text: 'Autumn is here.',
  media: [],
  ...facts,
  fields: {
    title: 'Autumn',
    board: 'moss',
    subject: 'Autumn',
    madeForKids: false,
    visibility: { youtube: 'public', tiktok: 'PUBLIC_TO_EVERYONE' }[network as string],
    ...facts.fields,
  },
})

/** The findings as `error text-length`, or of one rule. */
export const told = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, rule }) => `${severity} ${rule}`)
/** What is found, but for the notice that a network fetches media from the web: that is true of every such post. */
export const found = (what: Content): Finding[] => validate(what).filter(({ rule }) => rule !== 'public-address')
export const says = (what: Content, rule: string): Finding | undefined =>
  validate(what).find((finding) => finding.rule === rule)
