import { toBase64 } from '../../shared/lib/base64.ts'
import type { Handlers } from './handlers.ts'
import { adapterOf, connectPractice, type Publisher } from './tools.ts'

type PracticeCall = Extract<keyof Handlers, `practice:${string}`>

/** Accounts to practise with: connected without a question, kept apart. */
export function practiceHandlers(machine: Publisher): Pick<Handlers, PracticeCall> {
  const { practice } = machine
  return {
    'practice:networks': async () => (await practice.start()).map(({ network }) => network),
    'practice:connect': async (network) => {
      // Whoever connects again gets an access that works: what was to go wrong with the old one is over.
      await practice.fail(network, null)
      return connectPractice(machine, network)
    },
    'practice:end': async () => {
      await practice.stop()
      return null
    },
    'practice:posts': async (network) =>
      (await practice.posts(network)).map(({ id, text, media, untold, unheard }) => ({
        id,
        text,
        isTold: !untold,
        isHeard: !unheard && adapterOf(machine, { network })?.inbox !== undefined,
        media: media.map(({ kind, alt, file }) => ({ kind, alt, isThere: file !== null })),
      })),
    'practice:waiting': async (network) => [...(await practice.waiting(network))],
    'practice:meddle': async ({ network, postId, deed }) => {
      await practice.meddle(network, deed, postId)
      return null
    },
    'practice:picture': async ({ network, postId, at }) => {
      const file = await practice.picture(network, postId, at)
      return file && { type: file.type, bytes: toBase64(file.bytes) }
    },
    'practice:failing': (network) => practice.failing(network),
    'practice:fail': async (network, failure) => {
      // Else the first thing to go wrong would be that nobody is known there.
      if (!practice.knows(network)) await connectPractice(machine, network)
      await practice.fail(network, failure)
      return null
    },
  }
}
