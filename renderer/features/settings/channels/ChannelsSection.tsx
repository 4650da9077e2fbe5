import { FlaskConical, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Account } from '../../../../shared/domain/account.ts'
import { standingOf } from '../../../../shared/domain/accountStanding.ts'
import { blankChannel, type Channel, NETWORK_IDS, NETWORKS, type NetworkId } from '../../../../shared/domain/channel.ts'
import { isPracticeChannel } from '../../../../shared/domain/practice.ts'
import { dateAt, instantsOf, monthOf } from '../../../../shared/domain/time.ts'
import { setByHand } from '../../../data/commands/accounts.ts'
import { addRow, editRow } from '../../../data/commands/workspace.ts'
import { cardsBetween } from '../../../data/queries.ts'
import { ChannelMark, plural, ScreenLayout } from '../../../parts/index.ts'
import { useCommands } from '../../../ports/commands.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useQuery } from '../../../ports/live.ts'
import { useNavigation } from '../../../ports/navigation.ts'
import { outbox } from '../../../ports/outbox.ts'
import { useReference } from '../../../ports/reference.tsx'
import { Button, CallSign, cx, EmptyState, Menu, Pill, table } from '../../../ui/index.ts'
import { nextOrder } from '../entries.tsx'
import { useSay } from '../parts.tsx'
import accountStyles from './Account.module.css'
import { useMoment } from './AccountPart.tsx'
import { accessOf } from './access.ts'
import { ChannelDock } from './ChannelDock.tsx'
import styles from './Channels.module.css'
import { TokenBroker } from './TokenBroker.tsx'

const PracticeDialog = lazy(async () => ({ default: (await import('./PracticeDialog.tsx')).PracticeDialog }))

/** Where posts go: a row a channel, and the one that is picked beside it. */
export function ChannelsSection() {
  const { store, clock, db } = useDeps()
  const { channels, settings } = useReference()
  const place = useNavigation((state) => state.place)
  const [picked, setPicked] = useState((place.screen === 'settings' && place.channelId) || '')
  const [practises, setPractises] = useState(false)
  const say = useSay()
  const list = channels.list
  const at = list.findIndex(({ id }) => id === picked)
  const month = monthOf(dateAt(clock.now(), settings.zone))
  const accounts = useQuery(async (db) => new Map((await db.accounts.toArray()).map((row) => [row.id, row])), [])
  const planned = useQuery(
    async (db) => {
      const { from, to } = instantsOf(month, settings.zone)
      return countByChannel(await cardsBetween(db, from, to))
    },
    [month.from, settings.zone],
  )

  const create = async (network: NetworkId) => {
    const { name } = NETWORKS[network]
    // Those to practise with stand behind all others.
    const order = nextOrder(list.filter((one) => !isPracticeChannel(one)))
    const { id: _made, trashedAt: _none, ...fields } = blankChannel(network, { id: '', zone: settings.zone, order })
    const id = await addRow(store, 'channels', fields, `Added ${name}`)
    setPicked(id)
    // What can never be connected is posted by hand from the start, unless somebody only plans there.
    if (!accessOf(network)) {
      const { surroundings } = await outbox()
      await setByHand(store, db, surroundings, { id, network, name, handle: '' }, true)
    }
    say(`Added ${name}. Give it a name and slots.`)
  }
  useCommands([
    {
      id: 'practice.open',
      title: 'Practice publishing',
      section: 'Settings',
      words: 'sandbox test try accounts fail',
      run: () => setPractises(true),
    },
    ...NETWORK_IDS.map((network) => ({
      id: `channel.add.${network}`,
      title: `Add a channel: ${NETWORKS[network].name}`,
      section: 'Settings',
      words: 'account profile network',
      run: () => void create(network),
    })),
  ])
  const remove = async (channel: Channel) => {
    setPicked('')
    const neighbour = list[at + 1] ?? list[at - 1]
    if (neighbour) focusRow(neighbour.id)
    await editRow(store, 'channels', channel.id, { trashedAt: clock.now() }, `Deleted channel “${channel.name}”`)
    say(`Deleted “${channel.name}”. Posts keep naming it.`)
  }
  const adding = (
    <Menu
      label="Which network?"
      trigger={
        <Button icon={Plus} variant={list.length === 0 ? 'primary' : 'default'}>
          Add a channel
        </Button>
      }
      items={NETWORK_IDS.map((network) => ({
        label: NETWORKS[network].name,
        iconNode: <CallSign sign={NETWORKS[network].sign} hue={NETWORKS[network].hue} />,
        onSelect: () => void create(network),
      }))}
    />
  )
  const practising = (
    <Button icon={FlaskConical} variant="ghost" onClick={() => setPractises(true)}>
      Practice publishing
    </Button>
  )
  const channel = list[at]
  return (
    <ScreenLayout
      dockLabel="Channel"
      dock={
        channel && (
          <ChannelDock
            key={channel.id}
            channel={channel}
            account={accounts?.get(channel.id)}
            list={list}
            at={at}
            onClose={() => {
              setPicked('')
              focusRow(channel.id)
            }}
            onRemove={() => void remove(channel)}
          />
        )
      }
    >
      <div className={styles.page}>
        {list.length === 0 ? (
          <EmptyState
            illustration="board"
            sentence="A channel is a profile on a network. Planning needs no sign-in."
            action={
              <>
                {adding} {practising}
              </>
            }
          />
        ) : (
          <>
            <table className={cx(table.table, table.hover)}>
              <thead>
                <tr>
                  <th className={table.fill}>Channel</th>
                  <th>Account</th>
                  <th>Quiet hours</th>
                  <th className={table.num}>Slots a week</th>
                  <th className={table.num}>This month</th>
                </tr>
              </thead>
              <tbody>
                {list.map((row) => (
                  <Row
                    key={row.id}
                    channel={row}
                    account={accounts?.get(row.id)}
                    count={planned?.get(row.id) ?? 0}
                    open={row.id === picked}
                    onOpen={() => setPicked(row.id === picked ? '' : row.id)}
                  />
                ))}
              </tbody>
            </table>
            <div className={styles.foot}>
              {adding}
              {practising}
              <span className={styles.faint}>
                {plural(list.length, 'channel')} on{' '}
                {plural(new Set(list.map(({ network }) => network)).size, 'network')}
              </span>
            </div>
          </>
        )}
        <div className={styles.broker}>
          <TokenBroker />
        </div>
      </div>
      {practises && (
        <Suspense fallback={null}>
          <PracticeDialog onClose={() => setPractises(false)} />
        </Suspense>
      )}
    </ScreenLayout>
  )
}

/** The keyboard goes where it came from, or to the neighbour of what is gone. */
const focusRow = (id: string) => document.querySelector<HTMLButtonElement>(`[data-channel="${id}"]`)?.focus()

function countByChannel(posts: readonly { readonly channelIds: readonly string[] }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const id of posts.flatMap(({ channelIds }) => channelIds)) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

interface RowProps {
  channel: Channel
  account: Account | undefined
  /** Posts planned for this month. */
  count: number
  open: boolean
  onOpen: () => void
}

function Row({ channel, account, count, open, onOpen }: RowProps) {
  const { clock } = useDeps()
  const standing = standingOf(channel, account, clock.now(), useMoment())
  const { name } = NETWORKS[channel.network]
  const beside = [channel.handle !== channel.name && channel.handle, channel.address, name].filter(Boolean).join(', ')
  return (
    <tr className={open ? table.selected : undefined}>
      <td className={table.fill}>
        <button type="button" className={styles.name} data-channel={channel.id} aria-pressed={open} onClick={onOpen}>
          <span className={styles.mark}>
            <ChannelMark channel={channel} size={32} large signed />
          </span>
          <span className={styles.words}>
            <span className="ell med" dir="auto">
              {channel.name}
            </span>
            <span className={cx('ell', styles.faint)} dir="auto">
              {beside}
            </span>
          </span>
        </button>
      </td>
      <td className={accountStyles.cell} data-kind={standing.kind}>
        {isPracticeChannel(channel) ? (
          <Pill icon={FlaskConical} dashed>
            Practice
          </Pill>
        ) : accessOf(channel.network) ? (
          standing.short
        ) : (
          'By hand'
        )}
      </td>
      <td className={styles.faint}>{channel.quiet ? `${channel.quiet.from} – ${channel.quiet.to}` : '–'}</td>
      <td className={table.num}>{channel.slots.length || '–'}</td>
      <td className={table.num}>
        {count}
        <span className={styles.faint}>/{channel.target || '–'}</span>
      </td>
    </tr>
  )
}
