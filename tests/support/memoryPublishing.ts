/** Accounts and networks without a shell: the very handlers, over a vault and media in memory. */
import { accountsHandlers } from '../../electron/handlers/accounts.ts'
import type { Machine } from '../../electron/handlers/desktop.ts'
import { platformsHandlers } from '../../electron/handlers/platforms.ts'
import { type SigningIn, signInHandlers } from '../../electron/handlers/signIn.ts'
import type { Adapter } from '../../electron/platforms/adapter.ts'
import { silentLog } from '../../electron/services/log.ts'
import { type Kept, nameOf } from '../../electron/services/vault.ts'
import { createPublishing } from '../../renderer/app/publishing.ts'
import type { Publishing } from '../../renderer/ports/publishing.ts'
import type { CallName } from '../../shared/contract/contract.ts'
import { publishingContract } from '../../shared/contract/publishing.ts'
import { err, ok } from '../../shared/lib/result.ts'

const LIMIT = 1024 * 1024

export function memoryPublishing(
  media: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  kept: Map<string, string>,
  adapters: readonly Adapter[],
): Publishing {
  const machine: SigningIn = {
    adapters,
    desktop: { openExternal: async () => undefined },
    log: silentLog,
    vault: {
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
    },
    // Only reading is asked of it here.
    originals: {
      read: async (shelf: string, id: string, from: number) => {
        const bytes = media.get(`${shelf}/${id}`)
        return bytes
          ? ok({ bytes: Buffer.from(bytes.slice(from, from + LIMIT)), size: bytes.length })
          : err({ kind: 'not-found', message: 'the second copy is not there.' })
      },
      fill: async (shelf: string, id: string, from: number, into: Uint8Array) => {
        const piece = media.get(`${shelf}/${id}`)?.slice(from, from + into.length)
        if (!piece) return err({ kind: 'not-found', message: 'the second copy is not there.' })
        into.set(piece)
        return ok(piece.length)
      },
    } as Machine['originals'],
  }
  const handlers: Readonly<Record<string, (...args: readonly never[]) => Promise<unknown>>> = {
    ...accountsHandlers(machine),
    ...platformsHandlers(machine),
    ...signInHandlers(machine),
    'app:staysOpen': async () => null,
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
