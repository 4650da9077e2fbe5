import { describe, expect, it } from 'vitest'
import { daysAhead, draftOn, type RuleDraft, ruleOfDraft } from '../../../renderer/parts/repeat/draft.ts'
import { everyRule, formatRule } from '../../../shared/domain/recurrence.ts'

const DAY = '2026-11-24'
const ruleOf = (fields: Partial<RuleDraft>) => {
  const rule = ruleOfDraft({ ...draftOn(DAY), ...fields }, DAY)
  return rule && formatRule(rule)
}
const own = (fields: Partial<RuleDraft>) => ruleOf({ preset: null, ...fields })

describe('a rule being put together', () => {
  it('begins weekly, on the day of the post, without an end', () => {
    expect(ruleOf({})).toBe('FREQ=WEEKLY;BYDAY=TU')
  })

  it('reads weekdays in their order, places in the month from either end', () => {
    expect(own({ interval: 2, weekdays: [4, 2] })).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH')
    expect(own({ frequency: 'monthly', place: '-1', weekday: 5 })).toBe('FREQ=MONTHLY;BYDAY=-1FR')
    expect(own({ frequency: 'monthly', place: 'last-day' })).toBe('FREQ=MONTHLY;BYMONTHDAY=-1')
    expect(own({ frequency: 'monthly' })).toBe('FREQ=MONTHLY;BYMONTHDAY=24')
  })

  it('ends on a date or after a count', () => {
    expect(ruleOf({ end: 'until', until: '2026-12-31' })).toBe('FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231')
    expect(ruleOf({ end: 'count', count: 4 })).toBe('FREQ=WEEKLY;BYDAY=TU;COUNT=4')
  })

  it.each<Partial<RuleDraft>>([
    { preset: null, weekdays: [] },
    { preset: null, interval: 0 },
    { preset: null, interval: null },
    { preset: null, frequency: 'monthly', monthDay: 32 },
    { end: 'count', count: null },
    { end: 'until', until: '' },
    { end: 'until', until: '2026-11-23' },
  ])('is none while something is missing: %o', (fields) => {
    expect(ruleOf(fields)).toBeNull()
  })

  it('shows only days to come', () => {
    expect(daysAhead(everyRule('weekly', { count: 4 }), '2026-11-10', DAY)).toEqual(['2026-11-24', '2026-12-01'])
  })
})
