import type { CSSProperties } from 'react'

/** Joins the class names that are there. */
export function cx(...names: (string | false | null | undefined)[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined
}

/** Custom properties for `style`, which React's own type does not know. */
export function vars(values: Record<`--${string}`, string | number>): CSSProperties {
  return values as CSSProperties
}
