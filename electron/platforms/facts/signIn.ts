/**
 * How one signs in to each network in the browser (OAuth 2, RFC 6749; native apps, RFC 8252). A network more is an entry more; one that
 * is not listed takes what is pasted only. Sources: the notes on each network, section 1.
 */
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { SNAPCHAT } from './snapchat.ts'
import { TIKTOK } from './tiktok.ts'
import { X } from './x.ts'
import { YOUTUBE } from './youtube.ts'

/** Where a network may send the browser back to: always this computer, by its loopback address. */
export interface Redirect {
  readonly host: '127.0.0.1' | 'localhost'
  /** Tried in turn: those that are registered. None: any that is free. */
  readonly ports: readonly number[]
  /** Null: another one each time. */
  readonly path: string | null
}

/** What is the same whoever holds the app. */
interface Rights {
  /** Rights asked for, by the kind of access (`as`); '' where there is one kind. */
  readonly scopes: Readonly<Record<string, readonly string[]>>
  /** Asked for besides, to read numbers and answers: who does not give them is signed in all the same. */
  readonly also?: readonly string[]
}

/** Its rules want an https address to return to, so a token broker stands in between. */
export interface ByBroker extends Rights {
  readonly by: 'broker'
}

interface Flow extends Rights {
  /** The page of consent, and where a code becomes a token; of a network with many servers only the paths. */
  readonly authorize: string
  readonly token: string
  /** Between two rights. */
  readonly between: ' ' | ','
  /** How the proof of RFC 7636 is written; null: the network knows none. */
  readonly challenge: 'base64url' | 'hex' | null
  /** How an app with a secret shows who it is: in the form, there under the name of a key, or in a header. */
  readonly app: 'form' | 'key' | 'basic'
  readonly redirect: Redirect
  /** More for the page of consent. */
  readonly more: Readonly<Record<string, string>>
  /** More for the exchange. */
  readonly moreForToken?: Readonly<Record<string, string>>
}

/** By an app of the user's own. */
export interface ByApp extends Flow {
  readonly by: 'app'
  readonly secret: 'optional' | 'needed'
  /** What differs for an app without a secret. */
  readonly bare?: Pick<Flow, 'authorize' | 'redirect' | 'challenge'>
}

/** Each server gives an app away by itself. */
export interface ByServer extends Flow {
  readonly by: 'server'
  readonly register: string
}

export type SignInFacts = ByBroker | ByApp | ByServer

const ANYWHERE: Redirect = { host: '127.0.0.1', ports: [], path: null }
/** For networks that compare the whole address with the one that is registered. */
const REGISTERED: Redirect = { host: '127.0.0.1', ports: [53_682], path: '/callback' }

export const SIGN_IN: Partial<Record<NetworkId, SignInFacts>> = {
  mastodon: {
    by: 'server',
    register: '/api/v1/apps',
    authorize: '/oauth/authorize',
    token: '/oauth/token',
    scopes: { '': ['read', 'write'] },
    between: ' ',
    challenge: 'base64url',
    app: 'form',
    // Mastodon itself looks past the port; other servers of its kind compare all of it, so three are registered.
    redirect: { host: '127.0.0.1', ports: [53_682, 53_683, 53_684], path: '/callback' },
    // Who is signed in there already may want to connect another account.
    more: { force_login: 'true' },
  },
  youtube: {
    by: 'app',
    secret: 'needed',
    authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    scopes: { '': YOUTUBE.scopes },
    between: ' ',
    challenge: 'base64url',
    app: 'form',
    redirect: ANYWHERE,
    // Without both, a second sign-in gives no refresh token.
    more: { access_type: 'offline', prompt: 'consent select_account' },
  },
  x: {
    by: 'app',
    secret: 'optional',
    authorize: 'https://x.com/i/oauth2/authorize',
    token: `${X.host}/oauth2/token`,
    scopes: { '': X.scopes },
    between: ' ',
    challenge: 'base64url',
    app: 'basic',
    redirect: REGISTERED,
    more: {},
  },
  linkedin: {
    by: 'app',
    secret: 'optional',
    authorize: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    scopes: {
      // With comments; they come with the same product of LinkedIn.
      page: [
        'w_organization_social',
        'r_organization_social',
        'rw_organization_admin',
        'w_organization_social_feed',
        'r_organization_social_feed',
      ],
      member: ['openid', 'profile', 'w_member_social'],
    },
    between: ' ',
    challenge: null,
    app: 'form',
    redirect: REGISTERED,
    // LinkedIn opens this one for an app on request; the port may then be any.
    bare: {
      authorize: 'https://www.linkedin.com/oauth/native-pkce/authorization',
      redirect: { host: '127.0.0.1', ports: [], path: '' },
      challenge: 'base64url',
    },
    more: {},
  },
  pinterest: {
    by: 'app',
    secret: 'needed',
    authorize: 'https://www.pinterest.com/oauth/',
    token: 'https://api.pinterest.com/v5/oauth/token',
    scopes: { '': ['boards:read', 'boards:write', 'pins:read', 'pins:write', 'user_accounts:read'] },
    between: ',',
    challenge: null,
    app: 'basic',
    redirect: { ...REGISTERED, host: 'localhost' },
    more: {},
    // Apps from before September 2025 give a lasting access only when asked.
    moreForToken: { continuous_refresh: 'true' },
  },
  tiktok: {
    by: 'app',
    secret: 'needed',
    authorize: 'https://www.tiktok.com/v2/auth/authorize/',
    token: 'https://open.tiktokapis.com/v2/oauth/token/',
    scopes: { '': TIKTOK.scopes },
    between: ',',
    challenge: 'hex',
    app: 'key',
    redirect: REGISTERED,
    more: {},
  },
  facebook: {
    by: 'broker',
    scopes: {
      '': ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'pages_manage_engagement'],
    },
    also: ['read_insights', 'pages_read_user_content'],
  },
  instagram: {
    by: 'broker',
    scopes: {
      '': ['instagram_business_basic', 'instagram_business_content_publish', 'instagram_business_manage_comments'],
    },
    also: ['instagram_business_manage_insights'],
  },
  threads: {
    by: 'broker',
    scopes: {
      '': [
        'threads_basic',
        'threads_content_publish',
        'threads_manage_replies',
        'threads_read_replies',
        'threads_delete',
      ],
    },
    also: ['threads_manage_insights'],
  },
  snapchat: { by: 'broker', scopes: { '': SNAPCHAT.scopes } },
}

/** The way over a token broker, for any network (`BROKER.md`). */
export const overBroker = (
  address: string,
  network: NetworkId,
  { scopes, also = [] }: Rights,
): ByApp & { readonly describe: string } => ({
  by: 'app',
  secret: 'optional',
  describe: `${address}/v1/${network}`,
  authorize: `${address}/v1/${network}/authorize`,
  token: `${address}/v1/${network}/token`,
  scopes,
  also,
  between: ' ',
  challenge: 'base64url',
  app: 'form',
  redirect: ANYWHERE,
  more: {},
})
