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

/** What stands in a field, and how much of that is stored. */
export function createField(stored: string) {
  let typed = stored
  let saved = stored
  return {
    type(next: string): void {
      typed = next
    },
    /** Stores what is typed, unless it is stored already. Only what was written counts: a save that failed is tried again. */
    async store(save: (value: string) => Promise<unknown>): Promise<void> {
      const wanted = typed
      if (wanted === saved) return
      await save(wanted)
      saved = wanted
    },
    /** Takes over what was stored elsewhere; false when that is what was stored from here. */
    takeOver(next: string): boolean {
      if (next === saved) return false
      saved = next
      typed = next
      return true
    },
  }
}

/**
 * A text field whose words are saved while one types. What changed elsewhere (an undo, another screen) is taken over unless
 * something typed here is still unsaved.
 */
export function useTyped(stored: string, save: (value: string, gesture: string) => Promise<unknown>) {
  const [value, setValue] = useState(stored)
  const [field] = useState(() => createField(stored))
  const autosave = useAutosave((gesture) => field.store((wanted) => save(wanted, gesture)))
  useEffect(() => {
    if (!autosave.dirty() && field.takeOver(stored)) setValue(stored)
  }, [stored, field, autosave])
  const change = useCallback(
    (next: string) => {
      field.type(next)
      setValue(next)
      autosave.touch()
    },
    [field, autosave],
  )
  return { value, change, leave: autosave.leave }
}
