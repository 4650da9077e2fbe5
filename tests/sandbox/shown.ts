/** What a network shows of a post, with its pictures: for those who want to look at it. */

export interface ShownFile {
  readonly type: string
  readonly bytes: Uint8Array
}
export interface ShownMedium {
  readonly kind: 'picture' | 'film' | 'sound' | 'file'
  readonly alt: string
  /** Null: it is no picture, or the network does not have it any more. */
  readonly file: ShownFile | null
}
export interface ShownPost {
  readonly id: string
  readonly text: string
  readonly media: readonly ShownMedium[]
  /** Nobody is told afterwards whether it is still there. */
  readonly untold?: true
  /** Nobody is told what people write under it. */
  readonly unheard?: true
}
/** What waits there for its time. */
export interface WaitingPost {
  readonly id: string
  readonly text: string
  readonly at: number
}

const KINDS: Readonly<Record<string, ShownMedium['kind']>> = { image: 'picture', video: 'film', audio: 'sound' }
const kindOf = (type: string): ShownMedium['kind'] => KINDS[type.split('/')[0] ?? ''] ?? 'file'

/** A medium as it is shown; of films, sounds and papers only that they are there. */
export const shownMedium = (type: string, alt: string, bytes: Uint8Array | null): ShownMedium => ({
  kind: kindOf(type),
  alt,
  file: bytes && kindOf(type) === 'picture' ? { type, bytes } : null,
})

/** Bytes that a network remembers of pictures. */
const ROOM = 48 * 1024 * 1024

export interface Shelf {
  put(id: string, type: string, bytes: Uint8Array): void
  /** One that was never put there is of the type given, and without a file. */
  show(id: string, alt: string, type?: string): ShownMedium
}

/** Remembers the pictures that were sent; the oldest go when there are too many, and of films nothing is kept but their kind. */
export function createShelf(room = ROOM): Shelf {
  const kept = new Map<string, ShownFile>()
  const none = new Uint8Array()
  let held = 0
  return {
    put: (id, type, bytes) => {
      const file = { type, bytes: kindOf(type) === 'picture' ? bytes : none }
      kept.set(id, file)
      held += file.bytes.length
      for (const [old, { type: oldType, bytes: there }] of kept) {
        if (held <= room) break
        held -= there.length
        kept.set(old, { type: oldType, bytes: none })
      }
    },
    show: (id, alt, type = 'image/jpeg') => {
      const file = kept.get(id)
      return shownMedium(file?.type ?? type, alt, file && file.bytes.length > 0 ? file.bytes : null)
    },
  }
}
