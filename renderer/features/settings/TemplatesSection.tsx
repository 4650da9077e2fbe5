import { FileText, Flag, Plus } from 'lucide-react'
import {
  type CampaignDraft,
  type CampaignTemplate,
  EMPTY_CAMPAIGN_DRAFT,
  EMPTY_DRAFT,
  type PostDraft,
  type PostTemplate,
  type Template,
} from '../../../shared/domain/template.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { addTemplate } from '../../data/commands/templates.ts'
import { editRow } from '../../data/commands/workspace.ts'
import { ChannelPicker, LabelPicker, PillarPicker, plural } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useTemplates } from '../../ports/vocabulary.ts'
import { Button, Field, Later, Tag } from '../../ui/index.ts'
import { EntryList, useDelete, useOpenEntry } from './entries.tsx'
import { CommitArea, CommitField, useTakesKeys } from './parts.tsx'
import { type RelativeRow, RelativeRows } from './RelativeRows.tsx'
import styles from './Settings.module.css'

import { TemplateText } from './TemplateText.tsx'

/** What a new post or campaign may begin with. */
export function TemplatesSection() {
  const { store } = useDeps()
  const templates = useTemplates()
  const entries = useOpenEntry()
  const remove = useDelete('templates')
  if (!templates) return <Later>{null}</Later>
  const add = async (template: Parameters<typeof addTemplate>[1]) => entries.show(await addTemplate(store, template))
  return (
    <EntryList
      rows={templates}
      entries={entries}
      sentence="What you make again and again, to begin with. With a post or campaign open, the palette keeps it as a template."
      head={headOf}
      onDelete={({ id, name }) => void remove(id, name, 'What was made of it stays.')}
      buttons={
        <>
          <Button
            icon={Plus}
            variant={templates.length === 0 ? 'primary' : 'default'}
            onClick={() => void add({ kind: 'post', name: 'New template', post: EMPTY_DRAFT })}
          >
            Add a post template
          </Button>
          <Button
            icon={Plus}
            onClick={() =>
              void add({ kind: 'campaign', name: 'New campaign template', campaign: EMPTY_CAMPAIGN_DRAFT })
            }
          >
            Add a campaign template
          </Button>
        </>
      }
    >
      {(template, isNew) => (
        <div className={styles.editor}>
          <TemplateName template={template} isNew={isNew} />
          {template.kind === 'post' ? (
            <PostTemplateEditor template={template} />
          ) : (
            <CampaignTemplateEditor template={template} />
          )}
        </div>
      )}
    </EntryList>
  )
}

const headOf = (template: Template) =>
  template.kind === 'post'
    ? { mark: <FileText aria-hidden size={14} />, note: template.post.title, end: <Tag>Post</Tag> }
    : { mark: <Flag aria-hidden size={14} />, note: sizeOf(template.campaign), end: <Tag>Campaign</Tag> }

function TemplateName({ template, isNew }: { template: Template; isNew: boolean }) {
  const { store } = useDeps()
  return (
    <Field label="Name of the template" className={styles.wide}>
      <CommitField
        ref={useTakesKeys(isNew)}
        value={template.name}
        required
        maxLength={80}
        onCommit={(name) => void editRow(store, 'templates', template.id, { name }, `Name of “${template.name}”`)}
      />
    </Field>
  )
}

const sizeOf = ({ phases, tasks, posts }: CampaignDraft) =>
  [plural(phases.length, 'phase'), plural(tasks.length, 'task'), plural(posts.length, 'post')].join(', ')

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

function PostTemplateEditor({ template }: { template: PostTemplate }) {
  const { store } = useDeps()
  const { post } = template
  const set = (fields: Partial<PostDraft>, what: string, gesture?: string) =>
    editRow(
      store,
      'templates',
      template.id,
      (row) => (row.kind === 'post' ? { post: { ...row.post, ...fields } } : {}),
      `${what} of “${template.name}”`,
      gesture,
    )
  return (
    <>
      <Field
        label="Title"
        help="{campaign}, {date}, {owner} ... are filled in when a post is made."
        className={styles.wide}
      >
        <CommitField
          value={post.title}
          placeholder="{campaign}: something to look at"
          onCommit={(title) => void set({ title }, 'Title')}
        />
      </Field>
      <div className={styles.wide}>
        <span className={styles.label}>Text</span>
        <TemplateText
          docId={template.id}
          content={post.content}
          onSave={(content, gesture) => set({ content }, 'Text', gesture)}
        />
      </div>
      <Field label="Channels">
        <ChannelPicker
          size="md"
          value={post.channelIds}
          onChange={(channelIds) => void set({ channelIds }, 'Channels')}
        />
      </Field>
      <Field label="Pillar">
        <PillarPicker size="md" value={post.pillarId} onChange={(pillarId) => void set({ pillarId }, 'Pillar')} />
      </Field>
      <Field label="Labels">
        <LabelPicker size="md" value={post.labels} onChange={(labels) => void set({ labels }, 'Labels')} />
      </Field>
      <Field label="Checklist" help="One step a line.">
        <CommitArea
          value={post.checklist.join('\n')}
          onCommit={(text) => void set({ checklist: linesOf(text) }, 'Checklist')}
        />
      </Field>
      <Field label="Brief and notes" className={styles.wide}>
        <CommitArea value={post.notes} onCommit={(notes) => void set({ notes }, 'Notes')} />
      </Field>
    </>
  )
}

function CampaignTemplateEditor({ template }: { template: CampaignTemplate }) {
  const { store } = useDeps()
  const { campaign } = template
  const change = (next: (draft: CampaignDraft) => Partial<CampaignDraft>, what: string) =>
    void editRow(
      store,
      'templates',
      template.id,
      (row) => (row.kind === 'campaign' ? { campaign: { ...row.campaign, ...next(row.campaign) } } : {}),
      `${what} of “${template.name}”`,
    )
  const set = (fields: Partial<CampaignDraft>, what: string) => change(() => fields, what)
  return (
    <>
      <Field label="Objective" className={styles.wide}>
        <CommitField
          value={campaign.objective}
          placeholder="One sentence: why does this campaign exist?"
          onCommit={(objective) => set({ objective }, 'Objective')}
        />
      </Field>
      <Field label="Key messages" help="One a line." className={styles.wide}>
        <CommitArea
          value={campaign.keyMessages.join('\n')}
          onCommit={(text) => set({ keyMessages: linesOf(text) }, 'Key messages')}
        />
      </Field>
      <Field label="Channels" className={styles.wide}>
        <ChannelPicker
          size="md"
          value={campaign.channelIds}
          onChange={(channelIds) => set({ channelIds }, 'Channels')}
        />
      </Field>
      <p className={styles.wideNote}>Days are counted from the launch: −7 is a week before it, 0 the day itself.</p>
      {LISTS.map(({ title, one, undated, rows, fields, fresh }) => (
        <RelativeRows
          key={title}
          title={title}
          one={one}
          undated={undated}
          rows={rows(campaign)}
          onChange={(next) => change((draft) => fields(next(rows(draft)), draft), title)}
          fresh={() => ({ id: newId(), ...fresh })}
        />
      ))}
    </>
  )
}

interface RelativeList {
  readonly title: string
  readonly one: string
  readonly undated: boolean
  readonly rows: (draft: CampaignDraft) => readonly RelativeRow[]
  readonly fields: (rows: readonly RelativeRow[], draft: CampaignDraft) => Partial<CampaignDraft>
  readonly fresh: Omit<RelativeRow, 'id'>
}

/** What of a campaign is counted from its launch, as rows and back. */
const LISTS: readonly RelativeList[] = [
  {
    title: 'Phases',
    one: 'phase',
    undated: false,
    rows: ({ phases }) => phases.map(({ id, name, from, to }) => ({ id, name, day: from, until: to })),
    fields: (rows) => ({
      phases: rows.map(({ id, name, day, until }) => {
        const from = day ?? 0
        return { id, name, from, to: Math.max(from, until ?? from) }
      }),
    }),
    fresh: { name: 'New phase', day: 0, until: 6 },
  },
  {
    title: 'Milestones',
    one: 'milestone',
    undated: false,
    rows: ({ milestones }) => milestones,
    fields: (rows) => ({ milestones: rows.map(({ id, name, day }) => ({ id, name, day: day ?? 0 })) }),
    fresh: { name: 'New milestone', day: 0 },
  },
  {
    title: 'Tasks',
    one: 'task',
    undated: true,
    rows: ({ tasks }) => tasks.map(({ id, title, day }) => ({ id, name: title, day })),
    fields: (rows) => ({ tasks: rows.map(({ id, name, day }) => ({ id, title: name, day })) }),
    fresh: { name: 'New task', day: -7 },
  },
  {
    title: 'Posts',
    one: 'post',
    undated: true,
    rows: ({ posts }) => posts.map(({ id, title, day, time }) => ({ id, name: title, day, time })),
    fields: (rows, { posts }) => ({
      posts: rows.map(({ id, name, day, time = '09:00' }) => ({
        ...(posts.find((post) => post.id === id) ?? EMPTY_DRAFT),
        id,
        title: name,
        day,
        time,
      })),
    }),
    fresh: { name: 'New post', day: 0, time: '09:00' },
  },
]
