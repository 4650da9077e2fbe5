import { describe, expect, it } from 'vitest'
import { blankCampaign } from '../../../renderer/data/commands/campaigns.ts'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { campaignDates, nextMoment } from '../../../renderer/features/board/campaignWords.ts'
import { lanesOf, loadTicks } from '../../../renderer/features/timeline/lanes.ts'
import { monthsOf, placeOf, rowsOfPhases, spanOf, ticksByDay, weeksOf } from '../../../renderer/parts/timeline/scale.ts'
import { planShift } from '../../../shared/domain/shift.ts'

const scale = { from: '2026-10-05', days: 14 }
const post = (id: string, date: string, fields = {}) =>
  blankPost(1, { id, planned: { date, time: '09:00', zone: 'UTC' }, ...fields })

describe('a timeline', () => {
  it('places days by their share and cuts what goes on beyond it', () => {
    expect(placeOf(scale, '2026-10-12')).toBe(50)
    expect(spanOf(scale, '2026-10-12', '2026-10-18')).toEqual({
      start: 50,
      width: 50,
      openStart: false,
      openEnd: false,
    })
    expect(spanOf(scale, '2026-10-01', '2026-12-01')).toEqual({ start: 0, width: 100, openStart: true, openEnd: true })
    expect(spanOf(scale, '2026-11-01', '2026-11-02')).toBeNull()
  })

  it('knows its weeks and months', () => {
    expect(weeksOf(scale, 1)).toEqual(['2026-10-05', '2026-10-12'])
    expect(monthsOf({ from: '2026-10-26', days: 14 })).toEqual(['2026-10-26', '2026-11-01'])
  })

  it('stands overlapping phases in rows', () => {
    const phase = (id: string, from: string, to: string) => ({ id, name: id, from, to })
    const rows = rowsOfPhases([
      phase('a', '2026-10-01', '2026-10-10'),
      phase('b', '2026-10-05', '2026-10-12'),
      phase('c', '2026-10-11', '2026-10-12'),
    ])
    expect(rows.map((row) => row.map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
  })

  it('tells posts apart by what they wait for; a cancelled one is no tick', () => {
    const posts = [
      post('a', '2026-10-06', { status: 'draft' }),
      post('b', '2026-10-06', { status: 'published' }),
      post('c', '2026-10-06', { status: 'cancelled' }),
    ]
    expect(ticksByDay(posts).get('2026-10-06')).toEqual(['out', 'draft'])
  })

  it('has a lane for each campaign that touches its days, and one for posts without', () => {
    const near = blankCampaign(1, { id: 'near', startOn: '2026-10-01', endOn: '2026-10-06' })
    const far = blankCampaign(1, { id: 'far', startOn: '2027-01-01', endOn: '2027-02-01' })
    const lanes = lanesOf([near, far], [post('a', '2026-10-06')], scale)
    expect(lanes.map(({ id }) => id)).toEqual(['near', ''])
  })

  it('shows the load after a shift: what was moved, and what is over the limit', () => {
    const campaign = blankCampaign(1, { id: 'k' })
    const mine = [post('a', '2026-10-06', { campaignId: 'k' })]
    const others = [post('b', '2026-10-07'), post('c', '2026-10-07')]
    const plan = planShift(
      { campaign, posts: mine, tasks: [], blackouts: [], others: new Map(), dayLimit: 2, now: 0 },
      { days: 1, skipWeekends: false, keepWeekday: true, skipBlackouts: false },
    )
    expect(loadTicks([...mine, ...others], 0, plan).get('2026-10-07')).toEqual(['load', 'load', 'moved'])
    expect(loadTicks([...mine, ...others], 2, plan).get('2026-10-07')).toEqual(['load', 'load', 'over'])
    expect(loadTicks([...mine, ...others], 2, plan).has('2026-10-06')).toBe(false)
  })
})

describe('a campaign card', () => {
  const campaign = blankCampaign(1, {
    stage: 'live',
    startOn: '2026-10-01',
    launchOn: '2026-10-20',
    endOn: '2026-10-28',
  })
  it('names the next thing that happens', () => {
    expect(nextMoment(campaign, '2026-10-14')).toBe('Launch in 6 days')
    expect(nextMoment(campaign, '2026-09-30')).toBe('Starts tomorrow')
    expect(nextMoment(campaign, '2026-10-28')).toBe('Ends today')
    expect(nextMoment({ ...campaign, stage: 'wrapped' }, '2026-10-14')).toBeNull()
  })
  it('says its dates, or that it has none', () => {
    expect(campaignDates(blankCampaign(1))).toBe('No dates')
    expect(campaignDates({ ...campaign, endOn: null })).toMatch(/^from 1 Oct/)
  })
})
