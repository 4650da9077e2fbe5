/**
 * A workspace of an agency's size: 18,000 posts over three years, 96 channels, 600 campaigns, 12 people. The shape follows how real
 * calendars look: weekdays 5:1 over weekends, pile-ups at full and half hours, 2.5 placements a post, 15 % without a date, 10 % in no
 * campaign, a launch day with ten times the normal load. Deterministic.
 */
import { blankCampaign } from '../../renderer/data/commands/campaigns.ts'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel, HUES, NETWORK_IDS } from '../../shared/domain/channel.ts'
import type { PostStatus } from '../../shared/domain/status.ts'
import { addDays, clockOf, type IsoDate, isWeekend } from '../../shared/domain/time.ts'
import { DEFAULT_SETTINGS } from '../../shared/domain/workspace.ts'

const ZONE = 'Europe/Berlin'
export const POSTS = 18_000
export const FIRST_DAY: IsoDate = '2024-06-01'
const DAYS = 1_095
const LAUNCH: IsoDate = '2026-10-20'

/** Mulberry32: the same numbers every run. */
function random(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const WORDS =
  'launch seam pocket trail winter repair market notes field letter bench river first quiet maps bread north lamp'.split(
    ' ',
  )

export function agencyRows(today: IsoDate) {
  const next = random(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const days = Array.from({ length: DAYS }, (_, index) => addDays(FIRST_DAY, index))
  const weighted = days.flatMap((day) =>
    day === LAUNCH ? Array<IsoDate>(50).fill(day) : isWeekend(day) ? [day] : Array<IsoDate>(5).fill(day),
  )
  const channels = Array.from({ length: 96 }, (_, index) => {
    const network = NETWORK_IDS[index % NETWORK_IDS.length] ?? 'facebook'
    return blankChannel(network, {
      id: `channel-${index}`,
      name: `@client${Math.floor(index / 4)}`,
      zone: ZONE,
      spacing: 60,
      target: 12,
      order: index,
    })
  })
  const people = Array.from({ length: 12 }, (_, index) => ({
    id: `person-${index}`,
    name: `Member ${index + 1}`,
    role: 'Editor',
    email: '',
    trashedAt: 0,
  }))
  const campaigns = Array.from({ length: 600 }, (_, index) => {
    const startOn = addDays(FIRST_DAY, Math.floor((index / 600) * DAYS))
    return blankCampaign(0, {
      id: `campaign-${index}`,
      name: `Campaign ${index + 1}`,
      stage: startOn > today ? 'brief' : 'wrapped',
      hue: HUES[index % HUES.length] ?? 'iris',
      startOn,
      endOn: addDays(startOn, 20),
      order: index,
    })
  })
  const posts = Array.from({ length: POSTS }, (_, index) => {
    const date = pick(weighted)
    const dated = next() >= 0.15
    const minute = next() < 0.6 ? 0 : next() < 0.75 ? 30 : Math.floor(next() * 12) * 5
    const status: PostStatus = !dated
      ? pick(['idea', 'draft'])
      : date < today
        ? 'published'
        : pick(['draft', 'review', 'approved', 'scheduled', 'scheduled'])
    return blankPost(index, {
      id: `post-${String(index).padStart(5, '0')}`,
      title: `${pick(WORDS)} ${pick(WORDS)} ${pick(WORDS)} ${index}`,
      status,
      planned: dated ? { date, time: clockOf((7 + Math.floor(next() * 13)) * 60 + minute), zone: ZONE } : null,
      channelIds: Array.from({ length: 1 + Math.floor(next() * 4) }, () => pick(channels).id),
      campaignId: next() < 0.1 ? '' : pick(campaigns).id,
      ownerId: pick(people).id,
      excerpt: 'A text of some seventy words stands here in a real workspace.',
      words: 70,
    })
  })
  const documents = posts.map(({ id }) => ({
    id,
    content: [
      {
        type: 'paragraph',
        content: [{ type: 'text', text: `${Array.from({ length: 70 }, () => pick(WORDS)).join(' ')}.` }],
      },
    ],
  }))
  const settings = [{ id: 'settings', ...DEFAULT_SETTINGS, zone: ZONE }]
  return { posts, documents, channels, people, campaigns, settings }
}
