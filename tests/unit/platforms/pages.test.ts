import { describe, expect, it } from 'vitest'
import { doubtAboutLink, postingPage } from '../../../shared/platforms/pages.ts'

const on = (network: Parameters<typeof postingPage>[0]['network'], address = '') => ({
  network,
  address,
  kind: 'page' as const,
})

describe('pages of the networks', () => {
  it('opens the page of a network, or of the server of the channel', () => {
    expect(postingPage(on('snapchat'))).toBe('https://my.snapchat.com/')
    expect(postingPage(on('mastodon', 'social.example'))).toBe('https://social.example/publish')
    expect(postingPage(on('wordpress', 'http://blog.example/news/'))).toBe(
      'http://blog.example/news/wp-admin/post-new.php',
    )
    expect(postingPage(on('facebook'))).toBe('https://business.facebook.com/latest/composer')
    expect(postingPage({ ...on('facebook'), kind: 'profile' })).toBe('https://www.facebook.com/')
    expect(postingPage(on('mastodon'))).toBeNull()
    expect(postingPage(on('newsletter', 'letters.example'))).toBeNull()
  })

  it.each([
    ['snapchat', '', 'https://www.snapchat.com/spotlight/1', true],
    ['snapchat', '', 'https://snapchat.com.evil.example/1', false],
    ['snapchat', '', 'https://notsnapchat.com/1', false],
    ['snapchat', '', 'www.snapchat.com/1', false],
    ['snapchat', '', 'javascript:alert(1)', false],
    ['youtube', '', 'https://youtu.be/1', true],
    ['facebook', '', 'https://fb.com/outpost/posts/1', true],
    ['pinterest', '', 'https://de.pinterest.com/pin/1', true],
    ['pinterest', '', 'https://www.pinterest.co.uk/pin/1', true],
    ['pinterest', '', 'https://evil.example/pinterest.com', false],
    ['mastodon', 'social.example', 'https://social.example/@me/1', true],
    ['mastodon', 'social.example', 'https://other.example/@me/1', false],
    ['newsletter', '', 'https://archive.example/1', true],
  ] as const)('%s at “%s” takes %s: %s', (network, address, link, fits) => {
    expect(doubtAboutLink(on(network, address), link, 'there') === '').toBe(fits)
  })
})
