/**
 * Files that a network fetches, on their way to the media host: a step for each, before its adapter is asked for the first time. A name
 * is made of the delivery, its content and the file, with a key of the host: the same attempt puts a file under the same name, and
 * nobody guesses it. What lies there already is not put again.
 */
import { createHmac } from 'node:crypto'
import type { Job, Memory, SentMedium, Step } from '../../../shared/domain/publishing.ts'
import type { Tools } from '../../platforms/adapter.ts'
import { troubled } from '../../platforms/shared/said.ts'
import { endingOf } from '../../platforms/shared/upload.ts'
import { asDelivered } from './explain.ts'
import { createMediaHost } from './host.ts'
import type { KeptHost } from './store.ts'

/** What is remembered, beside the parts: which of the files lie at which host. */
interface Remembered {
  readonly at: string
  readonly names: Readonly<Record<string, string>>
}

const MEMORY = 'hosted'

function rememberedOf(memory: Memory, { id }: KeptHost): Remembered {
  const found = memory[MEMORY] as Remembered | undefined
  // Put somewhere else before the setting was changed: it is put here anew.
  return found?.at === id ? found : { at: id, names: {} }
}

const nameOf = ({ nameKey }: KeptHost, job: Job, { id, type }: SentMedium): string =>
  `${createHmac('sha256', nameKey)
    .update(JSON.stringify([job.deliveryId, job.fingerprint, id]))
    .digest('hex')
    .slice(0, 40)}.${endingOf(type)}`

/**
 * Puts the next of the files there; null: all of them lie there. `lying`: names of what was put there and not taken away, which counts
 * more than what an attempt remembers. `note` writes a name down before anything is put under it.
 */
export async function hostStep(
  host: KeptHost,
  job: Job,
  ids: readonly string[],
  memory: Memory,
  tools: Tools,
  { lying, note }: { readonly lying: ReadonlySet<string>; readonly note: (name: string) => Promise<void> },
): Promise<Step | null> {
  const { at, names } = rememberedOf(memory, host)
  const next = job.parts.flatMap(({ media }) => media).find(({ id }) => ids.includes(id) && !lying.has(names[id] ?? ''))
  if (!next) return null
  const there = createMediaHost(host.settings, host.secret)
  const name = nameOf(host, job, next)
  await note(name)
  const known = await there.has(name, next.size, tools)
  if (!known.ok) return troubled(asDelivered(known.error))
  const put = known.value || (await there.put(name, next, tools))
  if (put !== true && !put.ok) return troubled(asDelivered(put.error))
  return {
    kind: 'again',
    memory: { ...memory, [MEMORY]: { at, names: { ...names, [next.id]: name } } },
    after: tools.now(),
  }
}

/** The job with the addresses of what lies at the host. */
export function withAddresses(host: KeptHost, job: Job, memory: Memory, tools: Pick<Tools, 'now'>): Job {
  const { names } = rememberedOf(memory, host)
  const there = createMediaHost(host.settings, host.secret)
  const addressed = (medium: SentMedium): SentMedium => {
    const name = names[medium.id]
    return name === undefined ? medium : { ...medium, address: there.address(name, tools.now()) }
  }
  return { ...job, parts: job.parts.map((part) => ({ ...part, media: part.media.map(addressed) })) }
}
