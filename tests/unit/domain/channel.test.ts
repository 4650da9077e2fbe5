import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { blankChannel, inQuietHours, isQuietAt, quietSpans } from '../../../shared/domain/channel.ts'
import { clashesAt, firstFree } from '../../../shared/domain/clash.ts'
import { addDays, clockOf, toInstant, toWall } from '../../../shared/domain/time.ts'

const BERLIN = 'Europe/Berlin'
const NIGHT = { from: '21:00', to: '07:00' }
const channel = blankChannel('instagram', { id: 'ig', zone: BERLIN, quiet: NIGHT })
const at = (time: string, zone = BERLIN) => toInstant({ date: '2026-11-27', time, zone })
const post = blankPost(0, { channelIds: ['ig'], title: 'A post' })
const around = { posts: [], channels: [channel], notes: [], zone: BERLIN }

describe('the quiet hours of a channel', () => {
  it('run over midnight when they end before they begin', () => {
    expect(['20:59', '21:00', '00:00', '06:59', '07:00'].map((time) => isQuietAt(NIGHT, time))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })

  it('cover a minute either way or the other, whatever the hours', () => {
    const time = fc.integer({ min: 0, max: 1_439 }).map(clockOf)
    fc.assert(
      fc.property(time, time, time, (from, to, minute) => {
        fc.pre(from !== to)
        expect(isQuietAt({ from, to }, minute)).toBe(!isQuietAt({ from: to, to: from }, minute))
      }),
    )
  })

  it('are read on the clock of the channel, not of whoever looks', () => {
    expect(inQuietHours(channel, at('22:00'))).toBe(true)
    expect(inQuietHours(channel, at('22:00', 'America/New_York'))).toBe(true)
    expect(inQuietHours(channel, at('02:00', 'America/New_York'))).toBe(false)
  })

  it('are a clash for a post of that channel, and for no other', () => {
    expect(clashesAt(post, at('22:00'), around)).toEqual([{ kind: 'quiet', channelId: 'ig', quiet: NIGHT }])
    expect(clashesAt(post, at('12:00'), around)).toEqual([])
    expect(clashesAt({ ...post, channelIds: ['li'] }, at('22:00'), around)).toEqual([])
  })

  it('are passed over by the first free time', () => {
    const free = firstFree(post, at('23:10'), around)
    expect(free === null ? null : toWall(free, BERLIN).time).toBe('07:10')
  })
})

describe('the quiet minutes of a day', () => {
  it('are two stretches for a quiet night', () => {
    expect(quietSpans(channel, '2026-11-27', BERLIN)).toEqual([
      { from: 0, to: 420 },
      { from: 1_260, to: 1_440 },
    ])
  })

  it('cover exactly the minutes that are quiet, on the clock of any zone', () => {
    const minute = fc.integer({ min: 0, max: 1_439 })
    const zone = fc.constantFrom(BERLIN, 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland')
    fc.assert(
      fc.property(
        minute,
        minute,
        minute,
        zone,
        zone,
        fc.integer({ min: 0, max: 60 }),
        (from, to, at, own, here, days) => {
          fc.pre(from !== to)
          // Days without a clock change in any of the zones.
          const day = addDays('2026-11-10', days)
          const quiet = { from: clockOf(from), to: clockOf(to) }
          const instant = toInstant({ date: day, time: clockOf(at), zone: here })
          const covered = quietSpans({ quiet, zone: own }, day, here).some((span) => at >= span.from && at < span.to)
          expect(covered).toBe(inQuietHours({ quiet, zone: own }, instant))
        },
      ),
    )
  })
})

describe('other rules of a channel', () => {
  const careful = blankChannel('instagram', { id: 'ig', zone: BERLIN, spacing: 0, perDay: 1, quietOnHolidays: true })
  const other = blankPost(0, { channelIds: ['ig'], planned: { date: '2026-11-27', time: '09:00', zone: BERLIN } })

  it('a day takes no more posts than the channel allows', () => {
    const full = { ...around, channels: [careful], posts: [other] }
    expect(clashesAt(post, at('18:00'), full)).toEqual([{ kind: 'full-day', channelId: 'ig', posts: 1, most: 1 }])
    expect(clashesAt(other, at('18:00'), full)).toEqual([])
  })

  it('a public holiday is quiet where the channel says so', () => {
    const holiday = { ...around, channels: [careful], holidayOn: () => 'Shop anniversary' }
    expect(clashesAt(post, at('12:00'), holiday)).toEqual([
      { kind: 'holiday', channelId: 'ig', name: 'Shop anniversary' },
    ])
  })
})
