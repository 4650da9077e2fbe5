/** Commands that make templates, and campaigns out of them. */
import type { Post } from '../../../shared/domain/post.ts'
import {
  type CampaignTemplate,
  campaignDraftOf,
  draftOf,
  type NewCampaign,
  type PostTemplate,
  type Template,
} from '../../../shared/domain/template.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { WorkspaceDb } from '../db.ts'
import { postsOfCampaign, tasksOfCampaign } from '../queries.ts'
import { blankCampaign } from './campaigns.ts'
import { blankPost, named, type PostStore, textFields } from './posts.ts'

type NewTemplate = Pick<PostTemplate, 'kind' | 'name' | 'post'> | Pick<CampaignTemplate, 'kind' | 'name' | 'campaign'>

const rowOf = (template: NewTemplate, now: number): Template => ({
  ...template,
  id: newId(),
  order: now,
  updatedAt: now,
  trashedAt: 0,
})

/** Adds a template. Gives its id. */
export async function addTemplate(store: PostStore, template: NewTemplate): Promise<string> {
  const result = await store.change<Template, never>(
    { command: 'addTemplate', label: `Added template “${template.name}”` },
    async (tx) => {
      const row = rowOf(template, tx.now)
      await tx.create('templates', row)
      return ok(row)
    },
  )
  if (!result.ok) throw new Error('adding a template cannot be refused')
  return result.value.id
}

/** Keeps a post as a template: its words, channels, labels and checklist. */
export const keepPostAsTemplate = (store: PostStore, id: string): Promise<Result<Post, { kind: 'missing' }>> =>
  store.change(
    (post) => ({ command: 'addTemplate', label: `Template of ${named([post])}` }),
    async (tx) => {
      const post = await tx.get('posts', id)
      if (!post) return err({ kind: 'missing' })
      const doc = docOf(await tx.get('documents', id))
      const name = post.title || 'Untitled'
      await tx.create('templates', rowOf({ kind: 'post', name, post: draftOf(post, doc) }, tx.now))
      return ok(post)
    },
  )

/** Keeps a campaign as a template: brief, messages, phases, milestones, tasks and posts, in days from its launch. */
export const keepCampaignAsTemplate = (
  store: PostStore,
  db: WorkspaceDb,
  id: string,
): Promise<Result<{ title: string }, { kind: 'missing' }>> =>
  store.change(
    (campaign) => ({ command: 'addTemplate', label: `Template of ${named([campaign])}` }),
    async (tx) => {
      const campaign = await tx.get('campaigns', id)
      if (!campaign) return err({ kind: 'missing' })
      const brief = docOf(await tx.get('documents', id))
      const posts = await postsOfCampaign(db, id)
      const texts = await tx.getMany(
        'documents',
        posts.map((post) => post.id),
      )
      const draft = campaignDraftOf(
        campaign,
        brief,
        await tasksOfCampaign(db, id),
        posts.map((post) => ({ post, doc: docOf(texts.find((text) => text.id === post.id)) })),
        newId,
      )
      await tx.create('templates', rowOf({ kind: 'campaign', name: campaign.name, campaign: draft }, tx.now))
      return ok({ title: campaign.name })
    },
  )

/** Creates a campaign with its brief, tasks and posts, as one undo. Gives its id. */
export async function createPlannedCampaign(
  store: PostStore,
  { campaign, brief, tasks, posts }: NewCampaign,
): Promise<string> {
  await store.change<null, never>(
    { command: 'createCampaign', label: `Created campaign “${campaign.name}” from a template` },
    async (tx) => {
      await tx.create('campaigns', blankCampaign(tx.now, campaign))
      const rows = posts.map(({ fields, doc }, at) => ({
        post: blankPost(tx.now, { ...fields, ...textFields(doc), order: tx.now + at }),
        doc,
      }))
      await tx.createMany(
        'posts',
        rows.map(({ post }) => post),
      )
      await tx.createMany('documents', [
        { id: campaign.id, content: brief.content },
        ...rows.map(({ post, doc }) => ({ id: post.id, content: doc.content })),
      ])
      await tx.createMany(
        'tasks',
        tasks.map((task, at) => ({
          id: newId(),
          campaignId: campaign.id,
          ownerId: '',
          dueOn: null,
          done: false,
          trashedAt: 0,
          ...task,
          order: tx.now + at,
        })),
      )
      return ok(null)
    },
  )
  return campaign.id
}
