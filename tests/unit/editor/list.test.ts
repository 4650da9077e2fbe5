import { describe, expect, it } from 'vitest'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { matchItems, slashItems } from '../../../renderer/editor/slash.ts'
import { fieldChanges, type Names } from '../../../renderer/features/versions/fields.ts'

const post = (title: string, date?: string) =>
  blankPost(0, { id: title, title, planned: date ? { date, time: '09:00', zone: 'Europe/Berlin' } : null })

describe('the slash menu', () => {
  const items = slashItems({ pickPicture: () => undefined, editLink: () => undefined })
  it('finds by name first, then by other words, and everything while nothing is typed', () => {
    expect(matchItems(items, '').length).toBe(items.length)
    expect(matchItems(items, 'list').map(({ id }) => id)).toEqual(['bullets', 'numbers', 'tasks'])
    expect(matchItems(items, 'photo').map(({ id }) => id)).toEqual(['picture'])
    expect(matchItems(items, 'zzz')).toEqual([])
  })
})

describe('the table of what changed', () => {
  const names: Names = {
    person: (id) => (id ? `Person ${id}` : ''),
    campaign: (id) => id,
    pillar: (id) => id,
    channel: (id) => id,
    when: ({ planned }) => planned?.date ?? '',
    day: (date) => date,
  }
  it('puts changed fields first and leaves out those that never said anything', () => {
    const before = { ...post('A', '2026-11-23'), ownerId: '1' }
    const fields = fieldChanges(before, { ...before, ownerId: '2' }, names)
    expect(fields[0]).toEqual({ label: 'Owner', before: 'Person 1', after: 'Person 2', changed: true })
    expect(fields.map(({ label }) => label)).toEqual(['Owner', 'Title', 'When', 'Status'])
  })
})
