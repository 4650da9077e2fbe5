import { practiceHost } from '../../shared/domain/practice.ts'
import { toBase64 } from '../../shared/lib/base64.ts'
import type { Handlers } from './handlers.ts'
import { adapterOf, keep, type Publisher, toolsFor, UNSUPPORTED } from './tools.ts'

type PracticeCall = Extract<keyof Handlers, `practice:${string}`>

/** Accounts to practise with: connected without a question, kept apart. */
export function practiceHandlers(machine: Publisher): Pick<Handlers, PracticeCall> {
  const { practice } = machine
  return {
    'practice:networks': async () => (await practice.start()).map(({ network }) => network),
    'practice:connect': async (network) => {
      const found = (await practice.start()).find((one) => one.network === network)
      const adapter = adapterOf(machine, { network })
      if (!found || !adapter) return UNSUPPORTED
      // Whoever connects again gets an access that works: what was to go wrong with the old one is over.
      await practice.fail(network, null)
      const host = practiceHost(network)
      const connected = await adapter.connect(found.given, toolsFor(machine, { network, host }, found.given, ''))
      if (connected.kind === 'trouble') return connected
      return keep(machine, { ...connected, account: { ...connected.account, host } })
    },
    'practice:end': async () => {
      await practice.stop()
      return null
    },
    'practice:posts': async (network) =>
      (await practice.posts(network)).map(({ id, text, media }) => ({
        id,
        text,
        media: media.map(({ kind, alt, file }) => ({ kind, alt, isThere: file !== null })),
      })),
    'practice:picture': async ({ network, postId, at }) => {
      const file = await practice.picture(network, postId, at)
      return file && { type: file.type, bytes: toBase64(file.bytes) }
    },
    'practice:fail': async (network, failure) => {
      await practice.fail(network, failure)
      return null
    },
  }
}
