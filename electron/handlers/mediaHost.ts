import type { HostTried } from '../../shared/contract/publishing.ts'
import { isPractice } from '../../shared/domain/practice.ts'
import type { Account } from '../../shared/domain/publishing.ts'
import { ok } from '../../shared/lib/result.ts'
import { check } from '../services/mediaHost/check.ts'
import { explainHost } from '../services/mediaHost/explain.ts'
import { createMediaHost } from '../services/mediaHost/host.ts'
import { settingsFrom, type Wrong } from '../services/mediaHost/settings.ts'
import { hostFrom, type KeptHost } from '../services/mediaHost/store.ts'
import type { Handlers } from './handlers.ts'
import { type Publisher, toolsFor } from './tools.ts'

type HostCall = Extract<keyof Handlers, `mediaHost:${string}`>

/** What a host is spoken to with: its own secrets are in no log. */
export const hostTools = (machine: Publisher, { secret, nameKey }: KeptHost, shelf: string) =>
  toolsFor(machine, null, { secret, nameKey }, shelf)

/** The host for what an account sends: practising has one of its own. */
export async function hostFor(machine: Publisher, account: Pick<Account, 'host'>) {
  return isPractice(account) ? ok(await machine.practice.host()) : machine.mediaHosts.get()
}

const wrong = ({ field, sentence }: Wrong, details = ''): HostTried => ({ kind: 'wrong', field, sentence, details })

export function mediaHostHandlers(machine: Publisher): Pick<Handlers, HostCall> {
  const { mediaHosts, practice } = machine

  async function trial(host: KeptHost): Promise<HostTried> {
    const outside = toolsFor(machine, null, {}, '').fetch
    const tried = await check(createMediaHost(host.settings, host.secret), hostTools(machine, host, ''), outside)
    return tried.ok
      ? { kind: 'works', settings: host.settings, note: tried.value }
      : wrong(explainHost(tried.error), tried.error.details)
  }

  return {
    'mediaHost:get': async () => {
      const kept = await mediaHosts.get()
      if (!kept.ok) return { kind: 'unreadable', failure: kept.error }
      if (!kept.value) return { kind: 'none' }
      const { id, settings } = kept.value
      const lying = (await mediaHosts.lying()).filter(({ host }) => host === id).length
      return { kind: 'set', settings, lying }
    },
    'mediaHost:use': async ({ settings: typed, secret }) => {
      const settings = settingsFrom(typed)
      if (!settings.ok) return wrong(settings.error)
      const before = await mediaHosts.get()
      const host = hostFrom(settings.value, secret, before.ok ? before.value : null)
      if (!host) return wrong({ field: 'secret', sentence: 'Give it once more: it is kept for one place only.' })
      const tried = await trial(host)
      if (tried.kind !== 'works') return tried
      const put = await mediaHosts.put(host)
      return put.ok ? tried : { kind: 'not-kept', failure: put.error }
    },
    'mediaHost:test': async () => {
      const kept = await mediaHosts.get()
      if (!kept.ok) return { kind: 'not-kept', failure: kept.error }
      return kept.value ? trial(kept.value) : wrong({ field: '', sentence: 'No media host is set up any more.' })
    },
    'mediaHost:drop': () => mediaHosts.drop(),
    'mediaHost:lying': async ({ shelf }) => [
      ...new Set((await mediaHosts.lying()).flatMap((file) => (file.shelf === shelf ? file.deliveryId : []))),
    ],
    'mediaHost:clear': async ({ shelf, deliveries }) => {
      const ended = new Set(deliveries)
      const files = (await mediaHosts.lying()).filter((file) => file.shelf === shelf && ended.has(file.deliveryId))
      if (files.length === 0) return null
      const [kept, small] = [await mediaHosts.get(), await practice.hostIfRunning()]
      if (!kept.ok) return null
      for (const file of files) {
        const host = [kept.value, small].find((one) => one?.id === file.host)
        // Of a host that was given up: nobody here has its key any more.
        const removed = host
          ? await createMediaHost(host.settings, host.secret).remove(file.name, hostTools(machine, host, ''))
          : ok(null)
        if (removed.ok) await mediaHosts.forget([file])
        else machine.log.error(`A file stays at the media host for now (${removed.error.kind})`)
      }
      return null
    },
  }
}
