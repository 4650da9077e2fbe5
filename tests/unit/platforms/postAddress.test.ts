import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blueskyPost } from '../../../shared/platforms/postAddress.ts'

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
