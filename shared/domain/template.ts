/**
 * Templates: a post to begin with, or a whole campaign counted in days from its launch. `{variables}` in their words are filled
 * when one is used; what has no value stays in its braces. Pure.
 */
import type { Campaign, Task } from './campaign.ts'
import type { Hue } from './channel.ts'
import { type Doc, type DocNode, mediaIn } from './document.ts'
import type { Post } from './post.ts'
import { fill, fillDoc, type Namer, type Values, valuesOf } from './snippet.ts'
import { addDays, type ClockTime, daysBetween, type Instant, type IsoDate, toInstant, type Zone } from './time.ts'

/** What a post begins with. */
export interface PostDraft {
  readonly title: string
  readonly summary: string
  readonly notes: string
  readonly channelIds: readonly string[]
  readonly pillarId: string
  readonly labels: readonly string[]
  readonly checklist: readonly string[]
  readonly content: readonly DocNode[]
}

/** A day counted from the launch: -7 is a week before; null: none. */
export type RelativeDay = number | null

export interface DraftInCampaign extends PostDraft {
  readonly id: string
  readonly day: RelativeDay
  readonly time: ClockTime
}

export interface CampaignDraft {
  readonly objective: string
  readonly audience: string
  readonly keyMessages: readonly string[]
  readonly channelIds: readonly string[]
  readonly personaIds: readonly string[]
  readonly brief: readonly DocNode[]
  readonly startDay: RelativeDay
  readonly endDay: RelativeDay
  readonly phases: readonly { readonly id: string; readonly name: string; readonly from: number; readonly to: number }[]
  readonly milestones: readonly { readonly id: string; readonly name: string; readonly day: number }[]
  readonly tasks: readonly { readonly id: string; readonly title: string; readonly day: RelativeDay }[]
  readonly posts: readonly DraftInCampaign[]
}

interface TemplateBase {
  readonly id: string
  readonly name: string
  readonly order: number
  readonly updatedAt: Instant
  readonly trashedAt: Instant
}
export interface PostTemplate extends TemplateBase {
  readonly kind: 'post'
  readonly post: PostDraft
}
export interface CampaignTemplate extends TemplateBase {
  readonly kind: 'campaign'
  readonly campaign: CampaignDraft
}
export type Template = PostTemplate | CampaignTemplate

/** Ids of the media in the texts of a template. */
export const mediaInTemplate = (template: Template): string[] =>
  mediaIn(
    template.kind === 'post'
      ? template.post.content
      : [...template.campaign.brief, ...template.campaign.posts.flatMap(({ content }) => content)],
  )

export const EMPTY_DRAFT: PostDraft = {
  title: '',
  summary: '',
  notes: '',
  channelIds: [],
  pillarId: '',
  labels: [],
  checklist: [],
  content: [],
}
export const EMPTY_CAMPAIGN_DRAFT: CampaignDraft = {
  objective: '',
  audience: '',
  keyMessages: [],
  channelIds: [],
  personaIds: [],
  brief: [],
  startDay: null,
  endDay: null,
  phases: [],
  milestones: [],
  tasks: [],
  posts: [],
}

type NewId = () => string
export interface NewPost {
  readonly fields: Partial<Post>
  readonly doc: Doc
}

/** The post a draft makes. `fields` come from where it is made: campaign, owner, date. */
export function postFrom(draft: PostDraft, fields: Partial<Post>, name: Namer, newId: NewId): NewPost {
  const doc: Doc = { type: 'doc', content: draft.content }
  const place = {
    campaignId: '',
    planned: null,
    ownerId: '',
    ...fields,
    channelIds: draft.channelIds.length > 0 ? draft.channelIds : (fields.channelIds ?? []),
  }
  const before = valuesOf({ ...place, title: '' }, doc, name)
  const title = fill(draft.title, before).text
  const values: Values = new Map([...before, ...(title ? ([['title', title]] as const) : [])])
  const filled = (text: string) => fill(text, values).text
  return {
    fields: {
      ...fields,
      title,
      summary: filled(draft.summary),
      notes: filled(draft.notes),
      channelIds: place.channelIds,
      pillarId: draft.pillarId,
      labels: draft.labels,
      checklist: draft.checklist.map((text) => ({ id: newId(), text: filled(text), done: false })),
    },
    doc: fillDoc(doc, values),
  }
}

/** What of a post another one can begin with. */
export const draftOf = (
  { title, summary, notes, channelIds, pillarId, labels, checklist }: Post,
  doc: Pick<Doc, 'content'>,
): PostDraft => ({
  title,
  summary,
  notes,
  channelIds,
  pillarId,
  labels,
  checklist: checklist.map(({ text }) => text),
  content: doc.content,
})

export interface CampaignStart {
  readonly name: string
  readonly launchOn: IsoDate
  readonly hue: Hue
  readonly ownerId: string
  readonly zone: Zone
  readonly now: Instant
}

export interface NewCampaign {
  readonly campaign: Partial<Campaign> & Pick<Campaign, 'id' | 'name'>
  readonly brief: Doc
  readonly tasks: readonly (Partial<Task> & Pick<Task, 'title'>)[]
  readonly posts: readonly NewPost[]
  /** Posts whose day is over already: they come without a date. */
  readonly past: number
}

/** The campaign a draft makes around a launch day. */
export function campaignFrom(draft: CampaignDraft, start: CampaignStart, name: Namer, newId: NewId): NewCampaign {
  const { launchOn, ownerId, zone, now } = start
  const on = (day: number): IsoDate => addDays(launchOn, day)
  const onOrNull = (day: RelativeDay) => (day === null ? null : on(day))
  const id = newId()
  const named: Namer = { ...name, campaign: (asked) => (asked === id ? start.name : name.campaign(asked)) }
  const about: Values = new Map([
    ['campaign', start.name],
    ['date', name.date(launchOn)],
  ])
  const filled = (text: string) => fill(text, about).text
  let past = 0
  const posts = draft.posts.map((each) => {
    const wall = each.day === null ? null : { date: on(each.day), time: each.time, zone }
    const planned = wall && toInstant(wall) >= now ? wall : null
    if (wall && !planned) past += 1
    const fields: Partial<Post> = {
      campaignId: id,
      ownerId,
      planned,
      status: planned ? 'draft' : 'idea',
      channelIds: draft.channelIds,
    }
    return postFrom(each, fields, named, newId)
  })
  return {
    campaign: {
      id,
      name: start.name,
      hue: start.hue,
      ownerId,
      objective: filled(draft.objective),
      audience: draft.audience,
      keyMessages: draft.keyMessages.map(filled),
      channelIds: draft.channelIds,
      personaIds: draft.personaIds,
      stage: 'brief',
      launchOn,
      startOn: onOrNull(draft.startDay),
      endOn: onOrNull(draft.endDay),
      phases: draft.phases.map(({ name: phase, from, to }) => ({
        id: newId(),
        name: phase,
        from: on(from),
        to: on(to),
      })),
      milestones: draft.milestones.map(({ name: milestone, day }) => ({ id: newId(), name: milestone, on: on(day) })),
    },
    brief: fillDoc({ type: 'doc', content: draft.brief }, about),
    tasks: draft.tasks.map(({ title, day }) => ({
      title: filled(title),
      campaignId: id,
      ownerId,
      dueOn: onOrNull(day),
    })),
    posts,
    past,
  }
}

/** A campaign as a draft: its days counted from the launch, else from its start, else from its first post. Cancelled posts are left out. */
export function campaignDraftOf(
  campaign: Campaign,
  brief: Pick<Doc, 'content'>,
  tasks: readonly Task[],
  posts: readonly { readonly post: Post; readonly doc: Pick<Doc, 'content'> }[],
  newId: NewId,
): CampaignDraft {
  const wanted = posts.filter(({ post }) => post.status !== 'cancelled')
  const first = wanted.flatMap(({ post }) => post.planned?.date ?? []).toSorted()[0]
  const origin = campaign.launchOn ?? campaign.startOn ?? first ?? null
  const day = (on: IsoDate): number => (origin === null ? 0 : daysBetween(origin, on))
  const dayOrNull = (on: IsoDate | null | undefined): RelativeDay => (on && origin !== null ? day(on) : null)
  return {
    objective: campaign.objective,
    audience: campaign.audience,
    keyMessages: campaign.keyMessages,
    channelIds: campaign.channelIds,
    personaIds: campaign.personaIds,
    brief: brief.content,
    startDay: dayOrNull(campaign.startOn),
    endDay: dayOrNull(campaign.endOn),
    phases:
      origin === null
        ? []
        : campaign.phases.map(({ name, from, to }) => ({ id: newId(), name, from: day(from), to: day(to) })),
    milestones: origin === null ? [] : campaign.milestones.map(({ name, on }) => ({ id: newId(), name, day: day(on) })),
    tasks: tasks.map(({ title, dueOn }) => ({ id: newId(), title, day: dayOrNull(dueOn) })),
    posts: wanted.map(({ post, doc }) => ({
      ...draftOf(post, doc),
      id: newId(),
      day: dayOrNull(post.planned?.date),
      time: post.planned?.time ?? '09:00',
    })),
  }
}
