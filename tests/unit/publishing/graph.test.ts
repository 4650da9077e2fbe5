import { describe, expect, it } from 'vitest'
import { graphFault, sortGraph } from '../../../electron/platforms/graph.ts'

const NOW = Date.UTC(2026, 9, 14, 9)
const HOUR = 3_600_000

interface Said {
  readonly code: number
  readonly subcode?: number
  readonly message?: string
  readonly transient?: boolean
  readonly headers?: Record<string, string>
  readonly commit?: boolean
  readonly status?: number
}

function sorted({
  code,
  subcode = 0,
  message = 'Words',
  transient = false,
  headers,
  commit = false,
  status = 400,
}: Said) {
  const body = { error: { message, code, error_subcode: subcode, is_transient: transient } }
  const fault = graphFault(body)
  if (!fault) throw new Error('No fault was read.')
  return sortGraph({ status, headers: new Headers(headers), body, details: 'as said' }, fault, commit, NOW)
}

const STOPPED = { kind: 'access-withdrawn', stopped: expect.stringContaining('Support Inbox') }

// Source: notes on Facebook, section 7, and the failure taxonomy; Meta: Graph API error handling.
const ROWS: readonly (readonly [what: string, said: Said, trouble: object])[] = [
  ['a session that expired', { code: 190, subcode: 463 }, { kind: 'access-expired' }],
  [
    'a removed app',
    { code: 190, subcode: 458 },
    { kind: 'access-withdrawn', reason: 'the app was removed from the account' },
  ],
  ['a changed password', { code: 190, subcode: 460 }, { kind: 'access-withdrawn', reason: 'the password was changed' }],
  [
    'a lost role',
    { code: 190, subcode: 492 },
    { kind: 'access-withdrawn', reason: 'the role on the Page was taken away' },
  ],
  [
    'an unknown reason',
    { code: 190, subcode: 999 },
    { kind: 'access-withdrawn', reason: 'the access is no longer valid' },
  ],
  ['a session that is none', { code: 102 }, { kind: 'access-withdrawn' }],
  [
    'a missing permission, with its name',
    { code: 200, message: '(#200) Requires pages_manage_posts permission' },
    { kind: 'not-permitted', right: 'pages_manage_posts' },
  ],
  ['a missing permission without one', { code: 10 }, { kind: 'not-permitted', right: '' }],
  [
    'a Page that must be authorized',
    { code: 1_404_078 },
    { kind: 'not-permitted', right: 'Page Publishing Authorization' },
  ],
  ['the limit of an app', { code: 4 }, { kind: 'rate-limited', shared: 'app', until: NOW + HOUR }],
  ['the limit of a user', { code: 17 }, { kind: 'rate-limited', shared: 'account', until: NOW + HOUR }],
  ['calls in a row', { code: 613 }, { kind: 'rate-limited', shared: 'account', until: NOW + HOUR }],
  [
    'the limit of a Page with its minutes, the longest of them',
    {
      code: 80_001,
      status: 403,
      headers: {
        'x-business-use-case-usage':
          '{"1":[{"type":"pages","estimated_time_to_regain_access":7},{"type":"messenger","estimated_time_to_regain_access":12}]}',
      },
    },
    { kind: 'rate-limited', shared: 'account', until: NOW + 12 * 60_000 },
  ],
  ['posting too fast', { code: 368, subcode: 1_390_008 }, { kind: 'rate-limited', shared: 'account' }],
  ['an identity check', { code: 368, subcode: 4_854_002 }, { ...STOPPED, reason: expect.stringContaining('who runs') }],
  ['a block', { code: 368, subcode: 1_404_102 }, { ...STOPPED, reason: expect.stringContaining('Standards') }],
  ['a block of no known kind', { code: 368 }, { ...STOPPED, reason: '' }],
  ['the same status again', { code: 506 }, { kind: 'duplicate', remoteId: '' }],
  ['the same photos again', { code: 1_366_051 }, { kind: 'duplicate', remoteId: '' }],
  ['a link that cannot be scraped', { code: 1_609_005 }, { kind: 'refused', field: 'link', reason: 'Words' }],
  ['a photo', { code: 1_366_046 }, { kind: 'refused', field: 'media' }],
  ['a Reel of a wrong shape', { code: 100, subcode: 1_363_040 }, { kind: 'refused', field: 'media' }],
  [
    'a bad parameter',
    { code: 100, message: '(#100) Param message must be shorter' },
    { kind: 'refused', field: 'text' },
  ],
  ['a thing that is gone', { code: 100, subcode: 33 }, { kind: 'target-gone' }],
  ['a passing fault', { code: 2 }, { kind: 'server-fault', until: null }],
  ['a passing fault by its mark', { code: 99, transient: true }, { kind: 'server-fault' }],
  ['a passing fault of a commit: nobody knows', { code: 2, commit: true }, { kind: 'unknown' }],
  ['a marked one of a commit: nobody knows', { code: 99, transient: true, commit: true }, { kind: 'unknown' }],
]

describe('what Graph says', () => {
  for (const [what, said, trouble] of ROWS)
    it(`is sorted: ${what}`, () => expect(sorted(said)).toMatchObject({ ...trouble, details: 'as said' }))

  it('is no fault where there is none', () => {
    expect(graphFault({ id: '1' })).toBeNull()
    expect(graphFault('a page')).toBeNull()
    expect(graphFault(undefined)).toBeNull()
  })
})
