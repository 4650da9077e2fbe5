import { Temporal as Polyfill } from 'temporal-polyfill'

/** Temporal of the engine where it has one (Chromium), else the polyfill (Node, tests): the same interface either way. */
export const Temporal: typeof Polyfill = (globalThis as { Temporal?: typeof Polyfill }).Temporal ?? Polyfill
export type PlainDate = InstanceType<typeof Polyfill.PlainDate>
