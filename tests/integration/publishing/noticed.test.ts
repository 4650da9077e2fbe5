import { describe, expect, it } from 'vitest'
import { openNoticed, placeNoticed, TODAY } from '../../../renderer/app/openNoticed.ts'
import { closeDialog, useDialog } from '../../../renderer/ports/dialogs.ts'
import { useNavigation } from '../../../renderer/ports/navigation.ts'
import type { Compose } from '../../../renderer/sync/publisher.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import type { Part } from '../../../shared/domain/publishing.ts'
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
      place: { screen: 'write', postId: id, at: { channelId: 'ma', place: { at: 'media', part: 0 } } },
    })
  })

  it('leads to the first comment that was refused, which its network calls a text', async () => {
    const workspace = await aWorkspace()
    const compose: Compose = async ({ id: deliveryId, contentAt }, publishAt) => {
      const part = (kind: Part['kind']): Part => ({ kind, text: kind, html: '', media: [] })
      const parts = [part('post'), part('comment')]
      const job = { deliveryId, fingerprint: 'f', format: 'feed', title: '', fields: {}, parts, publishAt }
      return { kind: 'job', job, contentAt }
    }
    const office = await anOffice(workspace, { compose })
    await aChannel(workspace, office.outbox, 'ma')
    await office.outbox.start()
    const id = await aScheduledPost(workspace, ['ma'], 5)
    office.publisher.fault = (call, _id, part) =>
      call === 'prepare' && part === 1 ? { kind: 'refused', field: 'text', reason: 'too long', details: '' } : null
    await office.pass(6)
    expect(await placeNoticed(workspace.db, placementId(id, 'ma'))).toMatchObject({
      place: { at: { channelId: 'ma', place: { at: 'firstComment' } } },
    })
  })

  it('opens the kit of what a person posts, over its delivery, and no other', async () => {
    const workspace = await aWorkspace()
    const office = await anOffice(workspace)
    await aChannel(workspace, office.outbox, 'ma', { byHand: true })
    await office.outbox.start()
    const told = placementId(await aScheduledPost(workspace, ['ma'], 5), 'ma')
    await office.pass(6)
    expect(office.alerts).toEqual([`hand-off ${told}`])
    await openNoticed(workspace.db, told)
    expect(useNavigation.getState().place).toEqual({ screen: 'outbox', deliveryId: told })
    expect(useDialog.getState().open).toEqual({ kind: 'kit', deliveryId: told })
    closeDialog()
    await office.outbox.commands.handedOff(told, '')
    await openNoticed(workspace.db, told)
    expect(useNavigation.getState().place).toMatchObject({ screen: 'write' })
    expect(useDialog.getState().open).toBeNull()
  })

  it('leads to the account that wants to be connected again, and to Today for several', async () => {
    const workspace = await aWorkspace()
    const { outbox } = await anOffice(workspace)
    await aChannel(workspace, outbox, 'ma')
    expect(await placeNoticed(workspace.db, 'ma')).toEqual({
      place: { screen: 'settings', page: 'channels', channelId: 'ma' },
    })
    expect(await placeNoticed(workspace.db, TODAY)).toEqual({ place: { screen: 'today' } })
  })

  it('leads to the outbox when it was about many, or what it was about is gone', async () => {
    const { db } = await aWorkspace()
    expect(await placeNoticed(db, '')).toEqual({ place: { screen: 'outbox' } })
    expect(await placeNoticed(db, 'gone~ma')).toEqual({ place: { screen: 'outbox' } })
  })
})
