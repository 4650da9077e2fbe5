/** Whatever a form lets a person fill in reaches the network, or the form says that it does not. */
import { afterEach, describe, expect, it } from 'vitest'
import type { SentMedium } from '../../../electron/platforms/adapter.ts'
import { ADAPTERS } from '../../../electron/platforms/index.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { RULES } from '../../../shared/platforms/index.ts'
import type {
  Content,
  FieldName,
  FieldRules,
  Fields,
  FieldValue,
  FormatId,
  FormatRules,
  MediaFacts,
} from '../../../shared/platforms/model.ts'
import { aPicture } from './deliver.ts'
import { closeStarted, EVERY_NETWORK, factsOf, NEEDED, OTHERS, sentTo, waysOf } from './everyNetwork.ts'

const POLL: Fields = { pollOptions: ['Tea', 'Coffee'], pollQuestion: 'Which?' }
/** What a field goes with. */
const WITH: Partial<Record<FieldName, Fields>> = {
  pollDuration: POLL,
  pollQuestion: { pollOptions: ['Tea', 'Coffee'], pollQuestion: 'And?' },
  pollOptions: { pollQuestion: 'Which?' },
  linkTitle: { link: 'https://example.org/a' },
  linkDescription: { link: 'https://example.org/a' },
  newsletter: { emailSegment: 'all' },
  emailSubject: { emailSegment: 'all' },
}
/** Words of a certain form. */
const WORDS: Partial<Record<FieldName, string>> = {
  language: 'nl',
  locale: 'nl_NL',
  slug: 'marked-slug',
  board: 'Boats',
  boardSection: 'At dawn',
  newsletter: 'weekly',
}
const COVER: MediaFacts = { id: 'cover.jpg', kind: 'image', type: 'image/jpeg', width: 1280, height: 720, alt: '' }

function sampleOf(network: NetworkId, name: FieldName, rules: FieldRules, before: FieldValue | undefined): FieldValue {
  switch (rules.kind) {
    case 'choice': {
      // The first is what most networks take when nobody chose.
      const other = rules.options.findLast(({ value, only }) => value !== (before ?? rules.preset) && !only)
      return other?.value ?? ''
    }
    case 'switch':
      return before !== true
    case 'list':
      return ['marked', 'other']
    case 'address':
      return (name === 'quote' && OTHERS[network]?.[0]) || 'https://example.org/marked'
    case 'picture':
      return COVER
    case 'text':
      return WORDS[name] ?? 'Marked'
  }
}

const hostedCover = aPicture(COVER.id, 2000, { type: COVER.type, alt: '', address: 'https://media.example.org/cover' })
afterEach(closeStarted)

/** All that was asked for while a post went out. */
const sentWith = (network: NetworkId, format: FormatId, media: readonly SentMedium[], over: Partial<Content>) =>
  sentTo({ network, format, text: 'Boats', media: media.map(factsOf), fields: {}, ...over }, [...media, hostedCover])

const cases = ADAPTERS.flatMap(({ network }) =>
  (Object.entries(RULES[network].formats) as [FormatId, FormatRules][]).flatMap(([format, rules]) =>
    (Object.entries(rules.fields) as [FieldName, FieldRules][]).map(([name, field]) => ({
      what: `${network}, ${rules.name}: ${field.label}`,
      network,
      format,
      rules,
      name,
      field,
    })),
  ),
)

describe('a field that can be filled in', () => {
  it.each(cases)('$what', async ({ network, format, rules, name, field }) => {
    // Said where it is filled in.
    if (field.caveat?.sentence.includes('Outpost does not send it')) return
    const needed: Fields = {
      ...NEEDED[network],
      ...(network === 'pinterest' && format === 'video' && name !== 'cover' ? { cover: COVER } : {}),
      ...(name === 'cover' && 'link' in rules.fields ? { link: 'https://example.org/a' } : {}),
      ...WITH[name],
    }
    const filled = { ...needed, [name]: sampleOf(network, name, field, needed[name]) }
    const troubles: unknown[] = []
    for (const media of waysOf(rules)) {
      if (field.withoutMedia && media.length > 0) continue
      const without = await sentWith(network, format, media, { fields: needed })
      const { trouble, said } = await sentWith(network, format, media, { fields: filled })
      if (trouble) troubles.push(trouble)
      else if (JSON.stringify(said) !== JSON.stringify(without.said)) return
    }
    expect.fail(`It reaches nobody. ${JSON.stringify(troubles)}`)
  })
})

const commented = ADAPTERS.flatMap(({ network }) =>
  (Object.entries(RULES[network].formats) as [FormatId, FormatRules][])
    .filter(([, rules]) => rules.firstComment)
    .map(([format, rules]) => ({ what: `${network}, ${rules.name}`, network, format, rules })),
)

describe('a first comment', () => {
  it.each(commented)('$what: goes out below the post', async ({ network, format, rules }) => {
    const [media = []] = waysOf(rules)
    const fields = NEEDED[network] ?? {}
    const { trouble, said } = await sentWith(network, format, media, { fields, firstComment: 'FirstOfAll' })
    expect(trouble).toBeNull()
    expect(said.filter((line) => line.includes('FirstOfAll')).length).toBeGreaterThan(0)
  })
})

it('has a sandbox for every network', () => {
  expect(Object.keys(EVERY_NETWORK).sort()).toEqual(ADAPTERS.map(({ network }) => network as string).sort())
})
