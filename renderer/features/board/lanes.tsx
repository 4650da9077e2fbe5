/** Swimlanes: which there are, which one a card is in, and what a drop into another one changes. */
import type { Campaign } from '../../../shared/domain/campaign.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { CampaignName, ChannelSigns, PersonName } from '../../parts/index.ts'
import type { Reference } from '../../ports/reference.tsx'
import type { BoardLane } from './model.ts'
import type { CampaignLanes, PostLanes } from './uiState.ts'

/** The one lane of a board without lanes. */
export const ONE_LANE: BoardLane = { key: '', name: '', title: null }

/** A post on several channels stands in the lane of the first one. */
export function laneOfPost(post: Post, by: PostLanes, { channels }: Pick<Reference, 'channels'>): string {
  switch (by) {
    case 'none':
      return ''
    case 'owner':
      return `owner:${post.ownerId}`
    case 'campaign':
      return `campaign:${post.campaignId}`
    case 'channel':
      return `channel:${post.channelIds.find((id) => channels.list.some((channel) => channel.id === id)) ?? ''}`
  }
}

export const laneOfCampaign = (campaign: Campaign, by: CampaignLanes): string =>
  by === 'owner' ? `owner:${campaign.ownerId}` : ''

/**
 * All lanes in the order of the user; those without a card too, so that a card can be dropped there, and those only `used` knows
 * (a wrapped campaign, somebody who left). The one without a value is last.
 */
export function lanesBy(
  by: PostLanes,
  { channels, people, campaigns }: Reference,
  used: ReadonlySet<string>,
): BoardLane[] {
  const wanted = <T extends { readonly id: string }>(
    table: { readonly list: readonly T[]; get(id: string): T | undefined },
    keep: (row: T) => boolean,
  ): T[] => {
    const listed = table.list.filter((row) => keep(row) || used.has(`${by}:${row.id}`))
    const known = new Set(listed.map(({ id }) => id))
    const rest = [...used]
      .flatMap((key) => table.get(key.slice(by.length + 1)) ?? [])
      .filter(({ id }) => !known.has(id))
    return [...listed, ...rest]
  }
  switch (by) {
    case 'none':
      return [ONE_LANE]
    case 'owner':
      return [
        ...wanted(people, () => true).map(({ id, name }) => ({
          key: `owner:${id}`,
          name,
          title: <PersonName id={id} />,
        })),
        { key: 'owner:', name: 'Nobody', title: 'Nobody' },
      ]
    case 'campaign':
      return [
        ...wanted(campaigns, ({ stage }) => stage !== 'wrapped').map(({ id, name }) => ({
          key: `campaign:${id}`,
          name,
          title: <CampaignName id={id} />,
        })),
        { key: 'campaign:', name: 'No campaign', title: 'No campaign' },
      ]
    case 'channel':
      return [
        ...channels.list.map(({ id, name }) => ({
          key: `channel:${id}`,
          name,
          title: (
            <>
              <ChannelSigns ids={[id]} />
              {name}
            </>
          ),
        })),
        { key: 'channel:', name: 'No channel', title: 'No channel' },
      ]
  }
}

/** The fields a post takes on in a lane; moving between channels replaces the one, and leaves the others. */
export function fieldsOfLane(
  lane: string,
  post?: Post,
  from?: string,
): Partial<Pick<Post, 'ownerId' | 'campaignId' | 'channelIds'>> {
  const [by, id = ''] = lane.split(':')
  if (lane === from) return {}
  if (by === 'owner') return { ownerId: id }
  if (by === 'campaign') return { campaignId: id }
  if (by !== 'channel') return {}
  const left = from?.split(':')[1]
  const others = (post?.channelIds ?? []).filter((channel) => channel !== left && channel !== id)
  return { channelIds: id ? [id, ...others] : others }
}
