import { useEffect } from 'react'
import { dismissToast, toast } from '../ui/index.ts'

const SENTENCE =
  'The browser’s database does not answer. Outpost goes on by itself as soon as it does. If this stays, copy your last words if you were writing, and load Outpost again.'
/** The longest a timer can take: it stands until the database answers. */
const STANDS_MS = 2 ** 31 - 1

/** Says, also over a dialog, that the database keeps everything waiting. */
export default function Silence() {
  useEffect(() => {
    const action = { label: 'Load again', onSelect: () => location.reload() }
    const id = toast({ id: 'silence', tone: 'error', text: SENTENCE, duration: STANDS_MS, action })
    return () => dismissToast(id)
  }, [])
  return null
}
