import { standingOf } from '../../../shared/domain/accountStanding.ts'
import { toWall } from '../../../shared/domain/time.ts'
import { formatDay } from '../../parts/index.ts'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Banner, Button } from '../../ui/index.ts'

/** Accounts that no longer let anything out, or will not soon: told before it bites. */
export default function AccountNotices({ now }: { now: number }) {
  const { channels, settings } = useReference()
  const accounts = useQuery((db) => db.accounts.toArray(), [])
  const byChannel = new Map(accounts?.map((account) => [account.id, account]))
  const day = (at: number) => formatDay(toWall(at, settings.zone).date)
  return channels.list.flatMap((channel) => {
    const account = byChannel.get(channel.id)
    const { kind, sentence } = standingOf(channel, account, now, day)
    if (!account || (kind !== 'reconnect' && kind !== 'ends')) return []
    return (
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
    )
  })
}
