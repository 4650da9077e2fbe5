/**
 * A workspace to look around in: an invented maker of packs, three months round the day it is opened. What it writes depends
 * on that day alone (ids aside), in one transaction that undo does not reach.
 */
import type { Campaign, CampaignStage, Task } from '../../../shared/domain/campaign.ts'
import { blankChannel, type Channel, type Hue, type NetworkId } from '../../../shared/domain/channel.ts'
import type { DocNode } from '../../../shared/domain/document.ts'
import type { EvergreenRule } from '../../../shared/domain/evergreen.ts'
import { type Medium, plainMedium } from '../../../shared/domain/medium.ts'
import { type Placement, placed, placementId, plainPlacement, withMedia } from '../../../shared/domain/placement.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { PostStatus } from '../../../shared/domain/status.ts'
import { addDays, type ClockTime, type IsoDate, toInstant, weekday } from '../../../shared/domain/time.ts'
import { type DayNote, NO_FILTER, type Person, type Pillar, type SavedView } from '../../../shared/domain/workspace.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { ok } from '../../../shared/lib/result.ts'
import { blankPost, textFields } from '../../data/commands/posts.ts'
import { keepBytes, type OriginalsPort } from '../../data/media/originals.ts'
import { shelfOf, type Workspace } from '../../data/workspace.ts'
import {
  type CampaignKey,
  type ChannelKey,
  type PersonKey,
  PICTURES,
  type PillarKey,
  SAMPLE_TEXTS,
  type SampleText,
} from './sampleTexts.ts'
import { sampleVocabulary } from './sampleVocabulary.ts'

export type LoadPicture = (name: string) => Promise<Uint8Array<ArrayBuffer>>

const files = import.meta.glob<string>('../../../assets/sample/*.jpg', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** Reads a sample picture that came with the app; no network is asked. */
export const bundledPicture: LoadPicture = async (name) => {
  const response = await fetch(files[`../../../assets/sample/${name}.jpg`] ?? '')
  return new Uint8Array(await response.arrayBuffer())
}

/** What may go out again, by its title. */
const EVERGREENS: Readonly<Record<string, EvergreenRule>> = {
  'Pine wax in forty seconds': { cooldown: 45, season: null, most: 0 },
  'How to wash a pack (do not)': { cooldown: 60, season: null, most: 4 },
  'Tea, at last': { cooldown: 30, season: { from: '11-01', to: '02-29' }, most: 0 },
}

const DAY = 86_400_000
const NO_ROW = { trashedAt: 0 }

/** Fills an empty workspace. `today` is the date in the workspace's zone; pictures that cannot be read are left out. */
export async function createSample(
  workspace: Workspace,
  port: OriginalsPort,
  today: IsoDate,
  load: LoadPicture = bundledPicture,
): Promise<void> {
  const zone = (await workspace.db.settings.get('settings'))?.zone ?? 'UTC'
  const day = (offset: number): IsoDate => addDays(today, offset)
  const at = (offset: number, time: ClockTime = '12:00') => toInstant({ date: day(offset), time, zone })

  const people = mapOf<PersonKey, Person>({
    oryn: person('Oryn Tamsel', 'Content lead'),
    maelis: person('Maelis Kroon', 'Editor'),
    bex: person('Bex Rademaker', 'Photographer'),
    tavi: person('Tavi Sorrel', 'Social manager'),
    junia: person('Junia Pell', 'Brand director, signs'),
    ilva: person('Ilva Brandt', 'Ambassador'),
  })
  const pillars = mapOf<PillarKey, Pillar>({
    repair: pillar('Repair first', 'pine', 'Show that mending is easier than buying.', 30),
    field: pillar('Out in it', 'lagoon', 'Prove it where it rains.', 25),
    people: pillar('People outside', 'plum', 'Faces and names instead of claims.', 25),
    seam: pillar('Behind the seam', 'amber', 'Say how it is made and what it costs.', 20),
  })
  const channels = mapOf<ChannelKey, Channel>({
    ig: channel('instagram', '@fernhollow', 'plum', 0, 180, 24, [
      [1, '12:30'],
      [3, '12:30'],
      [5, '12:30'],
      [6, '10:00'],
    ]),
    li: channel('linkedin', 'Fernhollow', 'sky', 1, 240, 10, [
      [2, '09:00'],
      [4, '09:00'],
    ]),
    fb: channel('facebook', 'Fernhollow Outdoor', 'cobalt', 2, 180, 16, [
      [1, '12:30'],
      [4, '12:30'],
    ]),
    tk: channel('tiktok', '@fernhollow.mends', 'teal', 3, 360, 8, [
      [3, '18:00'],
      [6, '17:00'],
    ]),
    wp: channel('wordpress', 'The Fernhollow journal', 'pine', 4, 1440, 3, [[3, '12:30']]),
    nl: channel('newsletter', 'The Mend Letter', 'olive', 5, 1440, 4, [[4, '18:00']]),
  })
  function channel(
    network: NetworkId,
    name: string,
    hue: Hue,
    order: number,
    spacing: number,
    target: number,
    slots: [number, ClockTime][],
  ): Channel {
    return blankChannel(network, {
      id: newId(),
      name,
      handle: name.startsWith('@') ? name : '',
      hue,
      zone,
      order,
      spacing,
      target,
      slots: slots.map(([on, time]) => ({ weekday: on, time })),
    })
  }

  const said = sampleVocabulary(at(-60))
  const campaign = (
    name: string,
    stage: CampaignStage,
    hue: Hue,
    owner: PersonKey,
    on: string,
    dates: {
      from: number
      to: number
      launch?: number
      phases?: [string, number, number][]
      milestones?: [string, number][]
    },
    words: Pick<Campaign, 'objective' | 'audience' | 'keyMessages'>,
    order: number,
    talksTo: readonly (keyof typeof said.personas)[] = [],
  ): Campaign => ({
    ...NO_ROW,
    ...words,
    id: newId(),
    name,
    stage,
    hue,
    order,
    ownerId: people[owner].id,
    memberIds: (['maelis', 'bex', 'tavi'] as const).map((key) => people[key].id),
    channelIds: channelIds(on),
    personaIds: talksTo.map((key) => said.personas[key].id),
    startOn: day(dates.from),
    endOn: day(dates.to),
    launchOn: dates.launch === undefined ? null : day(dates.launch),
    phases: (dates.phases ?? []).map(([phase, from, to]) => ({
      id: newId(),
      name: phase,
      from: day(from),
      to: day(to),
    })),
    milestones: (dates.milestones ?? []).map(([milestone, on]) => ({ id: newId(), name: milestone, on: day(on) })),
    createdAt: at(dates.from - 30),
    updatedAt: at(-2),
  })
  const channelIds = (keys: string) => keys.split(' ').map((key) => channels[key as ChannelKey].id)

  const campaigns = mapOf<Exclude<CampaignKey, ''>, Campaign>({
    tarn: campaign(
      'Tarn 28 launch',
      'live',
      'iris',
      'maelis',
      'ig li fb tk wp nl',
      {
        from: -24,
        to: 26,
        launch: 6,
        phases: [
          ['Tease', -24, 5],
          ['Launch', 6, 12],
          ['Sustain', 13, 26],
        ],
        milestones: [
          ['Waitlist opens', 0],
          ['Launch day', 6],
          ['Second batch', 20],
        ],
      },
      {
        objective: 'Sell the first 1,500 Tarn 28 to people who mean to keep it for ten years.',
        audience: 'Walkers of 25 to 55 who mend things, or wish they did.',
        keyMessages: [
          'Every seam can be opened, mended and closed again.',
          'It costs more because it can be taken apart.',
          'Parts are kept for ten years, drawings are public.',
        ],
      },
      0,
      ['hikers', 'parents'],
    ),
    mend: campaign(
      'Mend Week',
      'production',
      'pine',
      'tavi',
      'ig li fb tk wp nl',
      {
        from: 4,
        to: 21,
        launch: 12,
        phases: [
          ['Call', 4, 11],
          ['The week', 12, 18],
          ['The count', 19, 21],
        ],
        milestones: [
          ['Doors open', 12],
          ['Repair index', 15],
        ],
      },
      {
        objective: 'Bring 600 broken things through the door and send them home working.',
        audience: 'People within an hour of the shop, and everyone who likes to watch.',
        keyMessages: ['For a week we sell nothing.', 'A repair you saw is a repair you can do.'],
      },
      1,
      ['makers', 'hikers'],
    ),
    walks: campaign(
      'Ambassador walks',
      'wrapped',
      'clay',
      'bex',
      'ig li fb tk wp nl',
      {
        from: -44,
        to: -10,
        milestones: [['Last walk', -24]],
      },
      {
        objective: 'Show four people and the hill each of them knows best.',
        audience: 'Readers who follow people rather than products.',
        keyMessages: ['Nobody was asked for a post.', 'A hill is known by walking it often.'],
      },
      2,
    ),
    winter: campaign(
      'The winter list',
      'brief',
      'sky',
      'oryn',
      'ig li fb tk wp nl',
      {
        from: 19,
        to: 40,
        launch: 19,
        milestones: [['Door locked', 30]],
      },
      {
        objective: 'A holiday list with hardly anything to buy on it.',
        audience: 'Subscribers of the Mend Letter.',
        keyMessages: ['Time is the gift.', 'Closed means closed.'],
      },
      3,
    ),
  })
  const briefs: Readonly<Record<Exclude<CampaignKey, ''>, string>> = {
    tarn: '## Why now\nThe first pack of ours that one person can repair with one tool. We want it known for that before anyone knows its price.\n## What we say\n- How it opens.\n- Who sewed it.\n- What we could not solve.\n## What we do not say\nNo "last chance", no countdown, no discount.',
    mend: '## Idea\nA week in which the shop sells nothing and mends everything.\n## Needed\n- Four tables, four people a day.\n- Thread in nine colours.\n- Someone who makes coffee.',
    walks:
      '## What it was\nFour walks, four people, no contracts.\n## What stays\nThe maps they drew from memory, and a standing offer of soup.',
    winter: '## Thought\nNine entries, seven of them free. The letter comes first, the networks follow.',
  }

  const pictures = new Map<string, Medium>()
  for (const [name, alt] of Object.entries(PICTURES)) {
    const bytes = await load(name).catch(() => null)
    if (!bytes || bytes.byteLength === 0) continue
    const id = newId()
    const kept = await keepBytes(shelfOf(workspace), port, { id, bytes: new Blob([bytes], { type: 'image/jpeg' }) })
    if (!kept.ok) throw new Error(kept.error.message)
    pictures.set(
      name,
      plainMedium({
        id,
        name: `${name}.jpg`,
        type: 'image/jpeg',
        size: bytes.byteLength,
        width: 640,
        height: 480,
        alt,
        createdAt: at(-50),
      }),
    )
  }

  const posts: Post[] = []
  const documents: { id: string; content: readonly DocNode[] }[] = []
  const placements: Placement[] = []
  SAMPLE_TEXTS.forEach((text, index) => {
    const offset = text.day === null ? null : onWorkday(text, today)
    const content = nodesOf(text.text, pictures.get(text.picture ?? ''))
    const planned = offset === null ? null : { date: day(offset), time: text.time, zone }
    const made = at((offset ?? -index % 9) - 12 - (index % 7), '10:00')
    const touched = Math.min(made + (index % 5) * DAY, at(-1, '16:00') - index * 7 * 60_000)
    const post = blankPost(touched, {
      title: text.title,
      planned,
      status: statusOf(text, offset, index),
      dueOn: offset === null ? null : day(offset - 4),
      channelIds: channelIds(text.on),
      campaignId: text.campaign ? campaigns[text.campaign].id : '',
      pillarId: pillars[text.pillar].id,
      ownerId: people[OWNERS[text.pillar][index % 2] ?? 'oryn'].id,
      authorIds: [people[OWNERS[text.pillar][0]].id],
      labels: labelsOf(text.labels),
      checklist: (text.checklist?.split('|') ?? []).map((item, at) => ({
        id: newId(),
        text: item,
        done: at === 0 && index % 2 === 0,
      })),
      pinned: text.pinned ?? false,
      evergreen: EVERGREENS[text.title] ?? null,
      inPool: EVERGREENS[text.title] ? 1 : 0,
      ...withMedia(placed(pictures.get(text.picture ?? ''))),
      createdAt: Math.min(made, touched),
      updatedAt: touched,
      order: index,
      ...textFields({ type: 'doc', content }),
    })
    posts.push(post)
    documents.push({ id: post.id, content })
    for (const key of text.on.split(' ') as ChannelKey[]) {
      const different = placementOf(key, text)
      if (!different) continue
      const id = placementId(post.id, channels[key].id)
      placements.push({ ...plainPlacement(post.id, channels[key].id, touched), ...different.fields })
      if (different.content) documents.push({ id, content: different.content })
    }
  })

  const note = (kind: DayNote['kind'], text: string, from: number, until = from): DayNote => ({
    ...NO_ROW,
    id: newId(),
    kind,
    text,
    on: day(from),
    until: day(until),
  })
  const dayNotes = [
    note('blackout', 'Stock count: nobody at the desk', -28, -27),
    note('note', 'Bex in the mountains', -12, -9),
    note('holiday', 'Shop anniversary', 10),
    note('note', 'Print deadline for the poster', 8),
    note('blackout', 'Door locked, everyone outside', 30, 33),
  ]
  const task = (
    of: CampaignKey,
    title: string,
    owner: PersonKey,
    due: number | null,
    order: number,
    done = false,
  ): Task => ({
    ...NO_ROW,
    id: newId(),
    campaignId: of ? campaigns[of].id : '',
    title,
    ownerId: people[owner].id,
    dueOn: due === null ? null : day(due),
    done,
    order,
  })
  const tasks = [
    task('tarn', 'Numbered labels back from the weaver', 'tavi', -4, 0, true),
    task('tarn', 'Count the rust ones', 'oryn', 0, 1),
    task('tarn', 'Phone rota for launch day', 'tavi', 3, 2),
    task('tarn', 'Ask the bus driver whether we may show her', 'maelis', 5, 3),
    task('mend', 'Agreement with the shop next door', 'oryn', 1, 0),
    task('mend', 'Order thread in nine colours', 'tavi', 2, 1),
    task('mend', 'Poster to the printer', 'bex', 8, 2),
    task('walks', 'Frame the four maps', 'bex', -12, 0, true),
    task('winter', 'Brief for the winter list', 'oryn', 4, 0),
    task('winter', 'Ask the hut keeper about filming', 'ilva', null, 1),
    task('', 'Find the sock for the wax film', 'oryn', 2, 0),
  ]
  const view = (
    name: string,
    hue: Hue,
    order: number,
    screen: SavedView['screen'],
    kind: string,
    filter: Partial<SavedView['filter']>,
  ): SavedView => ({
    ...NO_ROW,
    id: newId(),
    name,
    hue,
    order,
    screen,
    view: kind,
    filter: { ...NO_FILTER, ...filter },
  })
  const views = [
    view('Tarn 28', 'iris', 0, 'calendar', 'month', { campaignIds: [campaigns.tarn.id] }),
    view('Needs approval', 'amber', 1, 'calendar', 'list', { statuses: ['review', 'changes'] }),
    view('Video only', 'teal', 2, 'calendar', 'month', { channelIds: [channels.tk.id] }),
  ]

  await workspace.store.change({ command: 'createSample', label: 'Opened the sample', undoable: false }, async (tx) => {
    await tx.createMany('people', Object.values(people))
    await tx.createMany('pillars', Object.values(pillars))
    await tx.createMany('channels', Object.values(channels))
    await tx.createMany('campaigns', Object.values(campaigns))
    await tx.createMany('media', [...pictures.values()])
    await tx.createMany('posts', posts)
    await tx.createMany('placements', placements)
    await tx.createMany('documents', [
      ...documents,
      ...(Object.keys(campaigns) as (keyof typeof campaigns)[]).map((key) => ({
        id: campaigns[key].id,
        content: nodesOf(briefs[key]),
      })),
    ])
    await tx.createMany('dayNotes', dayNotes)
    await tx.createMany('tasks', tasks)
    await tx.createMany('views', views)
    await tx.createMany('snippets', said.snippets)
    await tx.createMany('mentions', said.mentions)
    await tx.create('vocabulary', { ...said.vocabulary, campaigns: { [campaigns.tarn.id]: 'tarn28' } })
    await tx.createMany('brandWords', said.brandWords)
    await tx.createMany('personas', Object.values(said.personas))
    await tx.createMany('templates', said.templates)
    await tx.update('settings', 'settings', { me: people.oryn.id, dayLimit: 5 })
    return ok(null)
  })
}

const mapOf = <K extends string, T>(rows: Record<K, T>): Record<K, T> => rows

const person = (name: string, role: string): Person => ({
  ...NO_ROW,
  id: newId(),
  name,
  role,
  email: `${(name.split(' ')[0] ?? name).toLowerCase()}@fernhollow.example`,
})
const pillar = (name: string, hue: Hue, purpose: string, share: number): Pillar => ({
  ...NO_ROW,
  id: newId(),
  name,
  hue,
  purpose,
  share,
})

const OWNERS: Readonly<Record<PillarKey, readonly [PersonKey, PersonKey]>> = {
  repair: ['tavi', 'oryn'],
  field: ['bex', 'tavi'],
  people: ['maelis', 'bex'],
  seam: ['maelis', 'oryn'],
}

/** Labels of two words are written together in the material. */
const LABELS = ['mend week', 'long read', 'how to']
function labelsOf(text = ''): string[] {
  const whole = LABELS.filter((label) => text.includes(label))
  const rest = whole.reduce((left, label) => left.replace(label, ''), text)
  return [...rest.split(' ').filter(Boolean), ...whole]
}

/** Few things go out on a weekend: what is not meant for one moves to the nearest working day on the same side of today. */
function onWorkday({ day: offset, pinned }: SampleText, today: IsoDate): number | null {
  if (offset === null || pinned || offset === 0) return offset
  const on = weekday(addDays(today, offset))
  if (on < 6) return offset
  const back = on === 6 ? -1 : -2
  const forth = on === 6 ? 2 : 1
  return offset < 0 ? offset + back : offset + forth
}

/** What a team of five would have reached by now: the past is out, the near future nearly ready, the far one still rough. */
function statusOf({ title }: SampleText, offset: number | null, index: number): PostStatus {
  const pick = (...states: PostStatus[]) => states[index % states.length] ?? 'draft'
  if (offset === null) return pick('idea', 'draft', 'idea')
  if (title.startsWith('How we price')) return 'review'
  if (title.startsWith('Packed in 28')) return 'changes'
  if (title.startsWith('Shop closed')) return 'cancelled'
  if (offset < 0) return 'published'
  if (offset <= 1) return 'scheduled'
  if (offset <= 6) return pick('scheduled', 'approved', 'scheduled', 'review')
  if (offset <= 14) return pick('approved', 'review', 'draft', 'changes', 'scheduled')
  if (offset <= 24) return pick('draft', 'review', 'draft', 'idea')
  return pick('idea', 'draft')
}

/** A line of the material: plain words, or `[words](address)` alone. */
function textNode(line: string): DocNode {
  const [, words, href] = /^\[(.+)\]\((.+)\)$/.exec(line) ?? []
  return words && href
    ? { type: 'text', text: words, marks: [{ type: 'link', attrs: { href } }] }
    : { type: 'text', text: line }
}
const paragraph = (text: string): DocNode => ({ type: 'paragraph', content: [textNode(text)] })

function nodesOf(text: string, picture?: Medium): DocNode[] {
  const nodes: DocNode[] = []
  let points: DocNode[] = []
  const endList = () => {
    if (points.length > 0) nodes.push({ type: 'bulletList', content: points })
    points = []
  }
  for (const line of text.split('\n')) {
    if (line.startsWith('- ')) {
      points.push({ type: 'listItem', content: [paragraph(line.slice(2))] })
      continue
    }
    endList()
    nodes.push(
      line.startsWith('## ')
        ? { type: 'heading', attrs: { level: 2 }, content: [textNode(line.slice(3))] }
        : paragraph(line),
    )
  }
  endList()
  if (picture) {
    const attrs = { src: picture.name, alt: picture.alt, title: null, mediumId: picture.id }
    nodes.splice(1, 0, { type: 'paragraph', content: [{ type: 'image', attrs }] })
  }
  return nodes
}

/** What is different on one channel: words of its own, and the answers TikTok insists on; null where nothing is. */
function placementOf(key: ChannelKey, { own }: SampleText) {
  const fields = key === 'tk' ? { fields: { visibility: 'PUBLIC_TO_EVERYONE', comments: true } } : {}
  const words = own?.[key]
  if (words === undefined) return key === 'tk' ? { fields, content: null } : null
  const content = nodesOf(words)
  return { fields: { ...fields, detached: true, ...textFields({ type: 'doc', content }) }, content }
}
