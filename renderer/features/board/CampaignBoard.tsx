import { CalendarRange, ExternalLink, FileText, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { CAMPAIGN_STAGES, type Campaign, type CampaignStage, STAGE_WORD } from '../../../shared/domain/campaign.ts'
import { HUES } from '../../../shared/domain/channel.ts'
import { dateAt } from '../../../shared/domain/time.ts'
import { trashCampaign } from '../../data/commands/campaigns.ts'
import { changeSettings } from '../../data/commands/workspace.ts'
import { contentWords, useUndo } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { type MenuEntry, toast } from '../../ui/index.ts'
import { Board } from './Board.tsx'
import { CampaignCard } from './CampaignCard.tsx'
import { campaignDates, nextMoment } from './campaignWords.ts'
import { addCampaignCard, dropCampaigns, namedCampaigns } from './commands.ts'
import { fieldsOfLane, laneOfCampaign, lanesBy } from './lanes.tsx'
import { type BoardColumn, cellKey, type Spot } from './model.ts'
import { ordersFor } from './order.ts'
import { contentOf } from './queries.ts'
import { setBoardUi, toggleLane, useBoardUi } from './uiState.ts'

const limitKey = (stage: string) => `campaigns:${stage}`

/** Campaigns by stage. */
export function CampaignBoard() {
  const { store, clock } = useDeps()
  const reference = useReference()
  const { undo } = useUndo()
  const { campaignLanes: by, closed, owners, campaigns: selected, campaign: focused } = useBoardUi()
  const today = dateAt(clock.now(), reference.settings.zone)
  const shown = useMemo(
    () => reference.campaigns.list.filter(({ ownerId }) => owners.length === 0 || owners.includes(ownerId)),
    [reference.campaigns, owners],
  )
  const ids = shown.map(({ id }) => id)
  const counts = useQuery((db) => contentOf(db, ids), [ids.join()])

  const { cells, columns, lanes } = useMemo(() => {
    const map = new Map<string, Campaign[]>()
    const used = new Set<string>()
    for (const campaign of shown) {
      const lane = laneOfCampaign(campaign, by)
      used.add(lane)
      const key = cellKey({ lane, column: campaign.stage })
      map.set(key, [...(map.get(key) ?? []), campaign])
    }
    const list: BoardColumn[] = CAMPAIGN_STAGES.map((stage) => ({
      key: stage,
      title: STAGE_WORD[stage],
      count: shown.filter((campaign) => campaign.stage === stage).length,
      limit: reference.settings.limits[limitKey(stage)] ?? 0,
    }))
    return { cells: map, columns: list, lanes: lanesBy(by, reference, used) }
  }, [shown, by, reference])

  const open = ({ id }: Campaign) => go({ screen: 'campaign', campaignId: id })
  const menuOf = (campaign: Campaign): MenuEntry[] => [
    { label: 'Open', icon: ExternalLink, keys: ['Enter'], onSelect: () => open(campaign) },
    {
      label: 'Stage',
      items: CAMPAIGN_STAGES.map((stage) => ({
        label: STAGE_WORD[stage],
        checked: stage === campaign.stage,
        onSelect: () =>
          void dropCampaigns(store, selected.includes(campaign.id) ? selected : [campaign.id], { stage, orders: [] }),
      })),
    },
    { label: 'Shift…', icon: CalendarRange, onSelect: () => openDialog({ kind: 'shift', campaignId: campaign.id }) },
    { label: 'Plan to PDF', icon: FileText, onSelect: () => openDialog({ kind: 'plan', campaignId: campaign.id }) },
    { separator: true },
    {
      label: 'Delete',
      icon: Trash2,
      danger: true,
      onSelect: async () => {
        await trashCampaign(store, campaign.id, clock.now())
        toast({ text: `Deleted “${campaign.name}”. Its posts stay.`, undo })
      },
    },
  ]
  const onDrop = async (campaigns: readonly Campaign[], to: Spot) => {
    const stage = to.column as CampaignStage
    const { ownerId } = fieldsOfLane(to.lane)
    const dropped = campaigns.map(({ id }) => id)
    const result = await dropCampaigns(store, dropped, {
      stage,
      fields: ownerId === undefined ? {} : { ownerId },
      orders: ordersFor(dropped, cells.get(cellKey(to)) ?? [], to.index),
    })
    if (result.ok && campaigns.some((campaign) => campaign.stage !== stage))
      toast({ id: 'dropped', text: `${namedCampaigns(campaigns)}: ${STAGE_WORD[stage]}`, undo })
    return result.ok
  }
  const onAdd = (name: string, at: Spot) => {
    const { ownerId } = fieldsOfLane(at.lane)
    const fields = {
      stage: at.column as CampaignStage,
      ownerId: ownerId ?? reference.settings.me,
      hue: HUES[(reference.campaigns.list.length * 5) % HUES.length] ?? 'iris',
    }
    return addCampaignCard(store, name, fields, (id) => ordersFor([id], cells.get(cellKey(at)) ?? [], at.index))
  }

  return (
    <Board<Campaign>
      label="Campaigns by stage"
      noun="campaign"
      columns={columns}
      lanes={lanes}
      closedLanes={closed}
      onToggleLane={toggleLane}
      cells={cells}
      selected={selected}
      focused={focused}
      onSelect={(ids, campaign) => setBoardUi({ campaigns: ids, campaign })}
      renderCard={(campaign) => <CampaignCard campaign={campaign} counts={counts?.get(campaign.id)} today={today} />}
      describe={(campaign) => {
        const content = counts?.get(campaign.id)
        return [
          campaign.name || 'Untitled',
          STAGE_WORD[campaign.stage],
          campaignDates(campaign),
          nextMoment(campaign, today),
          content && contentWords(content),
        ]
          .filter(Boolean)
          .join(', ')
      }}
      onDrop={onDrop}
      onAdd={onAdd}
      onOpen={open}
      menuOf={(campaign) => {
        if (!selected.includes(campaign.id)) setBoardUi({ campaigns: [campaign.id], campaign: campaign.id })
        return menuOf(campaign)
      }}
      onLimit={(column, limit) =>
        void changeSettings(
          store,
          { limits: { ...reference.settings.limits, [limitKey(column.key)]: limit } },
          `Limit of ${column.title}`,
        )
      }
    />
  )
}
