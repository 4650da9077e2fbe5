/** Secrets sealed by the key ring of the system, through Electron. */
import type { safeStorage } from 'electron'
import type { Sealer } from '../../services/vault.ts'

type KeyRing = Pick<
  typeof safeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

const UNSAFE = new Set(['basic_text', 'unknown'])
const WARNING =
  'This desktop has no key ring that Outpost knows. Passwords and tokens are kept with a key that every program of yours can find.'

const NOTHING_KEPT =
  'The key ring of this system cannot be used, so nothing that connects an account is kept. Set one up or unlock it, then start Outpost again.'

/** Call it once Electron is ready: before that it does not know which key ring there is. */
export async function systemSealer(platform: NodeJS.Platform, storage: KeyRing): Promise<Sealer> {
  const available = await storage.isAsyncEncryptionAvailable()
  const backend = platform === 'linux' ? storage.getSelectedStorageBackend() : platform
  return {
    name: `system ${backend}`,
    warning: !available ? NOTHING_KEPT : UNSAFE.has(backend) ? WARNING : '',
    // The owner goes in with the text: the key ring has no place of its own for it.
    seal: (text, owner) => storage.encryptStringAsync(JSON.stringify([owner, text])),
    open: async (sealed, owner) => {
      const { result, shouldReEncrypt } = await storage.decryptStringAsync(sealed)
      const [whose, text] = JSON.parse(result) as [string, string]
      if (whose !== owner) throw new Error('It belongs to another account.')
      return { text, again: shouldReEncrypt }
    },
  }
}
