import type { Instant, Zone } from '../../shared/domain/time.ts'
import type { ComboItem } from '../ui/index.ts'
import { zoneCity, zoneOffset } from './format.ts'

/** Every zone the engine knows, with its offset at an instant; the city finds it too. */
export const zoneItems = (now: Instant): ComboItem[] =>
  ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone: Zone) => ({
    id: zone,
    label: zone.replaceAll('_', ' '),
    hint: zoneOffset(zone, now),
    keywords: [zoneCity(zone), zoneOffset(zone, now)],
  }))
