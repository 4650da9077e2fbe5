import type { Instant, Zone } from '../../../shared/domain/time.ts'
import { zoneCity, zoneOffset } from '../../parts/index.ts'
import type { ComboItem } from '../../ui/index.ts'

/** Every zone the engine knows, with its offset at an instant; the city finds it too. */
export const zoneItems = (now: Instant): ComboItem[] =>
  ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone: Zone) => ({
    id: zone,
    label: zone.replaceAll('_', ' '),
    hint: zoneOffset(zone, now),
    keywords: [zoneCity(zone), zoneOffset(zone, now)],
  }))
