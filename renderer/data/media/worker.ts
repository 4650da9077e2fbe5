/// <reference lib="webworker" />
/** Looking at files, decoding and drawing them, off the page. One order at a time: decoded pictures are large. */
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { MediaRefusal } from '../../../shared/media/refusals.ts'
import { fitTo } from './fit.ts'
import { lookAt } from './look.ts'
import type { FromWorker, Orders, Picture, Read, ToWorker } from './messages.ts'
import { render } from './render.ts'

/** Pixels of the longer side: a tile of the library on a fine screen. */
const THUMB = 480
/** What every browser decodes; of others it may be that this one does not, and the file is kept all the same. */
const ALWAYS = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])

const decode = (picture: Blob): Promise<ImageBitmap | null> =>
  createImageBitmap(picture).catch((thrown: unknown) => {
    // The engine's word for "these are no pixels".
    if (thrown instanceof DOMException) return null
    throw thrown
  })

async function thumbOf(bitmap: ImageBitmap, turn: Picture['turn']): Promise<Picture> {
  const small = await render(bitmap, { turn, longest: THUMB, type: 'image/webp', quality: 0.78 })
  return { type: small.type, bytes: await small.arrayBuffer(), turn }
}

async function read({ file }: Orders['read']['order']): Promise<Result<Read, MediaRefusal>> {
  const looked = await lookAt(file).catch((thrown: unknown) => {
    if (thrown instanceof DOMException) return err<MediaRefusal>({ kind: 'cannot-read' })
    throw thrown
  })
  if (!looked.ok) return looked
  const { kind, type, bytes } = looked.value
  // A worker has no document to draw a drawing, and no element to play a film: the page sees to them.
  if (kind !== 'image' || type === 'image/svg+xml') return ok({ ...looked.value, thumb: null })
  const bitmap = await decode(bytes)
  if (!bitmap) return ALWAYS.has(type) ? err({ kind: 'cannot-decode' }) : ok({ ...looked.value, thumb: null })
  const { width, height } = bitmap
  const thumb = await thumbOf(bitmap, 0)
  bitmap.close()
  return ok({ ...looked.value, width, height, thumb })
}

async function thumb({ picture, turn }: Orders['thumb']['order']): Promise<Picture | null> {
  const bitmap = picture instanceof Blob ? await decode(picture) : picture
  if (!bitmap) return null
  const small = await thumbOf(bitmap, turn)
  bitmap.close()
  return small
}

async function draw({ picture, rendering }: Orders['render']['order']): Promise<Blob | null> {
  const bitmap = picture instanceof Blob ? await decode(picture) : picture
  if (!bitmap) return null
  const drawn = await render(bitmap, rendering)
  bitmap.close()
  return drawn
}

async function fitted({ picture, fitting }: Orders['fit']['order']): Promise<Blob | null> {
  const bitmap = picture instanceof Blob ? await decode(picture) : picture
  if (!bitmap) return null
  const made = await fitTo(bitmap, fitting)
  bitmap.close()
  return made
}

const answer = ({ kind, order }: ToWorker) => {
  switch (kind) {
    case 'read':
      return read(order)
    case 'thumb':
      return thumb(order)
    case 'render':
      return draw(order)
    case 'fit':
      return fitted(order)
  }
}

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  try {
    self.postMessage({ id: data.id, answer: await answer(data) } satisfies FromWorker)
  } catch (thrown) {
    // A throw in an async handler reaches no error event of the page.
    self.postMessage({ id: data.id, why: String(thrown) } satisfies FromWorker)
  }
}
