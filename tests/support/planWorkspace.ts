/** A workspace with something for every part of a plan: a campaign, people, pictures, full days, many alphabets, internal words. */
import { createCampaign, createTask } from '../../renderer/data/commands/campaigns.ts'
import { createPost } from '../../renderer/data/commands/posts.ts'
import { addRow } from '../../renderer/data/commands/workspace.ts'
import { blankChannel } from '../../shared/domain/channel.ts'
import type { Doc } from '../../shared/domain/document.ts'
import type { Post } from '../../shared/domain/post.ts'
import { POST_STATUSES } from '../../shared/domain/status.ts'
import { addDays, type IsoDate } from '../../shared/domain/time.ts'
import { newId } from '../../shared/lib/ids.ts'
import { addMedium } from './library.ts'
import { aPng } from './mediaFiles.ts'
import type { TestWorkspace } from './workspace.ts'

/** Words that must never reach a client. */
export const SECRETS = [
  'Budget is nearly gone',
  'Ask the lawyer first',
  'Chase the photographer',
  'Salary round in May',
]

/** Titles in the alphabets people write. */
export const ALPHABETS = [
  'Осенний поход',
  'Φθινοπωρινή πορεία',
  'رحلة الخريف',
  'טיול סתיו',
  '秋の山歩き',
  '가을 산행',
  'Straße, œuvre, żółć',
  'Rucksack 🎒 für 👩🏽‍🚒',
]

export const textOf = (...paragraphs: string[]): Doc => ({
  type: 'doc',
  content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})

const SENTENCE =
  'Every seam of the pack can be opened, mended and closed again, and the pattern is printed on the label inside.'

export interface PlanWorkspace {
  readonly campaignId: string
  readonly channelIds: readonly string[]
  readonly pictureId: string
  /** The day with more posts than a field holds. */
  readonly fullDay: IsoDate
}

/** Fills October 2026 with `count` posts, six of them on one day, all of one campaign. */
export async function fillForPlan(workspace: TestWorkspace, count = 40): Promise<PlanWorkspace> {
  const { store, shell } = workspace
  const person = (name: string, role: string) => addRow(store, 'people', { name, role, email: '' }, `Added ${name}`)
  const people = [
    await person('Oryn Tamsel', 'Lead'),
    await person('Maelis Kroon', 'Editor'),
    await person('Bex Rundle', 'Film'),
  ]
  const networks = ['instagram', 'linkedin', 'wordpress', 'newsletter', 'mastodon'] as const
  const hues = ['plum', 'sky', 'pine', 'olive', 'iris'] as const
  const channelIds: string[] = []
  for (const [order, network] of networks.entries()) {
    const fields = blankChannel(network, {
      id: '',
      name: `Fernhollow ${network}`,
      hue: hues[order] ?? 'slate',
      zone: 'Europe/Berlin',
      spacing: 0,
      target: 8,
      order,
    })
    channelIds.push(await addRow(store, 'channels', fields, 'Added a channel'))
  }
  const pillarId = await addRow(
    store,
    'pillars',
    { name: 'Mend', hue: 'moss', purpose: 'Show that things can be repaired', share: 40 },
    'Added a pillar',
  )
  await addRow(
    store,
    'dayNotes',
    { on: '2026-10-03', until: '2026-10-03', kind: 'holiday', text: 'Public holiday' },
    'Added a note',
  )
  await addRow(
    store,
    'dayNotes',
    { on: '2026-10-05', until: '2026-10-05', kind: 'note', text: SECRETS[3] ?? '' },
    'Added a note',
  )
  const campaignId = await createCampaign(
    store,
    {
      name: 'Tarn 28 launch',
      stage: 'live',
      objective: 'Five thousand people on the waiting list before the shop opens.',
      audience: 'Walkers who carry a pack every week',
      startOn: '2026-10-01',
      endOn: '2026-10-28',
      launchOn: '2026-10-20',
      phases: [
        { id: newId(), name: 'Tease', from: '2026-10-01', to: '2026-10-18' },
        { id: newId(), name: 'Launch', from: '2026-10-19', to: '2026-10-25' },
        { id: newId(), name: 'Sustain', from: '2026-10-26', to: '2026-10-28' },
      ],
      milestones: [{ id: newId(), name: 'Shop opens', on: '2026-10-20' }],
      ownerId: people[0] ?? '',
      memberIds: people,
      channelIds,
      hue: 'iris',
      keyMessages: ['Made to be mended', 'Three pockets, no secrets'],
    },
    textOf('People repair what they love.'),
  )
  await createTask(store, { campaignId, title: SECRETS[2] ?? '', ownerId: people[2] ?? '', dueOn: '2026-10-02' })
  const picture = await addMedium(workspace, shell, aPng(640, 360), {
    name: 'pack-front.png',
    type: 'image/png',
    width: 640,
    height: 360,
    alt: 'The pack seen from the front',
  })
  if (!picture.ok) throw new Error(picture.error.message)
  const pictureId = picture.value
  const fullDay = '2026-10-20'
  for (let at = 0; at < count; at += 1) {
    const onFullDay = at < 6
    const day = onFullDay ? fullDay : addDays('2026-10-01', (at * 5) % 31)
    const fields: Partial<Post> = {
      title: ALPHABETS[at - 6] ?? `Post ${String(at + 1).padStart(3, '0')} about three pockets and a zip`,
      status: POST_STATUSES[at % POST_STATUSES.length] ?? 'draft',
      planned: {
        date: day,
        time: `${String(8 + (at % 10)).padStart(2, '0')}:${at % 2 ? '30' : '00'}`,
        zone: 'Europe/Berlin',
      },
      channelIds: channelIds.slice(at % 4, (at % 4) + 1 + (at % 2)),
      campaignId,
      pillarId: at % 2 ? pillarId : '',
      ownerId: people[at % 3] ?? '',
      authorIds: [people[(at + 1) % 3] ?? ''],
      labels: ['packs'],
      notes: SECRETS[0],
      checklist: [{ id: newId(), text: SECRETS[1] ?? '', done: false }],
      dueOn: '2026-09-30',
      coverId: at === 0 ? pictureId : '',
      summary: at === 1 ? 'What the pockets are for.' : '',
    }
    await createPost(store, fields, textOf(...Array.from({ length: 1 + (at % 3) }, () => SENTENCE)))
  }
  return { campaignId, channelIds, pictureId, fullDay }
}
