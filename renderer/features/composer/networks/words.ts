/** What the networks of a post are called, and what is said about them. */
import { type Channel, NETWORKS } from '../../../../shared/domain/channel.ts'
import type { Finding, Severity } from '../../../../shared/platforms/index.ts'

/** The network's name; that of the channel where a post goes to two of one network. */
export function channelWords(channel: Channel, all: readonly Channel[]): string {
  const alone = all.filter(({ network }) => network === channel.network).length < 2
  return alone ? NETWORKS[channel.network].name : channel.name
}

/** The worst there is among findings that ask for something; null where none does. */
export function worstOf(findings: readonly Finding[]): Exclude<Severity, 'note'> | null {
  if (findings.some(({ severity }) => severity === 'error')) return 'error'
  return findings.some(({ severity }) => severity === 'warning') ? 'warning' : null
}
