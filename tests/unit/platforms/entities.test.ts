import { describe, expect, it } from 'vitest'
import { count } from '../../../shared/platforms/count.ts'
import { cashtagsIn, emojiIn, hashtagsIn, linksIn, mentionsIn, type Span } from '../../../shared/platforms/entities.ts'

const texts = (text: string, spans: readonly Span[]) => spans.map(({ start, end }) => text.slice(start, end))

describe('links are found', () => {
  it.each([
    ['See https://moss.example.com/a?b=c#d.', ['https://moss.example.com/a?b=c#d']],
    ['(https://moss.example.com/a_(b))', ['https://moss.example.com/a_(b)']],
    ['moss.example.com, fern.design and the end.Then', ['moss.example.com', 'fern.design']],
    ['mail moss@fern.example.com', []],
    ['日本語https://moss.example.com/あ', ['https://moss.example.com/']],
    ['https://localhost/a', []],
    ['שלום https://moss.example.com/א', ['https://moss.example.com/']],
    ['v1.2.3 and 3.14', []],
    ['https://moss.example.com.then and xn--e1afmkfd.xn--p1ai', ['https://moss.example.com', 'xn--e1afmkfd.xn--p1ai']],
    ['https://moss.example.com,https://fern.example.com', ['https://moss.example.com', 'https://fern.example.com']],
  ])('%s', (text, expected) => {
    expect(texts(text, linksIn(text))).toEqual(expected)
  })

  it('and counted once each, those with a scheme', () => {
    const text =
      'https://a.example.com https://b.example.com https://a.example.com https://d.example.com.then c.example.com'
    expect(count(text, 'links')).toBe(3)
  })
})

describe('hashtags are found', () => {
  it.each([
    ['#autumn #moos2026 #2026', ['#autumn', '#moos2026']],
    ['#秋 #שלום #नमस्ते #é', ['#秋', '#שלום', '#नमस्ते', '#é']],
    ['C# and a#b and https://a.example.com/#c and &#39;', []],
    ['#️⃣ ##double #one#two', ['#one']],
  ])('%s', (text, expected) => {
    expect(texts(text, hashtagsIn(text))).toEqual(expected)
  })
})

describe('mentions, cashtags and emoji are found', () => {
  it.each([
    ['@moss, @fern.hollow. and moss@fern.example', ['@moss', '@fern.hollow']],
    ['@moss@fern.example https://a.example.com/@no', ['@moss@fern.example']],
  ])('%s', (text, expected) => {
    expect(texts(text, mentionsIn(text))).toEqual(expected)
  })

  it('a price is no cashtag', () => {
    const text = '$MOSS for $100'
    expect(texts(text, cashtagsIn(text))).toEqual(['$MOSS'])
  })

  it('an emoji is one, whatever it is made of; a sign is none', () => {
    const text = 'a👨‍👩‍👧‍👦b🇩🇪👍🏽1️⃣❤️ ❤ © 1'
    expect(texts(text, emojiIn(text))).toEqual(['👨‍👩‍👧‍👦', '🇩🇪', '👍🏽', '1️⃣', '❤️'])
  })
})

it('no text keeps a count waiting, however it is made', () => {
  // Patterns that went astray would need minutes for these.
  const traps = ['a.', '(', '#', '#1', '@a.', 'a-', '1\u0301', 'http://', '(a', '$A ', '#a'].map((piece) =>
    piece.repeat(20_000),
  )
  for (const text of [
    ...traps,
    `https://a.example.com/${'('.repeat(20_000)}`,
    `https://a.example.com/?${'.'.repeat(20_000)}`,
  ])
    for (const unit of [
      'graphemes',
      'xWeight',
      'mastodon',
      'threads',
      'hashtags',
      'mentions',
      'links',
      'cashtags',
    ] as const)
      expect(count(text, unit)).toBeGreaterThanOrEqual(0)
})
