/** Drives an adapter as the engine does: step by step, what it remembers written down and read again between any two steps. */
import type {
  Account,
  Adapter,
  Committed,
  Job,
  Memory,
  SentMedium,
  Step,
  Tools,
} from '../../../electron/platforms/adapter.ts'
import { createFetch } from '../../../electron/services/http.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import type { Clock } from '../../sandbox/server.ts'

/** Milliseconds an exchange may take here: long for loopback, short for a test of a line that is dead. */
export const SHORT_PATIENCE = 400

export interface TestTools extends Tools {
  /** Everything that went into the log. */
  readonly logged: string[]
  readonly percents: number[]
  /** Sets the time limit of every exchange; null: as the adapter says. */
  patience(milliseconds: number | null): void
  /** Bytes that were read of media. */
  bytesRead(): number
}

/** Tools over the real `fetch` of the shell. `secrets` may be replaced by a renewed access through `withSecrets`. */
export function testTools(
  clock: Clock,
  secrets: Tools['secrets'],
  media: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map(),
): TestTools {
  const logged: string[] = []
  const percents: number[] = []
  let limit: number | null = null
  let read = 0
  const log = { info: (text: string) => void logged.push(text), error: (text: string) => void logged.push(text) }
  const fetch = createFetch(log, secrets)
  return {
    fetch: (address, init) => fetch(address, { ...init, ...(limit === null ? {} : { timeout: limit }) }),
    now: clock.now,
    secrets,
    read: async (id, from, length) => {
      const bytes = media.get(id)
      if (!bytes) throw new Error(`There is no medium ${id}.`)
      const part = bytes.slice(from, from + length)
      read += part.length
      return part
    },
    progress: (percent) => void percents.push(percent),
    logged,
    percents,
    patience: (milliseconds) => {
      limit = milliseconds
    },
    bytesRead: () => read,
  }
}

/** A row in a database is text in the end; anything that does not survive that is lost at a crash. */
export const written = <T>(memory: T): T => JSON.parse(JSON.stringify(memory)) as T

export interface Preparing {
  readonly adapter: Adapter
  readonly job: Job
  readonly account: Account
  readonly tools: Tools
  readonly clock: Clock
}

export type Prepared =
  | { readonly kind: 'ready'; readonly memory: Memory; readonly steps: number }
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly memory: Memory }

/** Prepares a part until it can be committed; waits as it asks to (the clock goes on). Stops at trouble, with what is remembered. */
export async function prepare(
  { adapter, job, account, tools, clock }: Preparing,
  part: number,
  memory: Memory,
): Promise<Prepared> {
  let known = memory
  for (let steps = 1; steps < 200; steps++) {
    const step: Step = await adapter.prepare(job, part, known, account, tools)
    if (step.kind === 'trouble') return { kind: 'trouble', trouble: step.trouble, memory: known }
    known = written(step.memory)
    if (step.kind === 'ready') return { kind: 'ready', memory: known, steps }
    clock.pass(Math.max(0, step.after - clock.now()))
  }
  throw new Error('It never gets ready.')
}

export interface Delivered {
  /** What every part became, in order; shorter than the job where one was not made. */
  readonly remoteIds: readonly string[]
  readonly memory: Memory
  /** Why it ended early. */
  readonly trouble: Trouble | null
}

/** Prepares and commits every part from `from` on, as long as all goes well. */
export async function deliver(preparing: Preparing, memory: Memory = {}, from = 0): Promise<Delivered> {
  const { adapter, job, account, tools } = preparing
  const remoteIds: string[] = []
  let known = memory
  for (let part = from; part < job.parts.length; part++) {
    const prepared = await prepare(preparing, part, known)
    known = prepared.memory
    if (prepared.kind === 'trouble') return { remoteIds, memory: known, trouble: prepared.trouble }
    const committed: Committed = await adapter.commit(job, part, known, account, tools)
    if (committed.kind === 'trouble') return { remoteIds, memory: known, trouble: committed.trouble }
    known = written(committed.memory)
    remoteIds.push(committed.remoteId)
  }
  return { remoteIds, memory: known, trouble: null }
}

/** A picture of so many bytes, made up; `sandbox` servers look at type and size only. */
export function aPicture(id: string, size = 3000, over: Partial<SentMedium> = {}): SentMedium {
  return {
    id,
    type: 'image/png',
    size,
    width: 640,
    height: 480,
    duration: 0,
    alt: `What ${id} shows`,
    address: '',
    ...over,
  }
}

/** Bytes for media, so that each is told from the others. */
export const bytesFor = (...media: readonly SentMedium[]): Map<string, Uint8Array<ArrayBuffer>> =>
  new Map(media.map(({ id, size }, index) => [id, new Uint8Array(size).fill(index + 1, 0, size).fill(id.length, 0, 1)]))

let deliveries = 0

/** A job of one part with a text. */
export function aJob(text: string, over: Partial<Job> = {}): Job {
  deliveries += 1
  return {
    deliveryId: `delivery-${deliveries}`,
    fingerprint: `fingerprint-${deliveries}`,
    format: 'feed',
    title: '',
    fields: {},
    parts: [{ kind: 'post', text, html: '', media: [] }],
    publishAt: null,
    ...over,
  }
}
