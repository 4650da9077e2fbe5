/** Whether posts may have a status: nothing goes to review, is approved or scheduled while a network would refuse it. */
import type { PostStatus } from '../../shared/domain/status.ts'
import type { FoundOn, Verdict } from '../../shared/platforms/assess.ts'
import type { Finding } from '../../shared/platforms/model.ts'
import type { Deps } from '../ports/deps.tsx'
import { openDialog } from '../ports/dialogs.ts'
import { flushAll } from '../ports/flush.ts'
import { rulesOf } from '../ports/rules.ts'

const CHECKED: ReadonlySet<PostStatus> = new Set(['review', 'approved', 'scheduled'])
const DATED: ReadonlySet<PostStatus> = new Set(['scheduled', 'published'])

/** A time counts once a post is scheduled: until then it is moved anyway. */
export const keepsFrom = ({ severity, place }: Finding, status: PostStatus): boolean =>
  CHECKED.has(status) && severity === 'error' && (place.at !== 'time' || status === 'scheduled')

const NO_DATE: FoundOn = {
  channelId: '',
  finding: {
    rule: 'date-missing',
    severity: 'error',
    place: { at: 'time' },
    sentence: 'It has no date yet.',
    source: 'plain sense',
    fixes: [],
  },
}

/** What keeps posts from a status, by post; those that nothing keeps are not among them. */
export async function missingFor(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ids: readonly string[],
  status: PostStatus,
): Promise<readonly Verdict[]> {
  if (!CHECKED.has(status)) return []
  // A status waits for the last word: what was typed a moment ago counts.
  await flushAll()
  const verdicts = await (await rulesOf(db.name)).verdicts(ids, clock.now())
  return verdicts.flatMap(({ postId, found }) => {
    const missing = found.filter(({ finding }) => keepsFrom(finding, status))
    return missing.length > 0 ? [{ postId, found: missing }] : []
  })
}

/** Posts without a date, for a status that needs one. */
async function undated({ db }: Pick<Deps, 'db'>, ids: readonly string[], status: PostStatus): Promise<Set<string>> {
  const posts = DATED.has(status) ? await db.posts.bulkGet([...ids]) : []
  return new Set(posts.flatMap((post) => (post && !post.planned ? [post.id] : [])))
}

/**
 * Whether all these posts may have a status. Where not, opens the list of what is missing, each entry a link to where it is mended.
 * `datesLater`: whoever asks will ask for missing dates itself.
 */
export async function mayHave(
  deps: Pick<Deps, 'db' | 'clock'>,
  ids: readonly string[],
  status: PostStatus,
  datesLater = false,
): Promise<boolean> {
  const [missing, dateless] = await Promise.all([
    missingFor(deps, ids, status),
    datesLater ? new Set<string>() : undated(deps, ids, status),
  ])
  const byPost = new Map(missing.map(({ postId, found }) => [postId, found]))
  const waiting = ids.flatMap((postId): Verdict[] => {
    const found = [...(dateless.has(postId) ? [NO_DATE] : []), ...(byPost.get(postId) ?? [])]
    return found.length > 0 ? [{ postId, found }] : []
  })
  if (waiting.length === 0) return true
  const kept = new Set(waiting.map(({ postId }) => postId))
  openDialog({ kind: 'notReady', status, waiting, ready: ids.filter((id) => !kept.has(id)) })
  return false
}
