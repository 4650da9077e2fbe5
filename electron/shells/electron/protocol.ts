/** The scheme the page is served under. Its name is for ever: data is stored under it. */
import type { CustomScheme, Session } from 'electron'
import { ELECTRON_ORIGIN } from '../../../shared/contract/contract.ts'
import type { Answer } from '../../services/assets.ts'
import { originOf } from '../../services/policy.ts'

const SCHEME = new URL(ELECTRON_ORIGIN).protocol.slice(0, -1)

/** A secure origin like https, with storage, fetch and workers. */
export const scheme: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
}

/** Answers the scheme in a session, in the way the chromium shell answers its origin. */
export function serveScheme(session: Session, answer: (method: string, url: URL) => Promise<Answer>): void {
  session.protocol.handle(SCHEME, async (request) => {
    if (originOf(request.url) !== ELECTRON_ORIGIN) return new Response('Not found.', { status: 404 })
    const { status, headers, body } = await answer(request.method, new URL(request.url))
    return new Response(new Uint8Array(body), { status, headers })
  })
}
