/** What the sandboxes of Meta's three networks share: the form of an answer, tokens, pages of a listing. */
import type { Limit } from './limits.ts'
import { type Call, formOf, type Reply, tokenOf } from './server.ts'

export interface GraphWords {
  readonly code: number
  readonly message: string
  readonly subcode?: number
  readonly status?: number
  readonly transient?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

export const graphError = ({
  code,
  message,
  subcode,
  status = 400,
  transient = false,
  headers,
}: GraphWords): Reply => ({
  status,
  headers,
  body: {
    error: {
      message,
      type: 'OAuthException',
      code,
      ...(subcode ? { error_subcode: subcode } : {}),
      is_transient: transient,
      fbtrace_id: 'AbC123',
    },
  },
})

export const invalid = (message: string, subcode?: number): Reply => graphError({ code: 100, message, subcode })
export const notThere = (id: string): Reply =>
  invalid(`Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions`, 33)
export const expired = graphError({ code: 190, subcode: 463, message: 'Session has expired', status: 401 })
export const removed = graphError({ code: 190, subcode: 458, message: 'The user has not authorized application' })
/** Usage as every answer tells it: of the app in percent, of an account in percent and the minutes until it is let in again. */
export const appUsage = (of: Limit): Record<string, string> =>
  Number.isFinite(of.most)
    ? { 'x-app-usage': JSON.stringify({ call_count: of.percent(), total_cputime: 1, total_time: 1 }) }
    : {}
export function accountUsage(id: string, type: string, of: Limit, now: number): Record<string, string> {
  if (!Number.isFinite(of.most)) return {}
  const minutes = of.left() > 0 ? 0 : Math.ceil((of.ends() - now) / 60_000)
  const used = { call_count: of.percent(), total_cputime: 1, total_time: 1 }
  return {
    'x-business-use-case-usage': JSON.stringify({
      [id]: [{ type, ...used, estimated_time_to_regain_access: minutes }],
    }),
  }
}

/** The limit of a Page, with the minutes until it ends where they are told. */
export const pageLimit = (minutes: number): Reply =>
  graphError({
    code: 80_001,
    message: '(#80001) There have been too many calls to this Page account.',
    headers: {
      'x-business-use-case-usage': JSON.stringify({
        '1001': [
          {
            type: 'pages',
            call_count: 100,
            total_cputime: 30,
            total_time: 31,
            estimated_time_to_regain_access: minutes,
          },
        ],
      }),
    },
  })

/** Parameters of a call wherever they stand: Graph takes them in the address, as a form and as JSON. */
export async function given(call: Call): Promise<{ get(name: string): string; file(name: string): Blob }> {
  const type = call.headers['content-type'] ?? ''
  const form = type.includes('form') ? await formOf(call) : null
  const json = type.includes('json') && call.body.length > 0 ? (JSON.parse(call.body.toString('utf8')) as object) : {}
  const fields = new Map<string, unknown>(Object.entries(json))
  return {
    get: (name) => {
      const value = form?.get(name) ?? fields.get(name) ?? call.query.get(name) ?? ''
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
    },
    file: (name) => {
      const value = form?.get(name)
      return value instanceof Blob ? value : new Blob()
    },
  }
}

/** The token of a call: in the header, under either scheme, or as a parameter. */
export const accessOf = async (call: Call): Promise<string> =>
  tokenOf(call) || tokenOf(call, 'OAuth') || (await given(call)).get('access_token')

/** A page of a listing, with Graph's cursors; no `next` on the last one. */
export function pageOf<T>(call: Call, all: readonly T[], most = 100): { data: T[]; paging?: object } {
  const limit = Math.min(Number(call.query.get('limit') ?? 25), most)
  const from = Number(call.query.get('after') ?? 0)
  const data = all.slice(from, from + limit)
  if (data.length === 0) return { data }
  const after = String(from + data.length)
  const next = from + data.length < all.length
  const host = call.path.split('/')[1] ?? ''
  const address = new URL(`https://${host}/${call.path.split('/').slice(2).join('/')}`)
  for (const [name, value] of call.query) address.searchParams.set(name, value)
  address.searchParams.set('after', after)
  return { data, paging: { cursors: { before: String(from), after }, ...(next ? { next: address.href } : {}) } }
}

/** A right that an access was not given, in Graph's words. */
export const lacking = (right: string): Reply =>
  graphError({ code: 10, status: 403, message: `(#10) This endpoint requires the '${right}' permission.` })

/**
 * Numbers by name, as they were asked for. One that is not among the `known` fails the whole call; of what `countOf` has none, none is told.
 * `total`: told as one number over all time, and not as that of a period.
 */
export function insights(
  call: Call,
  known: readonly string[],
  countOf: (name: string) => unknown,
  total = false,
): Reply {
  const names = (call.query.get('metric') ?? '').split(',').filter((name) => name !== '')
  if (names.length === 0) return invalid('(#100) The parameter metric is required')
  const wrong = names.filter((name) => !known.includes(name))
  if (wrong.length > 0) return invalid(`(#100) The value must be a valid insights metric, not ${wrong.join(', ')}`)
  const data = names.flatMap((name) => {
    const value = countOf(name)
    if (value === undefined) return []
    const told = total ? { total_value: { value } } : { values: [{ value }] }
    return [
      { name, period: 'lifetime', ...told, title: name, description: name, id: `${call.params.id}/insights/${name}` },
    ]
  })
  return { status: 200, body: { data } }
}

/** Only the fields that were asked for, and the id. */
export function fieldsOf(call: Call, node: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const asked = (call.query.get('fields') ?? 'id')
    .split(/,(?![^{(]*[})])/)
    .map((field) => /^\w+/.exec(field)?.[0] ?? '')
  return Object.fromEntries(Object.entries(node).filter(([name]) => name === 'id' || asked.includes(name)))
}
