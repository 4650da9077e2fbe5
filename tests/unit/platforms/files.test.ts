import { describe, expect, it } from 'vitest'
import { scaleFor } from '../../../renderer/data/media/fit.ts'
import { asSent, fileRulesFor, typesToSend } from '../../../shared/platforms/files.ts'
import type { Content, MediaFacts } from '../../../shared/platforms/model.ts'
import { validate } from '../../../shared/platforms/validate.ts'

const still: MediaFacts = { id: 'a', kind: 'image', type: 'image/png', bytes: 1, width: 1000, height: 1000, alt: 'x' }
const on = (network: Content['network'], medium: MediaFacts): Content => ({
  network,
  format: 'feed',
  text: 'Three pockets',
  media: [medium],
  fields: {},
})
const said = (content: Content) =>
  asSent(content, validate(content)).map(({ severity, rule, sentence }) => `${severity} ${rule}: ${sentence}`)

describe('a file as it will be sent', () => {
  it('is no stop where it is made to fit by itself', () => {
    expect(said(on('instagram', still)).join()).toMatch(/note media-type: .*It is converted when it is sent\./)
    expect(said(on('instagram', { ...still, type: 'image/jpeg', bytes: 9_000_000 })).join()).toMatch(
      /note media-bytes: .*It is made smaller when it is sent\./,
    )
  })

  it('still is one where nothing can be done: it moves, it is a film, its shape is another', () => {
    expect(said(on('instagram', { ...still, type: 'image/gif', frames: 2 })).join()).toContain('error media-type')
    expect(said(on('instagram', { ...still, height: 3000 })).join()).toContain('error media-ratio')
    expect(said(on('instagram', { ...still, type: 'image/heic' })).join()).toContain('error media-type')
  })

  it('keeps its type where that is taken, else becomes what loses least', () => {
    const instagram = fileRulesFor(on('instagram', still), still)
    expect(typesToSend(instagram, 'image/png')).toEqual({
      accepts: false,
      types: ['image/jpeg'],
      most: { bytes: 8_000_000 },
    })
    expect(typesToSend(fileRulesFor(on('x', still), still), 'image/png')).toMatchObject({
      accepts: true,
      types: ['image/png', 'image/jpeg'],
    })
    // Notes cannot be taken out of it, so it is drawn anew even where every picture is taken.
    expect(typesToSend(fileRulesFor(on('bluesky', still), still), 'image/avif')).toMatchObject({
      accepts: false,
      types: ['image/jpeg'],
      most: { bytes: 2_000_000 },
    })
  })

  it('is made no larger, and as small as the narrowest end asks', () => {
    const size = { width: 4000, height: 2000 }
    expect(scaleFor(size, {})).toBe(1)
    expect(scaleFor(size, { width: 8000 })).toBe(1)
    expect(scaleFor(size, { width: 2000, shortSide: 500 })).toBe(0.25)
    expect(scaleFor(size, { pixels: 2_000_000 })).toBe(0.5)
  })
})
