/** What a person has go wrong while practising is understood as the failure it is meant to be, on every network it is offered for. */
import { describe, expect, it } from 'vitest'
import { ADAPTERS } from '../../../electron/platforms/index.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { type Failure, failuresOf } from '../../../shared/domain/practiceFailures.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { fail, NETWORKS } from '../../sandbox/practice.ts'
import { aJob, bytesFor, deliver, testTools } from './deliver.ts'
import { EVERY_NETWORK, plainPost } from './everyNetwork.ts'

const MEANT: Readonly<Partial<Record<Failure, Trouble['kind']>>> = {
  'no-right': 'not-permitted',
  duplicate: 'duplicate',
  quota: 'quota-used',
  expired: 'access-expired',
  gone: 'target-gone',
  outdated: 'changed',
}

const cases = ADAPTERS.flatMap(({ network }) =>
  failuresOf(network).flatMap((failure) => {
    const kind = MEANT[failure]
    return kind ? [{ network, failure, kind }] : []
  }),
)

async function practising(network: NetworkId) {
  const place = NETWORKS.find((one) => one.network === network)
  const started = await EVERY_NETWORK[network]?.()
  if (!place || !started) throw new Error(`Nobody practises on ${network}.`)
  const { adapter, sandbox, given } = started
  const connected = await adapter.connect(given, testTools(sandbox.clock, {}))
  if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected.trouble))
  const account = { ...connected.account, facts: { ...connected.account.facts, ...started.facts } }
  return {
    ...started,
    account,
    secrets: connected.secrets,
    fail: (failure: Failure) => fail(sandbox, place, failure),
  }
}

describe('a failure on purpose', () => {
  it.each(cases)('$network: $failure', async ({ network, failure, kind }) => {
    const { adapter, sandbox, account, secrets, host, fail } = await practising(network)
    const { job, media } = plainPost(network)
    host(media)
    fail(failure)
    const tools = testTools(sandbox.clock, secrets, bytesFor(...media))
    const { trouble } = await deliver({ adapter, job, account, tools, clock: sandbox.clock })
    expect(trouble?.kind).toBe(kind)
    await sandbox.close()
  })

  it.each(ADAPTERS.map(({ network }) => network).filter((network) => failuresOf(network).includes('thread-cut')))(
    '%s: a thread is cut after its first part',
    async (network) => {
      const { adapter, sandbox, account, secrets, fail } = await practising(network)
      fail('thread-cut')
      const part = (text: string, kind: 'post' | 'thread') => ({ kind, text, html: '', media: [] })
      const job = aJob('', { format: 'thread', parts: [part('One', 'post'), part('Two', 'thread')] })
      const tools = testTools(sandbox.clock, secrets)
      const { trouble, remoteIds } = await deliver({ adapter, job, account, tools, clock: sandbox.clock })
      expect(remoteIds).toHaveLength(1)
      expect(trouble).not.toBeNull()
      await sandbox.close()
    },
  )

  it.each([
    { network: 'youtube', failure: 'locked', state: 'private' },
    { network: 'tiktok', failure: 'in-review', state: 'in-review' },
    // Signed by the clock of the site, it goes out all the same.
    { network: 'ghost', failure: 'clock', state: 'public' },
  ] as const)('$network: $failure is out, and seen as $state', async ({ network, failure, state }) => {
    const { adapter, sandbox, account, secrets, fail } = await practising(network)
    const { job, media } = plainPost(network)
    const tools = testTools(sandbox.clock, secrets, bytesFor(...media))
    fail(failure)
    const { remoteIds, trouble } = await deliver({ adapter, job, account, tools, clock: sandbox.clock })
    expect(trouble).toBeNull()
    if (failure === 'clock') expect(sandbox.calls.filter(({ method }) => method === 'PUT')).toHaveLength(2)
    sandbox.clock.pass(3_600_000)
    expect(await adapter.see?.(remoteIds[0] ?? '', account, tools)).toMatchObject({ kind: 'seen', state })
    await sandbox.close()
  })
})
