/** The port over a real page: calls go through the bridge inside the browser, so the whole way is under test. */
import type { Page } from 'playwright-core'
import { createShell } from '../../renderer/app/shell.ts'
import type { Shell } from '../../renderer/ports/shell.ts'
import { BRIDGE_KEY, type Bridge } from '../../shared/contract/contract.ts'

export function bridgeOver(page: Page): Bridge {
  return {
    call: (name, args) =>
      page.evaluate(([key, call, values]) => (window as unknown as Record<string, Bridge>)[key]?.call(call, values), [
        BRIDGE_KEY,
        name,
        [...args],
      ] as const),
    on: () => {
      throw new Error('Listen inside the page instead.')
    },
  }
}

export const shellOver = (page: Page): Promise<Shell> => createShell(bridgeOver(page))
