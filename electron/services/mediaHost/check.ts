/** Tries a media host as a network would use it: a small file is put, fetched by its public address without any key, and taken away. */
import { randomBytes } from 'node:crypto'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Tools } from '../../platforms/adapter.ts'
import { isPrivate } from '../../platforms/shared/host.ts'
import { sortFault } from '../http.ts'
import { refusedFor } from './dialect.ts'
import type { MediaHost } from './host.ts'

/** A picture of one point. */
const PROBE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const TYPE = 'image/png'

/**
 * Gives what a person should know all the same; '' when all is well. `outside`: a fetch that carries no secret. A refusal names the
 * field of the settings it is about.
 */
export async function check(host: MediaHost, tools: Tools, outside: Tools['fetch']): Promise<Result<string, Trouble>> {
  const name = `outpost-test-${randomBytes(16).toString('hex')}.png`
  const probe = {
    ...tools,
    read: async (_id: string, from: number, length: number) => new Uint8Array(PROBE.subarray(from, from + length)),
  }
  const put = await host.put(name, { id: 'test', type: TYPE, size: PROBE.length }, probe)
  if (!put.ok) return put
  const address = host.address(name, tools.now())
  const fetched = await fetchedAs(address, outside)
  const removed = await host.remove(name, tools)
  if (!fetched.ok) return fetched
  if (!removed.ok) return removed.error.kind === 'refused' ? err(notRemoved(removed.error)) : removed
  return ok(
    isPrivate(new URL(address).hostname)
      ? 'Its public address is inside your own network, where Instagram, Threads and TikTok fetch nothing.'
      : '',
  )
}

const notRemoved = (trouble: Trouble): Trouble =>
  refusedFor(
    'secret',
    'Files can be put there and fetched, but not deleted. Allow this access to delete what it has put.',
    trouble.details,
  )

async function fetchedAs(address: string, outside: Tools['fetch']): Promise<Result<null, Trouble>> {
  const say = (reason: string, details: string) => err<Trouble>(refusedFor('publicBase', reason, details))
  let answer: Response
  try {
    answer = await outside(address)
  } catch (error) {
    const trouble = sortFault(error, false)
    const { details } = trouble
    if (trouble.kind === 'in-between' && trouble.by === 'certificate')
      return say(
        'The certificate of the public address is not right, so networks fetch nothing from it. Have it renewed.',
        details,
      )
    if (trouble.kind === 'no-network')
      return say(
        'The file was put there, but nothing answers at its public address. Look at it for typing errors.',
        details,
      )
    return err(trouble)
  }
  const { status, headers } = answer
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const details = `${status} ${type} from ${address.replace(/\?.*$/, '')}`
  if (status >= 300 && status < 400)
    return say(
      'The public address sends on to another one, and not every network follows. Write the one it leads to.',
      details,
    )
  if (status === 401 || status === 403)
    return say(
      'The file was put there, but nobody may fetch it. Let everybody read what lies there, or choose signed addresses.',
      details,
    )
  if (status === 404 || status === 410)
    return say(
      'The file was put there, but its public address does not lead to it. Look at what public addresses begin with.',
      details,
    )
  if (status >= 500) return err({ kind: 'server-fault', until: null, details })
  if (status !== 200)
    return say('The public address does not give the file. Look at what public addresses begin with.', details)
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (bytes.equals(PROBE))
    return type === TYPE
      ? ok(null)
      : say(
          `The public address gives a picture as “${type || 'nothing'}”, and networks refuse that. Have it sent with its own type.`,
          details,
        )
  return say(
    type === 'text/html'
      ? 'The public address gives a web page in place of the file. Look at what public addresses begin with: sharing links often lead to such pages.'
      : 'The public address gives other bytes than were put there. Look at what public addresses begin with, and turn off what changes pictures on the way.',
    details,
  )
}
