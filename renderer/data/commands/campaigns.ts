import type { Campaign, Task } from '../../../shared/domain/campaign.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { PostStore } from './posts.ts'

export function blankCampaign(now: number, fields: Partial<Campaign> = {}): Campaign {
  return {
    id: newId(),
    name: '',
    stage: 'idea',
    objective: '',
    audience: '',
    startOn: null,
    endOn: null,
    launchOn: null,
    phases: [],
    milestones: [],
    ownerId: '',
    memberIds: [],
    channelIds: [],
    personaIds: [],
    hue: 'iris',
    keyMessages: [],
    order: now,
    createdAt: now,
    updatedAt: now,
    trashedAt: 0,
    ...fields,
  }
}

/** What a campaign is called until somebody names it. */
export const NEW_CAMPAIGN = 'New campaign'

/** Creates a campaign with an empty brief. Gives its id. */
export async function createCampaign(store: PostStore, fields: Partial<Campaign>, brief?: Doc): Promise<string> {
  const result = await store.change<Campaign, never>(
    (campaign) => ({ command: 'createCampaign', label: `Created campaign “${campaign.name}”` }),
    async (tx) => {
      const campaign = blankCampaign(tx.now, fields)
      await tx.create('campaigns', campaign)
      await tx.create('documents', { id: campaign.id, content: brief?.content ?? [] })
      return ok(campaign)
    },
  )
  if (!result.ok) throw new Error('creating a campaign cannot be refused')
  return result.value.id
}

/**
 * Sets fields of a campaign; what builds on its lists is given as a function of the row, since the screen may be a moment behind.
 * `what` is the field in words, for the log: `Dates`.
 */
export const editCampaign = (
  store: PostStore,
  id: string,
  fields: Partial<Campaign> | ((campaign: Campaign) => Partial<Campaign>),
  what: string,
  gesture?: string,
): Promise<Result<Campaign, { kind: 'missing' }>> =>
  store.change(
    (campaign) => ({ command: 'editCampaign', label: `${what} of “${campaign.name}”`, group: gesture }),
    async (tx) => {
      const campaign = await tx.get('campaigns', id)
      if (!campaign) return err({ kind: 'missing' })
      await tx.update('campaigns', id, typeof fields === 'function' ? fields(campaign) : fields)
      return ok(campaign)
    },
  )

/** Saves the brief of a campaign. */
export const writeBrief = (
  store: PostStore,
  id: string,
  doc: Doc,
  gesture: string,
): Promise<Result<Campaign, { kind: 'missing' }>> =>
  store.change(
    (campaign) => ({ command: 'writeBrief', label: `Brief of “${campaign.name}”`, group: gesture }),
    async (tx) => {
      const campaign = await tx.get('campaigns', id)
      if (!campaign) return err({ kind: 'missing' })
      if (!(await tx.get('documents', id))) await tx.create('documents', { id, content: [] })
      await tx.replaceList('documents', id, 'content', doc.content)
      await tx.update('campaigns', id, { updatedAt: tx.now })
      return ok(campaign)
    },
  )

/** Trashes a campaign; its posts stay and lose nothing but the link shown. */
export const trashCampaign = (store: PostStore, id: string, now: number) =>
  editCampaign(store, id, { trashedAt: now }, 'Deletion')

/** Creates a task. Gives its id. */
export async function createTask(store: PostStore, fields: Partial<Task> & Pick<Task, 'title'>): Promise<string> {
  const id = newId()
  await store.change<null, never>({ command: 'createTask', label: `Created task “${fields.title}”` }, async (tx) => {
    await tx.create('tasks', {
      campaignId: '',
      ownerId: '',
      dueOn: null,
      done: false,
      order: tx.now,
      trashedAt: 0,
      ...fields,
      id,
    })
    return ok(null)
  })
  return id
}

export const editTask = (store: PostStore, id: string, fields: Partial<Task>, what = 'Changed a task') =>
  store.change<null, never>({ command: 'editTask', label: what }, async (tx) => {
    await tx.update('tasks', id, fields)
    return ok(null)
  })
