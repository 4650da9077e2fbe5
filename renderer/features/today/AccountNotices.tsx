import { type Standing, standingOf } from '../../../shared/domain/accountStanding.ts'
import type { Channel } from '../../../shared/domain/channel.ts'
import { toWall } from '../../../shared/domain/time.ts'
import { formatWhen } from '../../parts/index.ts'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Banner, Button } from '../../ui/index.ts'

/** More than these are told in one, and each stands in Channels. */
const EACH = 3

interface Notice {
  readonly channel: Channel
  readonly standing: Standing
}

/** Accounts that no longer let anything out, or will not soon: told before it bites. */
export default function AccountNotices({ now }: { now: number }) {
  const { channels, settings } = useReference()
  const accounts = useQuery((db) => db.accounts.toArray(), [])
  const byChannel = new Map(accounts?.map((account) => [account.id, account]))
  // With its hour: some accesses last for no more than one.
  const day = (at: number) => formatWhen(toWall(at, settings.zone))
  const notices = channels.list.flatMap((channel): Notice[] => {
    const account = byChannel.get(channel.id)
    const standing = standingOf(channel, account, now, day)
    return account && (standing.kind === 'reconnect' || standing.kind === 'ends') ? [{ channel, standing }] : []
  })
  if (notices.length > EACH) return <Together notices={notices} />
  return notices.map(({ channel, standing: { kind, sentence } }) => (
    <Banner
      key={channel.id}
      tone={kind === 'ends' ? 'amber' : 'red'}
      title={`${channel.name}:`}
      actions={
        <Button size="sm" onClick={() => go({ screen: 'settings', page: 'channels', channelId: channel.id })}>
          Open the channel
        </Button>
      }
    >
      {sentence}
    </Banner>
  ))
}

function Together({ notices }: { notices: readonly Notice[] }) {
  const over = notices.filter(({ standing }) => standing.kind === 'reconnect').map(({ channel }) => channel.name)
  const soon = notices.filter(({ standing }) => standing.kind === 'ends').map(({ channel }) => channel.name)
  return (
    <Banner
      tone={over.length > 0 ? 'red' : 'amber'}
      title={`${notices.length} accounts need you.`}
      actions={
        <Button size="sm" onClick={() => go({ screen: 'settings', page: 'channels' })}>
          Open Channels
        </Button>
      }
    >
      {[
        ...(over.length > 0 ? [`Nothing goes out on ${listOf(over)}.`] : []),
        ...(soon.length > 0 ? [`The access to ${listOf(soon)} ends soon.`] : []),
      ].join(' ')}
    </Banner>
  )
}

const listOf = (names: readonly string[]): string =>
  names.length > EACH ? `${names.slice(0, EACH).join(', ')} and ${names.length - EACH} more` : names.join(', ')
