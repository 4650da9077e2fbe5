import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { newId } from '../../../shared/lib/ids.ts'
import { useDeps } from '../../ports/deps.tsx'
import { anyDirty, createAutosave, createStretch, keepFlushed } from './autosave.ts'

/** An autosave that keeps the note in the status bar honest, for as long as the component is mounted. */
export function useAutosave(save: (gesture: string) => Promise<unknown>) {
  const { workspace } = useDeps()
  const latest = useRef(save)
  latest.current = save
  const made = useMemo(() => {
    const stretch = createStretch(newId, () => performance.now())
    const autosave = createAutosave({
      save: async () => {
        await latest.current(stretch.current())
      },
      onDirty: () => workspace.journal.dirty(),
      onClean: () => {
        // Asked in the next task: this save itself counts as unsaved until it has returned.
        setTimeout(() => (anyDirty() ? workspace.journal.dirty() : workspace.journal.settle()))
      },
    })
    return { ...autosave, stretch }
  }, [workspace])
  useEffect(() => keepFlushed(made), [made])
  return made
}

/**
 * A text field whose words are saved while one types. What changed elsewhere (an undo, another screen) is taken over unless
 * something typed here is still unsaved.
 */
export function useTyped(stored: string, save: (value: string, gesture: string) => Promise<unknown>) {
  const [value, setValue] = useState(stored)
  const typed = useRef(stored)
  const saved = useRef(stored)
  const autosave = useAutosave(async (gesture) => {
    const wanted = typed.current
    if (wanted === saved.current) return
    saved.current = wanted
    await save(wanted, gesture)
  })
  useEffect(() => {
    if (autosave.dirty() || stored === saved.current) return
    saved.current = stored
    typed.current = stored
    setValue(stored)
  }, [stored, autosave])
  const change = useCallback(
    (next: string) => {
      typed.current = next
      setValue(next)
      autosave.touch()
    },
    [autosave],
  )
  const leave = useCallback(() => {
    void autosave.flush().then(() => autosave.stretch.end())
  }, [autosave])
  return { value, change, leave }
}
