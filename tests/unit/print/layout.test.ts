import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blankCampaign } from '../../../renderer/data/commands/campaigns.ts'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import type { PlanData, PlanPost } from '../../../renderer/print/collect.ts'
import { zoneSteps } from '../../../renderer/print/collect.ts'
import { fitDay, frameOf, layMonth, monthsOf } from '../../../renderer/print/layout.ts'
import { offsetAt } from '../../../renderer/print/offset.ts'
import { planOptions } from '../../../renderer/print/options.ts'
import { renderPlan } from '../../../renderer/print/render.tsx'
import { createDates, WORDS } from '../../../renderer/print/words.ts'
import { addDays, daysOf } from '../../../shared/domain/time.ts'

const item = (day: string, at: number): PlanPost => ({
  post: blankPost(0, { id: `p${at}`, title: `Post ${at}`, planned: { date: day, time: '09:00', zone: 'UTC' } }),
  content: [],
  places: [],
  day,
  time: '09:00',
  offset: 'UTC+0',
})

const data = (days: readonly string[], over: Partial<PlanData> = {}): PlanData => ({
  workspace: 'Fernhollow',
  zone: 'UTC',
  zoneSteps: [],
  zoneLast: 'UTC+0',
  weekStart: 1,
  range: { from: '2026-10-01', to: '2026-12-31' },
  campaign: null,
  practised: 0,
  brief: [],
  posts: days.toSorted().map(item),
  campaigns: [],
  channels: new Map(),
  people: new Map(),
  pillars: new Map(),
  tasks: [],
  dayNotes: [],
  pictures: new Map(),
  changes: [],
  author: '',
  madeAt: 0,
  fingerprint: '0'.repeat(32),
  ...over,
})

const someDays = fc.array(
  fc.integer({ min: 0, max: 91 }).map((add) => addDays('2026-10-01', add)),
  { maxLength: 120 },
)

describe('Month pages', () => {
  test('show or hide every post of their month exactly once, whatever the paper and the load', () => {
    fc.assert(
      fc.property(
        someDays,
        fc.constantFrom('a4', 'letter'),
        fc.boolean(),
        fc.constantFrom(1, 6, 7),
        (days, paper, across, weekStart) => {
          const plan = data(days, { weekStart })
          const frame = frameOf({ paper }, across)
          const laid = monthsOf(plan.range)
            .map((month) => layMonth(plan, month, frame))
            .flatMap(({ weeks }) =>
              weeks.flatMap((week) =>
                week.days.flatMap(({ shown, hidden }) => [
                  ...shown.map(({ item: { post } }) => post.id),
                  ...hidden.map(({ post }) => post.id),
                ]),
              ),
            )
          expect(laid.toSorted()).toEqual(plan.posts.map(({ post }) => post.id).toSorted())
        },
      ),
    )
  })

  test('never draw more into a day than its field holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.double({ min: 6, max: 60, noNaN: true }), (count, room) => {
        const posts = Array.from({ length: count }, (_, at) => item('2026-10-01', at))
        const { shown, hidden } = fitDay(posts, room)
        const line = (9.4 * 25.4) / 72
        const used =
          shown.reduce((sum, { titleLines }) => sum + 0.9 + line * (1 + titleLines), 0) +
          (hidden.length > 0 ? 0.8 + (10 * 25.4) / 72 : 0)
        if (shown.length > 0) expect(used).toBeLessThanOrEqual(room + 1e-9)
        expect(shown.length + hidden.length).toBe(count)
      }),
    )
  })

  test('give the room that is left to the titles', () => {
    const lines = (count: number, room: number) =>
      fitDay(
        Array.from({ length: count }, (_, at) => item('2026-10-01', at)),
        room,
      ).shown.map(({ titleLines }) => titleLines)
    expect(lines(1, 30)).toEqual([4])
    expect(lines(2, 26)).toEqual([3, 2])
    expect(lines(3, 23)).toEqual([1, 1, 1])
  })

  test('fit onto their page with four, five and six weeks', () => {
    // February 2027 has four weeks from Monday on, August 2026 six.
    for (const month of ['2027-02-01', '2026-10-01', '2026-08-01']) {
      for (const paper of ['a4', 'letter'] as const) {
        const frame = frameOf({ paper }, true)
        const { weeks, weekHeight } = layMonth(
          data([], { range: { from: month, to: addDays(month, 27) } }),
          month,
          frame,
        )
        expect(weeks.length * weekHeight).toBeLessThan(frame.height)
        expect(weekHeight).toBeGreaterThan(24)
      }
    }
  })

  test('name a campaign for which there is no lane left instead of losing it', () => {
    const campaigns = Array.from({ length: 5 }, (_, at) =>
      blankCampaign(0, { name: `Campaign ${at}`, startOn: '2026-10-01', endOn: '2026-10-31' }),
    )
    const page = layMonth(data([], { campaigns }), '2026-10-01', frameOf({ paper: 'a4' }, true))
    const drawn = page.weeks.flatMap(({ bars }) => bars.map(({ campaign }) => campaign.name))
    expect(new Set([...drawn, ...page.withoutLane.map(({ name }) => name)]).size).toBe(5)
    expect(page.withoutLane).toHaveLength(2)
  })
})

describe('The document', () => {
  test('refuses to leave out a post', () => {
    const plan = data(daysOf({ from: '2026-10-01', to: '2026-10-05' }))
    const lost: PlanData = { ...plan, posts: [...plan.posts, ...plan.posts.slice(0, 1)] }
    expect(() => renderPlan({ data: lost, options: planOptions('2026-10-01', '2026-12-31') })).toThrow(
      /5 posts printed, 6 in range/,
    )
    expect(renderPlan({ data: plan, options: planOptions('2026-10-01', '2026-12-31') }).postsOnPages).toBe(5)
  })

  test('escapes what people wrote, in text and in its running head', () => {
    const evil = '</style><script>alert(1)</script>"; } body { display: none }'
    const plan = data(['2026-10-01'], { workspace: evil })
    const { html } = renderPlan({ data: plan, options: planOptions('2026-10-01', '2026-12-31') })
    expect(html).not.toContain('<script>')
    expect(html.match(/<\/style>/g)).toHaveLength(1)
  })

  test('keeps the sections in the order asked for and leaves out those without data', () => {
    const plan = data(['2026-10-01'])
    const options = planOptions('2026-10-01', '2026-12-31', {
      sections: ['schedule', 'pillars', 'messages', 'summary', 'tasks'],
    })
    expect(renderPlan({ data: plan, options }).sections).toEqual(['schedule', 'summary'])
  })

  test('has no empty month at its ends, and none lost between', () => {
    const plan = data(['2026-10-30', '2026-12-01'], {
      range: { from: '2026-08-01', to: '2027-02-28' },
      campaigns: [blankCampaign(0, { startOn: '2026-09-30', endOn: '2027-01-01' })],
    })
    const { html } = renderPlan({ data: plan, options: planOptions('2026-08-01', '2027-02-28') })
    expect(Array.from(html.matchAll(/id="month-([^"]+)"/g), (match) => match[1])).toEqual([
      '2026-10',
      '2026-11',
      '2026-12',
    ])
  })

  test('shows a cover picture once, also where the text carries it', () => {
    const [first] = data(['2026-10-01']).posts
    if (!first) throw new Error('one post')
    const image = (mediumId: string) => ({ type: 'image', attrs: { mediumId, alt: '' } })
    const posts = [{ ...first, post: { ...first.post, coverId: 'm1' }, content: [image('m1'), image('m2')] }]
    const pictures = new Map([
      ['m1', 'data:image/png;base64,AAAA'],
      ['m2', 'data:image/png;base64,BBBB'],
    ])
    const { html } = renderPlan({
      data: data([], { posts }),
      options: planOptions('2026-10-01', '2026-12-31'),
      pictures,
    })
    expect(html.match(/base64,AAAA/g)).toHaveLength(1)
    expect(html.match(/base64,BBBB/g)).toHaveLength(1)
  })
})

describe('Times on paper', () => {
  test('carry the offset of their day', () => {
    expect(offsetAt(Date.UTC(2026, 6, 1), 'Europe/Berlin')).toBe('UTC+2')
    expect(offsetAt(Date.UTC(2026, 11, 1), 'America/St_Johns')).toBe('UTC−3:30')
    expect(offsetAt(Date.UTC(2026, 11, 1), 'Asia/Kathmandu')).toBe('UTC+5:45')
  })

  test('name the wall time at which the clocks change, by the clock before', () => {
    const year = (zone: string) => zoneSteps(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1), zone)
    expect(year('Europe/Berlin')).toEqual([
      { offset: 'UTC+1', until: { date: '2026-03-29', time: '02:00' }, forward: 60 },
      { offset: 'UTC+2', until: { date: '2026-10-25', time: '03:00' }, forward: -60 },
    ])
    expect(year('Australia/Lord_Howe').map(({ forward }) => forward)).toEqual([-30, 30])
    expect(year('UTC')).toEqual([])
    expect(year('Asia/Tokyo')).toEqual([])
  })
})

test('Every language has a word for every state and term', () => {
  for (const words of Object.values(WORDS)) {
    const all = [
      ...Object.values(words.t),
      ...Object.values(words.statuses),
      ...Object.values(words.states),
      ...Object.values(words.sections),
    ]
    expect(all.filter((word) => word.trim() === '')).toEqual([])
    expect(createDates(words).month('2026-10-01')).toContain('2026')
  }
})
