import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NETWORK_IDS, type NetworkId } from '../../../shared/domain/channel.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { type Medium, plainMedium } from '../../../shared/domain/medium.ts'
import { type PlacedMedium, type Placement, plainPlacement } from '../../../shared/domain/placement.ts'
import { contentOf, cutTo, ratioOf, shapeOf } from '../../../shared/platforms/content.ts'
import { RULES } from '../../../shared/platforms/index.ts'
import { docOfParts } from '../../../shared/platforms/shown.ts'

const written = (...posts: string[]): Doc => docOfParts(posts.map((text) => ({ text, pictures: [] })))
const medium = (id: string, fields: Partial<Medium> = {}): Medium =>
  plainMedium({
    id,
    name: `${id}.jpg`,
    type: 'image/jpeg',
    size: 200_000,
    width: 1_600,
    height: 1_200,
    alt: '',
    createdAt: 0,
    ...fields,
  })
const placedAs = (mediumId: string, fields: Partial<PlacedMedium> = {}): PlacedMedium => ({
  mediumId,
  alt: '',
  ratio: '',
  ...fields,
})

function contentOn(
  network: NetworkId,
  {
    doc = written('Three pockets.'),
    media = [],
    rows = media.map(({ mediumId }) => medium(mediumId)),
    placement,
  }: { doc?: Doc; media?: PlacedMedium[]; rows?: Medium[]; placement?: Partial<Placement> } = {},
) {
  return contentOf({
    post: { title: 'Pockets', summary: 'A pack with three.', media },
    channel: { network },
    placement: placement && { ...plainPlacement('p', 'c', 0), ...placement },
    doc,
    media: new Map(rows.map((row) => [row.id, row])),
  })
}

describe('what a post sends to a channel', () => {
  it('is its text and its pictures in their order, in the format that takes them', () => {
    expect(contentOn('instagram', { media: [placedAs('a')] })).toMatchObject({ format: 'feed', text: 'Three pockets.' })
    const three = contentOn('instagram', { media: [placedAs('b'), placedAs('a'), placedAs('c')] })
    expect(three.format).toBe('carousel')
    expect(three.media.map(({ id }) => id)).toEqual(['b', 'a', 'c'])
    const film = medium('v', { type: 'video/mp4', kind: 'video' })
    expect(contentOn('instagram', { media: [placedAs('v')], rows: [film] }).format).toBe('reel')
  })

  it('is never a story or a thread unless somebody chose it', () => {
    // Snapchat has nothing but stories and films.
    for (const network of NETWORK_IDS.filter((id) => id !== 'snapchat')) {
      for (const count of [0, 1, 3]) {
        const media = Array.from({ length: count }, (_, at) => placedAs(`m${at}`))
        expect(['story', 'savedStory', 'thread']).not.toContain(contentOn(network, { media }).format)
      }
    }
    expect(contentOn('x', { placement: { format: 'thread' } }).format).toBe('thread')
  })

  it('keeps to the network where a format was chosen that it does not have', () => {
    const content = contentOn('linkedin', { placement: { format: 'reel' } })
    expect(Object.keys(RULES.linkedin.formats)).toContain(content.format)
  })

  it('has the words, the shape and the kind of a picture where it is used', () => {
    const rows = [
      medium('a', { alt: 'A pack' }),
      medium('b', { alt: 'A zip' }),
      medium('d', { type: 'application/pdf', kind: 'document' }),
    ]
    const { media } = contentOn('linkedin', {
      rows,
      media: [
        placedAs('a', { ratio: '4:5' }),
        placedAs('b', { alt: 'The zip, close up' }),
        placedAs('d'),
        placedAs('gone'),
      ],
    })
    expect(media).toEqual([
      { id: 'a', kind: 'image', type: 'image/jpeg', bytes: 200_000, width: 960, height: 1_200, alt: 'A pack' },
      {
        id: 'b',
        kind: 'image',
        type: 'image/jpeg',
        bytes: 200_000,
        width: 1_600,
        height: 1_200,
        alt: 'The zip, close up',
      },
      expect.objectContaining({ id: 'd', kind: 'document' }),
    ])
  })

  it('is what the placement says where it says something else', () => {
    const content = contentOn('x', {
      media: [placedAs('a'), placedAs('b')],
      placement: { media: [placedAs('b')], firstComment: 'Where to buy', fields: { replies: 'verified' } },
    })
    expect(content).toMatchObject({
      media: [{ id: 'b' }],
      firstComment: 'Where to buy',
      fields: { replies: 'verified' },
    })
  })

  it('is several posts in a thread, with the pictures that stand in them', () => {
    const doc = docOfParts([
      { text: 'One', pictures: [] },
      { text: 'Two', pictures: [{ mediumId: 'b', alt: 'A hut' }] },
    ])
    const rows = [medium('a'), medium('b')]
    const content = contentOn('x', { doc, rows, media: [placedAs('a')], placement: { format: 'thread' } })
    expect(content).toMatchObject({
      text: 'One',
      media: [{ id: 'a' }],
      parts: [{ text: 'Two', media: [{ id: 'b', alt: 'A hut' }] }],
    })
    expect(contentOn('x', { doc, rows }).text).toBe('One\n\n* * *\n\nTwo')
  })
})

describe('the fields of a channel', () => {
  it('take title and summary of the post until somebody writes into them, be it nothing', () => {
    expect(contentOn('wordpress').fields).toMatchObject({ title: 'Pockets', excerpt: 'A pack with three.' })
    expect(contentOn('newsletter').fields).toMatchObject({ subject: 'Pockets' })
    expect(contentOn('wordpress', { placement: { fields: { title: 'Why three', excerpt: '' } } }).fields).toMatchObject(
      {
        title: 'Why three',
        excerpt: '',
      },
    )
  })

  it('keep the title of the post from networks whose posts have none', () => {
    expect(contentOn('linkedin').fields.title).toBeUndefined()
    expect(contentOn('pinterest').fields.title).toBe('Pockets')
  })

  it('have the first picture of an article as its cover, but no picture of a film', () => {
    const media = [placedAs('a'), placedAs('b')]
    expect(contentOn('wordpress', { media }).fields.cover).toMatchObject({ id: 'a' })
    expect(contentOn('youtube', { media }).fields.cover).toBeUndefined()
    const rows = [medium('a'), medium('b'), medium('t')]
    expect(contentOn('youtube', { media, rows, placement: { fields: { cover: 't' } } }).fields.cover).toMatchObject({
      id: 't',
    })
  })

  it('are those of the format, of the kind it wants: what another format left behind is not sent', () => {
    const fields = { title: ['a', 'list'], tags: 'no list', madeForKids: 'yes', board: 'Packs', visibility: 'unlisted' }
    expect(contentOn('youtube', { placement: { fields } }).fields).toEqual({ title: 'Pockets', visibility: 'unlisted' })
  })
})

describe('a shape', () => {
  it('is called what people call it', () => {
    expect([1, 0.8, 1.91, (9 / 16) * 0.99, 16 / 9, 2 / 3, 10].map(shapeOf)).toEqual([
      '1:1',
      '4:5',
      '1.91:1',
      '9:16',
      '16:9',
      '2:3',
      '10:1',
    ])
  })

  it('is cut to the pixel, so that a network that measures it finds no more than it takes', () => {
    const side = fc.integer({ min: 200, max: 8_000 })
    fc.assert(
      fc.property(side, side, fc.constantFrom('1:1', '4:5', '16:9', '9:16', '1.91:1'), (width, height, shape) => {
        const cut = cutTo({ width, height }, shape)
        expect(cut.width).toBeLessThanOrEqual(width)
        expect(cut.height).toBeLessThanOrEqual(height)
        if (shape === '1.91:1') expect(cut.width / cut.height).toBeLessThanOrEqual(1.91)
        else expect(cut.width / cut.height).toBe(ratioOf(shape))
      }),
    )
  })
})
