/** A stored post in the words the interchange formats use: people, channels, campaign and pillar by name. */
import type { Doc } from '../../../shared/domain/document.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { WorkspaceContent } from '../../../shared/interchange/json.ts'
import type { ImportedPost } from '../../../shared/interchange/model.ts'
import { saidBy, sourceAsRead, wordFor } from '../../data/commands/importPosts.ts'

export interface Names {
  person(id: string): string
  channel(id: string): string
  campaign(id: string): string
  pillar(id: string): string
}

type Named = Pick<WorkspaceContent, 'people' | 'channels' | 'campaigns' | 'pillars'>

/** Names by id; '' for what is not there. */
export function namesIn({ people, channels, campaigns, pillars }: Named): Names {
  const namer = (rows: readonly { readonly id: string; readonly name: string }[]) => {
    const byId = new Map(rows.map(({ id, name }) => [id, name]))
    return (id: string) => byId.get(id) ?? ''
  }
  const words = channels.map((channel) => ({ id: channel.id, name: wordFor(channel) }))
  return { person: namer(people), channel: namer(words), campaign: namer(campaigns), pillar: namer(pillars) }
}

const filled = (words: readonly string[]) => words.filter((word) => word !== '')

/** A lead picture is named as its source named it. */
export function asImported(post: Post, doc: Doc, names: Names): ImportedPost {
  const said = saidBy(post.source)
  const authors = filled(post.authorIds.map(names.person))
  const owner = names.person(post.ownerId)
  return {
    id: said.id || post.id,
    title: post.title,
    doc,
    summary: post.summary,
    planned: post.planned,
    dueOn: post.dueOn,
    authors,
    labels: post.labels,
    status: post.status,
    channels: filled(post.channelIds.map(names.channel)),
    campaign: names.campaign(post.campaignId),
    pillar: names.pillar(post.pillarId),
    // The first author is the owner unless the file says otherwise; what goes without saying is not said.
    owner: owner === authors[0] && said.owner === '' ? '' : owner,
    notes: post.notes,
    image: said.image,
    imageAlt: said.imageAlt,
    media: [],
    slug: said.slug,
    source: post.source ? sourceAsRead(post.source) : { kind: 'json', path: '', extra: {} },
  }
}
