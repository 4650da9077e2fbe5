import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Doc } from '../../../shared/domain/document.ts'
import { linksOf, withLinks } from '../../../shared/domain/links.ts'
import {
  allowedValues,
  campaignClashes,
  checkLink,
  DEFAULT_VOCABULARY,
  driftOf,
  isTaggable,
  linkFor,
  replacedTag,
  retagged,
  siteOf,
  suggestedTags,
  tagsOf,
  tidy,
  UTM_FIELDS,
  type UtmTags,
  untagged,
  type Vocabulary,
  withTags,
} from '../../../shared/domain/utm.ts'
import { distance, nearest } from '../../../shared/lib/nearest.ts'

const SHOP = 'https://fernhollow.example/tarn28'
const vocabulary: Vocabulary = {
  ...DEFAULT_VOCABULARY,
  hosts: ['fernhollow.example'],
  allowed: { ...DEFAULT_VOCABULARY.allowed, content: ['footer'] },
}
const campaign = {
  id: 'tarn',
  name: 'Tarn 28',
  phases: [
    { id: 'p1', name: 'Tease', from: '2026-10-12', to: '2026-10-19' },
    { id: 'p2', name: 'Launch day', from: '2026-10-20', to: '2026-10-20' },
  ],
}
const allowed = allowedValues(vocabulary, [campaign])

describe('a value of a tag', () => {
  it('is written the way the vocabulary says', () => {
    expect(tidy(' Tarn 28 / Läunch__day! ', vocabulary)).toBe('tarn-28-läunch-day')
    expect(tidy('Tarn-28 Tease', { casing: 'as-is', separator: '_' })).toBe('Tarn_28_Tease')
  })

  it('never has a space, and stays as it is when it is written again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('lower' as const, 'as-is' as const),
        fc.constantFrom('-' as const, '_' as const),
        (value, casing, separator) => {
          const once = tidy(value, { casing, separator })
          expect(once).not.toMatch(/\s/)
          expect(tidy(once, { casing, separator })).toBe(once)
        },
      ),
    )
  })
})

describe('a link', () => {
  it('keeps its query and its fragment when it is tagged', () => {
    expect(withTags(`${SHOP}?size=m&size=l#parts`, { campaign: 'tarn-28', content: 'tease' })).toBe(
      `${SHOP}?size=m&size=l&utm_campaign=tarn-28&utm_content=tease#parts`,
    )
    expect(withTags(`${SHOP}?#top`, { campaign: 'läunch' })).toBe(`${SHOP}?utm_campaign=l%C3%A4unch#top`)
  })

  it('that is tagged already is respected', () => {
    const theirs = `${SHOP}?utm_source=partner&utm_campaign=Old%20One`
    expect(withTags(theirs, { source: 'x', medium: 'social', campaign: 'tarn-28' })).toBe(`${theirs}&utm_medium=social`)
    expect(withTags(`${SHOP}?utm_campaign=`, { campaign: 'tarn-28' })).toBe(`${SHOP}?utm_campaign=tarn-28`)
  })

  it('is completed for each network, with what that network is called', () => {
    const base = withTags(SHOP, { campaign: 'tarn-28', content: 'tease' })
    expect(linkFor(base, 'instagram', vocabulary)).toBe(`${base}&utm_source=instagram&utm_medium=social`)
    expect(linkFor(base, 'newsletter', vocabulary)).toContain('utm_source=newsletter&utm_medium=email')
  })

  it('without a tag, or of another site, goes out as it is', () => {
    expect(linkFor(SHOP, 'instagram', vocabulary)).toBe(SHOP)
    const theirs = 'https://mendbar.example/?utm_campaign=spring'
    expect(linkFor(theirs, 'instagram', vocabulary)).toBe(theirs)
    expect(isTaggable('https://shop.fernhollow.example:8080/a', vocabulary)).toBe(true)
    expect(isTaggable('https://notfernhollow.example', vocabulary)).toBe(false)
    expect(isTaggable('mailto:a@fernhollow.example', vocabulary)).toBe(false)
    expect(isTaggable('{{ "/tarn28" | url }}', { hosts: [] })).toBe(false)
    expect(siteOf('https://www.Fernhollow.example/shop?x')).toBe('fernhollow.example')
    expect(siteOf('fernhollow.example')).toBe('fernhollow.example')
  })

  const part = fc.stringMatching(/^[\w%.~-]{0,8}$/)
  const address = fc
    .tuple(
      fc.constantFrom('https://fernhollow.example', 'http://a.b/c', 'https://x.y/ä'),
      fc.option(fc.array(fc.tuple(part, part).map(([name, value]) => (value ? `${name}=${value}` : name)))),
      fc.option(part),
    )
    .map(([base, query, hash]) => `${base}${query ? `?${query.join('&')}` : ''}${hash === null ? '' : `#${hash}`}`)
    .filter((href) => !/utm_/i.test(href))
  const tags = fc.record(
    Object.fromEntries(UTM_FIELDS.map((field) => [field, fc.string({ minLength: 1, unit: 'grapheme' })])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<UtmTags>

  it('says what it was tagged with, and nothing else of it changes', () => {
    fc.assert(
      fc.property(address, tags, (href, given) => {
        const tagged = withTags(href, given)
        expect(tagsOf(tagged)).toEqual(given)
        expect(withTags(tagged, given)).toBe(tagged)
        const bare = (text: string) =>
          text
            .replace(/\?(?=#|$)/, '')
            .replace(/([?&])&+/g, '$1')
            .replace(/&(?=#|$)/, '')
        expect(bare(retagged(tagged, {}))).toBe(bare(href))
      }),
    )
  })

  it('takes exactly the tags it is given anew', () => {
    expect(retagged(`${SHOP}?a=1&UTM_Source=x&utm_term=y#z`, { campaign: 'mend' })).toBe(
      `${SHOP}?a=1&utm_campaign=mend#z`,
    )
    expect(retagged(`${SHOP}?utm_source=x`, {})).toBe(SHOP)
  })
})

describe('the place of a post suggests tags', () => {
  it('campaign and phase of its day', () => {
    expect(suggestedTags(campaign, '2026-10-16', vocabulary)).toEqual({ campaign: 'tarn-28', content: 'tease' })
    expect(suggestedTags(campaign, '2026-12-01', vocabulary)).toEqual({ campaign: 'tarn-28' })
    expect(suggestedTags(campaign, null, { ...vocabulary, campaigns: { tarn: 'tarn28' } })).toEqual({
      campaign: 'tarn28',
    })
    expect(suggestedTags(undefined, '2026-10-16', vocabulary)).toEqual({})
  })
})

describe('drift', () => {
  it('allows values of networks, campaigns, phases and the list', () => {
    const href = `${SHOP}?utm_source=instagram&utm_medium=social&utm_campaign=tarn-28&utm_content=launch-day`
    expect(checkLink(href, allowed, vocabulary)).toEqual([])
    expect(checkLink(`${SHOP}?utm_campaign=tarn-28&utm_content=footer`, allowed, vocabulary)).toEqual([])
    expect(checkLink(SHOP, allowed, vocabulary)).toEqual([])
  })

  it('names wrong case and separators, with the value that is meant', () => {
    const href = `${SHOP}?utm_source=Instagram&utm_medium=social&utm_campaign=tarn_28`
    expect(checkLink(href, allowed, vocabulary)).toEqual([
      { field: 'source', value: 'Instagram', kind: 'form', suggestion: 'instagram' },
      { field: 'campaign', value: 'tarn_28', kind: 'form', suggestion: 'tarn-28' },
    ])
  })

  it('names what is not in the vocabulary and suggests the near one', () => {
    const findings = checkLink(`${SHOP}?utm_campaign=tran-28&utm_content=pocketwatch`, allowed, vocabulary)
    expect(findings).toEqual([
      { field: 'campaign', value: 'tran-28', kind: 'unknown', suggestion: 'tarn-28' },
      { field: 'content', value: 'pocketwatch', kind: 'unknown', suggestion: null },
    ])
  })

  it('names what statistics would miss', () => {
    expect(
      checkLink(`${SHOP}?utm_source=instagram`, allowed, vocabulary).map(({ field, kind }) => [field, kind]),
    ).toEqual([
      ['medium', 'missing'],
      ['campaign', 'missing'],
    ])
    expect(checkLink(`${SHOP}?UTM_Campaign=tarn-28`, allowed, vocabulary)).toEqual([
      { field: 'campaign', value: 'tarn-28', kind: 'form', suggestion: 'tarn-28' },
    ])
  })

  it('a field without values takes anything that is written right', () => {
    expect(checkLink(`${SHOP}?utm_campaign=tarn-28&utm_term=rain-jacket`, allowed, vocabulary)).toEqual([])
    expect(checkLink(`${SHOP}?utm_campaign=tarn-28&utm_term=Rain+jacket`, allowed, vocabulary)).toEqual([
      { field: 'term', value: 'Rain jacket', kind: 'form', suggestion: 'rain-jacket' },
    ])
  })

  it('is listed by value with its texts, most used first, and is gone once mended', () => {
    const links = [
      { textId: 'a', href: `${SHOP}?utm_campaign=Tarn_28&x=1` },
      { textId: 'b', href: `${SHOP}?utm_campaign=Tarn_28` },
      { textId: 'b', href: `${SHOP}?utm_campaign=Tarn_28` },
      { textId: 'c', href: `${SHOP}?utm_campaign=tarn-28&utm_content=Foot` },
    ]
    const [first, second, ...rest] = driftOf(links, allowed, vocabulary)
    expect(first).toEqual({
      field: 'campaign',
      value: 'Tarn_28',
      kind: 'form',
      suggestion: 'tarn-28',
      textIds: ['a', 'b'],
    })
    expect(second).toMatchObject({ field: 'content', textIds: ['c'] })
    expect(rest).toEqual([])
    const mended = links.map(({ href, textId }) => ({
      textId,
      href: replacedTag(href, 'campaign', 'Tarn_28', 'tarn-28'),
    }))
    expect(mended[0]?.href).toBe(`${SHOP}?utm_campaign=tarn-28&x=1`)
    expect(driftOf(mended, allowed, vocabulary).map(({ field }) => field)).toEqual(['content'])
  })

  it('knows links of the own sites that carry no tag', () => {
    const links = [SHOP, `${SHOP}?utm_campaign=tarn-28`, 'https://elsewhere.example'].map((href) => ({
      textId: 'a',
      href,
    }))
    expect(untagged(links, vocabulary).map(({ href }) => href)).toEqual([SHOP])
    expect(untagged(links, { hosts: [] })).toEqual([])
  })

  it('knows campaigns whose links would say the same', () => {
    const other = { ...campaign, id: 'other', name: 'tarn_28' }
    expect(campaignClashes([campaign, other], vocabulary)).toEqual([{ value: 'tarn-28', campaigns: [campaign, other] }])
    expect(campaignClashes([campaign, other], { ...vocabulary, campaigns: { other: 'tarn-28-again' } })).toEqual([])
  })
})

describe('links of a text', () => {
  const link = (text: string, href: string) => ({
    type: 'text',
    text,
    marks: [{ type: 'bold' }, { type: 'link', attrs: { href } }],
  })
  const doc: Doc = {
    type: 'doc',
    content: [
      { type: 'paragraph', content: [{ type: 'text', text: 'See ' }, link('the shop', SHOP), link(SHOP, SHOP)] },
      { type: 'paragraph', content: [{ type: 'text', text: `Or (${SHOP}/parts).` }] },
      { type: 'paragraph', content: [{ type: 'text', text: 'No link.' }] },
      { type: 'codeBlock', content: [{ type: 'text', text: SHOP }] },
    ],
  }

  it('are marked ones and plain addresses, not those in code', () => {
    expect(linksOf(doc)).toEqual([SHOP, `${SHOP}/parts`])
  })

  it('are changed with the words that show them; the rest stays the very same', () => {
    const next = withLinks(doc, (href) => `${href}?a`)
    expect(linksOf(next)).toEqual([`${SHOP}?a`, `${SHOP}/parts?a`])
    expect(next.content[0]?.content?.map(({ text }) => text)).toEqual(['See ', 'the shop', `${SHOP}?a`])
    expect(next.content[1]?.content?.[0]?.text).toBe(`Or (${SHOP}/parts?a).`)
    expect(next.content[2]).toBe(doc.content[2])
    expect(withLinks(doc, (href) => href)).toBe(doc)
  })
})

describe('a slip of the keys', () => {
  it('is one step: a letter more, less, another, or two swapped', () => {
    expect(['tran', 'tar', 'tarns', 'torn'].map((word) => distance(word, 'tarn'))).toEqual([1, 1, 1, 1])
    expect(distance('', 'tarn')).toBe(4)
  })

  it('is forgiven once for every four letters', () => {
    expect(nearest('tran-28', ['tease', 'tarn-28'])).toBe('tarn-28')
    expect(nearest('qr', ['instagram', 'x'])).toBe(null)
    expect(nearest('newslettr', ['newsletter'])).toBe('newsletter')
  })

  it('is as far one way as the other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a))
        expect(distance(a, a)).toBe(0)
      }),
    )
  })
})
