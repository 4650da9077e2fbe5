import { describe, expect, it } from 'vitest'
import { changePlacement } from '../../../renderer/data/commands/placements.ts'
import type { Abilities } from '../../../shared/domain/delivery.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { createMemoryPublisher } from '../../support/memoryPublisher.ts'
import { aChannel, anOffice, aScheduledPost, memoryLocks, settle } from '../../support/publishing.ts'
import { aWorkspace } from '../../support/workspace.ts'

/** Every third place in an ordinary run; OUTPOST_KILL_STRIDE=1 tries each. */
const STRIDE = Number(process.env.OUTPOST_KILL_STRIDE ?? 3)

/**
 * Plays two posts on two channels, one with a first comment, and is killed at the n-th place: before and after every call to a network
 * and every write. Then everything begins again. Gives how many places there were, if none was left to be killed at.
 */
async function killedAt(place: number, abilities: Partial<Abilities>): Promise<{ finished: boolean; where: string }> {
  const first = await aWorkspace()
  let passed = 0
  let where = ''
  let isOver = false
  let dies = () => {}
  const death = new Promise<void>((resolve) => {
    dies = resolve
  })
  const step = (at: string): Promise<void> => {
    passed += 1
    if (where !== '') return new Promise(() => {})
    if (passed !== place || isOver) return Promise.resolve()
    where = at
    first.close()
    dies()
    return new Promise(() => {})
  }
  const publisher = createMemoryPublisher(first.clock.now, abilities)
  const setup = await anOffice(first, { publisher })
  for (const id of ['li', 'ma']) await aChannel(first, setup.outbox, id)
  const posts = [
    await aScheduledPost(first, ['li', 'ma'], 20, 'one'),
    await aScheduledPost(first, ['li', 'ma'], 21, 'two'),
  ]
  const [one = ''] = posts
  await changePlacement(first.store, { postId: one, channelId: 'li' }, { firstComment: 'The link' }, 'First comment')

  publisher.step = step
  const change: typeof first.store.change = async (meta, decide) => {
    await step('before a write')
    const result = await first.store.change(meta, decide)
    await step('after a write')
    return result
  }
  const office = await anOffice({ ...first, store: { ...first.store, change } }, { publisher, locks: memoryLocks() })
  const lived = office.outbox.start().then(async () => {
    await office.pass(18, 9)
    await office.pass(5)
  })
  await Promise.race([lived, death])
  isOver = true
  publisher.step = async () => {}

  // Where it died the clock stood still; the machine is started again some minutes later.
  first.clock.tick(3 * 60_000)
  const second = where === '' ? first : await first.reopen()
  const again = where === '' ? office : await anOffice(second, { publisher, locks: memoryLocks() })
  if (where !== '') await again.outbox.start()
  await again.pass(28, 4)
  await again.pass(4)
  await settle(again.outbox)

  const wanted = posts.flatMap((id) => ['li', 'ma'].map((channel) => placementId(id, channel)))
  const parts = publisher.visible().map(({ deliveryId, part }) => `${deliveryId}/${part}`)
  expect(parts.toSorted(), `killed ${where} (${place})`).toEqual(
    [...wanted.map((id) => `${id}/0`), `${placementId(one, 'li')}/1`].toSorted(),
  )
  expect(publisher.posts.filter(({ removed }) => !removed)).toHaveLength(5)
  const rows = await second.db.deliveries.toArray()
  expect(rows.map(({ state }) => state.kind)).toEqual(rows.map(() => 'published'))
  // What a network publishes by itself does not wait for what comes late from here.
  for (const channel of abilities.schedules ? [] : ['li', 'ma']) {
    const mine = publisher.posts.filter(({ accountId, part }) => accountId === channel && part === 0)
    const inOrder = mine.toSorted((a, b) => a.visibleAt - b.visibleAt)
    expect(inOrder.map(({ text }) => text)).toEqual(['one', 'two'])
  }
  await again.outbox.stop()
  second.close()
  return { finished: where === '', where }
}

describe('killed at every place of the road', () => {
  it.each<[string, Partial<Abilities>]>([
    ['where the network is sent to', {}],
    ['where it publishes by itself', { see: true, schedules: { soonest: 300_000, latest: 86_400_000 } }],
  ])(
    'and started again, everything is out once, in order, %s',
    async (_name, abilities) => {
      const places = new Map<string, number>()
      for (let place = 1 + ((abilities.schedules ? 3 : 0) % STRIDE); ; place += STRIDE) {
        const { finished, where } = await killedAt(place, abilities)
        if (finished) break
        places.set(where, (places.get(where) ?? 0) + 1)
      }
      expect(places.size).toBeGreaterThan(3)
      console.info([...places].map(([where, times]) => `${where}: ${times}`).join(', '))
    },
    STRIDE === 1 ? 1_200_000 : 120_000,
  )
})
