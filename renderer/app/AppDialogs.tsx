import { type ComponentType, lazy, Suspense } from 'react'
import { type AppDialog, closeDialog, useDialog } from '../ports/dialogs.ts'

type DialogProps = Omit<AppDialog, 'kind'> & { onClose: () => void }

// The palette opens on a key press and must be there at once, so it is fetched while the page is idle.
const loaders = import.meta.glob<Record<string, ComponentType<DialogProps>>>([
  '../features/palette/Palette.tsx',
  '../features/palette/KeysDialog.tsx',
  '../features/plan/PlanDialog.tsx',
  '../features/transfer/ExportDialog.tsx',
  '../features/shift/ShiftDialog.tsx',
  '../features/calendar/QuickAdd.tsx',
])

const dialog = (path: string, name: string) =>
  lazy(async () => {
    const module = await loaders[`../features/${path}`]?.()
    return { default: module?.[name] ?? module?.default ?? (() => null) }
  })

const dialogs: Record<AppDialog['kind'], ComponentType<DialogProps>> = {
  palette: dialog('palette/Palette.tsx', 'Palette'),
  keys: dialog('palette/KeysDialog.tsx', 'KeysDialog'),
  plan: dialog('plan/PlanDialog.tsx', 'PlanDialog'),
  export: dialog('transfer/ExportDialog.tsx', 'ExportDialog'),
  shift: dialog('shift/ShiftDialog.tsx', 'ShiftDialog'),
  quickAdd: dialog('calendar/QuickAdd.tsx', 'QuickAdd'),
}

/** Whatever dialog is open. */
export function AppDialogs() {
  const open = useDialog((state) => state.open)
  if (!open) return null
  const { kind, ...props } = open
  const Open = dialogs[kind]
  return (
    <Suspense fallback={null}>
      <Open {...props} onClose={closeDialog} />
    </Suspense>
  )
}
