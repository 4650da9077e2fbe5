import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Doc } from '../../../shared/domain/document.ts'
import { checkSnippet, fill, fillDoc, tidyHashtags, valuesOf, variablesIn } from '../../../shared/domain/snippet.ts'

const namer = {
  campaign: (id: string) => (id === 'tarn' ? 'Tarn 28' : ''),
  channel: (id: string) => (id === 'ig' ? '@fernhollow' : ''),
  owner: () => 'Junia',
  date: (date: string) => `day ${date}`,
}
const doc = (text: string): Doc => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const post = {
  title: 'Three pockets',
  campaignId: 'tarn',
  planned: { date: '2026-10-16', time: '12:30', zone: 'Europe/Berlin' },
  channelIds: ['ig'],
  ownerId: 'j',
}

describe('variables of a snippet', () => {
  it('are filled from the post: title, campaign, day, only channel, first link, owner', () => {
    const values = valuesOf(post, doc('See https://fernhollow.example/tarn28, and more.'), namer)
    expect(fill('{campaign} / {title} on {Date} by {owner} at {link} ({channel})', values)).toEqual({
      text: 'Tarn 28 / Three pockets on day 2026-10-16 by Junia at https://fernhollow.example/tarn28 (@fernhollow)',
      missing: [],
    })
  })

  it('without an answer stay in their braces and are named, never silently empty', () => {
    const values = valuesOf({ ...post, planned: null, campaignId: '', channelIds: ['ig', 'x'] }, doc(''), namer)
    expect(fill('{campaign} on {date} in {Town} on {channel}', values)).toEqual({
      text: '{campaign} on {date} in {Town} on {channel}',
      missing: ['campaign', 'date', 'Town', 'channel'],
    })
    expect(fill('{town}', new Map([['town', '']])).missing).toEqual(['town'])
  })

  it('are asked for once, however often they stand there', () => {
    expect(variablesIn('{town}, {Town} and {first name}')).toEqual(['town', 'first name'])
  })

  it('are not what other systems put in two braces, nor code', () => {
    const others = '{{ page.title }} and {{name}} and {} and { } and {1} and %{}'
    expect(fill(others, new Map([['name', 'x']]))).toEqual({ text: others, missing: [] })
  })

  it('fill words of a document and leave parts without one untouched, as the very same objects', () => {
    const two: Doc = { type: 'doc', content: [...doc('{title}').content, ...doc('Plain').content] }
    const filled = fillDoc(two, new Map([['title', 'Three pockets']]))
    expect(filled.content[0]).toEqual(doc('Three pockets').content[0])
    expect(filled.content[1]).toBe(two.content[1])
    expect(fillDoc(doc('Plain'), new Map())).toEqual(doc('Plain'))
  })

  it('whatever is written: nothing is lost, and with all values nothing is missing', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('{title}', '{town}', '{', '}', '{{town}}', '{ town }'))
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        expect(fill(text, new Map()).text).toBe(text)
        const values = new Map(variablesIn(text).map((name) => [name.toLowerCase(), 'VALUE']))
        expect(fill(text, values).missing).toEqual([])
      }),
    )
  })
})

describe('a snippet is looked over', () => {
  it('for names that are likely slips, braces left open and no words at all', () => {
    expect(checkSnippet({ kind: 'snippet', text: 'From {campain} with {town}' })).toEqual([
      { kind: 'near', name: 'campain', meant: 'campaign' },
    ])
    expect(checkSnippet({ kind: 'snippet', text: 'From {campaign with love' })).toEqual([
      { kind: 'open', text: '{campaign with love' },
    ])
    expect(checkSnippet({ kind: 'signature', text: '  \n ' })).toEqual([{ kind: 'empty' }])
    expect(checkSnippet({ kind: 'snippet', text: 'Mend it, {title}.' })).toEqual([])
  })

  it('for hashtags no network takes', () => {
    expect(checkSnippet({ kind: 'hashtags', text: '#tarn28 #2026' })).toEqual([{ kind: 'no-hashtag', tag: '2026' }])
  })
})

describe('a hashtag set', () => {
  it('is kept as hashtags, each once, whatever was pasted', () => {
    expect(tidyHashtags('tarn28, #MendNotEnd #mendnotend; rain-proof\n#東京 {campaign}')).toBe(
      '#tarn28 #MendNotEnd #rainproof #東京 #{campaign}',
    )
  })

  it('stays as it is when it is tidied again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = tidyHashtags(text)
        expect(tidyHashtags(once)).toBe(once)
      }),
    )
  })
})
