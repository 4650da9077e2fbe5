import { ArrowLeft, CalendarRange, Ellipsis, Files, FileText, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { CAMPAIGN_STAGES, type Campaign, type CampaignStage, STAGE_WORD } from '../../../shared/domain/campaign.ts'
import { editCampaign, NEW_CAMPAIGN, trashCampaign } from '../../data/commands/campaigns.ts'
import { createPost } from '../../data/commands/posts.ts'
import { keepCampaignAsTemplate } from '../../data/commands/templates.ts'
import { countByStatus, postsOfCampaign } from '../../data/queries.ts'
import {
  ActivityFeed,
  CampaignStrip,
  formatRange,
  formatShort,
  PeopleAvatars,
  ScreenLayout,
  useUndo,
} from '../../parts/index.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { useQuery } from '../../ports/live.ts'
import { go, goBack, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import {
  Button,
  EmptyState,
  HuePicker,
  hueVar,
  IconButton,
  Menu,
  Popover,
  SectionHead,
  TabPanel,
  Tabs,
  Tag,
  TopBar,
  toast,
  vars,
} from '../../ui/index.ts'
import { Brief } from './Brief.tsx'
import styles from './Campaign.module.css'
import { ContentSummary, ContentTable } from './Content.tsx'
import { Dates } from './Dates.tsx'
import { InlineText } from './InlineText.tsx'
import { KeyMessages } from './KeyMessages.tsx'
import { Tasks } from './Tasks.tsx'

/** Where does this campaign stand, and what is it for? */
export default function CampaignScreen() {
  const place = useNavigation((state) => state.place)
  const { campaigns } = useReference()
  const campaign = place.screen === 'campaign' ? campaigns.get(place.campaignId) : undefined
  if (!campaign || campaign.trashedAt > 0) {
    return (
      <ScreenLayout>
        <EmptyState
          illustration="board"
          sentence="This campaign is no longer there. Undo or the trash brings it back."
          action={<Button onClick={() => go({ screen: 'board' })}>To the board</Button>}
        />
      </ScreenLayout>
    )
  }
  return <OpenCampaign key={campaign.id} campaign={campaign} />
}

type Tab = 'overview' | 'content' | 'tasks' | 'timeline' | 'activity'

function OpenCampaign({ campaign }: { campaign: Campaign }) {
  const { store, db, clock } = useDeps()
  const { undo } = useUndo()
  const [tab, setTab] = useState<Tab>('overview')
  const { id } = campaign
  const posts = useQuery((db) => postsOfCampaign(db, id), [id])
  const counts = useQuery((db) => countByStatus(db, id), [id])
  const shift = () => openDialog({ kind: 'shift', campaignId: id })
  const plan = () => openDialog({ kind: 'plan', campaignId: id })
  const setStage = (stage: CampaignStage) => void editCampaign(store, id, { stage }, 'Stage')
  const addPost = async () => {
    const postId = await createPost(store, {
      campaignId: id,
      channelIds: campaign.channelIds,
      ownerId: campaign.ownerId,
      status: 'draft',
    })
    go({ screen: 'write', postId })
  }
  const trash = async () => {
    await trashCampaign(store, id, clock.now())
    goBack()
    toast({ text: `Deleted “${campaign.name}”. Its posts stay.`, undo })
  }
  const keep = async () => {
    await keepCampaignAsTemplate(store, db, id)
    toast({ text: `“${campaign.name}” is a template now. New campaign from a template offers it.`, undo })
  }
  const tabs: { value: Tab; label: string; count?: number }[] = [
    { value: 'overview', label: 'Overview' },
    { value: 'content', label: 'Content', count: posts?.length },
    { value: 'tasks', label: 'Tasks' },
    { value: 'timeline', label: 'Timeline' },
    { value: 'activity', label: 'Activity' },
  ]
  useCommands([
    { id: 'campaign.back', title: 'Back', section: 'Campaign', keys: 'Escape', keyOnly: true, run: goBack },
    {
      id: 'campaign.shift',
      title: 'Shift the campaign',
      section: 'Campaign',
      words: 'move launch date days',
      run: shift,
    },
    { id: 'campaign.plan', title: 'Plan of this campaign to PDF', section: 'Campaign', words: 'print', run: plan },
    {
      id: 'campaign.post',
      title: 'New post in this campaign',
      section: 'Campaign',
      keys: 'C',
      run: () => void addPost(),
    },
    {
      id: 'campaign.keepTemplate',
      title: 'Keep this campaign as a template',
      section: 'Campaign',
      run: () => void keep(),
    },
    { id: 'campaign.delete', title: 'Delete this campaign', section: 'Campaign', run: () => void trash() },
    ...CAMPAIGN_STAGES.map((stage) => ({
      id: `campaign.stage.${stage}`,
      title: `Set stage: ${STAGE_WORD[stage]}`,
      section: 'Campaign',
      run: () => setStage(stage),
    })),
    ...tabs.map(({ value, label }, index) => ({
      id: `campaign.tab.${value}`,
      title: `Campaign: ${label}`,
      section: 'Campaign',
      keys: String(index + 1),
      run: () => setTab(value),
    })),
  ])

  return (
    <ScreenLayout>
      <TopBar
        className={styles.bar}
        title={
          <span className={styles.heading}>
            <IconButton icon={ArrowLeft} label="Back" keys={['Escape']} onClick={goBack} />
            <HueButton campaign={campaign} />
            <InlineText
              label="Name of the campaign"
              className={styles.name}
              value={campaign.name}
              placeholder="Untitled"
              autoFocus={campaign.name === NEW_CAMPAIGN}
              onFocus={(event) => campaign.name === NEW_CAMPAIGN && event.currentTarget.select()}
              onSave={(name, gesture) => editCampaign(store, id, { name }, 'Name', gesture)}
            />
          </span>
        }
        end={
          <>
            <Button icon={CalendarRange} onClick={shift}>
              Shift…
            </Button>
            <Button icon={FileText} onClick={plan}>
              Plan to PDF
            </Button>
            <Menu
              trigger={<IconButton icon={Ellipsis} label="More" tooltip={false} />}
              align="end"
              items={[
                { label: 'Keep this campaign as a template', icon: Files, onSelect: () => void keep() },
                { label: 'Delete this campaign', icon: Trash2, danger: true, onSelect: () => void trash() },
              ]}
            />
            <Button variant="primary" icon={Plus} keys={['C']} onClick={() => void addPost()}>
              Post
            </Button>
          </>
        }
      >
        <Menu
          label="Stage"
          trigger={
            <button type="button" className={styles.stage} aria-label={`Stage: ${STAGE_WORD[campaign.stage]}`}>
              <Tag>{STAGE_WORD[campaign.stage]}</Tag>
            </button>
          }
          items={CAMPAIGN_STAGES.map((stage) => ({
            label: STAGE_WORD[stage],
            checked: stage === campaign.stage,
            onSelect: () => setStage(stage),
          }))}
        />
        <span className={styles.when}>{datesOf(campaign)}</span>
        <PeopleAvatars ids={[...new Set([campaign.ownerId, ...campaign.memberIds].filter(Boolean))]} size={24} />
      </TopBar>
      <Tabs label="Campaign" value={tab} onChange={setTab} tabs={tabs} className={styles.tabs}>
        <TabPanel value="overview" className={styles.overview}>
          <div className={styles.columnsOfOverview}>
            <div>
              <Brief campaign={campaign} />
              {posts && counts && (
                <ContentSummary posts={posts} counts={counts} now={clock.now()} onAll={() => setTab('content')} />
              )}
            </div>
            <div>
              <KeyMessages campaign={campaign} />
              <Tasks campaign={campaign} />
              <Dates campaign={campaign} />
            </div>
          </div>
          <section aria-label="Timeline" className={styles.foot}>
            <SectionHead title="Timeline" level={2} />
            {posts && <CampaignStrip campaign={campaign} posts={posts} />}
          </section>
        </TabPanel>
        <TabPanel value="content" className={styles.fill}>
          {posts && <ContentTable campaign={campaign} posts={posts} />}
        </TabPanel>
        <TabPanel value="tasks" className={styles.page}>
          <Tasks campaign={campaign} />
        </TabPanel>
        <TabPanel value="timeline" className={styles.page}>
          <section aria-label="Timeline" className={styles.section}>
            {posts && <CampaignStrip campaign={campaign} posts={posts} />}
          </section>
          <Dates campaign={campaign} />
        </TabPanel>
        <TabPanel value="activity" className={styles.page}>
          <section aria-label="Activity" className={styles.section}>
            <ActivityFeed of="campaign" id={id} />
          </section>
        </TabPanel>
      </Tabs>
    </ScreenLayout>
  )
}

const datesOf = ({ startOn, endOn }: Campaign) => {
  if (startOn && endOn) return formatRange({ from: startOn, to: endOn })
  if (startOn) return `from ${formatShort(startOn)}`
  return endOn ? `until ${formatShort(endOn)}` : 'No dates'
}

function HueButton({ campaign }: { campaign: Campaign }) {
  const { store } = useDeps()
  const { campaigns } = useReference()
  const taken = campaigns.list.filter(({ id }) => id !== campaign.id).map(({ hue }) => hue)
  return (
    <Popover
      label="Colour of the campaign"
      trigger={
        <button
          type="button"
          className={styles.hue}
          aria-label={`Colour: ${campaign.hue}`}
          style={vars({ '--ch': hueVar(campaign.hue) })}
        />
      }
    >
      <HuePicker
        label="Colour"
        value={campaign.hue}
        taken={taken}
        onChange={(hue) => void editCampaign(store, campaign.id, { hue }, 'Colour')}
      />
    </Popover>
  )
}
