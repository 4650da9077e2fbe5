import type { Fact, Finding, Fix, Place, Severity } from '../model.ts'

/** What a check is about. */
export interface Spot {
  readonly place: Place
  /** What findings call it: `Text`, `Picture 2`, `Title`. */
  readonly subject: string
  /** The network's name. */
  readonly network: string
}

/** What it means to go against a fact: nothing unconfirmed ever blocks. */
export const severityOf = ({ severity = 'error', unconfirmed }: Fact): Severity =>
  unconfirmed && severity === 'error' ? 'warning' : severity

/** A finding from a fact: its severity, its source, and its reason after the sentence. */
export const finding = (
  rule: string,
  fact: Fact,
  place: Place,
  sentence: string,
  fixes: readonly Fix[] = [],
): Finding => ({
  rule,
  severity: severityOf(fact),
  place,
  sentence: fact.why ? `${sentence} ${fact.why}` : sentence,
  source: fact.source,
  fixes,
})

const WEIGHT: Readonly<Record<Severity, number>> = { error: 2, warning: 1, note: 0 }

/** Of several findings of one rule, the worst. */
export function worst(findings: readonly Finding[]): Finding[] {
  const byRule = new Map<string, Finding>()
  for (const next of findings) {
    const known = byRule.get(next.rule)
    if (!known || WEIGHT[next.severity] > WEIGHT[known.severity]) byRule.set(next.rule, next)
  }
  return [...byRule.values()]
}
