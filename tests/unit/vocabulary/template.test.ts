import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankCampaign } from '../../../renderer/data/commands/campaigns.ts'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import {
  campaignDraftOf,
  campaignFrom,
  draftOf,
  EMPTY_CAMPAIGN_DRAFT,
  EMPTY_DRAFT,
  postFrom,
} from '../../../shared/domain/template.ts'
import { addDays, daysBetween } from '../../../shared/domain/time.ts'

const namer = {
  campaign: (id: string) => (id === 'old' ? 'Old' : ''),
  channel: (id: string) => `@${id}`,
  owner: () => '',
  date: (date: string) => date,
}
const doc = (text: string): Doc => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
let made = 0
const newId = () => `id-${made++}`
const ZONE = 'Europe/Berlin'
const LAUNCH = '2026-10-20'
const start = {
  name: 'Winter coat',
  launchOn: LAUNCH,
  hue: 'sky' as const,
  ownerId: 'junia',
  zone: ZONE,
  now: Date.UTC(2026, 0, 1),
}

describe('a post from a template', () => {
  it('begins with its words, its variables filled, and the place it is made in', () => {
    const draft = {
      ...EMPTY_DRAFT,
      title: '{campaign}: the week before',
      notes: 'For {title}',
      labels: ['launch'],
      checklist: ['Alt text for {title}'],
      content: doc('On {date} in {town}').content,
    }
    const planned = { date: LAUNCH, time: '09:00', zone: ZONE }
    const post = postFrom(draft, { campaignId: 'old', planned, channelIds: ['x'] }, namer, newId)
    expect(post.fields).toMatchObject({
      title: 'Old: the week before',
      notes: 'For Old: the week before',
      labels: ['launch'],
      channelIds: ['x'],
      checklist: [{ text: 'Alt text for Old: the week before', done: false }],
    })
    expect(post.doc).toEqual(doc('On 2026-10-20 in {town}'))
  })

  it('of a post has its words and none of its history', () => {
    const post = blankPost(1, { title: 'Three pockets', labels: ['a'], campaignId: 'old', ownerId: 'j' })
    expect(draftOf(post, doc('Text'))).toEqual({
      ...EMPTY_DRAFT,
      title: 'Three pockets',
      labels: ['a'],
      content: doc('Text').content,
    })
  })
})

describe('a campaign from a template', () => {
  const draft = {
    ...EMPTY_CAMPAIGN_DRAFT,
    objective: 'Why {campaign}?',
    startDay: -14,
    endDay: 7,
    phases: [{ id: 'a', name: 'Tease', from: -14, to: -1 }],
    milestones: [{ id: 'b', name: 'Launch', day: 0 }],
    tasks: [
      { id: 'c', title: 'Brief for {campaign}', day: -20 },
      { id: 'd', title: 'Some day', day: null },
    ],
    posts: [
      { ...EMPTY_DRAFT, id: 'e', title: 'Teaser for {campaign}', day: -7, time: '12:30' },
      { ...EMPTY_DRAFT, id: 'f', title: 'An idea', day: null, time: '09:00' },
    ],
  }

  it('counts its phases, milestones, tasks and posts from the launch day', () => {
    const { campaign, tasks, posts, past } = campaignFrom(draft, start, namer, newId)
    expect(campaign).toMatchObject({
      name: 'Winter coat',
      objective: 'Why Winter coat?',
      startOn: '2026-10-06',
      endOn: '2026-10-27',
      launchOn: LAUNCH,
      phases: [{ name: 'Tease', from: '2026-10-06', to: '2026-10-19' }],
      milestones: [{ name: 'Launch', on: LAUNCH }],
    })
    expect(tasks).toMatchObject([
      { title: 'Brief for Winter coat', dueOn: '2026-09-30', campaignId: campaign.id },
      { title: 'Some day', dueOn: null },
    ])
    expect(posts.map(({ fields }) => fields)).toMatchObject([
      {
        title: 'Teaser for Winter coat',
        planned: { date: '2026-10-13', time: '12:30', zone: ZONE },
        campaignId: campaign.id,
      },
      { title: 'An idea', planned: null, status: 'idea' },
    ])
    expect(past).toBe(0)
  })

  it('plans nothing into the past: such a post comes without a date', () => {
    const { posts, past } = campaignFrom(draft, { ...start, now: Date.UTC(2026, 9, 14) }, namer, newId)
    expect([past, posts[0]?.fields.planned]).toEqual([1, null])
  })

  it('of a campaign is that campaign again on the same launch day, and the same days apart on any other', () => {
    const day = fc.integer({ min: -60, max: 60 }).map((days) => addDays(LAUNCH, days))
    const range = fc.tuple(day, fc.nat(20)).map(([from, length]) => ({ from, to: addDays(from, length) }))
    fc.assert(
      fc.property(
        fc.array(range),
        fc.array(day),
        fc.array(fc.option(day)),
        fc.integer({ min: -400, max: 400 }),
        (phases, milestones, planned, later) => {
          const campaign = blankCampaign(1, {
            id: 'old',
            launchOn: LAUNCH,
            startOn: LAUNCH,
            phases: phases.map((phase, at) => ({ id: `${at}`, name: `P${at}`, ...phase })),
            milestones: milestones.map((on, at) => ({ id: `${at}`, name: `M${at}`, on })),
          })
          const posts = planned.map((date, at) => ({
            post: blankPost(1, {
              title: `T${at}`,
              planned: date === null ? null : { date, time: '09:15', zone: ZONE },
            }),
            doc: doc('Text'),
          }))
          const template = campaignDraftOf(campaign, doc('Brief'), [], posts, newId)
          const launchOn = addDays(LAUNCH, later)
          const again = campaignFrom(template, { ...start, launchOn, now: 0 }, namer, newId)
          const moved = (date: string) => addDays(date, later)
          expect(again.campaign.phases?.map(({ name, from, to }) => [name, from, to])).toEqual(
            campaign.phases.map(({ name, from, to }) => [name, moved(from), moved(to)]),
          )
          expect(again.campaign.milestones?.map(({ on }) => daysBetween(launchOn, on))).toEqual(
            milestones.map((on) => daysBetween(LAUNCH, on)),
          )
          expect(again.posts.map(({ fields }) => fields.planned?.date ?? null)).toEqual(
            planned.map((date) => date && moved(date)),
          )
          expect(again.brief).toEqual(doc('Brief'))
        },
      ),
    )
  })

  it('of a campaign without a day has none either, and leaves out what was cancelled', () => {
    const posts = [
      { post: blankPost(1, { title: 'Kept' }), doc: doc('') },
      { post: blankPost(1, { title: 'Gone', status: 'cancelled' }), doc: doc('') },
    ]
    const template = campaignDraftOf(blankCampaign(1), doc(''), [], posts, newId)
    expect(template.posts.map(({ title, day }) => [title, day])).toEqual([['Kept', null]])
    expect(template.startDay).toBe(null)
  })
})
