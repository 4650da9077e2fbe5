import { describe, expect, it } from 'vitest'
import type { Medium } from '../../../shared/domain/medium.ts'
import { ABOUT_NOTHING } from '../../../shared/domain/medium.ts'
import { NO_EDITS } from '../../../shared/media/crop.ts'
import { factsOf } from '../../../shared/platforms/content.ts'
import { blockers, validate } from '../../../shared/platforms/index.ts'
import { recipeFor } from '../../../shared/platforms/sending.ts'

const aMedium = (fields: Partial<Medium> = {}): Medium => ({
  ...ABOUT_NOTHING,
  id: 'm',
  name: 'quay.jpg',
  kind: 'image',
  type: 'image/jpeg',
  size: 500_000,
  width: 4000,
  height: 3000,
  shape: 'wide',
  orientation: 1,
  animated: false,
  seconds: 0,
  pages: 0,
  preview: true,
  hash: 'h',
  edits: NO_EDITS,
  createdAt: 0,
  trashedAt: 0,
  ...fields,
})
const whole = { ratio: '' }

describe('how a file is made ready', () => {
  it('only takes the camera data out of a picture that is fine as it is', () => {
    expect(recipeFor('mastodon', 'feed', aMedium(), whole)).toMatchObject({
      ok: true,
      value: { type: 'image/jpeg', frame: null, longest: null, bare: true },
    })
  })

  it('draws what a camera held sideways, what is turned, cut or of another type', () => {
    const drawn = (fields: Partial<Medium>, ratio = '') => recipeFor('instagram', 'feed', aMedium(fields), { ratio })
    expect(drawn({ orientation: 6 })).toMatchObject({ value: { bare: false } })
    expect(drawn({ edits: { ...NO_EDITS, turn: 90 } })).toMatchObject({ value: { bare: false, turn: 90 } })
    expect(drawn({}, '1:1')).toMatchObject({
      value: { bare: false, frame: { x: 0.125, y: 0, width: 0.75, height: 1 } },
    })
    expect(drawn({ type: 'image/webp' })).toMatchObject({ value: { bare: false, type: 'image/jpeg' } })
    expect(drawn({ type: 'image/avif' })).toMatchObject({ value: { type: 'image/jpeg' } })
  })

  it('keeps a crop about the point that matters', () => {
    const edits = { ...NO_EDITS, point: { x: 1, y: 0.5 } }
    expect(recipeFor('mastodon', 'feed', aMedium({ edits }), { ratio: '1:1' })).toMatchObject({
      value: { frame: { x: 0.25, width: 0.75 } },
    })
  })

  it('makes pictures as small as the network wants, in pixels and bytes', () => {
    expect(recipeFor('tiktok', 'carousel', aMedium(), whole)).toMatchObject({ value: { longest: 1440, bare: false } })
    expect(recipeFor('bluesky', 'feed', aMedium({ size: 9_000_000 }), whole)).toMatchObject({
      value: { bytes: 2_000_000, bare: false },
    })
  })

  it('sends what moves as it lies where it is taken, and says which file cannot go where it is not, or is cut', () => {
    const moving = aMedium({ name: 'wave.gif', type: 'image/gif', animated: true })
    expect(recipeFor('mastodon', 'feed', moving, whole)).toEqual({ ok: true, value: null })
    expect(recipeFor('mastodon', 'feed', moving, { ratio: '1:1' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('“wave.gif” moves'),
    })
    expect(recipeFor('instagram', 'feed', moving, whole)).toMatchObject({
      error: expect.stringContaining('takes JPEG'),
    })
  })

  it('names the file nobody here can open', () => {
    const heic = aMedium({ name: 'IMG_1.heic', type: 'image/heic', preview: false })
    expect(recipeFor('mastodon', 'feed', heic, whole)).toMatchObject({
      error: expect.stringContaining('“IMG_1.heic” cannot be opened'),
    })
  })

  it('leaves films and documents alone', () => {
    expect(recipeFor('mastodon', 'feed', aMedium({ kind: 'video', type: 'video/mp4' }), whole)).toEqual({
      ok: true,
      value: null,
    })
  })

  it('is why such a picture keeps nothing from going out', () => {
    const medium = aMedium({ type: 'image/webp', size: 9_500_000 })
    const facts = factsOf({ mediumId: 'm', alt: 'A quay', ratio: '4:5' }, new Map([['m', medium]]))
    if (!facts) throw new Error('no facts')
    const found = validate({ network: 'instagram', format: 'feed', text: 'Quay', media: [facts], fields: {} })
    expect(blockers(found)).toEqual([])
    expect(found.map(({ sentence }) => sentence).join(' ')).toMatch(
      /It is sent as JPEG\..*It is made smaller when it is sent\./,
    )
  })
})
