/** Keeps what did not change the very same object, so that what is drawn of it is not drawn again. */
import { useRef } from 'react'

type Plain = Readonly<Record<string, unknown>>
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The next value, made of the parts of the one before wherever they are equal: plain objects, lists and what stands in them. */
export function sharing<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next
  if (Array.isArray(before) && Array.isArray(next)) {
    const parts = next.map((part: unknown, at) => sharing(before[at], part))
    // Made of the parts of both, it is of the kind both are.
    return (before.length === parts.length && parts.every((part, at) => part === before[at]) ? before : parts) as T
  }
  if (isPlain(before) && isPlain(next)) {
    const parts = Object.fromEntries(Object.entries(next).map(([key, part]) => [key, sharing(before[key], part)]))
    const keys = Object.keys(parts)
    const same = keys.length === Object.keys(before).length && keys.every((key) => parts[key] === before[key])
    return (same ? before : parts) as T
  }
  return next
}

/** A value that is the same object as in the render before as long as it is equal. */
export function useSharing<T>(value: T): T {
  const kept = useRef(value)
  kept.current = sharing(kept.current, value)
  return kept.current
}
