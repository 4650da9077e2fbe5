import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuickAdd, type QuickContext } from '../../../shared/domain/quickAdd.ts'
import { addDays, clockOf, weekday } from '../../../shared/domain/time.ts'

const context: QuickContext = {
  // A Tuesday.
  now: { date: '2026-11-24', time: '10:00' },
  channels: [
    { id: 'ig', network: 'instagram', name: '@fernhollow' },
    { id: 'li', network: 'linkedin', name: 'Fernhollow' },
    { id: 'fb', network: 'facebook', name: '@fernhollow' },
    { id: 'x', network: 'x', name: 'Hut keepers' },
  ],
  people: [
    { id: 'bex', name: 'Bex Rundle' },
    { id: 'maelis', name: 'Maelis Kroon' },
  ],
}
const read = (text: string) => parseQuickAdd(text, context)

describe('quick add', () => {
  it('reads day, time, channel and title from one line', () => {
    expect(read('Thu 9:30 linkedin Launch teaser #launch @bex')).toMatchObject({
      title: 'Launch teaser',
      date: '2026-11-26',
      time: '09:30',
      channelIds: ['li'],
      labels: ['launch'],
      ownerId: 'bex',
    })
  })
  it('reads the ways people write a day', () => {
    const date = (text: string) => read(`${text} Title of it`).date
    expect(date('tomorrow')).toBe('2026-11-25')
    expect(date('24 Nov')).toBe('2026-11-24')
    expect(date('Nov 23')).toBe('2027-11-23')
    expect(date('3rd december')).toBe('2026-12-03')
    expect(date('24.11.')).toBe('2026-11-24')
    expect(date('1.2.2027')).toBe('2027-02-01')
    expect(date('2026-12-24')).toBe('2026-12-24')
    expect(date('24 Dec 2027')).toBe('2027-12-24')
    expect(date('next tue')).toBe('2026-12-01')
    expect(date('31.02.')).toBeNull()
    expect(date('29 feb')).toBe('2028-02-29')
  })
  it('reads the ways people write a time', () => {
    const time = (text: string) => read(`${text} Title of it`).time
    expect(time('9:30')).toBe('09:30')
    expect(time('9.30')).toBe('09:30')
    expect(time('9am')).toBe('09:00')
    expect(time('12am')).toBe('00:00')
    expect(time('9:30 pm')).toBe('21:30')
    expect(time('at 9')).toBe('09:00')
    expect(time('24:00')).toBeNull()
    expect(time('13pm')).toBeNull()
  })
  it('takes a weekday that is today for today while its time is to come, else for the one in a week', () => {
    expect(read('Tue 11:00 Later today').date).toBe('2026-11-24')
    expect(read('Tue 9:00 Too late').date).toBe('2026-12-01')
  })
  it('leaves words inside a title alone', () => {
    expect(read('Why the Monday mail at 9:30 works for X users')).toMatchObject({
      title: 'Why the Monday mail at 9:30 works for X users',
      date: null,
      time: null,
      channelIds: [],
    })
    expect(read('Fri The Nov 24 rule explained')).toMatchObject({
      title: 'The Nov 24 rule explained',
      date: '2026-11-27',
    })
  })
  it('reads what stands at the end as well', () => {
    expect(read('Launch teaser tomorrow 9:30 linkedin')).toMatchObject({
      title: 'Launch teaser',
      date: '2026-11-25',
      time: '09:30',
      channelIds: ['li'],
    })
  })
  it('names channels by network, short form or own name, which may be several', () => {
    expect(read('ig Pictures of it').channelIds).toEqual(['ig'])
    expect(read('@fernhollow Pictures of it').channelIds).toEqual(['ig', 'fb'])
    expect(read('hut keepers Last call now').channelIds).toEqual(['x'])
  })
  it('keeps an unknown person in the title', () => {
    expect(read('Ask @nobody about it')).toMatchObject({ title: 'Ask @nobody about it', ownerId: '' })
  })

  const word = fc.constantFrom(
    'Launch',
    'teaser',
    'pockets',
    'with',
    'secrets',
    'lantern',
    'walk',
    'über',
    '日本',
    'repair',
  )
  const title = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '))
  it('gives back what was put together, in any order of its parts', () => {
    const days = fc.integer({ min: 0, max: 300 }).map((ahead) => addDays('2026-11-24', ahead))
    const clock = fc.integer({ min: 0, max: 1_439 }).map(clockOf)
    fc.assert(
      fc.property(
        title,
        days,
        clock,
        fc.constantFrom('linkedin', 'instagram', 'facebook'),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.boolean(),
        (words, date, time, network, order, after) => {
          const parts = order.map((index) => [date, time, network][index] ?? '')
          const text = after ? [words, ...parts] : [...parts, words]
          expect(read(text.join('  '))).toMatchObject({
            title: words,
            date,
            time,
            channelIds: [{ linkedin: 'li', instagram: 'ig', facebook: 'fb' }[network]],
          })
        },
      ),
    )
  })
  it('never loses a word: every one is title or in what was understood', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            word,
            fc.constantFrom(
              'thu',
              '9:30',
              '24',
              'Nov',
              'at',
              'linkedin',
              '#tag',
              '@bex',
              '24.11.',
              'noon',
              'next',
              'x',
            ),
          ),
          { maxLength: 10 },
        ),
        (words) => {
          const { title: rest, tokens } = read(words.join(' '))
          const back = [...rest.split(' '), ...tokens.flatMap(({ text }) => text.split(' '))].filter(Boolean).sort()
          expect(back).toEqual(words.toSorted())
        },
      ),
      { numRuns: 500 },
    )
  })
  it('gives a weekday the next such day, at most a week away', () => {
    fc.assert(
      fc.property(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), (name) => {
        const { date } = read(`${name} Title of it`)
        expect(date && weekday(date)).toBe(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(name) + 1)
        expect((date ?? '') >= '2026-11-24' && (date ?? '') <= '2026-12-01').toBe(true)
      }),
    )
  })
})
