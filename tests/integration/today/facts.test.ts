import '../../support/indexeddb.ts'
import { expect, test } from 'vitest'
import { setOwnTimes } from '../../../renderer/data/commands/placements.ts'
import { createPost } from '../../../renderer/data/commands/posts.ts'
import { addRow } from '../../../renderer/data/commands/workspace.ts'
import { todayFacts } from '../../../renderer/features/today/queries.ts'
import { blankChannel } from '../../../shared/domain/channel.ts'
import { aWorkspace } from '../../support/workspace.ts'

const TODAY = '2026-11-24'
const at = (date: string, time: string) => ({ date, time, zone: 'Europe/Berlin' })

test('a channel goes out today at a time of its own, though its post is planned for another day', async () => {
  const { db, store } = await aWorkspace()
  const fields = blankChannel('mastodon', {
    id: '',
    name: 'Tarn',
    hue: 'iris',
    zone: 'Europe/Berlin',
    spacing: 0,
    target: 0,
    order: 0,
  })
  const channelId = await addRow(store, 'channels', fields, 'Added a channel')
  const other = await addRow(store, 'channels', { ...fields, order: 1 }, 'Added a channel')
  await createPost(store, { title: 'Noon', planned: at(TODAY, '12:00'), channelIds: [channelId] })
  const late = await createPost(store, {
    title: 'Next week',
    planned: at('2026-12-01', '10:00'),
    channelIds: [channelId, other],
    checklist: [{ id: 'c', text: 'Ask for the picture', done: false }],
  })
  const moved = await setOwnTimes(store, late, [{ channelId, to: at(TODAY, '11:00') }], 'A time of its own')
  expect(moved.ok).toBe(true)
  const { today, week, open } = await todayFacts(db, TODAY, 'Europe/Berlin')
  expect(today.map(({ title, planned }) => [title, planned?.time])).toEqual([
    ['Next week', '11:00'],
    ['Noon', '12:00'],
  ])
  expect(week).toHaveLength(2)
  // Its checklist is asked for once, when the post itself is near.
  expect(open).toEqual([])
})
