/** Whatever of a post that is out, or waits at its network, is edited: it is asked for there, or refused. Never is it neither. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Job } from '../../../electron/platforms/adapter.ts'
import { ADAPTERS } from '../../../electron/platforms/index.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import { RULES } from '../../../shared/platforms/index.ts'
import type { FieldName, FieldRules, FormatId, FormatRules } from '../../../shared/platforms/model.ts'
import { aPicture, bytesFor, deliver, testTools } from './deliver.ts'
import { EVERY_NETWORK, mediumOf, NEEDED, OTHERS, type Started, waysOf } from './everyNetwork.ts'

const HOUR = 3_600_000
const FIRST = aPicture('first-cover', 2000, { type: 'image/jpeg', alt: '' })
const SECOND = aPicture('second-cover', 2000, { type: 'image/jpeg', alt: '' })
type Value = Job['fields'][string]
const other = (network: NetworkId, name: string, rules: FieldRules, before: Value | undefined): Value => {
  if (rules.kind === 'choice')
    return rules.options.findLast(({ value, only }) => value !== (before ?? rules.preset) && !only)?.value ?? ''
  if (rules.kind === 'switch') return before !== true
  if (rules.kind === 'list') return before ? ['one', 'two', 'three'] : ['one', 'two']
  if (name === 'quote') return OTHERS[network]?.[before ? 1 : 0] ?? ''
  if (rules.kind === 'address') return before ? 'https://example.org/b' : 'https://example.org/a'
  if (rules.kind === 'picture') return before ? SECOND.id : FIRST.id
  return before ? 'other-words' : 'words'
}

const filledIn = ({ title, fields }: Job, name: string) => (name === 'title' ? title || undefined : fields[name])

let started: Started | undefined
afterEach(async () => {
  await started?.sandbox.close()
  started = undefined
})

const cases = ADAPTERS.filter(({ edit }) => edit).flatMap(({ network, schedules }) =>
  (Object.entries(RULES[network].formats) as [FormatId, FormatRules][]).flatMap(([format, rules]) =>
    [false, ...(schedules ? [true] : [])].map((waits) => ({
      what: `${network}, ${rules.name}, ${waits ? 'waiting' : 'out'}`,
      network,
      format,
      rules,
      waits,
    })),
  ),
)

describe('an edit', () => {
  it.each(cases)('$what', async ({ network, format, rules, waits }) => {
    started = await EVERY_NETWORK[network]?.()
    if (!started) throw new Error(`There is no sandbox of ${network}.`)
    const { adapter, sandbox, given } = started
    const connected = await adapter.connect(given, testTools(sandbox.clock, {}))
    if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected.trouble))
    const media = waysOf(rules).find((way) => way.length > 0) ?? []
    const spare = media.map(({ type }) => mediumOf(type.startsWith('video/') ? 'video' : 'image', 7))
    const tools = testTools(sandbox.clock, connected.secrets, bytesFor(...media, ...spare, FIRST, SECOND))
    const account = { ...connected.account, facts: { ...connected.account.facts, ...started.facts } }
    started.host([...media, ...spare])
    const html = format === 'article' ? '<p>Boats</p>' : ''
    const needsCover = network === 'pinterest' && format === 'video'
    const { title = '', ...needed } = (NEEDED[network] ?? {}) as Job['fields']
    const plain: Job = {
      deliveryId: 'delivery',
      fingerprint: 'same',
      format,
      title: String(title),
      fields: { ...needed, ...(needsCover ? { cover: FIRST.id } : {}) },
      parts: [{ kind: 'post', text: html ? '' : 'Boats', html, media: needsCover ? [...media, FIRST] : media }],
      publishAt: waits ? sandbox.clock.now() + 5 * HOUR : null,
    }
    const bare: Job = { ...plain, parts: plain.parts.map((part) => ({ ...part, media: [] })) }
    const withField = (job: Job, name: string, value: Job['fields'][string] | undefined): Job => {
      if (name === 'title') return { ...job, title: typeof value === 'string' ? value : '' }
      const { [name]: _, ...left } = job.fields
      const fields = value === undefined ? left : { ...left, [name]: value }
      const files = [FIRST, SECOND].filter(({ id }) => fields.cover === id)
      const parts = job.parts.map((part) => ({
        ...part,
        media: [...part.media.filter((one) => one !== FIRST && one !== SECOND), ...files],
      }))
      return { ...job, fields, parts }
    }
    const send = async (job: Job) => deliver({ adapter, job, account, tools, clock: sandbox.clock })
    /** What is asked of the network, or why nothing is. */
    const edit = async (sent: Job, job: Job, id: string, memory: object): Promise<Trouble | string> => {
      sandbox.calls.length = 0
      const done = await adapter.edit?.(id, sent, job, 0, memory as never, account, tools)
      if (done?.kind === 'trouble') return done.trouble
      // Of an upload its kind and size are enough.
      return JSON.stringify(
        sandbox.calls
          .filter(({ method }) => method !== 'GET')
          .map(({ method, path, body }) => [method, path, body.toString('latin1').replace(/"updated_at":"[^"]*"/, '')]),
      )
    }
    const silent: string[] = []
    /** Sends what is there first, then changes nothing, then what is meant. */
    const meets = async (what: string, sent: Job, job: Job): Promise<void> => {
      const { trouble, remoteIds, memory } = await send(sent)
      if (trouble) return
      const nothing = await edit(sent, sent, remoteIds[0] ?? '', memory)
      const something = await edit(sent, job, remoteIds[0] ?? '', memory)
      if (typeof something === 'string' && something === nothing) silent.push(what)
      if (typeof something === 'object' && something.kind !== 'refused') throw new Error(`${what}: ${something.kind}`)
    }

    const words = {
      ...plain,
      parts: plain.parts.map((part) => ({ ...part, text: html ? '' : 'Ships', html: html && '<p>Ships</p>' })),
    }
    await meets('words', plain, words)
    if (media.length > 0) {
      const [, ...rest] = plain.parts[0]?.media ?? []
      const swapped = {
        ...plain,
        parts: plain.parts.map((part) => ({ ...part, media: [...spare.slice(0, 1), ...rest] })),
      }
      await meets('another file', plain, swapped)
    }
    for (const [name, field] of Object.entries(rules.fields) as [FieldName, FieldRules][]) {
      if (field.caveat?.sentence.includes('Outpost does not send it')) continue
      const withMedia = media.length > 0 && rules.media.every(({ min }) => min > 0)
      if (name.startsWith('poll') || (field.withoutMedia && withMedia)) continue
      const job = field.withoutMedia ? bare : plain
      const first = withField(job, name, filledIn(job, name) ?? other(network, name, field, undefined))
      const second = withField(job, name, other(network, name, field, filledIn(first, name)))
      await meets(`${name} is another`, first, second)
      if (filledIn(job, name) === undefined) {
        await meets(`${name} is put in`, withField(job, name, undefined), first)
        await meets(`${name} is taken away`, first, withField(job, name, undefined))
      }
    }
    expect(silent).toEqual([])
  })
})
