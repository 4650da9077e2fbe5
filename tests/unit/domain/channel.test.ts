import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { blankChannel, inQuietHours, isQuietAt } from '../../../shared/domain/channel.ts'
import { clashesAt, firstFree } from '../../../shared/domain/clash.ts'
import { clockOf, toInstant, toWall } from '../../../shared/domain/time.ts'

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
