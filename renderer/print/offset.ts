import type { Instant, Zone } from '../../shared/domain/time.ts'
import { Temporal } from '../../shared/lib/temporal.ts'

/** `UTC+2`, `UTC+5:30`: what the clocks of a zone are ahead by at an instant. */
export function offsetAt(at: Instant, zone: Zone): string {
  const minutes = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9
  const whole = Math.abs(minutes)
  const rest = Math.round(whole % 60)
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(whole / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}
