/** Accounts and networks without a shell: the very handlers, over a vault and media in memory. */
import { accountsHandlers } from '../../electron/handlers/accounts.ts'
import type { Machine } from '../../electron/handlers/desktop.ts'
import type { Handlers } from '../../electron/handlers/handlers.ts'
import { mediaHostHandlers } from '../../electron/handlers/mediaHost.ts'
import { platformsHandlers } from '../../electron/handlers/platforms.ts'
import { practiceHandlers } from '../../electron/handlers/practice.ts'
import { type SigningIn, signInHandlers } from '../../electron/handlers/signIn.ts'
import type { Adapter } from '../../electron/platforms/adapter.ts'
import type { Commits } from '../../electron/services/commits.ts'
import { silentLog } from '../../electron/services/log.ts'
import type { KeptHost, LyingFile, MediaHosts } from '../../electron/services/mediaHost/store.ts'
import { createNetworkClock } from '../../electron/services/networkClock.ts'
import { createPractice } from '../../electron/services/practice.ts'
import { type Kept, nameOf } from '../../electron/services/vault.ts'
import { createPublishing } from '../../renderer/app/publishing.ts'
import type { Publishing } from '../../renderer/ports/publishing.ts'
import type { CallName } from '../../shared/contract/contract.ts'
import { publishingContract } from '../../shared/contract/publishing.ts'
import type { Begun } from '../../shared/domain/publishing.ts'
import { safeFileName, safeFolderName } from '../../shared/lib/fileName.ts'
import { err, ok } from '../../shared/lib/result.ts'

export function memoryPublishing(
  media: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  kept: Map<string, string>,
  adapters: readonly Adapter[],
  saved = new Map<string, Uint8Array>(),
): Publishing {
  const vault: Machine['vault'] = {
    warning: async () => '',
    get: async (account) => {
      const found = kept.get(nameOf(account))
      return ok(found === undefined ? null : (JSON.parse(found) as Kept))
    },
    put: async (access) => {
      kept.set(nameOf(access.account), JSON.stringify(access))
      return ok(null)
    },
    drop: async (account) => {
      kept.delete(nameOf(account))
      return ok(null)
    },
  }
  const machine: SigningIn = {
    adapters,
    desktop: { openExternal: async () => undefined },
    log: silentLog,
    vault,
    practice: createPractice(vault),
    mediaHosts: memoryHosts(),
    networkClock: createNetworkClock(),
    commits: memoryCommits(),
    // Only reading is asked of it here.
    originals: {
      read: async (shelf: string, id: string) => {
        const bytes = Buffer.from(media.get(`${shelf}/${id}`) ?? [])
        return ok({ bytes, size: bytes.length })
      },
      fill: async (shelf: string, id: string, from: number, into: Uint8Array) => {
        const bytes = media.get(`${shelf}/${id}`)
        if (!bytes) return err({ kind: 'not-found', message: 'the second copy is not there.' })
        const part = bytes.slice(from, from + into.length)
        into.set(part)
        return ok(part.length)
      },
    } as unknown as Machine['originals'],
  }
  const handlers: Readonly<Record<string, (...args: readonly never[]) => Promise<unknown>>> = {
    ...accountsHandlers(machine),
    ...mediaHostHandlers(machine),
    ...platformsHandlers(machine),
    ...practiceHandlers(machine),
    ...signInHandlers(machine),
    'app:staysOpen': async () => null,
    'kits:save': memoryKits(media, saved),
  }
  // What crosses is text in a real shell; what does not survive that must not survive here.
  const asText = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown
  const call = async (name: CallName, args: readonly unknown[]): Promise<unknown> => {
    const row = publishingContract[name as keyof typeof publishingContract]
    const parsed = row.args.parse(asText(args)) as readonly never[]
    return asText(row.result.parse(await handlers[name]?.(...parsed)))
  }
  return createPublishing({ call, on: () => () => undefined })
}

/** What was begun, known as long as the test runs. */
export function memoryCommits(): Commits {
  const last = new Map<string, Begun>()
  return {
    note: async (begun) => {
      const before = last.get(begun.deliveryId)
      if (before && before.commit >= begun.commit) return before
      last.set(begun.deliveryId, begun)
      return null
    },
    of: async (deliveries) => deliveries.flatMap((id) => last.get(id) ?? []),
  }
}

/** Kits as files by path. */
function memoryKits(media: ReadonlyMap<string, Uint8Array>, saved: Map<string, Uint8Array>): Handlers['kits:save'] {
  const isTaken = (folder: string) => [...saved.keys()].some((path) => path.startsWith(`${folder}/`))
  return async ({ name, text, shelf, files }) => {
    const lost = files.find(({ id }) => !media.has(`${shelf}/${id}`))
    if (lost) return err({ kind: 'not-found', message: `“${lost.name}” could not be read. Try again.` })
    const folder = `/memory/downloads/Outpost kits/${safeFolderName(name)}`
    let path = folder
    for (let copy = 2; isTaken(path); copy++) path = `${folder} (${copy})`
    for (const file of files)
      saved.set(`${path}/${safeFileName(file.name)}`, media.get(`${shelf}/${file.id}`) ?? new Uint8Array())
    saved.set(`${path}/text.txt`, new TextEncoder().encode(text))
    return ok({ path })
  }
}

/** A media host that is kept as long as the test runs. */
export function memoryHosts(host: KeptHost | null = null): MediaHosts {
  let kept = host
  let files: readonly LyingFile[] = []
  return {
    get: async () => ok(kept),
    put: async (value) => {
      kept = value
      return ok(null)
    },
    drop: async () => {
      kept = null
      return ok(null)
    },
    lying: async () => files,
    note: async (file) => {
      if (!files.some(({ name }) => name === file.name)) files = [...files, file]
    },
    forget: async (gone) => {
      files = files.filter(({ name }) => !gone.some((one) => one.name === name))
    },
  }
}
