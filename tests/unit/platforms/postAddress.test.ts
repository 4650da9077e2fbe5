import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blueskyPost, isStatus } from '../../../shared/platforms/postAddress.ts'

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/)
const author = fc.oneof(
  fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.')),
  fc.stringMatching(/^[a-z2-7]{24}$/).map((id) => `did:plc:${id}`),
  fc.constantFrom('did:web:harbour.example', 'did:web:localhost%3A2583'),
)
const key = fc.stringMatching(/^[\w.:~-]{1,20}$/)
const added = fc.constantFrom('', '/', '?ref_src=embed', '#top', '/?a=b')

it('reads whose post it is, and which, out of whatever address of it is copied from Bluesky', () => {
  fc.assert(
    fc.property(author, key, added, (author, key, added) => {
      expect(blueskyPost(`  https://bsky.app/profile/${author}/post/${key}${added} `)).toEqual({ author, key })
      expect(blueskyPost(`at://${author}/app.bsky.feed.post/${key}`)).toEqual({ author, key })
    }),
  )
})

it.each([
  '',
  'harbour.example',
  'https://bsky.app/profile/harbour.example',
  'https://bsky.app/profile/harbour/post/3kabc',
  'https://bsky.app/profile/harbour.example/post/',
  'https://bsky.app/profile/harbour.example/feed/3kabc',
  'https://example.org/profile/harbour.example/post/3kabc',
  'https://bsky.app/profile/harbour.example/post/3kabc and more',
  'at://harbour.example/app.bsky.feed.like/3kabc',
])('finds no post of Bluesky in “%s”', (address) => {
  expect(blueskyPost(address)).toBeNull()
})

it.each([
  'https://social.example/@harbour/109001',
  ' https://social.example/@harbour@elsewhere.example/109001?a=b ',
  'https://social.example:8443/users/harbour/statuses/109001/',
  'https://social.example/ap/users/115/statuses/109001',
  'https://social.example/@harbour/statuses/01JZ3V8XN2',
  'https://social.example/notice/AxYz12',
  'https://social.example/objects/7f1c0a4e-1111-4222-8333-944445555666',
])('takes “%s” for that of a status', (address) => {
  expect(isStatus(address)).toBe(true)
})

it.each([
  '',
  'social.example/@harbour/109001',
  'http://social.example/@harbour/109001',
  'https://social.example',
  'https://social.example/@harbour',
  'https://social.example/@harbour/followers',
  'https://social.example/@harbour/tagged/boats2026',
  'https://social.example/tags/boats',
  'https://bsky.app/profile/harbour.example/post/3kabc',
])('does not take “%s” for that of a status', (address) => {
  expect(isStatus(address)).toBe(false)
})
