/** The record of every try: it ends in what came of it, though the delivery has let go of that try by then. */
import { describe, expect, it } from 'vitest'
import { outboxRow } from '../../../renderer/features/outbox/queries.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { aChannel, anOffice, aScheduledPost, settle } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

const MINUTE = 60_000

/** A post that is due in two hours, at a network that publishes by itself. `refuses`: which step does not take it ahead. */
async function aPostAhead(refuses?: 'prepare' | 'commit') {
  const workspace = await aWorkspace()
  const schedules = { soonest: 5 * MINUTE, latest: 24 * 60 * MINUTE }
  const office = await anOffice(workspace, { abilities: { schedules, see: true } })
  await aChannel(workspace, office.outbox, 'ma')
  await office.outbox.start()
  office.publisher.fault = (call) =>
    call === refuses ? { kind: 'refused', field: 'publishAt', reason: 'The day is full there.', details: '' } : null
  const id = placementId(await aScheduledPost(workspace, ['ma'], 120), 'ma')
  await office.pass(1)
  const ledger = async () => (await workspace.db.attempts.toArray()).flatMap(({ log }) => log.map(({ what }) => what))
  return { office, id, ledger, row: () => outboxRow(workspace.db, id) }
}

describe('the ledger', () => {
  it('of what was taken back ends in that it was deleted there', async () => {
    const { office, id, ledger, row } = await aPostAhead()
    await office.outbox.commands.cancel([id])
    await settle(office.outbox)
    expect((await row())?.delivery.state).toEqual({ kind: 'cancelled', by: 'you' })
    expect(await ledger()).toEqual(['begun', 'prepared', 'commits', 'done', 'deleted-there'])
  })

  it.each<['prepare' | 'commit', readonly string[]]>([
    ['prepare', ['begun', 'trouble']],
    ['commit', ['begun', 'prepared', 'commits', 'trouble']],
  ])('of what a network did not take ahead at its %s ends in why, and that is told', async (step, lines) => {
    const { ledger, row } = await aPostAhead(step)
    expect((await row())?.delivery.state.kind).toBe('planned')
    expect(await ledger()).toEqual(lines)
    expect((await row())?.refusedAhead).toBe('The day is full there.')
  })
})
