/** Typing that is saved when the hand rests, on leaving the field, and before the window goes. */
import { useEffect, useRef, useState } from 'react'
import { newId } from '../../../shared/lib/ids.ts'
import { onFlush } from '../../ports/flush.ts'

const QUIET_MS = 500

/** `save` gets the value and the name of the gesture: all saves between focus and blur are one undo. */
export function useSettled<T>(value: T, save: (value: T, gesture: string) => Promise<unknown>) {
  const [draft, setDraft] = useState<{ readonly value: T } | null>(null)
  const pending = useRef<{ readonly value: T } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const gesture = useRef('')
  const latest = useRef(save)
  latest.current = save

  const flush = async () => {
    clearTimeout(timer.current)
    const waiting = pending.current
    pending.current = null
    if (waiting) await latest.current(waiting.value, gesture.current)
  }
  const flushRef = useRef(flush)
  flushRef.current = flush
  useEffect(() => {
    const write = () => flushRef.current()
    const forget = onFlush(write)
    return () => {
      forget()
      void write()
    }
  }, [])

  const [waiting] = useState(() => () => pending.current !== null)
  return {
    /** Whether something typed is not saved yet. */
    waiting,
    value: draft ? draft.value : value,
    change(next: T) {
      gesture.current ||= newId()
      pending.current = { value: next }
      setDraft({ value: next })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), QUIET_MS)
    },
    async leave() {
      await flush()
      gesture.current = ''
      setDraft(null)
    },
  }
}
