import { describe, expect, it } from 'vitest'
import { NETWORK_IDS, type NetworkId } from '../../../shared/domain/channel.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { type Medium, plainMedium } from '../../../shared/domain/medium.ts'
import type { Mention } from '../../../shared/domain/mention.ts'
import { type PlacedMedium, type Placement, plainPlacement } from '../../../shared/domain/placement.ts'
import { DEFAULT_VOCABULARY } from '../../../shared/domain/utm.ts'
import { NO_EDITS } from '../../../shared/media/crop.ts'
import { contentOf, type Wording } from '../../../shared/platforms/content.ts'
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
    wording,
  }: {
    doc?: Doc
    media?: PlacedMedium[]
    rows?: Medium[]
    placement?: Partial<Placement>
    wording?: Wording
  } = {},
) {
  return contentOf({
    post: { title: 'Pockets', summary: 'A pack with three.', media },
    channel: { network, kind: 'page' },
    placement: placement && { ...plainPlacement('p', 'c', 0), ...placement },
    doc,
    media: new Map(rows.map((row) => [row.id, row])),
    wording,
  })
}

describe('what a post sends to a channel', () => {
  it('is its text and its pictures in their order, in the format that takes them', () => {
    expect(contentOn('instagram', { media: [placedAs('a')] })).toMatchObject({ format: 'feed', text: 'Three pockets.' })
    const three = contentOn('instagram', { media: [placedAs('b'), placedAs('a'), placedAs('c')] })
    expect(three.format).toBe('carousel')
    expect(three.media.map(({ id }) => id)).toEqual(['b', 'a', 'c'])
    const film = medium('v', { kind: 'video', type: 'video/mp4', seconds: 20 })
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
      medium('d', { kind: 'document', type: 'application/pdf', pages: 12 }),
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
      {
        id: 'a',
        kind: 'image',
        type: 'image/jpeg',
        bytes: 200_000,
        width: 960,
        height: 1_200,
        ratio: '4:5',
        alt: 'A pack',
      },
      {
        id: 'b',
        kind: 'image',
        type: 'image/jpeg',
        bytes: 200_000,
        width: 1_600,
        height: 1_200,
        alt: 'The zip, close up',
      },
      expect.objectContaining({ id: 'd', kind: 'document', pages: 12 }),
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

describe('a picture that is turned and cut', () => {
  const turned = { edits: { ...NO_EDITS, turn: 90 as const } }
  it('has the size it is shown in', () => {
    const [whole] = contentOn('linkedin', { media: [placedAs('a')], rows: [medium('a', turned)] }).media
    expect(whole).toMatchObject({ width: 1_200, height: 1_600 })
    const [cut] = contentOn('linkedin', { media: [placedAs('a', { ratio: '1:1' })], rows: [medium('a', turned)] }).media
    expect(cut).toMatchObject({ width: 1_200, height: 1_200 })
  })

  it('is cut as its shape was set by hand', () => {
    const frames = { '4:5': { x: 0.5, y: 0, width: 0.3, height: 0.5 } }
    const rows = [medium('a', { edits: { ...NO_EDITS, frames } })]
    const [cut] = contentOn('linkedin', { media: [placedAs('a', { ratio: '4:5' })], rows }).media
    expect(cut).toMatchObject({ width: 480, height: 600 })
  })

  it('is as it is where its size was never known', () => {
    const rows = [medium('a', { width: 0, height: 0 })]
    const [picture] = contentOn('linkedin', { media: [placedAs('a', { ratio: '4:5' })], rows }).media
    expect(picture).not.toHaveProperty('width')
  })
})

describe('what the workspace says in its own way', () => {
  const mendbar: Mention = {
    id: 'm',
    name: 'Mend Bar',
    neutral: 'mendbar',
    handles: { x: 'mend_bar' },
    note: '',
    trashedAt: 0,
  }
  const wording: Wording = { mentions: [mendbar], vocabulary: DEFAULT_VOCABULARY }
  const href = 'https://fernhollow.example/tarn28?utm_campaign=tarn-28'
  const linked = (text: string) => ({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] })
  const doc: Doc = {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [{ type: 'text', text: 'At the @mendbar, see ' }, linked('the list'), { type: 'text', text: '.' }],
      },
      { type: 'paragraph', content: [linked('fernhollow.example/tarn28')] },
    ],
  }

  it('is said as each network knows it: people by their handle there, links with its source', () => {
    const sent = 'https://fernhollow.example/tarn28?utm_source=x&utm_medium=social&utm_campaign=tarn-28'
    const { text } = contentOn('x', { doc, wording })
    expect(text).toContain('At the @mend_bar, see the list (')
    expect(text).not.toContain('tarn28 (')
    const links = [...text.matchAll(/https:\S+?(?=[).\s]*(\n|$))/g)].map(([link]) => link)
    expect(links).toHaveLength(2)
    for (const link of links)
      expect([...new URL(link).searchParams].sort()).toEqual([...new URL(sent).searchParams].sort())
    expect(contentOn('linkedin', { doc, wording }).text).toContain('At the Mend Bar, see')
  })
})
