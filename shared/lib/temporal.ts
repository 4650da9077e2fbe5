import type { Temporal as Api } from 'temporal-polyfill'

/**
 * Temporal of the engine where it has one (Chromium), else the polyfill (Node, tests): the same interface either way. The polyfill
 * is fetched only where it is needed, since a page that has the real thing should not load it.
 */
export const Temporal: typeof Api =
  (globalThis as { Temporal?: typeof Api }).Temporal ?? (await import('temporal-polyfill')).Temporal
export type PlainDate = InstanceType<typeof Api.PlainDate>
