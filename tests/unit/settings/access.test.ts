import { describe, expect, it } from 'vitest'
import { ADAPTERS } from '../../../electron/platforms/index.ts'
import type { LeftBehind } from '../../../renderer/data/commands/accounts.ts'
import { accessOf, notSent, notYet, ownAppOf } from '../../../renderer/features/settings/channels/access.ts'
import {
  doubtsOf,
  explainConnect,
  keyWords,
  leavingWords,
  matchingChannel,
} from '../../../renderer/features/settings/channels/accountWords.ts'
import { type Account, serverOf } from '../../../shared/domain/account.ts'
import { mayGoOn, standingOf } from '../../../shared/domain/accountStanding.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import { blankChannel, NETWORK_IDS } from '../../../shared/domain/channel.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { testTools } from '../../contract/platforms/deliver.ts'
import { anAccount } from '../../support/publishing.ts'

/** Of the right form where an adapter looks at it. */
const SAMPLES: Readonly<Record<string, string>> = {
  host: 'https://social.example',
  key: `${'a1'.repeat(12)}:${'b2'.repeat(32)}`,
}
/** Looked at only once the network has listed what there is. */
const LATER: ReadonlySet<string> = new Set(['page', 'as'])

const ways = ADAPTERS.flatMap((adapter) =>
  (accessOf(adapter.network)?.ways ?? []).map((way) => ({ adapter, way, name: `${adapter.network}, ${way.label}` })),
)

/** What `connect` reads of what it is given, and whether it asked the network, which is not there. */
async function tried({ adapter, way }: (typeof ways)[number], without = '') {
  const given = {
    ...way.fixed,
    ...Object.fromEntries(
      way.fields.filter(({ name }) => name !== without).map(({ name }) => [name, SAMPLES[name] ?? `given-${name}`]),
    ),
  }
  const read = new Set<string>()
  const watched = new Proxy(given, {
    get: (target, name) => {
      read.add(String(name))
      return Reflect.get(target, name)
    },
  })
  let asked = false
  const tools = testTools({ now: Date.now, pass: () => undefined }, {})
  const fetch = async () => {
    asked = true
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
  }
  const answer = await adapter.connect(watched, { ...tools, fetch })
  return { read, asked, answer }
}

describe('what is asked for', () => {
  it('is known for every network that has an adapter, and for no other', () => {
    const speaks = new Set<string>(ADAPTERS.map(({ network }) => network))
    for (const network of NETWORK_IDS) {
      expect(accessOf(network) !== null, network).toBe(speaks.has(network))
      expect(notYet(network) === '', network).toBe(speaks.has(network))
    }
  })

  it.each(ways)('$name: is enough for the adapter to ask the network', async (one) => {
    const { asked, answer } = await tried(one)
    expect(asked, JSON.stringify(answer)).toBe(true)
    expect(answer).toMatchObject({ kind: 'trouble', trouble: { kind: 'no-network' } })
  })

  it.each(ways)('$name: holds nothing the adapter does not take', async (one) => {
    const { read } = await tried(one)
    const names = [...one.way.fields.map(({ name }) => name), ...Object.keys(one.way.fixed ?? {})]
    expect(names.filter((name) => !read.has(name) && !LATER.has(name))).toEqual([])
  })

  it.each(ways.filter(({ adapter }) => ['bluesky', 'mastodon', 'wordpress', 'ghost'].includes(adapter.network)))(
    '$name: what is not called optional is needed',
    async (one) => {
      for (const { name, optional } of one.way.fields) {
        if (optional || name === 'login' || (one.adapter.network === 'wordpress' && name === 'password')) continue
        const { asked, answer } = await tried(one, name)
        expect([asked, answer], name).toEqual([false, expect.objectContaining({ kind: 'trouble' })])
      }
    },
  )

  it.each(ways)('$name: tokens, passwords and secrets are password fields', ({ way }) => {
    for (const { name, secret } of way.fields)
      expect(Boolean(secret), name).toBe(/token|password|secret|^key$/i.test(name))
  })

  it('leads to a page of the server that was typed', () => {
    expect(accessOf('mastodon')?.link('')).toBeNull()
    expect(accessOf('mastodon')?.link('social.example/')).toBe('https://social.example/settings/applications')
    expect(accessOf('ghost')?.link('http://127.0.0.1:2368')).toBe('http://127.0.0.1:2368/ghost/#/settings/integrations')
  })
})

it('says of an app of one’s own what ends its access or hides its posts', () => {
  expect(ownAppOf('youtube')?.where).toContain('in “Testing” the access ends after seven days')
  expect(accessOf('youtube')?.where).toContain('in “Testing” the access ends after seven days')
  expect(accessOf('facebook')?.ways[0].note).toMatch(/Switch your app to “Live”.* in development/)
})

const DAY = 86_400_000
const NOW = Date.UTC(2026, 9, 14)
const day = (at: number) => new Date(at).toISOString().slice(0, 10)

it('says at a channel what Outpost does not send there, and only where it sends something', () => {
  expect(notSent('mastodon')).toBe('Not sent to Mastodon yet: captions of films.')
  expect(notSent('bluesky')).toContain('captions')
  expect(notSent('ghost')).toContain('mailed only')
  for (const network of NETWORK_IDS) if (notSent(network) !== '') expect(accessOf(network)).not.toBeNull()
})

describe('how an account stands', () => {
  const standing = (network: NetworkId, fields: Partial<Account> | null) =>
    standingOf({ network, name: 'Dock' }, fields ? anAccount('dock', network, fields) : undefined, NOW, day)

  it('is told days before the access ends, where nothing renews it', () => {
    expect(standing('linkedin', null).kind).toBe('none')
    expect(standing('linkedin', { expiresAt: NOW + 30 * DAY }).kind).toBe('well')
    expect(standing('linkedin', { expiresAt: NOW + 14 * DAY })).toMatchObject({
      kind: 'ends',
      short: 'Ends 2026-10-28',
    })
    expect(standing('linkedin', { expiresAt: NOW })).toMatchObject({ kind: 'reconnect' })
    const pause = { why: 'you', since: NOW } as const
    expect(standing('linkedin', { expiresAt: NOW + 14 * DAY, pause })).toMatchObject({
      kind: 'ends',
      sentence: expect.stringContaining('and it is paused'),
    })
    expect(standing('bluesky', { expiresAt: NOW + 1000 }).kind).toBe('well')
    // An access that is renewed when it is used dies when it is not: sixty days after it was last, at Pinterest.
    expect(standing('pinterest', { expiresAt: NOW - 15 * DAY }).kind).toBe('well')
    expect(standing('pinterest', { expiresAt: NOW - 16 * DAY })).toMatchObject({ kind: 'ends' })
    expect(standing('pinterest', { expiresAt: NOW - 30 * DAY })).toMatchObject({ kind: 'reconnect' })
    expect(standing('youtube', { expiresAt: NOW - 100 * DAY }).kind).toBe('well')
    expect(standing('youtube', { expiresAt: NOW - 170 * DAY })).toMatchObject({ kind: 'ends' })
    expect(standing('x', { expiresAt: NOW - 300 * DAY }).kind).toBe('well')
  })

  it('is said in the sentence of the trouble that stopped it, with the words of the network beside it', () => {
    const trouble: Trouble = { kind: 'access-withdrawn', reason: 'the token was revoked', details: '401 invalid' }
    expect(standing('bluesky', { pause: { why: 'trouble', since: NOW, trouble } })).toEqual({
      kind: 'reconnect',
      short: 'Connect again',
      sentence:
        'Bluesky no longer lets Outpost post as @dock (the token was revoked). Connect the account again; everything waits for it.',
      details: '401 invalid',
    })
    expect(standing('bluesky', { pause: { why: 'trouble', since: NOW, trouble, held: NOW } })).toMatchObject({
      kind: 'reconnect',
      sentence: expect.stringMatching(/Connect the account again.* It is paused, too: nothing goes out until you let/),
    })
    expect(standing('bluesky', { pause: { why: 'you', since: NOW } }).kind).toBe('paused')
    expect(standing('bluesky', { pause: { why: 'copy', since: NOW } })).toMatchObject({
      kind: 'paused',
      sentence: expect.stringMatching(/made of a copy, and the other one may post the same: let it go on/),
    })
    const changed: Trouble = { kind: 'changed', details: '' }
    expect(standing('bluesky', { pause: { why: 'trouble', since: NOW, trouble: changed } }).short).toBe(
      'Update Outpost',
    )
    const byHand = { byHand: true, remoteId: '' }
    expect(standing('snapchat', byHand)).toMatchObject({ kind: 'by-hand' })
    expect(standing('snapchat', { ...byHand, pause: { why: 'you', since: NOW } })).toMatchObject({
      kind: 'paused',
      sentence: expect.stringContaining('you are not reminded'),
    })
  })
})

it('may go on as it is where a person, a copy, or what is over by now paused it; else it takes another access', () => {
  const paused = (pause: Account['pause']) => mayGoOn(anAccount('dock', 'facebook', { pause }))
  const trouble = (one: Trouble) => paused({ why: 'trouble', since: NOW, trouble: one })
  expect(paused(null)).toBe(false)
  expect(paused({ why: 'you', since: NOW })).toBe(true)
  expect(paused({ why: 'copy', since: NOW })).toBe(true)
  expect(trouble({ kind: 'changed', details: '' })).toBe(true)
  expect(trouble({ kind: 'access-withdrawn', reason: '', stopped: 'Account Quality', details: '' })).toBe(true)
  expect(trouble({ kind: 'access-withdrawn', reason: '', details: '' })).toBe(false)
  expect(trouble({ kind: 'target-gone', details: '' })).toBe(false)
})

it('leaves nobody to think that a channel without an account reminds anyone: the switch does', () => {
  const told = standingOf({ network: 'snapchat', name: 'Dock' }, undefined, NOW, day).sentence
  for (const sentence of [told, accessOf('snapchat')?.where]) expect(sentence).toMatch(/switch on “I post it myself”/)
  expect(told).toContain('nobody is reminded')
  expect(accessOf('snapchat')?.where).toContain('an OAuth tool')
})

describe('what becomes of the posts of a channel that is disconnected', () => {
  const said = (left: Partial<LeftBehind>, how: Partial<Parameters<typeof leavingWords>[1]> = {}) =>
    leavingWords(
      { waiting: 0, there: 0, comingBack: 0, ...left },
      { network: 'Mastodon', online: true, tried: false, byHand: false, ...how },
    ).join(' ')

  it('is said of what waits: it is cancelled, and nobody is reminded', () => {
    expect(said({})).toBe('')
    expect(said({ waiting: 2 })).toBe(
      '2 posts that wait to go out are cancelled, and nobody is reminded of them: switch on “I post it myself” afterwards if you want to be.',
    )
    expect(said({ waiting: 2 }, { byHand: true })).toBe('You go on posting there yourself, and are reminded.')
  })

  it('is said of what lies at the network: it is taken back where that can be, else it goes out', () => {
    expect(said({ there: 1 })).toBe('Mastodon has 1 post already, to publish by itself: it is taken back first.')
    expect(said({ there: 2 }, { online: false })).toMatch(/only online .* they go out there at their time/)
    expect(said({ there: 2, comingBack: 1 }, { tried: true })).toMatch(/^1 of the 2 posts on Mastodon is being taken/)
    expect(said({ there: 1 }, { tried: true })).toMatch(/could not be taken back: it goes out on Mastodon at its time/)
  })
})

describe('the key to an account that is disconnected', () => {
  it('is deleted for every workspace, or stays where another channel of this one uses it, and that is said', () => {
    expect(keyWords('Mastodon', [])).toMatch(/^The key to it is deleted from this computer, for every workspace here/)
    expect(keyWords('Mastodon', ['News'])).toMatch(/^The key to it stays .* since “News” uses the same account\./)
    expect(keyWords('Mastodon', ['News', 'B', 'C'])).toMatch(/since “News” and 2 more use the same account\./)
  })
})

describe('whose account it is', () => {
  const channel = blankChannel('mastodon', { id: 'dock', zone: 'UTC', name: 'Dock', handle: '@dock' })
  const told = anAccount('x', 'mastodon', { handle: '@dock@social.example' })
  const other = anAccount('y', 'mastodon', { handle: '@pier@social.example' })

  it('is asked about where the handle is another than the planned one', () => {
    expect(doubtsOf(channel, told, undefined, [])).toEqual([])
    expect(doubtsOf({ ...channel, handle: '' }, other, undefined, [])).toEqual([])
    expect(doubtsOf(channel, other, undefined, [])).toEqual([
      '“Dock” is planned for @dock, and this is @pier@social.example.',
    ])
  })

  it('is asked about where another account takes the place, or another channel has it', () => {
    expect(doubtsOf({ ...channel, handle: '' }, other, told, [])).toEqual([
      expect.stringMatching(/another account: @pier.* disconnecting first takes back what waits\.$/),
    ])
    expect(doubtsOf(channel, told, told, [])).toEqual([])
    expect(doubtsOf(channel, told, undefined, [{ account: told, channel: 'Pier' }])).toEqual([
      '@dock@social.example is connected to “Pier” already. Posts of both would go to one account.',
    ])
  })

  it('is a site by its address, whoever writes there', () => {
    const site = blankChannel('wordpress', {
      id: 's',
      zone: 'UTC',
      name: 'Blog',
      handle: '@blog',
      address: 'blog.example',
    })
    const account = anAccount('s', 'wordpress', { handle: 'editor', host: 'https://blog.example' })
    expect(doubtsOf(site, account, undefined, [])).toEqual([])
    expect(doubtsOf(site, { ...account, host: 'https://other.example' }, undefined, [])).toHaveLength(1)
  })
})

it('tells of a refused access without words about posts', () => {
  const troubles: Trouble[] = [
    { kind: 'no-network', details: '' },
    { kind: 'in-between', by: 'portal', details: '' },
    { kind: 'access-expired', details: '' },
    { kind: 'access-withdrawn', reason: '', details: '' },
    { kind: 'not-permitted', right: 'write', details: '' },
    { kind: 'rate-limited', until: NOW, shared: 'app', details: '' },
    { kind: 'refused', field: 'host', reason: 'No Mastodon answers there.', details: '' },
    { kind: 'server-fault', until: null, details: '' },
    { kind: 'target-gone', details: '' },
    { kind: 'clock-off', by: 1, details: '' },
    { kind: 'changed', details: '' },
  ]
  for (const trouble of troubles) {
    const { sentence } = explainConnect(trouble, 'mastodon', day)
    expect(sentence).toMatch(/\.$/)
    expect(sentence).not.toMatch(/\bposts?\b|undefined|\.\./)
  }
})

it('sends nobody to an address that a network does not have', () => {
  const troubles: Trouble[] = [
    { kind: 'no-network', details: '' },
    { kind: 'in-between', by: 'certificate', details: '' },
    { kind: 'changed', details: '' },
    { kind: 'target-gone', details: '' },
  ]
  for (const trouble of troubles) {
    expect(explainConnect(trouble, 'x', day).sentence).not.toContain('address')
    expect(explainConnect(trouble, 'mastodon', day).sentence).toContain('the address')
  }
})

it('quotes what a network says as its own words, with what to do; what is said here stands as it is', () => {
  const details = String.raw`400 {"error":{"message":"The app \"Dock\" is n\u00f6t allowed.","code":10}}`
  const refused = (reason: string, told = details): Trouble => ({ kind: 'refused', field: '', reason, details: told })
  expect(explainConnect(refused('The app "Dock" is nöt allowed.'), 'facebook', day).sentence).toMatch(
    /^Facebook says: “The app "Dock" is nöt allowed\.” Look at .* then try again\.$/,
  )
  const ours = 'There is no such public profile.'
  expect(explainConnect(refused(ours), 'snapchat', day).sentence).toBe(ours)
  expect(explainConnect(refused(ours, ''), 'snapchat', day).sentence).toBe(ours)
  expect(explainConnect(refused('', '400'), 'x', day).sentence).toMatch(/^X does not take this\. Look at/)
})

describe('which channel an account of a sign-in is offered for', () => {
  const channel = (id: string, name: string, handle = '') => blankChannel('facebook', { id, name, handle, zone: 'UTC' })
  const channels = [channel('a', 'Harbour Museum'), channel('b', 'The café', '@Dock'), channel('c', 'Without')]
  it.each([
    ['harbour museum', 'a'],
    ['dock', 'b'],
    ['Somebody else', undefined],
    ['', undefined],
  ])('%s is %s', (name, id) => expect(matchingChannel(name, channels)?.id).toBe(id))
})

it('names the server of an account where everybody has one of their own, and no machine of a network for all', () => {
  expect(serverOf({ network: 'mastodon', host: 'https://masto.school.example' })).toEqual({
    server: 'masto.school.example',
  })
  expect(serverOf({ network: 'bluesky', host: 'https://morel.us-east.host.bsky.network' })).toEqual({})
  expect(serverOf({ network: 'instagram', host: 'https://graph.instagram.com' })).toEqual({})
  expect(serverOf({ network: 'wordpress', host: '' })).toEqual({})
  expect(serverOf(undefined)).toEqual({})
})
