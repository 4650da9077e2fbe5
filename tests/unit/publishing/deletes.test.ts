import { describe, expect, it } from 'vitest'
import { deletesSentence } from '../../../renderer/features/outbox/words.ts'
import { type Delivery, newDelivery } from '../../../shared/domain/delivery.ts'
import type { Job, Part } from '../../../shared/domain/publishing.ts'

const out = (kinds: readonly Part['kind'][], gone: readonly number[] = [], fields: Job['fields'] = {}): string => {
  const parts = kinds.map((kind): Part => ({ kind, text: '', html: '', media: [] }))
  const job: Job = { deliveryId: 'd', fingerprint: '', format: '', title: '', fields, parts, publishAt: null }
  const delivery: Delivery = {
    ...newDelivery({ id: 'd', postId: 'p', channelId: 'c', dueAt: 0, contentAt: 0 }),
    state: { kind: 'published', at: 0, late: false, reads: 0, mark: null },
    parts: parts.length,
    sent: parts.map((_, at) => ({ remoteId: `r${at}`, at: 0, ...(gone.includes(at) ? { gone: true as const } : {}) })),
  }
  return deletesSentence(delivery, job, 'Mastodon')
}

describe('what is asked before it is deleted there', () => {
  it.each<[string, readonly Part['kind'][], readonly number[]]>([
    ['It goes for everybody, with its comments', ['post'], []],
    ['It and its first comment go for everybody, with their answers', ['post', 'comment'], []],
    ['All 3 posts of the thread go for everybody', ['post', 'thread', 'thread'], []],
    ['All 2 posts of the thread and its first comment go for everybody', ['post', 'thread', 'comment'], []],
    ['The 2 posts that are left of the thread go for everybody', ['post', 'thread', 'thread'], [2]],
    ['The post that is left of the thread goes for everybody, with its comments', ['post', 'thread', 'thread'], [1, 2]],
    ['Its first comment goes for everybody', ['post', 'comment'], [0]],
  ])('names it: %s', (beginning, kinds, gone) => {
    expect(out(kinds, gone).startsWith(beginning), out(kinds, gone)).toBe(true)
  })

  it('leaves what was mailed with those who have it', () => {
    expect(out(['post'], [], { emailSegment: 'all' })).toContain('What was mailed stays with those who have it.')
    expect(out(['post'])).not.toContain('mailed')
  })
})
