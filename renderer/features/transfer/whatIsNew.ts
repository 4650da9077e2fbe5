/** What an import will create beside posts, in words. */
import type { WorkspaceContent } from '../../../shared/interchange/json.ts'
import { networkOf } from '../../data/commands/importPosts.ts'
import { plural } from '../../parts/index.ts'
import type { Reference, Table } from '../../ports/reference.tsx'
import type { Item } from './reading.ts'

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
  const networks = new Set(reference.channels.list.map(({ network }) => network))
  const newNetworks = words
    .flatMap(({ channels }) => channels)
    .map((word) => networkOf(word))
    .filter((network) => network !== null && !networks.has(network))
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
        : new Set(newNetworks).size,
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
