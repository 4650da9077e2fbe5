import { useEffect, useState } from 'react'
import { useDeps } from '../../ports/deps.tsx'
import { Switch } from '../../ui/index.ts'
import { SettingRow } from './parts.tsx'

/** What goes out while nobody looks, and what cannot. */
export function RunningSection() {
  return (
    <>
      <SettingRow
        label="When the window is closed"
        note="what is handed over to a network goes out there in any case; the rest needs Outpost"
      >
        <StaysOpen />
      </SettingRow>
      <SettingRow
        label="While the computer sleeps"
        note="nothing is sent; what was missed follows its channel: so much later it still goes out, then it asks"
      >
        looked at again on waking
      </SettingRow>
    </>
  )
}

function StaysOpen() {
  const { shell } = useDeps()
  /** undefined while it is asked */
  const [stays, setStays] = useState<boolean | null>()
  const tell = async (on: boolean | null) => setStays(await (await shell.publishing()).staysOpen(on))
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once
  useEffect(() => void tell(null), [])
  if (stays === undefined) return null
  if (stays === null) return <span>Outpost ends: this shell has no tray</span>
  return <Switch label="Goes on in the tray" checked={stays} onChange={(on) => void tell(on)} />
}
