import { describe, expect, it } from 'vitest'
import { createIndex, type Entry } from '../../../renderer/data/search/searchIndex.ts'
import { fold, rangesOf, termsOf } from '../../../renderer/data/search/terms.ts'

const NOW = Date.parse('2026-11-24T09:00:00Z')
const DAY = 86_400_000
const entry = (id: string, fields: Partial<Entry>): Entry => ({
  kind: 'post',
  id,
  title: '',
  summary: '',
  labels: '',
  notes: '',
  text: '',
  at: NOW,
  ...fields,
})
const find = (entries: Entry[], text: string) => {
  const index = createIndex()
  index.put(entries)
  return index.find(text, { limit: 20, now: NOW }).map(({ id }) => id)
}

describe('words of a search', () => {
  it('does not care for case and accents', () => {
    expect(fold('ZÜRICH')).toBe(fold('zurich'))
    expect(fold('Smørrebrød Straße œuvre')).toBe('smorrebrod strasse oeuvre')
    expect(fold('ЁЛКА')).toBe(fold('елка'))
    expect(fold('İstanbul')).toBe('istanbul')
    expect(fold('مُحَمَّد')).toBe(fold('محمد'))
  })
  it('keeps vowel signs that are part of a word', () => {
    expect(fold('กำลัง')).not.toBe(fold('กาลง'))
    expect(fold('हिन्दी')).toBe('हिन्दी'.normalize('NFC'))
  })
  it('cuts Chinese and Japanese into words, and says where they stand', () => {
    const terms = termsOf('新しいバックパックを発表')
    expect(terms.map(({ term }) => term)).toContain('発表')
    for (const { start, end, term } of terms) expect(fold('新しいバックパックを発表'.slice(start, end))).toBe(term)
  })
  it('marks as far as a word was typed, and all of one found by likeness', () => {
    expect(rangesOf('Behind the seams: bartack', new Set(['seams']), ['seam'])).toEqual([[11, 15]])
    expect(rangesOf('The bartack', new Set(['bartack']), ['bartak'])).toEqual([[4, 11]])
  })
})

describe('the index', () => {
  it('finds what begins with the last word while it is being typed', () => {
    expect(
      find([entry('a', { title: 'Rain test, no edits' }), entry('b', { title: 'Field notes' })], 'rain te'),
    ).toEqual(['a'])
  })
  it('ranks a title above a passing mention', () => {
    expect(
      find(
        [
          entry('text', { text: 'We mention a zip once in a long text about tents' }),
          entry('title', { title: 'Zip, close up' }),
        ],
        'zip',
      ),
    ).toEqual(['title', 'text'])
  })
  it('ranks what is near in time above what is long past', () => {
    expect(
      find(
        [
          entry('old', { title: 'Mend week', at: NOW - 700 * DAY }),
          entry('new', { title: 'Mend week', at: NOW + 3 * DAY }),
        ],
        'mend week',
      ),
    ).toEqual(['new', 'old'])
  })
  it('forgives a slip, but puts the exact word first', () => {
    expect(find([entry('like', { title: 'The bartack' }), entry('exact', { title: 'The bartak' })], 'bartak')).toEqual([
      'exact',
      'like',
    ])
  })
  it('wants every word, and takes any when no post has them all', () => {
    const entries = [entry('a', { title: 'Rain jacket' }), entry('b', { title: 'Rain' }), entry('c', { title: 'Snow' })]
    expect(find(entries, 'rain jacket')).toEqual(['a'])
    expect(find(entries, 'rain snow').toSorted()).toEqual(['a', 'b', 'c'])
  })
  it('finds Cyrillic, Arabic, Chinese and Japanese', () => {
    const entries = [
      entry('ru', { title: 'Новый рюкзак для гор' }),
      entry('ar', { title: 'حقيبة الظهر الجديدة' }),
      entry('ja', { title: '新しいバックパックを発表' }),
      entry('zh', { title: '我们的新背包今天发布' }),
    ]
    expect(find(entries, 'рюкз')).toEqual(['ru'])
    expect(find(entries, 'الظهر')).toEqual(['ar'])
    expect(find(entries, 'バックパック')).toEqual(['ja'])
    expect(find(entries, '今天')).toEqual(['zh'])
  })
  it('replaces what it knew and forgets what is dropped', () => {
    const index = createIndex()
    index.put([entry('a', { title: 'Before' })])
    index.put([entry('a', { title: 'After' })])
    const ids = (text: string) => index.find(text, { limit: 5, now: NOW }).map(({ id }) => id)
    expect([ids('before'), ids('after')]).toEqual([[], ['a']])
    index.drop('post', 'a')
    expect(ids('after')).toEqual([])
  })
  it('answers nothing to nothing', () => {
    expect(find([entry('a', { title: 'A' })], ' ... ')).toEqual([])
  })
})
