/** What is out in parts, a thread or a first comment, changed and taken away there: the real runner over the real database. */
import { describe, expect, it } from 'vitest'
import { changePlacement } from '../../../renderer/data/commands/placements.ts'
import { createDiffers } from '../../../renderer/sync/compose.ts'
import type { Compose } from '../../../renderer/sync/publisher.ts'
import type { Abilities } from '../../../shared/domain/delivery.ts'
import { sentenceOf } from '../../../shared/domain/deliveryWords.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import type { Part } from '../../../shared/domain/publishing.ts'
import { aChannel, anOffice, aScheduledPost, memoryLocks, settle } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

const fault = { kind: 'server-fault', until: null, details: '' } as const
const names = { network: 'Mastodon', account: 'ma', time: String, online: true, paused: false }

/** A thread of three that is out. `texts`: what its parts say; `at`: when they were touched since, 0 before. */
async function aThreadOut(abilities: Partial<Abilities> = {}) {
  const written = { texts: ['one', 'two', 'three'], at: 0 }
  const compose: Compose = async ({ id: deliveryId, contentAt }, publishAt) => {
    const parts = written.texts.map(
      (text, at): Part => ({ kind: at === 0 ? 'post' : 'thread', text, html: '', media: [] }),
    )
    const job = { deliveryId, fingerprint: 'f', format: 'thread', title: '', fields: {}, parts, publishAt }
    return { kind: 'job', job, contentAt: written.at || contentAt }
  }
  const workspace = await aWorkspace()
  const locks = memoryLocks()
  const office = await anOffice(workspace, { abilities, compose, locks })
  await aChannel(workspace, office.outbox, 'ma')
  await office.outbox.start()
  const id = await aScheduledPost(workspace, ['ma'], 1)
  await office.pass(3)
  const row = placementId(id, 'ma')
  const delivery = async () => {
    const found = await workspace.db.deliveries.get(row)
    if (!found) throw new Error(row)
    return found
  }
  const asked = (call: 'edit' | 'remove') =>
    office.publisher.calls.flatMap((one) => (one.call === call ? [one.part] : []))
  const texts = () => office.publisher.visible().map(({ text }) => text)
  return Object.assign(office, { written, row, delivery, asked, texts })
}

describe('a thread that is out', () => {
  it('is deleted from its end, each step written down, and goes on after a restart where it stopped', async () => {
    const office = await aThreadOut()
    office.publisher.fault = (call, _id, part) => (call === 'remove' && part === 1 ? fault : null)
    expect(await office.outbox.commands.changeOut(office.row, 'remove')).toBe(1)
    await office.pass(2)
    expect(office.texts()).toEqual(['one', 'two'])
    expect((await office.delivery()).sent.map(({ gone }) => gone ?? false)).toEqual([false, false, true])
    expect(sentenceOf(await office.delivery(), names)).toContain('1 of 3 parts are gone.')
    await office.outbox.stop()
    office.publisher.fault = () => null
    const again = office.window()
    await again.start()
    for (let minute = 0; minute < 20; minute += 1) {
      office.workspace.clock.tick(60_000)
      await settle(again)
    }
    expect(office.texts()).toEqual([])
    expect(office.asked('remove').filter((part) => part !== 1)).toEqual([2, 0])
    expect((await office.delivery()).state).toMatchObject({ kind: 'published', mark: { kind: 'deleted' } })
    const log = (await office.workspace.db.attempts.toArray()).flatMap((one) => one.log)
    expect(log.filter(({ what }) => what === 'deleted-there').map(({ part }) => part)).toEqual([2, 1, 0])
  })

  it('is deleted though an answer was lost, and though somebody took a part away there', async () => {
    const office = await aThreadOut()
    const middle = office.publisher.posts[1]
    if (middle) middle.removed = true
    let lost = 1
    office.publisher.fault = (call) => (call === 'remove' && lost-- > 0 ? 'lost' : null)
    await office.outbox.commands.changeOut(office.row, 'remove')
    await office.pass(10)
    expect(office.texts()).toEqual([])
    expect((await office.delivery()).state).toMatchObject({ mark: { kind: 'deleted' } })
  })

  it('stays as far as it is when a person wants no more of it deleted', async () => {
    const office = await aThreadOut()
    office.publisher.fault = (call, _id, part) => (call === 'remove' && part === 1 ? fault : null)
    await office.outbox.commands.changeOut(office.row, 'remove')
    await office.pass(2)
    expect(await office.outbox.commands.leaveOut(office.row)).toBe(1)
    await office.pass(20)
    expect(office.texts()).toEqual(['one', 'two'])
    expect((await office.delivery()).state).toMatchObject({ mark: { kind: 'partial' } })
    office.publisher.fault = () => null
    expect(await office.outbox.commands.changeOut(office.row, 'remove')).toBe(1)
    await office.pass(2)
    expect(office.texts()).toEqual([])
  })

  it('is taken away with its first part where the rest goes along', async () => {
    const office = await aThreadOut({ takesAlong: true })
    await office.outbox.commands.changeOut(office.row, 'remove')
    await office.pass(2)
    expect([office.texts(), office.asked('remove')]).toEqual([[], [0]])
  })

  it('is changed in the parts that say something else, each once', async () => {
    const office = await aThreadOut()
    office.written.texts = ['one', 'two, said better', 'three, too']
    await office.outbox.commands.changeOut(office.row, 'edit')
    await office.pass(2)
    expect(office.texts()).toEqual(['one', 'two, said better', 'three, too'])
    expect(office.asked('edit')).toEqual([1, 2])
    expect((await office.delivery()).state).not.toHaveProperty('change')
  })

  it('knows what is there when it was cut between two parts, and written on meanwhile', async () => {
    const office = await aThreadOut()
    office.written.texts = ['ONE', 'TWO', 'THREE']
    office.publisher.fault = (call, _id, part) => (call === 'edit' && part === 1 ? fault : null)
    await office.outbox.commands.changeOut(office.row, 'edit')
    await office.pass(2)
    const attempt = await office.workspace.db.attempts.get((await office.delivery()).attempt)
    expect(attempt?.job.parts.map(({ text }) => text)).toEqual(['ONE', 'two', 'three'])
    office.written.texts = ['One!', 'TWO', 'THREE']
    office.written.at = 1e15
    office.publisher.fault = () => null
    await office.pass(20)
    expect(office.texts()).toEqual(['One!', 'TWO', 'THREE'])
    expect((await office.delivery()).state).not.toHaveProperty('change')
  })

  it('is not changed in place where it has other parts by now, and says so', async () => {
    const office = await aThreadOut()
    office.written.texts = ['one', 'two', 'three', 'four']
    await office.outbox.commands.changeOut(office.row, 'edit')
    await office.pass(10)
    expect(office.asked('edit')).toEqual([])
    const delivery = await office.delivery()
    expect(delivery.state).toMatchObject({ kind: 'published', change: { what: 'edit', at: -1 } })
    expect(sentenceOf(delivery, names)).toContain('It has other parts by now than what is out')
    // The post itself never was a thread.
    expect(await createDiffers(office.workspace.db)(delivery)).toBe('parts')
  })
})

describe('a first comment', () => {
  it('that is written while the post waits at its network brings the post back, and both go out', async () => {
    const workspace = await aWorkspace()
    const abilities = { see: true, schedules: { soonest: 5 * 60_000, latest: 24 * 3_600_000 } }
    const office = await anOffice(workspace, { abilities })
    await aChannel(workspace, office.outbox, 'li')
    await office.outbox.start()
    const id = await aScheduledPost(workspace, ['li'], 60)
    await office.pass(1)
    expect((await workspace.db.deliveries.get(placementId(id, 'li')))?.state.kind).toBe('handed-over')
    await changePlacement(workspace.store, { postId: id, channelId: 'li' }, { firstComment: 'The link' }, 'Comment')
    await office.pass(70, 5)
    const there = office.publisher.posts.filter(({ removed }) => !removed)
    expect(there.map(({ text }) => text)).toEqual(['Three pockets', 'The link'])
  })
})
