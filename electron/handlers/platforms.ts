import { MEDIA_HOST, NO_HOST } from '../../shared/domain/mediaHost.ts'
import { isPractice } from '../../shared/domain/practice.ts'
import type { Account, CommitAnswer, Committed, Job, Near, Step } from '../../shared/domain/publishing.ts'
import type { Adapter, Tools } from '../platforms/adapter.ts'
import { readable } from '../platforms/shared/engagement.ts'
import { dated, lookFor } from '../platforms/shared/lookFor.ts'
import { refusal } from '../platforms/shared/said.ts'
import { nearLimit } from '../services/http.ts'
import { hostStep, withAddresses } from '../services/mediaHost/hosting.ts'
import { createUploads } from '../services/uploads.ts'
import type { AccountKey } from '../services/vault.ts'
import type { Handlers } from './handlers.ts'
import { hostFor, hostTools } from './mediaHost.ts'
import { accessOf, adapterOf, type Publisher, toolsFor, UNSUPPORTED } from './tools.ts'

const TOO_LATE: Committed = {
  kind: 'trouble',
  trouble: { kind: 'no-network', details: 'It was asked for too late to be begun.' },
}

/** The same tools, without a way to the network or to media. `asked`: whether one was looked for. */
function aloneFrom(tools: Tools) {
  let asked = false
  const barred = () => {
    asked = true
    return Promise.reject(new TypeError('Not to be asked.'))
  }
  return { tools: { ...tools, fetch: barred, read: barred }, asked: () => asked }
}
/** The same tools, and the limit the last answer came near to. */
function watching(tools: Tools) {
  let near: Near | null = null
  const fetch: Tools['fetch'] = async (address, init) => {
    const answer = await tools.fetch(address, init)
    near = nearLimit(answer.headers, tools.now())
    return answer
  }
  return { tools: { ...tools, fetch }, near: () => near }
}
/** Of these files those that have no address yet. */
const unaddressed = ({ parts }: Job, ids: readonly string[]): readonly string[] =>
  parts.flatMap(({ media }) => media.flatMap(({ id, address }) => (address === '' && ids.includes(id) ? id : [])))

type PlatformCall = Extract<keyof Handlers, `platforms:${string}`>

/** The networks. Each call goes to the adapter of its account, with the secrets of that account and of no other. */
export function platformsHandlers(machine: Publisher): Pick<Handlers, PlatformCall> {
  /** Runs what an adapter can do; what it cannot do was not offered by `platforms:abilities`. */
  async function using<T>(
    named: AccountKey,
    shelf: string,
    use: (adapter: Adapter, account: Account, tools: Tools) => Promise<T> | undefined,
  ): Promise<T | typeof UNSUPPORTED> {
    const adapter = adapterOf(machine, named)
    if (!adapter) return UNSUPPORTED
    const access = await accessOf(machine, named)
    if (access.kind === 'trouble') return access
    return (await use(adapter, access.account, toolsFor(machine, access.account, access.secrets, shelf))) ?? UNSUPPORTED
  }

  const prepareHere = async ({ account: named, job }: { account: AccountKey; job: Job }): Promise<Step | null> => {
    const step = await using(named, '', (adapter, account, tools) => {
      const alone = aloneFrom(tools)
      return adapter.prepare(job, 0, {}, account, alone.tools).then(
        (prepared) => (alone.asked() ? null : prepared),
        // Its way was barred, and it let that through.
        (thrown: unknown) => {
          if (!alone.asked()) throw thrown
          return null
        },
      )
    })
    return step?.kind === 'ready' ? dated(step, machine.networkClock.off()) : null
  }

  const uploads = createUploads()
  const prepare = ({
    account: named,
    shelf,
    job,
    part,
    memory,
  }: Parameters<Handlers['platforms:prepare']>[0]): Promise<Step> =>
    uploads.during(job, part, (progress) =>
      using<Step>(named, shelf, async (adapter, account, given) => {
        const tools = { ...given, progress }
        const ids = unaddressed(job, adapter.fetches?.(job, part, account) ?? [])
        if (ids.length === 0) return adapter.prepare(job, part, memory, account, tools)
        const host = await hostFor(machine, named)
        if (!host.ok) return refusal(MEDIA_HOST, host.error.message)
        if (!host.value) return refusal(MEDIA_HOST, NO_HOST)
        const { id } = host.value
        const lying = (await machine.mediaHosts.lying()).flatMap((file) => (file.host === id ? file.name : []))
        const step = await hostStep(host.value, job, ids, memory, hostTools(machine, host.value, shelf), {
          lying: new Set(lying),
          note: (name) => machine.mediaHosts.note({ host: id, name, shelf, deliveryId: job.deliveryId }),
        })
        return step ?? adapter.prepare(withAddresses(host.value, job, memory, tools), part, memory, account, tools)
      }),
    )

  return {
    'platforms:abilities': async () =>
      machine.adapters.map(({ network, api, schedules = null, ...adapter }) => ({
        network,
        api,
        refreshes: adapter.refresh !== undefined,
        finds: adapter.find !== undefined,
        completes: adapter.complete !== undefined,
        sees: adapter.see !== undefined,
        edits: adapter.edit !== undefined,
        removes: adapter.remove !== undefined,
        metrics: adapter.metrics !== undefined,
        inbox: adapter.inbox !== undefined,
        takesAlong: adapter.takesAlong === true,
        schedules,
      })),
    'platforms:prepare': async (asked) => dated(await prepare(asked), machine.networkClock.off()),
    'platforms:uploads': async () => uploads.list(),
    'platforms:prepareHere': (requests) => Promise.all(requests.map(prepareHere)),
    // Asked last, when the access is there: whatever took long before that counts.
    'platforms:commit': ({ account: named, shelf, job, part, memory, commit, notAfter }) =>
      using<CommitAnswer>(named, shelf, async (adapter, account, tools) => {
        const host = adapter.fetches ? await hostFor(machine, named) : null
        const sent = host?.ok && host.value ? withAddresses(host.value, job, memory, tools) : job
        const begun = { deliveryId: job.deliveryId, commit, goesOut: job.publishAt ?? tools.now() }
        const before = isPractice(named) ? null : await machine.commits.note(begun)
        if (before) return { kind: 'begun-before', begun: before }
        if (tools.now() > notAfter) return TOO_LATE
        const watched = watching(tools)
        const committed = await adapter.commit(sent, part, memory, account, watched.tools)
        const near = watched.near()
        return committed.kind === 'done' && near ? { ...committed, near } : committed
      }),
    'platforms:commits': async (deliveries) => [...(await machine.commits.of(deliveries))],
    'platforms:clockOff': async () => machine.networkClock.offBy(Date.now()),
    'platforms:find': ({ account: named, shelf, job, part, memory, since }) =>
      using(named, shelf, (adapter, account, tools) => lookFor(adapter, job, part, memory, since, account, tools)),
    'platforms:complete': ({ account: named, shelf, remoteId, job, memory }) =>
      using(named, shelf, (adapter, account, tools) => adapter.complete?.(remoteId, job, memory, account, tools)),
    'platforms:see': ({ account: named, remoteId }) =>
      using(named, '', (adapter, account, tools) => adapter.see?.(remoteId, account, tools)),
    'platforms:edit': ({ account: named, shelf, remoteId, sent, job, part, memory }) =>
      using(named, shelf, (adapter, account, tools) =>
        adapter.edit?.(remoteId, sent, job, part, memory, account, tools),
      ),
    'platforms:remove': ({ account: named, remoteId }) =>
      using(named, '', (adapter, account, tools) => adapter.remove?.(remoteId, account, tools)),
    'platforms:metrics': ({ account: named, remoteId }) =>
      using(named, '', (adapter, account, tools) => adapter.metrics?.(remoteId, account, tools)),
    'platforms:inbox': ({ account: named, remoteId, page }) =>
      using(named, '', (adapter, account, tools) => adapter.inbox?.(remoteId, page, account, tools).then(readable)),
  }
}
