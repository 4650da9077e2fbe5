import { Files, Plus, Rows3 } from 'lucide-react'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { CONTENT_HEAPS, FilterBar, initialsOf, Peek, ScreenLayout, SearchButton } from '../../parts/index.ts'
import { SelectionPanel } from '../../parts/selection/SelectionPanel.tsx'
import { runCommand, useCommands } from '../../ports/commands.ts'
import { select, useNavigation } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { usePostFilter } from '../../ports/views.ts'
import {
  Avatar,
  Button,
  Combobox,
  Divider,
  EmptyState,
  FilterPill,
  IconButton,
  Menu,
  SegmentedControl,
  Toolbar,
  TopBar,
  toneVar,
  vars,
} from '../../ui/index.ts'
import styles from './Board.module.css'
import { CampaignBoard } from './CampaignBoard.tsx'
import { PostBoard } from './PostBoard.tsx'
import { type CampaignLanes, type PostLanes, setBoardUi, useBoardUi } from './uiState.ts'

const POST_LANES: Readonly<Record<PostLanes, string>> = {
  none: 'none',
  channel: 'channel',
  owner: 'owner',
  campaign: 'campaign',
}
const CAMPAIGN_LANES: Readonly<Record<CampaignLanes, string>> = { none: 'none', owner: 'owner' }

/** Where does each campaign stand, and each post? */
export default function BoardScreen() {
  const { tab, postLanes, campaignLanes, peeking } = useBoardUi()
  const { campaigns } = useReference()
  const [filter, setFilter] = usePostFilter('board')
  const { focused, selected } = useNavigation()
  const posts = tab === 'posts'

  useCommands([
    {
      id: 'board.campaigns',
      title: 'Board of campaigns',
      section: 'Board',
      keys: '1',
      run: () => setBoardUi({ tab: 'campaigns' }),
    },
    {
      id: 'board.posts',
      title: 'Board of posts',
      section: 'Board',
      keys: '2',
      run: () => setBoardUi({ tab: 'posts' }),
    },
    ...(Object.keys(posts ? POST_LANES : CAMPAIGN_LANES) as PostLanes[]).map((lanes) => ({
      id: `board.lanes.${lanes}`,
      title: lanes === 'none' ? 'No lanes' : `Lanes by ${lanes}`,
      section: 'Board',
      words: 'swimlanes group',
      run: () => setBoardUi(posts ? { postLanes: lanes } : { campaignLanes: lanes === 'owner' ? 'owner' : 'none' }),
    })),
  ])

  const several = selected.length > 1
  const dock =
    posts &&
    peeking &&
    focused &&
    (several ? (
      <SelectionPanel ids={selected} onChange={(ids) => select(ids.length > 0 ? ids : [focused])} />
    ) : (
      <Peek postId={focused} onClose={() => setBoardUi({ peeking: false })} />
    ))
  return (
    <ScreenLayout dock={dock} dockLabel="Post">
      <TopBar
        title="Board"
        end={
          <>
            <SearchButton />
            <IconButton
              icon={Files}
              label={`New ${posts ? 'post' : 'campaign'} from a template`}
              onClick={() => runCommand(posts ? 'post.template' : 'campaign.template')}
            />
            <Button variant="primary" icon={Plus} keys={['N']} onClick={() => runCommand('board.insert')}>
              {posts ? 'New post' : 'New campaign'}
            </Button>
          </>
        }
      >
        <SegmentedControl
          label="Cards"
          value={tab}
          onChange={(next) => setBoardUi({ tab: next })}
          options={[
            { value: 'campaigns', label: 'Campaigns', keys: ['1'] },
            { value: 'posts', label: 'Posts', keys: ['2'] },
          ]}
        />
      </TopBar>
      <Toolbar label="Board" end={!posts && <Legend />}>
        {posts ? <FilterBar filter={filter} onChange={setFilter} narrow={Boolean(dock)} /> : <OwnerFilter />}
        <Divider />
        <LanesMenu
          names={posts ? POST_LANES : CAMPAIGN_LANES}
          value={posts ? postLanes : campaignLanes}
          onChange={(lanes) =>
            setBoardUi(posts ? { postLanes: lanes } : { campaignLanes: lanes === 'owner' ? 'owner' : 'none' })
          }
        />
      </Toolbar>
      {posts && <PostBoard filter={filter} onClearFilter={() => setFilter(NO_FILTER)} />}
      {!posts && campaigns.list.length > 0 && <CampaignBoard />}
      {!posts && campaigns.list.length === 0 && (
        <EmptyState
          illustration="board"
          sentence="A campaign gathers the posts that work for one goal. Here they move from idea to wrapped."
          action={
            <Button variant="primary" icon={Plus} onClick={() => runCommand('campaign.new')}>
              New campaign
            </Button>
          }
        />
      )}
    </ScreenLayout>
  )
}

interface LanesMenuProps {
  names: Readonly<Record<string, string>>
  value: PostLanes
  onChange: (lanes: PostLanes) => void
}

const LanesMenu = ({ names, value, onChange }: LanesMenuProps) => (
  <Menu
    label="Lanes"
    trigger={<FilterPill icon={Rows3} label={`Lanes: ${names[value] ?? 'none'}`} set={value !== 'none'} />}
    items={(Object.keys(names) as PostLanes[]).map((lanes) => ({
      label: lanes === 'none' ? 'No lanes' : `By ${lanes}`,
      checked: lanes === value,
      onSelect: () => onChange(lanes),
    }))}
  />
)

function OwnerFilter() {
  const { people } = useReference()
  const { owners } = useBoardUi()
  return (
    <Combobox
      multi
      label="Owner"
      items={people.list.map(({ id, name }) => ({
        id,
        label: name,
        icon: <Avatar initials={initialsOf(name)} name={name} size={20} />,
      }))}
      value={[...owners]}
      onChange={(ids) => setBoardUi({ owners: ids })}
      trigger={
        <FilterPill
          label="Owner"
          set={owners.length > 0}
          count={owners.length || undefined}
          onClear={owners.length > 0 ? () => setBoardUi({ owners: [] }) : undefined}
        />
      }
    />
  )
}

const Legend = () => (
  <span className={styles.legend}>
    {CONTENT_HEAPS.map(({ key, title, tone }) => (
      <span key={key}>
        <i style={vars({ '--c': tone === 'neutral' ? 'var(--st-neutral-line)' : toneVar(tone) })} />
        {title}
      </span>
    ))}
  </span>
)
