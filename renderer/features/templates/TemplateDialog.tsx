import { useState } from 'react'
import { HUES } from '../../../shared/domain/channel.ts'
import {
  type CampaignTemplate,
  campaignFrom,
  type NewCampaign,
  type PostTemplate,
  postFrom,
} from '../../../shared/domain/template.ts'
import { addDays, dateAt, type IsoDate } from '../../../shared/domain/time.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { createPost } from '../../data/commands/posts.ts'
import { createPlannedCampaign } from '../../data/commands/templates.ts'
import { DayField, formatDay, formatRange, plural, useUndo } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { go, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { useTemplates } from '../../ports/vocabulary.ts'
import {
  Button,
  CommandList,
  type Condition,
  Dialog,
  EmptyState,
  Field,
  Finding,
  Select,
  TextField,
  toast,
} from '../../ui/index.ts'
import styles from './TemplateDialog.module.css'

/** A new post or campaign that begins with a template. */
export function TemplateDialog({ of, onClose }: { of: 'post' | 'campaign'; onClose: () => void }) {
  const templates = useTemplates()
  if (!templates) return null
  const posts = templates.filter((template) => template.kind === 'post')
  const campaigns = templates.filter((template) => template.kind === 'campaign')
  if ((of === 'post' ? posts : campaigns).length === 0) return <NoTemplates of={of} onClose={onClose} />
  return of === 'post' ? (
    <FromPost templates={posts} onClose={onClose} />
  ) : (
    <FromCampaign templates={campaigns} onClose={onClose} />
  )
}

function NoTemplates({ of, onClose }: { of: 'post' | 'campaign'; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Templates" size="sm">
      <EmptyState
        compact
        illustration="page"
        sentence={`There is no template of a ${of} yet. With one open, “Keep this ${of} as a template” makes it one.`}
        action={
          <Button
            variant="primary"
            onClick={() => {
              onClose()
              go({ screen: 'settings', page: 'templates' })
            }}
          >
            To the templates
          </Button>
        }
      />
    </Dialog>
  )
}

/** How the things of a workspace are called, for the variables of a template. */
function useNamer() {
  const { campaigns, channels, people } = useReference()
  return {
    campaign: (id: string) => campaigns.get(id)?.name ?? '',
    channel: (id: string) => channels.get(id)?.name ?? '',
    owner: (id: string) => people.get(id)?.name ?? '',
    date: formatDay,
  }
}

function FromPost({ templates, onClose }: { templates: readonly PostTemplate[]; onClose: () => void }) {
  const { store } = useDeps()
  const { campaigns, settings } = useReference()
  const place = useNavigation((state) => state.place)
  const namer = useNamer()
  // On the page of a campaign a post of it is meant.
  const campaign = place.screen === 'campaign' ? campaigns.get(place.campaignId) : undefined
  const create = async (id: string) => {
    const template = templates.find((each) => each.id === id)
    if (!template) return
    const from = {
      status: 'draft' as const,
      campaignId: campaign?.id ?? '',
      channelIds: campaign?.channelIds ?? [],
      ownerId: campaign?.ownerId || settings.me,
    }
    const { fields, doc } = postFrom(template.post, from, namer, newId)
    const postId = await createPost(store, fields, doc)
    onClose()
    go({ screen: 'write', postId })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={campaign ? `New post in ${campaign.name}` : 'New post from a template'}
      size="sm"
      flush
    >
      <CommandList
        label="Template"
        className={styles.list}
        items={templates.map(({ id, name, post }) => ({ id, label: name, hint: post.title, keywords: [post.title] }))}
        onPick={(id) => void create(id)}
      />
    </Dialog>
  )
}

function FromCampaign({ templates, onClose }: { templates: readonly CampaignTemplate[]; onClose: () => void }) {
  const { store, clock } = useDeps()
  const { campaigns, settings } = useReference()
  const { undo } = useUndo()
  const namer = useNamer()
  const [id, setId] = useState(templates[0]?.id ?? '')
  const [name, setName] = useState('')
  const [launchOn, setLaunchOn] = useState<IsoDate>(() => addDays(dateAt(clock.now(), settings.zone), 28))
  const template = templates.find((each) => each.id === id)
  const hue = HUES[campaigns.list.length % HUES.length] ?? 'iris'
  const made =
    template && launchOn
      ? campaignFrom(
          template.campaign,
          { name: name.trim(), launchOn, hue, ownerId: settings.me, zone: settings.zone, now: clock.now() },
          namer,
          newId,
        )
      : null
  const unmet: Condition[] = [
    ...(name.trim() ? [] : ['It has no name yet']),
    ...(launchOn ? [] : ['It has no launch day yet']),
  ]
  const create = async () => {
    if (!made) return
    const campaignId = await createPlannedCampaign(store, made)
    onClose()
    go({ screen: 'campaign', campaignId })
    toast({ text: `Created “${made.campaign.name}” with ${plural(made.posts.length, 'post')}.`, undo })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New campaign from a template"
      size="md"
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" unmet={unmet} onClick={() => void create()}>
            Create
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (unmet.length === 0) void create()
        }}
      >
        <Field label="Template">
          <Select
            value={id}
            onChange={setId}
            options={templates.map((each) => ({ value: each.id, label: each.name }))}
          />
        </Field>
        <Field label="Name">
          <TextField autoFocus value={name} placeholder="Tarn 28" maxLength={120} onChange={setName} />
        </Field>
        <Field label="Launch day">
          <DayField value={launchOn} onChange={setLaunchOn} />
        </Field>
        {made && <Preview made={made} />}
      </form>
    </Dialog>
  )
}

/** What would be there, before it is. */
function Preview({ made: { campaign, tasks, posts, past } }: { made: NewCampaign }) {
  const { phases = [], milestones = [] } = campaign
  const dates = posts.flatMap(({ fields }) => fields.planned?.date ?? []).toSorted()
  const due = tasks.flatMap(({ dueOn }) => dueOn ?? []).toSorted()
  const range = (days: readonly IsoDate[]) => {
    const [from, to] = [days[0], days.at(-1)]
    return from && to ? formatRange({ from, to }) : ''
  }
  const lines: readonly (readonly [string, string])[] = [
    ...phases.map(({ name, from, to }) => [name, formatRange({ from, to })] as const),
    ...milestones.map(({ name, on }) => [name, formatDay(on)] as const),
    [plural(tasks.length, 'task'), range(due)],
    [plural(posts.length, 'post'), range(dates)],
  ]
  return (
    <section aria-label="What will be made" className={styles.preview}>
      <dl>
        {lines.map(([what, when], at) => (
          <div key={at}>
            <dt>{what}</dt>
            <dd>{when}</dd>
          </div>
        ))}
      </dl>
      {past > 0 && (
        <Finding
          tone="warning"
          text={`${plural(past, 'post')} would lie in the past: ${past === 1 ? 'it comes' : 'they come'} without a date.`}
        />
      )}
    </section>
  )
}
