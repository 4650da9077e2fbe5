import { describe, expect, it } from 'vitest'
import { asMeant } from '../../../shared/domain/asMeant.ts'
import type { Job, Seen } from '../../../shared/domain/publishing.ts'

const HOUR = 3_600_000
const shown = (state: Extract<Seen, { kind: 'seen' }>['state']): Seen => ({
  kind: 'seen',
  permalink: '',
  state,
  because: 'Something.',
  fingerprint: '',
  remoteId: '1',
})
const seenAs = (hours: number, state: Parameters<typeof shown>[0], format: string, fields: Job['fields'] = {}) => {
  const seen = asMeant(shown(state), { format, fields }, 0, hours * HOUR)
  return seen.kind === 'seen' ? seen.state : seen.kind
}

describe('what is seen, beside what was meant', () => {
  it('a story that ended in its time is as it was meant; one that went before is not', () => {
    expect(seenAs(24, 'removed', 'story')).toBe('public')
    expect(seenAs(23, 'removed', 'story')).toBe('removed')
    expect(seenAs(24, 'removed', 'story', { lifetime: 'ONE_WEEK' })).toBe('removed')
    expect(seenAs(7 * 24, 'removed', 'story', { lifetime: 'ONE_WEEK' })).toBe('public')
    expect(seenAs(24, 'removed', 'savedStory')).toBe('removed')
    expect(seenAs(24, 'removed', 'feed')).toBe('removed')
  })

  it('what only some were to see is as it was meant; what everybody was to see is not', () => {
    expect(seenAs(1, 'private', 'video', { visibility: 'private' })).toBe('public')
    expect(seenAs(1, 'private', 'video', { visibility: 'SELF_ONLY' })).toBe('public')
    expect(seenAs(1, 'in-review', 'article', { visibility: 'pending' })).toBe('public')
    expect(seenAs(1, 'private', 'video', { visibility: 'public' })).toBe('private')
    expect(seenAs(1, 'private', 'video', { visibility: 'unlisted' })).toBe('private')
    expect(seenAs(1, 'in-review', 'video', { visibility: 'private' })).toBe('in-review')
    expect(seenAs(1, 'removed', 'video', { visibility: 'private' })).toBe('removed')
  })
})
