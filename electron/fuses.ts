/**
 * Electron's fuses, burnt into the packaged program. electron-builder.yml sets those it knows; this step, run after
 * packing, sets all nine and fails when a later Electron brings one that nobody has decided on.
 */
import { join } from 'node:path'
import { type FuseConfig, FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'

export const fuses: FuseConfig = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
}

/** The packed program, or on macOS the bundle around it. Names as in electron-builder.yml. */
export function packedProgram(platform: string, folder: string): string {
  if (platform === 'darwin' || platform === 'mas') return join(folder, 'Outpost.app')
  return join(folder, platform === 'win32' ? 'Outpost.exe' : 'outpost')
}

/** The afterPack step. electron-builder's own copy of the fuses library does not know the ninth fuse. */
export default async function afterPack({ appOutDir, electronPlatformName }: AfterPackContext): Promise<void> {
  await flipFuses(packedProgram(electronPlatformName, appOutDir), fuses)
}
