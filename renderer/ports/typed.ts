import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { newId } from '../../shared/lib/ids.ts'
import { anyDirty, createAutosave, createStretch, keepFlushed } from './autosave.ts'
import { useDeps } from './deps.tsx'

/**
 * An autosave that keeps the note in the status bar honest, for as long as the component is mounted. `save` gets the name of the
 * gesture: what is typed in one stretch is one undo.
 */
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
    return {
      ...autosave,
      stretch,
      /** The field was left: writes what is unsaved and ends the stretch. */
      leave: () => void autosave.flush().then(stretch.end),
    }
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
    await save(wanted, gesture)
    // Only now: a save that failed is tried again.
    saved.current = wanted
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
  return { value, change, leave: autosave.leave }
}
