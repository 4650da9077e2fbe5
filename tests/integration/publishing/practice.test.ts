/** Practice accounts and real ones are kept apart by the data layer too, and newsletters of before are posted by hand. */
import '../../support/indexeddb.ts'
import { describe, expect, it } from 'vitest'
import { createContractPublisher } from '../../../renderer/app/contractPublisher.ts'
import { connectAccount, postNeverSentByHand, setByHand } from '../../../renderer/data/commands/accounts.ts'
import { addPractice, endPractice } from '../../../renderer/data/commands/practice.ts'
import { asWorkspace } from '../../../renderer/data/snapshots/asWorkspace.ts'
import { createCopyKeeper } from '../../../renderer/data/snapshots/keeper.ts'
import type { Publishing } from '../../../renderer/ports/publishing.ts'
import type { Account } from '../../../shared/domain/account.ts'
import { blankChannel } from '../../../shared/domain/channel.ts'
import { isOnItsSide, practiceChannelId, practiceHost } from '../../../shared/domain/practice.ts'
import type { Job } from '../../../shared/domain/publishing.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { anAccount, anOffice, ZONE } from '../../support/publishing.ts'
import { aMovingClock, aRegistry, aWorkspace } from '../../support/workspace.ts'

const PRACTICE = practiceChannelId('mastodon')
const practised = { host: practiceHost('mastodon'), practice: true }

async function anOpenOffice() {
  const workspace = await aWorkspace()
  const { outbox } = await anOffice(workspace)
  return { ...workspace, surroundings: outbox.surroundings }
}

describe('a practice channel', () => {
  it('takes no real account, and a real channel none of practice', async () => {
    const { store, db, surroundings } = await anOpenOffice()
    for (const wrong of [
      anAccount(PRACTICE),
      anAccount(PRACTICE, 'mastodon', { practice: true }),
      anAccount('ma', 'mastodon', practised),
    ])
      await expect(connectAccount(store, db, surroundings, wrong)).rejects.toThrow('kept apart')
    expect(await db.accounts.count()).toBe(0)
    await connectAccount(store, db, surroundings, anAccount('ma'))
    await addPractice(store, db, surroundings, anAccount('x', 'mastodon', practised), ZONE)
    expect((await db.accounts.toArray()).map(({ id, practice }) => [id, practice]).sort()).toEqual([
      ['ma', false],
      [PRACTICE, true],
    ])
  })

  it('leaves the real ones alone when practising ends', async () => {
    const { store, db, surroundings, clock } = await anOpenOffice()
    await db.channels.put(blankChannel('mastodon', { id: 'ma', name: 'News', zone: ZONE }))
    await connectAccount(store, db, surroundings, anAccount('ma'))
    await addPractice(store, db, surroundings, anAccount('x', 'mastodon', practised), ZONE)
    await endPractice(store, db, clock.now())
    expect(await db.accounts.toCollection().primaryKeys()).toEqual(['ma'])
    expect((await db.channels.filter(({ trashedAt }) => trashedAt === 0).toArray()).map(({ id }) => id)).toEqual(['ma'])
  })
})

describe('a copy of a workspace that is opened beside it', () => {
  it('has each account on its side, and lets none of them send', async () => {
    const shell = createMemoryShell()
    const clock = aMovingClock()
    const registry = await aRegistry(shell, clock)
    const workspace = await aWorkspace({ entry: await registry.create('Fernhollow'), shell, clock })
    const { outbox } = await anOffice(workspace)
    await connectAccount(workspace.store, workspace.db, outbox.surroundings, anAccount('ma'))
    await addPractice(workspace.store, workspace.db, outbox.surroundings, anAccount('x', 'mastodon', practised), ZONE)
    await createCopyKeeper(workspace, { clock, port: shell }).make()
    const [made] = shell.snapshots
    if (!made) throw new Error('no copy')
    const brought = await asWorkspace(made.head, 'As it was', registry, { clock, port: shell, zone: ZONE })
    if (!brought.ok) throw new Error(brought.error.message)
    const copied = await aWorkspace({ entry: brought.value, shell, clock })
    const accounts = await copied.db.accounts.toArray()
    expect(accounts.map(({ id }) => id).sort()).toEqual(['ma', PRACTICE])
    for (const account of accounts) {
      expect(isOnItsSide(account, account)).toBe(true)
      expect(account.pause).toMatchObject({ why: 'copy' })
    }
  })
})

describe('a row on the wrong side, however it came there', () => {
  const asked: unknown[] = []
  const publishing = new Proxy({} as Publishing, {
    get: (_of, name) => async (request: unknown) => {
      if (name === 'abilities') return []
      asked.push(request)
      return { kind: 'ready', memory: {} }
    },
  })
  // The rows only, as a damaged or a forged copy would bring them back.
  const wrong: readonly Account[] = [anAccount(PRACTICE), anAccount('ma', 'mastodon', practised)]

  it.each(wrong)('is told, and nothing is asked of any network for it: $id', async (account) => {
    const publisher = await createContractPublisher(publishing, 'shelf')
    const job = { deliveryId: 'd' } as Job
    expect(await publisher.prepare(account, job, 0, {})).toMatchObject({
      trouble: { kind: 'access-withdrawn', reason: 'practice accounts and real ones are kept apart' },
    })
    expect(() => publisher.commit(account, job, 0, {}, 1, 0)).toThrow('kept apart')
    expect(() => publisher.see(account, '1')).toThrow('kept apart')
    expect(asked).toEqual([])
  })
})

describe('a newsletter', () => {
  const newsletter = blankChannel('newsletter', { id: 'nl', name: 'The letter', zone: ZONE })

  it('that was there before is posted by hand, what was due before not; one that somebody only plans stays so', async () => {
    const { store, db, surroundings } = await anOpenOffice()
    await db.channels.bulkPut([newsletter, { ...newsletter, id: 'gone', trashedAt: 1 }])
    await postNeverSentByHand(store, db, surroundings)
    expect(await db.accounts.toArray()).toMatchObject([{ id: 'nl', byHand: true, remoteId: '' }])

    await setByHand(store, db, surroundings, newsletter, false)
    await postNeverSentByHand(store, db, surroundings)
    expect(await db.accounts.count()).toBe(0)
  })
})
