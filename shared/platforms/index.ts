/** What each network takes and how it counts. Screens and the publisher ask here; nobody asks which network it is. */
export { applyFix, splitIntoThread } from './fixes.ts'
export { formatOf, formatsOf, postsOf } from './formats.ts'
export type * from './model.ts'
export { RULES } from './networks/index.ts'
export { blockers, counters, validate } from './validate.ts'
