import { Monitor, Moon, Smartphone, X } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import { dateAt } from '../../../shared/domain/time.ts'
import type { Device } from '../../../shared/platforms/shows.ts'
import { editPosts } from '../../data/commands/posts.ts'
import {
  ActivityFeed,
  CampaignPicker,
  ChannelPicker,
  ClockChange,
  formatDay,
  formatWhen,
  LabelPicker,
  MarketsButton,
  OwnerPicker,
  PeoplePicker,
  PillarPicker,
  StatusPicker,
  usePlanPost,
  usePostActions,
  WhenPicker,
  zoneCity,
} from '../../parts/index.ts'
import { LateRow } from '../../parts/late/LateRow.tsx'
import { PerDayFindings } from '../../parts/perDay/PerDayFindings.tsx'
import { AlikeFindings } from '../../parts/repeat/AlikeFindings.tsx'
import { EvergreenRow } from '../../parts/repeat/EvergreenRow.tsx'
import { RepeatRow } from '../../parts/repeat/RepeatRow.tsx'
import { BestSlotsButton } from '../../parts/slots/BestSlots.tsx'
import { useSayStillOn } from '../../parts/useSayStillOut.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSettings } from '../../ports/reference.tsx'
import { useTyped } from '../../ports/typed.ts'
import {
  Button,
  DatePicker,
  IconButton,
  PropertyList,
  PropertyRow,
  SectionHead,
  SegmentedControl,
  Switch,
  TabPanel,
  Tabs,
  TextArea,
} from '../../ui/index.ts'
import { Checklist } from './Checklist.tsx'
import { NetworksPanel } from './networks/NetworksPanel.tsx'
import { type DockTab, showDevice, showDock, switchLight, useWriting } from './networks/state.ts'
import { Voice } from './Voice.tsx'
import styles from './Write.module.css'

/** Everything a post carries beside its text. */
export const Details = memo(function Details({ post, onClose }: { post: Post; onClose?: () => void }) {
  const tab = useWriting(({ dock }) => dock)
  return (
    <Tabs<DockTab>
      label="About this post"
      value={tab}
      onChange={showDock}
      className={styles.dock}
      end={
        <span className={styles.dockEnd}>
          {tab === 'networks' && post.channelIds.length > 0 && <PreviewLook />}
          {onClose && <IconButton size="sm" icon={X} label="Close the details" tooltip={false} onClick={onClose} />}
        </span>
      }
      tabs={[
        { value: 'networks', label: 'Networks', count: post.channelIds.length || undefined },
        { value: 'details', label: 'Details' },
        { value: 'activity', label: 'Activity' },
      ]}
    >
      <TabPanel value="networks" className={styles.networks}>
        <NetworksPanel post={post} />
      </TabPanel>
      <TabPanel value="details" className={styles.panel}>
        <Properties post={post} />
        <Voice post={post} />
        <Typed post={post} field="summary" title="Summary" placeholder="One or two sentences, for lists and previews" />
        <Typed
          post={post}
          field="notes"
          title="Brief and notes"
          placeholder="What it is for, who it is for, what must be in it"
        />
        <Checklist post={post} />
      </TabPanel>
      <TabPanel value="activity" className={styles.panel}>
        <ActivityFeed of="post" id={post.id} />
      </TabPanel>
    </Tabs>
  )
})

/** What previews are looked at on, and in which light. */
function PreviewLook() {
  const device = useWriting((state) => state.device)
  const otherLight = useWriting((state) => state.otherLight)
  return (
    <>
      <SegmentedControl<Device>
        label="Previews on"
        iconsOnly
        value={device}
        onChange={showDevice}
        options={[
          { value: 'phone', label: 'Phone', icon: Smartphone },
          { value: 'desktop', label: 'Desktop', icon: Monitor },
        ]}
      />
      <IconButton
        size="sm"
        icon={Moon}
        label="Previews in the other light"
        pressed={otherLight}
        onClick={switchLight}
      />
    </>
  )
}

function Properties({ post }: { post: Post }) {
  const { store, clock } = useDeps()
  const settings = useSettings()
  const actions = usePostActions([post.id])
  const sayStillOn = useSayStillOn()
  const edit = (fields: Parameters<typeof editPosts>[2], what: string) => void editPosts(store, [post.id], fields, what)
  const plan = usePlanPost(post)
  const planned = post.planned ? formatWhen(post.planned) : 'No date'
  const due = post.dueOn ? formatDay(post.dueOn) : 'No due date'
  return (
    <div className={styles.properties}>
      <PropertyList>
        <PropertyRow label="Status">
          <StatusPicker size="sm" value={post.status} onChange={(status) => void actions.status(status)} />
        </PropertyRow>
        <PropertyRow label="Planned for">
          <WhenPicker
            value={post.planned}
            onChange={plan}
            trigger={
              <Button variant="ghost" aria-label={`Planned for: ${planned}`}>
                {planned}
              </Button>
            }
          >
            <MarketsButton post={post} />
            <BestSlotsButton post={post} onPlan={plan} />
          </WhenPicker>
          {post.planned && <span className={styles.quiet}>{zoneCity(post.planned.zone)}</span>}
        </PropertyRow>
        {post.planned && <ClockChange value={post.planned} onChange={plan} />}
        <PerDayFindings post={post} />
        <RepeatRow post={post} />
        <EvergreenRow post={post} />
        <PropertyRow label={publishWord(post, clock.now())}>
          <span className={styles.quiet}>
            {post.publishAt
              ? `${formatWhen(post.publishAt)}, ${zoneCity(post.publishAt.zone)}`
              : 'Not handed over: only a plan'}
          </span>
        </PropertyRow>
        <LateRow post={post} />
        <PropertyRow label="Text due">
          <DatePicker
            value={post.dueOn}
            onChange={(day) => edit({ dueOn: day }, 'Due date')}
            weekStart={settings.weekStart % 7}
            today={dateAt(clock.now(), settings.zone)}
            trigger={
              <Button variant="ghost" aria-label={`Text due: ${due}`}>
                {due}
              </Button>
            }
          />
          {post.dueOn && (
            <IconButton
              size="sm"
              icon={X}
              label="Take the due date off"
              onClick={() => edit({ dueOn: null }, 'Due date')}
            />
          )}
        </PropertyRow>
        <PropertyRow label="Owner">
          <OwnerPicker size="sm" value={post.ownerId} onChange={(ownerId) => edit({ ownerId }, 'Owner')} />
        </PropertyRow>
        <PropertyRow label="Authors">
          <PeoplePicker
            size="sm"
            label="Authors"
            value={post.authorIds}
            onChange={(authorIds) => edit({ authorIds }, 'Authors')}
          />
        </PropertyRow>
        <PropertyRow label="Campaign">
          <CampaignPicker
            size="sm"
            value={post.campaignId}
            onChange={(campaignId) => edit({ campaignId }, 'Campaign')}
          />
        </PropertyRow>
        <PropertyRow label="Pillar">
          <PillarPicker size="sm" value={post.pillarId} onChange={(pillarId) => edit({ pillarId }, 'Pillar')} />
        </PropertyRow>
        <PropertyRow label="Channels">
          <ChannelPicker
            size="sm"
            value={post.channelIds}
            onChange={(channelIds) => {
              edit({ channelIds }, 'Channels')
              void sayStillOn([post], () => channelIds)
            }}
          />
        </PropertyRow>
        <PropertyRow label="Labels">
          <LabelPicker size="sm" value={post.labels} onChange={(labels) => edit({ labels }, 'Labels')} />
        </PropertyRow>
        <PropertyRow label="Pinned">
          <Switch
            label="Pinned"
            checked={post.pinned}
            onChange={(pinned) => edit({ pinned }, pinned ? 'Pinned: date' : 'Unpinned: date')}
          >
            <span className={styles.quiet}>
              {post.pinned ? 'Stays when its campaign is shifted' : 'Moves with its campaign'}
            </span>
          </Switch>
        </PropertyRow>
      </PropertyList>
      <AlikeFindings post={post} />
    </div>
  )
}

const publishWord = ({ status, plannedAt, publishAt }: Post, now: number) => {
  if (status === 'published') return 'Went out'
  return publishAt && plannedAt <= now ? 'Was due' : 'Will publish'
}

interface TypedProps {
  post: Post
  field: 'summary' | 'notes'
  title: string
  placeholder: string
}

/** A text of the post that saves itself while one types. */
function Typed({ post, field, title, placeholder }: TypedProps) {
  const { store } = useDeps()
  const { value, change, leave } = useTyped(post[field], (next, gesture) =>
    editPosts(store, [post.id], { [field]: next }, title, gesture),
  )
  return (
    <Section title={title}>
      <TextArea
        grow
        rows={2}
        aria-label={title}
        placeholder={placeholder}
        value={value}
        onChange={change}
        onBlur={leave}
      />
    </Section>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className={styles.section}>
    <SectionHead title={title} level={2} />
    {children}
  </div>
)
