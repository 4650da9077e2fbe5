import { useEffect, useState } from 'react'
import { clockNotice } from '../../shared/domain/clockWords.ts'
import { useDeps } from '../ports/deps.tsx'
import { Banner } from '../ui/index.ts'

/** Often enough for one who has just set the clock. */
const EVERY_MS = 15_000

/** The clock of this computer is wrong, as the networks told: everything goes out by it. */
export default function ClockNotice() {
  const { shell } = useDeps()
  const [off, setOff] = useState<number | null>(null)
  useEffect(() => {
    let isGone = false
    const ask = async () => {
      const told = await (await shell.publishing()).clockOff()
      if (!isGone) setOff(told)
    }
    void ask()
    const timer = setInterval(() => void ask(), EVERY_MS)
    return () => {
      isGone = true
      clearInterval(timer)
    }
  }, [shell])
  const notice = clockNotice(off)
  return (
    notice && (
      <Banner tone="amber" title={notice.title}>
        {notice.text}
      </Banner>
    )
  )
}
