/** How a kind of media host is spoken to. */
import type { Instant } from '../../../shared/domain/time.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import type { Refusal } from '../http.ts'

export type Method = 'HEAD' | 'PUT' | 'DELETE' | 'MKCOL'

/** What differs from kind to kind. */
export interface Dialect {
  /** Where a file is put. */
  at(name: string): URL
  address(name: string, now: Instant): string
  /** The headers of a request, with what proves who asks. `payload`: SHA-256 of the body. */
  headers(
    method: Method,
    url: URL,
    payload: string,
    headers: Readonly<Record<string, string>>,
    now: Instant,
  ): Readonly<Record<string, string>>
  /** The body is signed, so its sum has to be known. */
  readonly signs: boolean
  /** What a refusal means. `field`: of the settings; `reason`: a whole sentence with what to do. */
  refused(refusal: Pick<Refusal, 'status' | 'details'>): Trouble
  /** The folder that may have to be made first. */
  readonly folder: URL | null
}

export const refusedFor = (field: string, reason: string, details: string): Trouble => ({
  kind: 'refused',
  field,
  reason,
  details,
})
