/**
 * What a person pastes to connect a channel, by network: data, so that the dialog knows no network. The names of the fields are those
 * `connect` of its adapter takes (`electron/platforms/README.md`).
 */
import type { Account } from '../../../../shared/domain/account.ts'
import { type Channel, NETWORKS, type NetworkId } from '../../../../shared/domain/channel.ts'
import type { AskedFor } from '../AskedField.tsx'

export type AccessField = AskedFor

/** One of several kinds of access a network gives. */
export interface AccessWay {
  readonly label: string
  /** What is sent beside the fields. */
  readonly fixed?: Readonly<Record<string, string>>
  readonly fields: readonly AccessField[]
  /** What to know of how long it lasts. */
  readonly note?: string
}

export interface Access {
  /** Where it is to be had, in a sentence. */
  readonly where: string
  /** The page for it; null while the address of the server is not known. `server`: as it was typed. */
  readonly link: (server: string) => string | null
  readonly ways: readonly [AccessWay, ...AccessWay[]]
}

const host: AccessField = { name: 'host', label: 'Address of the server', placeholder: 'social.example' }
const accessToken: AccessField = { name: 'accessToken', label: 'Access token', secret: true }
const refreshToken: AccessField = { name: 'refreshToken', label: 'Refresh token', secret: true }
const clientId: AccessField = { name: 'clientId', label: 'Id of your app' }
const clientSecret: AccessField = { name: 'clientSecret', label: 'Secret of your app', secret: true }
const optional = (field: AccessField, help: string): AccessField => ({ ...field, optional: true, help })
const profile = optional({ name: 'profile', label: 'Id of the public profile' }, 'When it is not the person’s own.')

const always = (address: string) => () => address
/** A page of the server itself. */
const there = (path: string) => (server: string) => {
  const base = server.trim().replace(/\/+$/, '')
  if (base === '') return null
  return `${/^https?:\/\//i.test(base) ? base : `https://${base}`}${path}`
}

/** Until its owner says that it is finished. Source: notes on YouTube, section 1. */
const IN_TESTING = 'Set its consent screen to “In production”: in “Testing” the access ends after seven days.'

const ACCESS: Partial<Record<NetworkId, Access>> = {
  bluesky: {
    where: 'In Bluesky: Settings, Privacy and security, App passwords. Not the password you sign in with.',
    link: always('https://bsky.app/settings/app-passwords'),
    ways: [
      {
        label: 'App password',
        fields: [
          { name: 'identifier', label: 'Handle', placeholder: 'name.bsky.social' },
          { name: 'password', label: 'App password', placeholder: 'xxxx-xxxx-xxxx-xxxx', secret: true },
          { ...optional(host, 'Only when the account is not on Bluesky’s own server.'), placeholder: 'bsky.social' },
        ],
      },
    ],
  },
  mastodon: {
    where:
      'On your server: Preferences, Development, New application, with the rights read and write. Then copy “Your access token”.',
    link: there('/settings/applications'),
    ways: [{ label: 'Token', fields: [host, { name: 'token', label: 'Access token', secret: true }] }],
  },
  wordpress: {
    where: 'In WordPress: Users, Profile, Application passwords. Not the password you sign in with.',
    link: there('/wp-admin/profile.php#application-passwords-section'),
    ways: [
      {
        label: 'Application password',
        fields: [
          { ...host, label: 'Address of the site', placeholder: 'blog.example' },
          { name: 'login', label: 'User name' },
          {
            name: 'password',
            label: 'Application password',
            placeholder: 'xxxx xxxx xxxx xxxx xxxx xxxx',
            secret: true,
          },
        ],
      },
    ],
  },
  ghost: {
    where: 'In Ghost: Settings, Integrations, Add custom integration. Then copy its Admin API key.',
    link: there('/ghost/#/settings/integrations'),
    ways: [
      {
        label: 'Admin key',
        fields: [
          { ...host, label: 'Address of the site', placeholder: 'notes.example' },
          { name: 'key', label: 'Admin API key', secret: true },
        ],
      },
    ],
  },
  facebook: {
    where: 'In Meta’s Graph API Explorer: choose your app and your Page, then generate a token that may publish to it.',
    link: always('https://developers.facebook.com/tools/explorer/'),
    ways: [
      {
        label: 'Token',
        fields: [
          { ...accessToken, help: 'Of the Page, or of a person who manages it.' },
          optional({ name: 'page', label: 'Id of the Page' }, 'When the person manages several.'),
          optional(clientId, 'With the secret of the app the access lasts; without, it may end within hours.'),
          optional(clientSecret, 'Goes together with the id.'),
        ],
        note: 'Switch your app to “Live” at Meta: what one in development posts may be shown to nobody but those who work on the app.',
      },
    ],
  },
  instagram: {
    where:
      'In your app at Meta: Instagram, API setup, Generate access tokens. The account has to be a professional one.',
    link: always('https://developers.facebook.com/apps/'),
    ways: [
      {
        label: 'Token of Instagram',
        fields: [accessToken],
        note: 'Lasts sixty days and can be renewed before they are over.',
      },
      {
        label: 'Token of Facebook',
        fixed: { login: 'facebook' },
        fields: [
          { ...accessToken, help: 'Of a person who manages the Page that the account belongs to.' },
          optional({ name: 'page', label: 'Id of the Page' }, 'When the person manages several.'),
        ],
        note: 'Lasts as long as the person’s token it is made from, and nothing renews it. Outpost tells you before it ends, unless Meta does not say when.',
      },
    ],
  },
  youtube: {
    where: `In Google’s console make an OAuth client of your own, and with it a refresh token that may upload films. ${IN_TESTING}`,
    link: always('https://console.cloud.google.com/apis/credentials'),
    ways: [
      { label: 'Lasting access', fields: [refreshToken, clientId, clientSecret] },
      { label: 'For an hour', fields: [accessToken], note: 'Ends after an hour: good for a try, not for a plan.' },
    ],
  },
  linkedin: {
    where: 'In your app at LinkedIn: its token generator gives one that may write as you or as your page.',
    link: always('https://www.linkedin.com/developers/tools/oauth'),
    ways: [
      {
        label: 'As a page',
        fixed: { as: 'page' },
        fields: [accessToken, optional({ name: 'page', label: 'Number of the page' }, 'When you manage several.')],
        note: 'Lasts sixty days from when it was made. Outpost counts them from today and tells you before they end: paste a new one.',
      },
      {
        label: 'As a member',
        fixed: { as: 'member' },
        fields: [accessToken],
        note: 'Lasts sixty days from when it was made. Outpost counts them from today and tells you before they end: paste a new one.',
      },
    ],
  },
  x: {
    where: 'In X’s developer portal: your app with OAuth 2.0, and a token with the right offline.access.',
    link: always('https://developer.x.com/en/portal/dashboard'),
    ways: [
      {
        label: 'Lasting access',
        fields: [refreshToken, clientId, optional(clientSecret, 'Only when your app has one.')],
      },
      { label: 'For two hours', fields: [accessToken], note: 'Ends after two hours: good for a try, not for a plan.' },
    ],
  },
  threads: {
    where: 'In your app at Meta: Use cases, Access the Threads API, User token generator.',
    link: always('https://developers.facebook.com/apps/'),
    ways: [
      { label: 'Token', fields: [accessToken], note: 'Lasts sixty days and can be renewed before they are over.' },
    ],
  },
  tiktok: {
    where:
      'In your app at TikTok: sign in as the account with the rights user.info.basic, video.publish and video.list. Until TikTok has checked the app, only you see what it posts.',
    link: always('https://developers.tiktok.com/apps/'),
    ways: [
      {
        label: 'Lasting access',
        fields: [refreshToken, { ...clientId, label: 'Client key of your app' }, clientSecret],
        note: 'Holds for a year, renewed every day by itself.',
      },
      { label: 'For a day', fields: [accessToken], note: 'Ends after a day: good for a try, not for a plan.' },
    ],
  },
  snapchat: {
    where:
      'In Snap’s Ads Manager, Business details: make an OAuth app, and let Snap admit it to the Public Profile API. Snap has no page that shows a token: it comes out of an OAuth tool in which you sign in to that app, with the right snapchat-profile-api; or sign in over a token broker. Without such an app, switch on “I post it myself” at the channel, and you are reminded.',
    link: always('https://business.snapchat.com/'),
    ways: [
      {
        label: 'Lasting access',
        fields: [refreshToken, clientId, clientSecret, profile],
      },
      {
        label: 'For an hour',
        fields: [accessToken, profile],
        note: 'Ends after an hour: good for a try, not for a plan.',
      },
    ],
  },
  pinterest: {
    where: 'In your app at Pinterest: make a token that may read and write boards and pins.',
    link: always('https://developers.pinterest.com/apps/'),
    ways: [
      { label: 'App on trial', fixed: { as: 'trial' }, fields: [refreshToken, clientId, clientSecret] },
      { label: 'Reviewed app', fields: [refreshToken, clientId, clientSecret] },
      { label: 'For a day', fields: [accessToken], note: 'Ends after a day: good for a try, not for a plan.' },
    ],
  },
}

/** What has to be there before one can sign in with an app of one's own, in a sentence, and the page for it. */
export interface OwnApp {
  readonly where: string
  readonly link: string
  /** Asked of an app that may be on trial: what that means. Absent: there are no such apps. */
  readonly trial?: string
}
const OWN_APP: Partial<Record<NetworkId, OwnApp>> = {
  youtube: {
    where: `In Google’s console make an OAuth client of the type “Desktop app”, with the YouTube Data API switched on. ${IN_TESTING}`,
    link: 'https://console.cloud.google.com/apis/credentials',
  },
  x: {
    where:
      'In X’s developer portal make an app of the type “Native App”, with reading and writing. X bills its calls to you.',
    link: 'https://developer.x.com/en/portal/dashboard',
  },
  linkedin: {
    where: 'In your app at LinkedIn: the product “Share on LinkedIn” for a member, “Community Management” for a page.',
    link: 'https://www.linkedin.com/developers/apps',
  },
  pinterest: {
    where: 'Make an app at Pinterest, or use one that you have.',
    link: 'https://developers.pinterest.com/apps/',
    trial: 'The app is on trial: only you see the pins it makes',
  },
  tiktok: {
    where: 'In your app at TikTok: Login Kit for desktop and the Content Posting API.',
    link: 'https://developers.tiktok.com/apps/',
  },
}
/** Null: no app of one's own can be used there. */
export const ownAppOf = (network: NetworkId): OwnApp | null => OWN_APP[network] ?? null

/** Why a network cannot be connected at all, in a sentence. */
const NOT_YET: Partial<Record<NetworkId, string>> = {
  newsletter: 'Outpost does not send newsletters by itself yet. Plan here and send by hand.',
}

/** What a network takes and Outpost does not send there. */
const NOT_SENT: Partial<Record<NetworkId, string>> = {
  facebook: 'link carousels; texts and films in several languages',
  instagram: 'places, trial Reels',
  threads: 'quotes, attached long texts',
  x: 'long posts, articles, quotes',
  bluesky: 'captions of films',
  mastodon: 'captions of films',
  linkedin: 'mentions',
  youtube: 'playlists, captions',
  tiktok: 'drafts to the inbox of the app',
  ghost: 'articles that are mailed only and stand on no page',
}

/** What a channel has to do without, in a sentence; '' where it is nothing. */
export const notSent = (network: NetworkId): string =>
  NOT_SENT[network] ? `Not sent to ${NETWORKS[network].name} yet: ${NOT_SENT[network]}.` : ''

/** What to paste for a network; null: Outpost does not speak to it yet. */
export const accessOf = (network: NetworkId): Access | null => ACCESS[network] ?? null

/** Why there is no access to a network; '' where there is. */
export const notYet = (network: NetworkId): string => NOT_YET[network] ?? ''

/** What can be filled in beforehand: nothing of it is secret. `account`: the one it is connected with now. */
export function startingValues(channel: Channel, account: Account | undefined): Readonly<Record<string, string>> {
  const login = account?.facts.login
  return {
    host: account?.host ?? channel.address,
    identifier: channel.handle.replace(/^@/, ''),
    login: typeof login === 'string' ? login : '',
  }
}
