import { Pause, Play, Unplug } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { type Account, isHeldBack } from '../../../shared/domain/account.ts'
import { NETWORKS } from '../../../shared/domain/channel.ts'
import { filterCount } from '../../../shared/domain/filter.ts'
import { dateAt } from '../../../shared/domain/time.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { pauseAccounts, releaseAccounts } from '../../data/commands/accounts.ts'
import ClockNotice from '../../parts/ClockNotice.tsx'
import { FilterBar, formatCount, ScreenLayout, SearchButton } from '../../parts/index.ts'
import { useDeliveryNames } from '../../parts/useDeliveryNames.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go, settle, useNavigation } from '../../ports/navigation.ts'
import { useOnline } from '../../ports/online.ts'
import { outbox } from '../../ports/outbox.ts'
import { useReference } from '../../ports/reference.tsx'
import {
  Button,
  Divider,
  EmptyState,
  Rows,
  SectionHead,
  SegmentedControl,
  Toolbar,
  TopBar,
  toast,
} from '../../ui/index.ts'
import { DeleteThereDialog } from './DeleteThereDialog.tsx'
import { DeliveryDock } from './DeliveryDock.tsx'
import { DeliveryRow } from './DeliveryRow.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import styles from './Outbox.module.css'
import { outboxFacts, outboxRow, type Tab, tabOf } from './queries.ts'
import { useAnswers } from './useAnswers.ts'
import { useUploads } from './useUploads.ts'
import { useWays } from './useWays.ts'
import { heldSentence } from './words.ts'

/** Rows that are read at first, and that every _Show more_ adds. */
const PAGE = 100
const NO_ACCOUNTS: ReadonlyMap<string, Account> = new Map()
const FILTERS = ['channelIds', 'campaignIds'] as const
const EMPTY: Readonly<Record<Tab, string>> = {
  open: 'Nothing waits to go out. A scheduled post on a connected channel shows up here.',
  published: 'Nothing was published yet.',
  cancelled: 'Nothing was cancelled.',
}

/** Did it go out? What needs a person, what is on its way, what waits, what is out. */
export default function OutboxScreen() {
  const { clock, db: open } = useDeps()
  const { channels, settings } = useReference()
  const { zone } = settings
  const [tab, setTab] = useState<Tab>('open')
  const [filter, setFilter] = useState(NO_FILTER)
  const [most, setMost] = useState(PAGE)
  const [selected, setSelected] = useState('')
  const [led, setLed] = useState('')
  const online = useOnline()
  const today = dateAt(clock.now(), zone)
  const facts = useQuery((db) => outboxFacts(db, { tab, filter, most, today, zone }), [tab, filter, most, today, zone])
  const accounts = facts?.accounts ?? NO_ACCOUNTS
  const names = useDeliveryNames(accounts)
  const ways = useWays()
  const answers = useAnswers()
  const list = useRef<HTMLDivElement>(null)

  const rows = facts?.sections.flatMap((section) => section.rows) ?? []
  const uploads = useUploads(rows.some(({ delivery }) => delivery.state.kind === 'sending'))
  const ledTo = useQuery(async (db) => (led ? outboxRow(db, led) : null), [led])
  const chosen = rows.find(({ delivery }) => delivery.id === selected) ?? (selected === led ? ledTo : null)
  const step = (by: number) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const here = document.activeElement?.closest('li')
    const at = all.findIndex((row) => here?.contains(row))
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]
    next?.focus()
    if (selected && next?.dataset.row) setSelected(next.dataset.row)
  }
  useCommands([
    { id: 'outbox.next', title: 'Next', section: 'Outbox', keys: 'ArrowDown | J', keyOnly: true, run: () => step(1) },
    {
      id: 'outbox.previous',
      title: 'Previous',
      section: 'Outbox',
      keys: 'ArrowUp | K',
      keyOnly: true,
      run: () => step(-1),
    },
    {
      id: 'outbox.close',
      title: 'Close the panel',
      section: 'Outbox',
      keys: 'Escape',
      keyOnly: true,
      enabled: () => selected !== '',
      run: () => setSelected(''),
    },
  ])
  // Somebody was led to one of them: it is shown, however far down its tab it stands.
  const wanted = useNavigation(({ place }) => (place.screen === 'outbox' ? place.deliveryId : undefined))
  useEffect(() => {
    if (!wanted) return
    void outboxRow(open, wanted).then((row) => {
      settle({ screen: 'outbox' })
      if (!row) return
      setTab(tabOf(row.delivery))
      setLed(wanted)
      setSelected(wanted)
    })
  }, [wanted, open])
  // Another tab begins with its first rows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the tab changes, whatever is shown
  useEffect(() => setMost(PAGE), [tab])

  const channelOf = (id: string) => channels.get(id)
  const askedChannel = answers.asked && channelOf(answers.asked.delivery.channelId)
  const filtered = filterCount(filter) > 0
  const isConnected = accounts.size > 0
  return (
    <ScreenLayout
      dockLabel="About the delivery"
      dock={
        chosen && (
          <DeliveryDock
            key={chosen.delivery.id}
            row={chosen}
            channel={channelOf(chosen.delivery.channelId)}
            names={names(chosen.delivery)}
            way={ways(chosen, names(chosen.delivery))}
            zone={zone}
            answers={answers}
            onClose={() => setSelected('')}
          />
        )
      }
    >
      <TopBar
        title="Outbox"
        sub={<span className={styles.sub}>Did it go out?</span>}
        end={
          <>
            <SearchButton />
            {isConnected && (
              <HoldEverything
                held={[...accounts.values()].filter(isHeldBack).map(({ id }) => id)}
                all={[...accounts.keys()]}
              />
            )}
          </>
        }
      />
      <Toolbar
        label="What is shown"
        end={
          !online && (
            <span className={styles.offline}>
              <Unplug aria-hidden size={14} />
              Offline. Nothing is tried until the connection is back.
            </span>
          )
        }
      >
        <SegmentedControl
          label="Which deliveries"
          value={tab}
          onChange={setTab}
          options={[
            { value: 'open', label: counted('Open', facts?.counts.open) },
            { value: 'published', label: counted('Published', facts?.counts.published) },
            { value: 'cancelled', label: counted('Cancelled', facts?.counts.cancelled) },
          ]}
        />
        <Divider />
        <FilterBar only={FILTERS} filter={filter} onChange={setFilter} />
      </Toolbar>
      <div ref={list} className={styles.list}>
        {isConnected && (
          <div className={styles.notice}>
            <ClockNotice />
          </div>
        )}
        {facts?.sections.map(({ name, note, rows: ofSection }) => (
          <section key={name} aria-label={name}>
            <SectionHead
              level={2}
              title={name}
              note={`${formatCount(ofSection.length)}${note ? `, ${note}` : ''}`}
              className={styles.head}
            />
            <Rows>
              {ofSection.map((row) => (
                <DeliveryRow
                  key={row.delivery.id}
                  row={row}
                  channel={channelOf(row.delivery.channelId)}
                  names={names(row.delivery)}
                  way={ways(row, names(row.delivery))}
                  upload={uploads.get(row.delivery.id)}
                  today={today}
                  zone={zone}
                  selected={row.delivery.id === selected}
                  answers={answers}
                  onSelect={() => setSelected(row.delivery.id === selected ? '' : row.delivery.id)}
                />
              ))}
            </Rows>
          </section>
        ))}
        {facts?.more && (
          <Button variant="ghost" className={styles.more} onClick={() => setMost(most + PAGE)}>
            Show more
          </Button>
        )}
        {facts && rows.length === 0 && (
          <EmptyState
            illustration="calendar"
            sentence={
              filtered
                ? 'Nothing here matches the filters.'
                : isConnected
                  ? EMPTY[tab]
                  : 'No channel is connected yet, so nothing is sent. Posts are planned as before.'
            }
            action={
              filtered ? (
                <Button onClick={() => setFilter(NO_FILTER)}>Clear the filters</Button>
              ) : (
                !isConnected && (
                  <Button onClick={() => go({ screen: 'settings', page: 'channels' })}>Go to the channels</Button>
                )
              )
            }
          />
        )}
      </div>
      {answers.asked?.answer === 'delete-out' && (
        <DeleteThereDialog
          delivery={answers.asked.delivery}
          title={chosen?.title ?? 'the post'}
          network={askedChannel ? NETWORKS[askedChannel.network].name : 'the network'}
          onDelete={() => answers.asked && answers.deleteThere(answers.asked.delivery)}
          onClose={answers.closeAsked}
        />
      )}
      {answers.asked && answers.asked.answer !== 'delete-out' && (
        <LinkDialog
          asked={answers.asked}
          network={askedChannel ? NETWORKS[askedChannel.network].name : 'the network'}
          onTell={(permalink) => answers.asked && answers.tell(answers.asked, permalink)}
          onClose={answers.closeAsked}
        />
      )}
    </ScreenLayout>
  )
}

const counted = (word: string, count = 0) => (count > 0 ? `${word} ${formatCount(count)}` : word)

/** Pauses every account, and lets those go on that a person paused. */
function HoldEverything({ held, all }: { held: readonly string[]; all: readonly string[] }) {
  const { store, db } = useDeps()
  const hold = async () => {
    const open = await outbox()
    const there = await pauseAccounts(store, db, open.surroundings, all)
    void open.look()
    toast({ text: heldSentence(all.length, there, open.surroundings.online()) })
  }
  const letGo = async () => {
    const open = await outbox()
    await releaseAccounts(store, db, open.surroundings, held)
    void open.look()
  }
  return held.length > 0 ? (
    <Button icon={Play} onClick={() => void letGo()}>
      Let everything go
    </Button>
  ) : (
    <Button icon={Pause} onClick={() => void hold()}>
      Hold everything
    </Button>
  )
}
