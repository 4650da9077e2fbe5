/** What a person has go wrong while practising: with which request, and in the words of each network; see the notes in `facts`. */
import type { NetworkId } from '../../shared/domain/channel.ts'
import type { Failure } from '../../shared/domain/practiceFailures.ts'
import { graphError, removed } from './graph.ts'
import { linkedInError } from './linkedin.ts'
import { pinterestError } from './pinterest.ts'
import type { PracticeNetwork, Visible } from './practice.ts'
import {
  anyOf,
  cutAfter,
  type Fault,
  halfOpen,
  instead,
  lostAnswer,
  type Matcher,
  type Reply,
  saying,
  slow,
} from './server.ts'
import { snapError } from './snapchat.ts'
import { tiktokError } from './tiktok.ts'
import { xProblem } from './x.ts'
import { quotaExceeded, youtubeError } from './youtube.ts'

/** Which request of a network does what, in every format it has. */
export interface Requests {
  /** Makes a post visible. */
  readonly commit: Matcher
  /** What a post begins with, where its commit is the end of a film or of a container. Absent: the commit. */
  readonly opening?: Matcher
  /** Gives it a file, as a network can refuse it. */
  readonly file: Matcher
  /** Brings the bytes of one. Absent: the same. */
  readonly bytes?: Matcher
}

/** Long enough to be seen, and less than Outpost waits for an answer. */
const SLOW_MS = 6_000
const refusal = (status: number, error: string, headers = {}) => instead({ status, headers, body: { error } })
const SIGN_IN: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Sign in</title>',
}

/** What stays as it is until it is taken off. */
const LASTING = {
  locked: (sandbox, on) => {
    if (sandbox.locks !== undefined) sandbox.locks = on
  },
  'in-review': (sandbox, on) => {
    if (sandbox.moderated !== undefined) sandbox.moderated = !on
  },
  clock: (sandbox, on) => sandbox.skew(on ? 14 * 60_000 : 0),
} satisfies Partial<Record<Failure, (sandbox: Failing, on: boolean) => void>>

type Lasting = keyof typeof LASTING
/** What is no fault of a request. */
type Aside = Lasting | 'unreadable'
export const isLasting = (failure: Failure): failure is Lasting => failure in LASTING

/* ---- in the words of each network ---- */

type Words = Readonly<Partial<Record<NetworkId, Reply>>>

/** How each refuses a post for good. */
const refusing = (why: string, ofYouTube = 'invalidDescription'): Words => {
  const graph = graphError({ code: 100, message: `(#100) ${why}` })
  return {
    facebook: graph,
    instagram: graph,
    threads: graph,
    youtube: youtubeError(400, ofYouTube, why),
    linkedin: linkedInError(422, 'UNPROCESSABLE_ENTITY', why),
    x: xProblem(400, 'invalid-request', why),
    tiktok: tiktokError(400, 'invalid_params', why),
    snapchat: snapError(400, 'INVALID_REQUEST', why),
    pinterest: pinterestError(400, 1, why),
    bluesky: { status: 400, body: { error: 'InvalidRequest', message: why } },
    wordpress: { status: 400, body: { code: 'rest_invalid_param', message: why, data: { status: 400 } } },
    ghost: { status: 422, body: { errors: [{ message: 'Validation error', context: why, type: 'ValidationError' }] } },
  }
}
const REFUSED = 'These words are not allowed here.'
const UNREADABLE = 'This file cannot be read.'
const WITHDRAWN: Words = {
  facebook: removed,
  instagram: removed,
  threads: removed,
  linkedin: linkedInError(401, 'REVOKED_ACCESS_TOKEN', 'The token used in the request has been revoked by the user'),
}
const NO_RIGHT: Words = {
  facebook: graphError({ code: 200, status: 403, message: '(#200) Requires pages_manage_posts permission.' }),
  instagram: graphError({ code: 10, status: 403, message: '(#10) Requires instagram_business_content_publish.' }),
  threads: graphError({ code: 10, status: 403, message: '(#10) Requires threads_content_publish permission.' }),
  youtube: youtubeError(403, 'insufficientPermissions'),
  linkedin: linkedInError(403, 'ACCESS_DENIED', 'Not enough permissions to access: w_organization_social'),
  tiktok: tiktokError(401, 'scope_not_authorized'),
  mastodon: { status: 403, body: { error: 'This action is outside the authorized scopes' } },
}
const DUPLICATE: Words = {
  facebook: graphError({ code: 506, message: '(#506) Duplicate status message' }),
  linkedin: linkedInError(422, 'DUPLICATE_POST', 'Content is a duplicate of urn:li:share:1'),
  x: xProblem(403, '', 'You are not allowed to create a Tweet with duplicate content.'),
  snapchat: snapError(400, 'MEDIA_POSTING_ALREADY_IN_PROGRESS'),
}
const QUOTA: Words = {
  instagram: graphError({ code: 9, subcode: 2_207_042, message: 'Application request limit reached' }),
  youtube: quotaExceeded,
  tiktok: tiktokError(403, 'spam_risk_too_many_posts'),
}
const EXPIRED: Words = {
  linkedin: linkedInError(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired'),
  youtube: youtubeError(401, 'authError'),
  bluesky: { status: 400, body: { error: 'ExpiredToken', message: 'Token has expired' } },
}
const OUTDATED: Words = {
  linkedin: linkedInError(426, 'NONEXISTENT_VERSION', 'Requested version is not active'),
  ghost: { status: 406, body: { errors: [{ message: 'Not Acceptable', type: 'RequestNotAcceptableError' }] } },
}

/* ---- where, how, and how many times ---- */

/** `reply`: of a thread, or a comment. */
type Where = keyof Requests | 'reply' | 'anything'
interface Goes {
  readonly at: Where
  readonly with: Fault
  readonly times?: number
}

/** Said in the words of a network; `otherwise`, where it has none of its own for it. */
const inWords = (network: NetworkId, words: Words, otherwise: Reply): Fault => instead(words[network] ?? otherwise)
const said = (status: number, error: string): Reply => ({ status, body: { error } })

const FAULTS: Readonly<Record<Exclude<Failure, Aside>, (network: NetworkId) => Goes>> = {
  'lost-answer': () => ({ at: 'commit', with: lostAnswer }),
  'half-open': () => ({ at: 'commit', with: halfOpen }),
  refused: (network) => ({ at: 'opening', with: inWords(network, refusing(REFUSED), said(422, REFUSED)) }),
  'too-many': () => ({ at: 'commit', with: refusal(429, 'Too many requests', { 'retry-after': '10' }) }),
  // Whoever asks whether it arrived finds nobody either.
  away: () => ({ at: 'anything', with: refusal(503, 'Down for maintenance'), times: 2 }),
  slow: () => ({ at: 'commit', with: slow(SLOW_MS) }),
  'media-refused': (network) => ({
    at: 'file',
    with: inWords(network, refusing(UNREADABLE, 'mediaBodyRequired'), said(422, UNREADABLE)),
  }),
  cut: () => ({ at: 'bytes', with: cutAfter(1_000) }),
  'sign-in-page': () => ({ at: 'commit', with: instead(SIGN_IN) }),
  proxy: () => ({
    at: 'anything',
    with: refusal(407, 'Proxy authentication required', { 'proxy-authenticate': 'Basic realm="proxy"' }),
    times: 2,
  }),
  // Renewing the access does not help.
  revoked: (network) => ({
    at: 'anything',
    with: inWords(network, WITHDRAWN, said(401, 'The access token was revoked')),
    times: 2,
  }),
  'no-right': (network) => ({ at: 'opening', with: inWords(network, NO_RIGHT, said(403, 'This is not permitted.')) }),
  duplicate: (network) => ({ at: 'commit', with: inWords(network, DUPLICATE, said(409, 'This is there already.')) }),
  quota: (network) => ({ at: 'opening', with: inWords(network, QUOTA, said(429, 'Enough for today.')) }),
  'thread-cut': (network) => ({ at: 'reply', with: inWords(network, refusing(REFUSED), said(422, REFUSED)) }),
  expired: (network) => ({
    at: 'opening',
    with: inWords(network, EXPIRED, said(401, 'The access token has expired.')),
  }),
  gone: (network) => ({ at: 'opening', with: inWords(network, {}, said(404, 'Nobody is here.')) }),
  outdated: (network) => ({
    at: 'opening',
    with: inWords(network, OUTDATED, { status: 200, body: { answer: 'in another form' } }),
  }),
}

function matcherOf({ commit, opening = commit, file, bytes = file }: Requests, where: Where): Matcher {
  const reply = saying(anyOf(commit, opening), /"reply"|"in_reply_to_id"|reply_to_id=/)
  return { commit, opening, file, bytes, reply, anything: () => true }[where]
}

type Failing = Pick<Visible, 'heal' | 'fail' | 'skew' | 'locks' | 'moderated' | 'spoiling'>

/** The next request a failure fits meets it; null: none does any more. */
export function fail(
  sandbox: Failing,
  { network, requests }: Pick<PracticeNetwork, 'network' | 'requests'>,
  failure: Failure | null,
): void {
  sandbox.heal()
  for (const [name, set] of Object.entries(LASTING)) set(sandbox, name === failure)
  if (sandbox.spoiling) sandbox.spoiling.next = failure === 'unreadable'
  if (failure === null || failure === 'unreadable' || isLasting(failure)) return
  const { at, with: fault, times } = FAULTS[failure](network)
  sandbox.fail(matcherOf(requests, at), fault, times)
}
