import { describe, expect, it } from 'vitest'
import {
  freeNeutral,
  handleFrom,
  looksLikeHandle,
  type Mention,
  mentionsFor,
  neutralOf,
} from '../../../shared/domain/mention.ts'

const aMention = (fields: Partial<Mention> = {}): Mention => ({
  id: 'm',
  name: 'Mend Bar',
  neutral: 'mendbar',
  handles: { instagram: 'mend.bar', mastodon: 'mend@bergwelt.example' },
  note: '',
  trashedAt: 0,
  ...fields,
})

describe('the mention book', () => {
  it('gives each network the handle it knows, and the plain name where it knows none', () => {
    const book = [aMention()]
    const text = 'Thanks, @mendbar. See @MendBar’s list.'
    expect(mentionsFor(text, book, 'instagram').text).toBe('Thanks, @mend.bar. See @mend.bar’s list.')
    expect(mentionsFor(text, book, 'mastodon').text).toContain('@mend@bergwelt.example')
    expect(mentionsFor(text, book, 'linkedin')).toEqual({
      text: 'Thanks, Mend Bar. See Mend Bar’s list.',
      unknown: book,
    })
  })

  it('leaves alone what only looks like a name of it', () => {
    const text = 'mail@mendbar.example @mendbarista @mendbar@bergwelt.example @mendbar.shop @mend'
    expect(mentionsFor(text, [aMention()], 'instagram')).toEqual({ text, unknown: [] })
  })

  it('has names in any script, and no two alike', () => {
    expect(neutralOf('Café Müller & Söhne')).toBe('cafémüllersöhne')
    expect(neutralOf('手工店')).toBe('手工店')
    expect(mentionsFor('謝謝 @手工店。', [aMention({ neutral: '手工店' })], 'instagram').text).toBe('謝謝 @mend.bar。')
    expect(freeNeutral('Mend Bar', [aMention()])).toBe('mendbar2')
    expect(freeNeutral('Mend Bar', [aMention()], 'm')).toBe('mendbar')
    expect(freeNeutral('!', [])).toBe('name')
  })

  it('reads a handle from what people paste', () => {
    expect(handleFrom('instagram', ' @mend.bar ')).toBe('mend.bar')
    expect(handleFrom('instagram', 'https://instagram.example/mend.bar/?hl=en')).toBe('mend.bar')
    expect(handleFrom('mastodon', 'https://Bergwelt.example/@mend')).toBe('mend@bergwelt.example')
    expect(handleFrom('youtube', 'youtube.example/@MendBar')).toBe('MendBar')
    expect(handleFrom('bluesky', 'mend.bergwelt.example')).toBe('mend.bergwelt.example')
  })

  it('knows what a handle of a network looks like', () => {
    expect(looksLikeHandle('x', 'mendbar')).toBe(true)
    expect(looksLikeHandle('x', 'a_name_that_is_too_long')).toBe(false)
    expect(looksLikeHandle('mastodon', 'mend')).toBe(false)
    expect(looksLikeHandle('linkedin', 'Mend Bar')).toBe(true)
  })
})
