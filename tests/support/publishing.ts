/** A workspace with connected channels and scheduled posts, an outbox over networks in memory, and a clock that is moved by hand. */
import { connectAccount } from '../../renderer/data/commands/accounts.ts'
import { createPost } from '../../renderer/data/commands/posts.ts'
import { createCompose } from '../../renderer/sync/compose.ts'
import type { Locks } from '../../renderer/sync/locks.ts'
import { createOutbox, type Outbox, type OutboxDeps } from '../../renderer/sync/outbox.ts'
import type { Account } from '../../shared/domain/account.ts'
import { blankChannel, type Channel, type NetworkId } from '../../shared/domain/channel.ts'
import type { Abilities } from '../../shared/domain/delivery.ts'
import type { Doc } from '../../shared/domain/document.ts'
import { toWall } from '../../shared/domain/time.ts'
import { ok } from '../../shared/lib/result.ts'
import { createMemoryPublisher, type MemoryPublisher } from './memoryPublisher.ts'
import type { TestClock, TestWorkspace } from './workspace.ts'

export const ZONE = 'Europe/Berlin'

export const plainDoc = (text: string): Doc => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})

/** Locks as the browser has them, shared by all windows of a test. */
export function memoryLocks(): Locks {
  const held = new Set<string>()
  return {
    take: async (name) => {
      if (held.has(name)) return null
      held.add(name)
      return () => void held.delete(name)
    },
  }
}

export const anAccount = (id: string, network: NetworkId = 'mastodon', fields: Partial<Account> = {}): Account => ({
  id,
  network,
  remoteId: `remote-${id}`,
  handle: `@${id}`,
  name: id,
  host: 'example.org',
  facts: {},
  expiresAt: null,
  connectedAt: 0,
  pause: null,
  limitedUntil: 0,
  byHand: false,
  practice: false,
  ...fields,
})

export interface Office {
  readonly workspace: TestWorkspace
  readonly publisher: MemoryPublisher
  readonly outbox: Outbox
  readonly alerts: string[]
  /** Whose access a person was told of, an entry each time. */
  readonly ends: string[]
  readonly reports: unknown[]
  online: boolean
  /** Moves the clock a step at a time and lets the outbox work after each, until it is there. */
  pass(minutes: number, step?: number): Promise<void>
  /** Plays what the browser tells: the network is there, the window is looked at. */
  sign(): Promise<void>
  /** Another window over the same database, or this one after it was loaded again. */
  window(workspace?: TestWorkspace): Outbox
}

export async function anOffice(
  workspace: TestWorkspace,
  options: {
    readonly abilities?: Partial<Abilities>
    readonly publisher?: MemoryPublisher
    readonly locks?: Locks
    readonly rebuilt?: boolean
    readonly version?: string
    readonly monotonic?: () => number
    readonly timer?: OutboxDeps['timer']
    readonly compose?: OutboxDeps['compose']
    readonly foresee?: OutboxDeps['foresee']
    readonly tryOut?: OutboxDeps['tryOut']
  } = {},
): Promise<Office> {
  const { clock } = workspace
  const publisher = options.publisher ?? createMemoryPublisher(clock.now, options.abilities)
  const locks = options.locks ?? memoryLocks()
  const listeners = new Set<() => void>()
  const open = (at: TestWorkspace): Outbox =>
    createOutbox({
      db: at.db,
      store: at.store,
      publisher,
      compose:
        options.compose ??
        createCompose({
          db: at.db,
          html: () => '',
          media: async () => ({ kind: 'refused', field: '', reason: '', details: '' }),
        }),
      ...(options.foresee ? { foresee: options.foresee } : {}),
      ...(options.tryOut ? { tryOut: options.tryOut } : {}),
      clock,
      monotonic: options.monotonic ?? clock.now,
      locks,
      online: () => office.online,
      random: () => 0.5,
      // Nothing fires by itself: time passes when the test says so.
      timer: options.timer ?? (() => () => {}),
      onSign: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      accessEnds: (accounts) =>
        office.ends.push(
          accounts
            .map(({ id }) => id)
            .sort()
            .join(' '),
        ),
      alert: (delivery, about) => office.alerts.push(`${about} ${delivery.id}`),
      report: (thrown) => office.reports.push(thrown),
      rebuilt: options.rebuilt ?? false,
      ...(options.version === undefined ? {} : { version: options.version }),
    })
  const sign = async () => {
    for (const listener of listeners) listener()
    await settle(outbox)
  }
  const office: Omit<Office, 'outbox'> = {
    workspace,
    publisher,
    alerts: [],
    ends: [],
    reports: [],
    online: true,
    sign,
    async pass(minutes, step = 1) {
      for (let passed = 0; passed < minutes; passed += step) {
        clock.tick(step * 60_000)
        await sign()
      }
    },
    window: (at = workspace) => open(at),
  }
  const outbox = open(workspace)
  return Object.assign(office, { outbox })
}

/** Until a window has seen everything and has nothing more to do. */
export async function settle(outbox: Outbox): Promise<void> {
  await outbox.look()
  await outbox.idle()
}

interface ChannelOptions extends Partial<Pick<Channel, 'network' | 'grace' | 'late' | 'slots'>> {
  readonly connected?: boolean
  readonly byHand?: boolean
}

/** A channel, connected unless told otherwise. */
export async function aChannel(
  { store, db }: TestWorkspace,
  outbox: Outbox,
  id: string,
  { network = 'mastodon', connected = true, byHand = false, ...fields }: ChannelOptions = {},
): Promise<string> {
  await store.change<null, never>({ command: 'addRow', label: 'channel' }, async (tx) => {
    await tx.create('channels', blankChannel(network, { id, zone: ZONE, ...fields }))
    return ok(null)
  })
  if (connected) await connectAccount(store, db, outbox.surroundings, anAccount(id, network, { byHand }))
  return id
}

/** A scheduled post, so many minutes from now. Gives its id. */
export const aScheduledPost = (
  { store, clock }: { store: TestWorkspace['store']; clock: TestClock },
  channelIds: readonly string[],
  minutes: number,
  text = 'Three pockets',
): Promise<string> =>
  createPost(
    store,
    { title: text, status: 'scheduled', channelIds, planned: toWall(clock.now() + minutes * 60_000, ZONE) },
    plainDoc(text),
  )
