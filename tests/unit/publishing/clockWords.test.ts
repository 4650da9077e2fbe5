import { describe, expect, it } from 'vitest'
import { clockNotice } from '../../../shared/domain/clockWords.ts'

const MINUTE = 60_000

describe('a clock of this computer that is wrong', () => {
  it('is told with what comes of it, and only where it is known to be', () => {
    expect(clockNotice(14 * MINUTE)).toEqual({
      title: 'The clock of this computer is 14 min slow.',
      text: 'What is sent from here goes out that much too late. Set the clock: what is planned keeps its time.',
    })
    expect(clockNotice(-75 * MINUTE)?.title).toBe('The clock of this computer is 75 min fast.')
    expect(clockNotice(-75 * MINUTE)?.text).toContain('too early')
    expect(clockNotice(0)).toBeNull()
    expect(clockNotice(null)).toBeNull()
  })
})
