import type { EvergreenRule } from '../../../shared/domain/evergreen.ts'
import { ruleWords } from '../../../shared/domain/recurrence.ts'
import { placeOf, ruleOf, type Series } from '../../../shared/domain/series.ts'
import type { IsoDate } from '../../../shared/domain/time.ts'
import { formatDay, monthShort, plural } from '../format.ts'

const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' }
const ORDINAL = new Intl.PluralRules('en-GB', { type: 'ordinal' })
const ordinal = (n: number) => `${n}${ENDINGS[ORDINAL.select(n)] ?? 'th'}`

/** `3rd of 12, every week on Fri`: what is cut off where room is short is the rule, not the place. */
export function occurrenceWords(series: Series, occursOn: IsoDate): string {
  const { nth, of } = placeOf(series, occursOn)
  const ended = series.trashedAt > 0
  const rule = ruleWords({ ...ruleOf(series), count: null, until: null }, series.start, formatDay)
  const place = of && !ended ? `${ordinal(nth)} of ${of}` : `${ordinal(nth)} time`
  return `${place}, ${rule.charAt(0).toLowerCase()}${rule.slice(1)}${ended ? ', ended' : ''}`
}

/** `1 Mar` of `03-01` */
const dayInYear = (day: string) => `${Number(day.slice(3))} ${monthShort(`2024-${day}`)}`

/** `After 90 days, 1 Mar – 31 May, 5 times` */
export function evergreenWords({ cooldown, season, most }: EvergreenRule): string {
  return [
    cooldown > 0 ? `After ${plural(cooldown, 'day')}` : 'Any time',
    ...(season ? [`${dayInYear(season.from)} – ${dayInYear(season.to)}`] : []),
    ...(most > 0 ? [plural(most, 'time')] : []),
  ].join(', ')
}
