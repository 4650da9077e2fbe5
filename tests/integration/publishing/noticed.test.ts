import { describe, expect, it } from 'vitest'
import { placeNoticed, TODAY } from '../../../renderer/app/openNoticed.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { aChannel, anOffice, aScheduledPost } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

describe('a notice that was clicked', () => {
  it('leads to its post on its channel, and to what was refused in it', async () => {
    const workspace = await aWorkspace()
    const office = await anOffice(workspace)
    await aChannel(workspace, office.outbox, 'ma')
    await office.outbox.start()
    const id = await aScheduledPost(workspace, ['ma'], 5)
    office.publisher.fault = (call) =>
      call === 'prepare' ? { kind: 'refused', field: 'alt', reason: 'too long', details: '' } : null
    await office.pass(5)
    const told = placementId(id, 'ma')
    expect(office.alerts).toEqual([`needs-you ${told}`])
    expect(await placeNoticed(workspace.db, told)).toEqual({
      screen: 'write',
      postId: id,
      at: { channelId: 'ma', place: { at: 'media', part: 0 } },
    })
  })

  it('leads to the account that wants to be connected again, and to Today for several', async () => {
    const workspace = await aWorkspace()
    const { outbox } = await anOffice(workspace)
    await aChannel(workspace, outbox, 'ma')
    expect(await placeNoticed(workspace.db, 'ma')).toEqual({ screen: 'settings', page: 'channels', channelId: 'ma' })
    expect(await placeNoticed(workspace.db, TODAY)).toEqual({ screen: 'today' })
  })

  it('leads to the outbox when it was about many, or what it was about is gone', async () => {
    const { db } = await aWorkspace()
    expect(await placeNoticed(db, '')).toEqual({ screen: 'outbox' })
    expect(await placeNoticed(db, 'gone~ma')).toEqual({ screen: 'outbox' })
  })
})
