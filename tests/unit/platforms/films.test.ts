import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asSent } from '../../../shared/platforms/files.ts'
import { type FilmSeen, type FilmWish, filmToSend, planFilm } from '../../../shared/platforms/films.ts'
import { validate } from '../../../shared/platforms/validate.ts'

const H264 = 'H.264'
const seen = (film: Partial<FilmSeen> = {}): FilmSeen => ({
  type: 'video/mp4',
  codec: H264,
  sound: 'aac',
  bytes: 10_000_000,
  seconds: 60,
  width: 1920,
  height: 1080,
  fps: 30,
  ...film,
})
const wish = (given: Partial<FilmWish> = {}): FilmWish => ({
  types: ['video/mp4'],
  codecs: [H264],
  most: {},
  least: {},
  ...given,
})

describe('a film', () => {
  it('that is taken goes as it is', () => {
    expect(planFilm(wish(), seen())).toEqual({ kind: 'as-it-is' })
    expect(planFilm(wish({ codecs: null, types: ['video/webm'] }), seen({ type: 'video/webm', codec: 'VP9' }))).toEqual(
      {
        kind: 'as-it-is',
      },
    )
  })

  it('that only lies in another box is not drawn anew', () => {
    const anew = { kind: 'make', picture: null }
    expect(planFilm(wish(), seen({ type: 'video/quicktime' }))).toEqual(anew)
    expect(planFilm(wish({ codecs: null }), seen({ type: 'video/x-matroska' }))).toEqual(anew)
    expect(planFilm(wish({ codecs: [H264, 'VP9'] }), seen({ type: 'video/webm', codec: 'VP9' }))).toEqual(anew)
  })

  it('is drawn anew where how it is packed is not taken, or nobody says whether it is', () => {
    for (const codecs of [[H264], null])
      expect(planFilm(wish({ codecs }), seen({ type: 'video/webm', codec: 'VP9' }))).toMatchObject({
        picture: { width: 1920, height: 1080, fps: null },
      })
  })

  it('gets the frames a second that a network wants', () => {
    const frames = (fps: number) => {
      const plan = planFilm(wish({ most: { fps: 60 }, least: { fps: 23 } }), seen({ fps }))
      return plan.kind === 'make' ? plan.picture?.fps : plan.kind
    }
    expect([10, 23, 59.94, 60.2, 120].map(frames)).toEqual([23, 'as-it-is', 'as-it-is', 'as-it-is', 60])
  })

  it('that has more seconds than could be watched of so few bytes is not made', () => {
    expect(planFilm(wish({ most: { bytes: 16_000_000 } }), seen({ bytes: 2e9, seconds: 7_200 }))).toEqual({
      kind: 'too-long',
    })
  })

  const some = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: undefined })
  const wishes = fc.record({
    bytes: some(10_000, 500_000_000),
    width: some(32, 4096),
    height: some(32, 4096),
    shortSide: some(32, 2160),
    pixels: some(10_000, 9_000_000),
    fps: some(23, 120),
    bitrate: some(300_000, 25_000_000),
  })
  const films = fc.record({
    type: fc.constantFrom('video/mp4', 'video/webm', 'video/quicktime'),
    codec: fc.constantFrom(H264, 'VP9', ''),
    sound: fc.constantFrom('none', 'aac', 'other'),
    bytes: fc.integer({ min: 1_000, max: 4_000_000_000 }),
    seconds: fc.double({ min: 0.1, max: 20_000, noNaN: true }),
    width: fc.integer({ min: 16, max: 8192 }),
    height: fc.integer({ min: 16, max: 8192 }),
    fps: fc.double({ min: 1, max: 240, noNaN: true }),
  })

  it('that is made keeps within every limit, whatever it was', () => {
    let made = 0
    fc.assert(
      fc.property(wishes, films, (limits, film) => {
        const most = Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined))
        const plan = planFilm(wish({ most }), film as FilmSeen)
        if (plan.kind !== 'make') return
        const { width, height, bitrate, fps } = plan.picture ?? { ...film, bitrate: 0 }
        // Gives nothing: what a property gives back is taken for its answer.
        const within = (value: number, limit = Number.POSITIVE_INFINITY): void => {
          expect(value).toBeLessThanOrEqual(limit)
        }
        within(width, most.width)
        within(height, most.height)
        within(Math.min(width, height), most.shortSide)
        within(width * height, most.pixels)
        within((fps ?? film.fps) / 1.005, most.fps)
        if (!plan.picture) return within(film.bytes, most.bytes)
        made += 1
        expect([width % 2, height % 2]).toEqual([0, 0])
        const sound = film.sound === 'none' ? 0 : 128_000
        within(((bitrate + sound) * film.seconds) / 8, most.bytes)
        within(bitrate + sound, most.bitrate)
        expect(bitrate).toBeGreaterThan(0)
        // As good as the same shape: to a pixel on each side.
        expect(Math.abs(width * film.height - height * film.width)).toBeLessThanOrEqual(2 * (film.width + film.height))
      }),
    )
    expect(made).toBeGreaterThan(10)
  })
})

describe('what is said of a film', () => {
  const film = {
    id: 'film',
    kind: 'video',
    type: 'video/webm',
    alt: 'Surf',
    width: 640,
    height: 360,
    seconds: 10,
  } as const
  const said = (bytes: number, seconds = 10) => {
    const content = {
      network: 'bluesky',
      format: 'feed',
      text: 'Surf',
      fields: {},
      media: [{ ...film, bytes, seconds }],
    } as const
    return asSent(content, validate(content)).filter(({ place }) => place.at === 'medium')
  }

  it('is that it is converted, and made smaller', () => {
    expect(said(5_000_000)).toEqual([
      expect.objectContaining({
        severity: 'note',
        sentence: expect.stringMatching(/It is converted when it is sent\.$/),
      }),
    ])
    expect(said(400_000_000).map(({ severity }) => severity)).toEqual(['note', 'note'])
  })

  it('stays an error where nothing could be seen of it any more', () => {
    expect(said(4_000_000_000, 590_000).map(({ severity }) => severity)).toContain('error')
  })
})

it('has no wish where there are no rules, or none of an MP4 with H.264', () => {
  expect(filmToSend(undefined)).toBeNull()
  const types = { of: ['video/webm'], source: '' }
  expect(filmToSend({ types, bounds: [] })).toBeNull()
  expect(
    filmToSend({
      types: { of: ['video/*'], source: '' },
      bounds: [{ of: 'bytes', max: 5, source: '', severity: 'note' }],
    }),
  ).toEqual({ types: ['video/*'], codecs: null, most: {}, least: {} })
})
