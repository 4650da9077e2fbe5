import type { Account } from '../../shared/domain/account.ts'
import type { Attempt } from '../../shared/domain/attempt.ts'
import type { BrandWord } from '../../shared/domain/brandWords.ts'
import type { Campaign, Task } from '../../shared/domain/campaign.ts'
import type { Channel } from '../../shared/domain/channel.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { Medium } from '../../shared/domain/medium.ts'
import type { Mention } from '../../shared/domain/mention.ts'
import type { Persona } from '../../shared/domain/persona.ts'
import type { Placement } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { Series } from '../../shared/domain/series.ts'
import type { Snippet } from '../../shared/domain/snippet.ts'
import type { Template } from '../../shared/domain/template.ts'
import type { Vocabulary } from '../../shared/domain/utm.ts'
import type { DayNote, Person, Pillar, SavedView, Settings, StoredDocument } from '../../shared/domain/workspace.ts'

/** The one settings row of a workspace. */
export type SettingsRow = Settings & { readonly id: 'settings' }

/** Tables whose rows are changed through the log. Blobs and the log itself stand beside it. */
export interface Rows {
  posts: Post
  documents: StoredDocument
  placements: Placement
  campaigns: Campaign
  channels: Channel
  people: Person
  pillars: Pillar
  series: Series
  snippets: Snippet
  mentions: Mention
  vocabulary: Vocabulary
  brandWords: BrandWord
  personas: Persona
  templates: Template
  tasks: Task
  dayNotes: DayNote
  media: Medium
  deliveries: Delivery
  attempts: Attempt
  accounts: Account
  views: SavedView
  settings: SettingsRow
}
export type TableName = keyof Rows
export const TABLE_NAMES = [
  'posts',
  'documents',
  'placements',
  'campaigns',
  'channels',
  'people',
  'pillars',
  'series',
  'snippets',
  'mentions',
  'vocabulary',
  'brandWords',
  'personas',
  'templates',
  'tasks',
  'dayNotes',
  'media',
  'deliveries',
  'attempts',
  'accounts',
  'views',
  'settings',
] as const satisfies readonly TableName[]
