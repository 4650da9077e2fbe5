import type { Content, Counter, Finding } from './model.ts'

/** Everything that speaks against a content going out as it is, in the order of the form; empty: nothing does. */
export function validate(_content: Content): Finding[] {
  return []
}

/** What a screen counts while one types. Only what has an upper end is counted. */
export function counters(_content: Content): Counter[] {
  return []
}

/** The findings that keep a content from going out: what a waiting button lists. */
export const blockers = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity === 'error')
