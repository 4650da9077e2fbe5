/** What an import will create beside posts, in words. */

import { imagesIn, sourceIn } from '../../../shared/domain/document.ts'
import type { WorkspaceContent } from '../../../shared/interchange/json.ts'
import { listedMedia } from '../../../shared/interchange/model.ts'
import { pictureFinder, picturePath } from '../../../shared/interchange/picture-path.ts'
import { channelCalled, channelIn, wordFor } from '../../data/commands/importPosts.ts'
import { plural } from '../../parts/index.ts'
import type { PickedFile } from '../../parts/picked.ts'
import type { Reference, Table } from '../../ports/reference.tsx'
import type { Item, Reading } from './reading.ts'

const keyOf = (name: string) => name.trim().toLocaleLowerCase()

/** `3 people`, `1 campaign` ...: names that are not in the workspace. */
export function newNames(
  items: readonly Item[],
  contents: readonly WorkspaceContent[],
  reference: Reference,
): string[] {
  const count = (
    table: Table<{ readonly id: string; readonly name: string; readonly trashedAt: number }>,
    names: readonly string[],
  ) => {
    const known = new Set(table.list.map(({ name }) => keyOf(name)))
    return new Set(names.map(keyOf).filter((name) => name !== '' && !known.has(name))).size
  }
  const words = items.map(({ post }) => post)
  const newChannels = words
    .flatMap(({ channels }) => channels)
    .filter((word) => !channelCalled(reference.channels.list, word))
    .flatMap((word) => {
      const channel = channelIn(word)
      return channel ? keyOf(wordFor(channel)) : []
    })
  const counts: readonly (readonly [number, string, string?])[] = [
    [
      count(reference.people, [
        ...words.flatMap(({ authors, owner }) => [...authors, owner]),
        ...contents.flatMap(({ people }) => people.map(({ name }) => name)),
      ]),
      'person',
      'people',
    ],
    [
      contents.length > 0
        ? count(
            reference.channels,
            contents.flatMap(({ channels }) => channels.map(({ name }) => name)),
          )
        : new Set(newChannels).size,
      'channel',
    ],
    [
      count(reference.campaigns, [
        ...words.map(({ campaign }) => campaign),
        ...contents.flatMap(({ campaigns }) => campaigns.map(({ name }) => name)),
      ]),
      'campaign',
    ],
    [
      count(reference.pillars, [
        ...words.map(({ pillar }) => pillar),
        ...contents.flatMap(({ pillars }) => pillars.map(({ name }) => name)),
      ]),
      'pillar',
    ],
  ]
  return counts.flatMap(([number, one, many]) => (number > 0 ? [plural(number, one, many)] : []))
}

export interface PictureCounts {
  /** Pictures that come in. */
  readonly found: number
  /** Pictures that should lie in the folder and do not: of posts, and of texts. */
  readonly missing: { readonly lead: number; readonly inText: number }
}

/** What becomes of the pictures that posts name. Those on the web stay where they are and are not counted. */
export function countPictures({ items, contents }: Reading, files: readonly PickedFile[]): PictureCounts {
  const find = pictureFinder(files)
  const found = new Set<string>()
  const look = (address: string, from: string): boolean => {
    const file = find(address, from)
    if (file) found.add(file.path)
    return file !== undefined || picturePath(address, from) === ''
  }
  const read = items.filter(({ rowId }) => rowId === undefined).map(({ post }) => post)
  const missingIn = (addresses: (post: Item['post']) => readonly string[]) =>
    read.reduce((sum, post) => sum + addresses(post).filter((one) => !look(one, post.source.path)).length, 0)
  const missing = {
    lead: missingIn((post) => listedMedia(post).map(({ src }) => src)),
    inText: missingIn(({ doc }) => imagesIn(doc.content).map(({ attrs }) => sourceIn(attrs))),
  }
  return { found: found.size + contents.reduce((sum, { media }) => sum + media.length, 0), missing }
}
