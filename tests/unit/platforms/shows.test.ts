import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NETWORK_IDS } from '../../../shared/domain/channel.ts'
import { type Device, folded, foldOf, safeZoneOf, shownLink, shownRatio } from '../../../shared/platforms/shows.ts'

describe('a folded text', () => {
  it('is whole where there is no fold', () => {
    expect(folded('Three pockets.', {})).toEqual({ seen: 'Three pockets.', more: false })
    expect(folded('Three pockets.', { characters: 14 })).toEqual({ seen: 'Three pockets.', more: false })
  })

  it('ends between words where one is near, and after its lines', () => {
    expect(folded('One for the map, one for the wet things', { characters: 21 })).toEqual({
      seen: 'One for the map, one',
      more: true,
    })
    expect(folded('one\ntwo\nthree', { lines: 2 })).toEqual({ seen: 'one\ntwo', more: true })
    // The dots come after a word, not after another mark.
    expect(folded('Read it: https://example.org', { characters: 9 })).toEqual({ seen: 'Read it', more: true })
  })

  it('is a beginning of the text and no longer than the fold, never with half a character at its end', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 })
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...NETWORK_IDS),
        fc.constantFrom<Device>('phone', 'desktop'),
        (words, network, device) => {
          const fold = foldOf(network, device)
          const { seen, more } = folded(words, fold)
          expect(words.startsWith(seen)).toBe(true)
          expect(seen.length).toBeLessThanOrEqual(fold.characters ?? words.length)
          expect(seen.isWellFormed()).toBe(true)
          if (!more) expect(words.trimEnd()).toBe(seen)
        },
      ),
    )
  })
})

describe('the safe zone of a tall picture', () => {
  it('leaves room for words on every network', () => {
    for (const network of NETWORK_IDS) {
      for (const format of ['story', 'reel', 'short', 'video'] as const) {
        const { top, bottom, start, end } = safeZoneOf(network, format)
        expect(1 - top - bottom).toBeGreaterThan(0.4)
        expect(1 - start - end).toBeGreaterThan(0.6)
      }
    }
  })
})

describe('an address in a text', () => {
  const long = 'https://www.example.org/journal/2026/11/a-very-long-path'
  it('is shortened where a network shortens it, and left alone elsewhere', () => {
    expect(shownLink('x', long)).toBe('example.org/journal/2026/1…')
    expect(shownLink('mastodon', long)).toBe('example.org/journal/2026/11/a-…')
    expect(shownLink('bluesky', long)).toBe(long)
    expect(shownLink('x', 'https://example.org/tarn28')).toBe('example.org/tarn28')
  })
})

describe('the shape a feed shows', () => {
  const content = (network: 'instagram' | 'threads') => ({
    network,
    format: 'feed' as const,
    text: '',
    media: [],
    fields: {},
  })
  it('is that of the picture, as far as the network takes it: nothing is cut that the network does not cut', () => {
    const panorama = { kind: 'image' as const, width: 3000, height: 600 }
    expect(shownRatio(content('instagram'), panorama)).toBe(1.91)
    expect(shownRatio(content('instagram'), { kind: 'image', width: 500, height: 3000 })).toBe(0.8)
    expect(shownRatio(content('instagram'), { kind: 'image', width: 1000, height: 1000 })).toBe(1)
    expect(shownRatio(content('threads'), panorama)).toBe(5)
  })
})
