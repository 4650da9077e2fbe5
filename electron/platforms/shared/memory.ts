/** What an adapter remembers of each part of a job, so that beginning one part anew leaves the others alone. */
import type { Memory } from '../adapter.ts'

/** What steps left of a part: under its number. Whoever begins a part again takes that entry away, and no other. */
export function partMemory(memory: Memory, part: number): Memory {
  const own = memory[part]
  return typeof own === 'object' && own !== null ? (own as Memory) : {}
}

export const withPart = (memory: Memory, part: number, more: Memory): Memory => ({
  ...memory,
  [part]: { ...partMemory(memory, part), ...more },
})

/** A text that was remembered; '' when there is none. */
export const remembered = (memory: Memory, key: string): string => {
  const value = memory[key]
  return typeof value === 'string' ? value : ''
}

/** What uploads became at the network, by the id of the medium. */
export function uploadsOf(memory: Memory): Readonly<Record<string, unknown>> {
  const { uploads } = memory
  return typeof uploads === 'object' && uploads !== null ? (uploads as Record<string, unknown>) : {}
}
