import { describe, expect, it } from 'vitest'
import { placeOf } from '../../../shared/domain/series.ts'

describe('the place of a day in its series', () => {
  const weekly = { rule: 'FREQ=WEEKLY;BYDAY=FR', start: '2026-11-27' }

  it('is counted by the rule, out of as many as it has', () => {
    expect(placeOf({ ...weekly, rule: `${weekly.rule};COUNT=12` }, '2026-12-11')).toEqual({ nth: 3, of: 12 })
    expect(placeOf({ ...weekly, rule: `${weekly.rule};UNTIL=20261218` }, '2026-12-18')).toEqual({ nth: 4, of: 4 })
  })

  it('is out of nothing where the rule goes on', () => {
    expect(placeOf(weekly, '2026-12-04')).toEqual({ nth: 2, of: null })
  })
})
