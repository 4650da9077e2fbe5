/** What a post is on single channels, as paper says it: only what is different there. */
import { type Channel, NETWORKS } from '../../shared/domain/channel.ts'
import type { DocNode } from '../../shared/domain/document.ts'
import { isPlain, type PlacedMedium, type Placement } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import { type ClockTime, type IsoDate, toWall, type Zone } from '../../shared/domain/time.ts'
import { type FieldRules, type FormatId, RULES } from '../../shared/platforms/index.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { offsetAt } from './offset.ts'

export interface PlanTime {
  readonly day: IsoDate
  readonly time: ClockTime
  /** `UTC+2` */
  readonly offset: string
}

export interface PlanPlace {
  readonly channelId: string
  /** `Reel`; '': the one its content asks for. */
  readonly format: string
  /** null: that of the post. */
  readonly when: PlanTime | null
  /** null: fed by the text of the post. */
  readonly content: readonly DocNode[] | null
  readonly firstComment: string
  /** A switch that is on has its name alone. */
  readonly fields: readonly (readonly [label: string, value: string])[]
  /** null: those of the post. */
  readonly media: readonly PlacedMedium[] | null
}

/** By post, in the order of its channels. Clocks are those of `zone`. */
export async function readPlaces(
  db: WorkspaceDb,
  posts: readonly Post[],
  channels: ReadonlyMap<string, Channel>,
  zone: Zone,
): Promise<ReadonlyMap<string, readonly PlanPlace[]>> {
  const ids = posts.map(({ id }) => id)
  const placements = (await db.placements.where('postId').anyOf(ids).toArray()).filter((row) => !isPlain(row))
  const own = placements.filter(({ detached }) => detached).map(({ id }) => id)
  const documents = new Map((await db.documents.bulkGet(own)).flatMap((row) => (row ? [[row.id, row.content]] : [])))
  const byPost = Map.groupBy(placements, ({ postId }) => postId)
  return new Map(
    posts.flatMap((post) => {
      const here = byPost.get(post.id)
      if (!here) return []
      return [
        [
          post.id,
          post.channelIds.flatMap((channelId) => {
            const placement = here.find((row) => row.channelId === channelId)
            const channel = channels.get(channelId)
            return placement && channel ? [placeOf(placement, channel, documents.get(placement.id) ?? null, zone)] : []
          }),
        ] as const,
      ]
    }),
  )
}

function placeOf(placement: Placement, { network }: Channel, content: PlanPlace['content'], zone: Zone): PlanPlace {
  const { channelId, firstComment, media, plannedAt, planned } = placement
  const { formats } = RULES[network]
  const chosen = formats[placement.format as FormatId]
  const rules = chosen ?? Object.values(formats)[0]
  return {
    channelId,
    format: chosen && Object.keys(formats).length > 1 ? chosen.name : '',
    when: planned && {
      ...toWall(plannedAt, zone),
      day: toWall(plannedAt, zone).date,
      offset: offsetAt(plannedAt, zone),
    },
    content,
    firstComment,
    fields: Object.entries(rules?.fields ?? {}).flatMap(([name, field]) => {
      const value = field && saidBy(field, placement.fields[name])
      return value === undefined ? [] : [[field.label, value] as const]
    }),
    media,
  }
}

/** undefined: nothing worth a line. A picture is shown elsewhere. */
function saidBy(rules: FieldRules, value: unknown): string | undefined {
  if (rules.kind === 'picture' || value === undefined || value === '' || value === false) return undefined
  if (value === true) return ''
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : undefined
  const option = rules.kind === 'choice' ? rules.options.find((one) => one.value === value) : undefined
  return option?.label ?? String(value)
}

/** The account as a reader knows it: `Instagram, Fernhollow`. */
export const placeName = ({ network, name }: Channel): string =>
  name.toLowerCase().includes(NETWORKS[network].name.toLowerCase()) ? name : `${NETWORKS[network].name}, ${name}`
