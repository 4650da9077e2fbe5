import { describe, expect, it } from 'vitest'
import { whatWaits } from '../../../renderer/app/leaving.ts'
import { pauseAccounts } from '../../../renderer/data/commands/accounts.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { aChannel, anOffice, aScheduledPost } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

describe('what waits in a workspace that is left', () => {
  it('are the posts that this computer would send, until they are out or held', async () => {
    const workspace = await aWorkspace()
    const office = await anOffice(workspace)
    await aChannel(workspace, office.outbox, 'ma')
    await aChannel(workspace, office.outbox, 'bs', { network: 'bluesky' })
    await office.outbox.start()
    expect(await whatWaits(workspace.db)).toBeNull()
    const from = workspace.clock.now()
    await aScheduledPost(workspace, ['ma', 'bs'], 30)
    const later = await aScheduledPost(workspace, ['ma'], 90)
    await office.sign()
    const first = await whatWaits(workspace.db)
    expect(first?.posts).toBe(2)
    expect(Math.abs((first?.from ?? 0) - from - 30 * 60_000)).toBeLessThan(60_000)

    await office.pass(40)
    expect(await whatWaits(workspace.db)).toMatchObject({ posts: 1, from: expect.any(Number) })
    await office.outbox.commands.hold([placementId(later, 'ma')])
    expect(await whatWaits(workspace.db)).toBeNull()
    await office.outbox.commands.release([placementId(later, 'ma')])
    expect(await whatWaits(workspace.db)).toMatchObject({ posts: 1 })
    await pauseAccounts(workspace.store, workspace.db, office.outbox.surroundings, ['ma'])
    expect(await whatWaits(workspace.db)).toBeNull()
  })

  it('is not what lies at a network that publishes it by itself', async () => {
    const workspace = await aWorkspace()
    const office = await anOffice(workspace, { abilities: { schedules: { soonest: 0, latest: 30 * 86_400_000 } } })
    await aChannel(workspace, office.outbox, 'ma')
    await office.outbox.start()
    await aScheduledPost(workspace, ['ma'], 90)
    await office.pass(3)
    expect((await workspace.db.deliveries.toArray()).map(({ state }) => state.kind)).toEqual(['handed-over'])
    expect(await whatWaits(workspace.db)).toBeNull()
  })
})
