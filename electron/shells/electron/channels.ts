/** Names of the channels between preload and main process. */
import type { ShellEventName } from '../../../shared/contract/contract.ts'

export const CALL_CHANNEL = 'outpost:call'
export const eventChannel = (name: ShellEventName): string => `outpost:event:${name}`
