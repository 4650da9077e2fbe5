import { lazy, Suspense } from 'react'
import { closeDialog, useDialog } from '../ports/dialogs.ts'

const Palette = lazy(async () => ({ default: (await import('../features/palette/Palette.tsx')).Palette }))
const KeysDialog = lazy(async () => ({ default: (await import('../features/palette/KeysDialog.tsx')).KeysDialog }))
const PlanDialog = lazy(async () => ({ default: (await import('../features/plan/PlanDialog.tsx')).PlanDialog }))
const ExportDialog = lazy(async () => ({
  default: (await import('../features/transfer/ExportDialog.tsx')).ExportDialog,
}))
const ShiftDialog = lazy(async () => ({ default: (await import('../features/shift/ShiftDialog.tsx')).ShiftDialog }))
const BulkDialog = lazy(async () => ({ default: (await import('../features/bulk/BulkDialog.tsx')).BulkDialog }))
const BestSlotDialog = lazy(async () => ({
  default: (await import('../features/slots/BestSlotDialog.tsx')).BestSlotDialog,
}))
const NotReadyDialog = lazy(async () => ({
  default: (await import('../features/ready/NotReadyDialog.tsx')).NotReadyDialog,
}))
const TemplateDialog = lazy(async () => ({
  default: (await import('../features/templates/TemplateDialog.tsx')).TemplateDialog,
}))
const EvergreenDialog = lazy(async () => ({
  default: (await import('../features/evergreen/EvergreenDialog.tsx')).EvergreenDialog,
}))
const KitDialog = lazy(async () => ({ default: (await import('../features/handOff/KitDialog.tsx')).KitDialog }))
const QuickAdd = lazy(async () => ({ default: (await import('../features/calendar/QuickAdd.tsx')).QuickAdd }))

/** Whatever dialog is open. */
export function AppDialogs() {
  return <Suspense fallback={null}>{useOpenDialog()}</Suspense>
}

function useOpenDialog() {
  const open = useDialog((state) => state.open)
  switch (open?.kind) {
    case undefined:
      return null
    case 'palette':
      return <Palette onClose={closeDialog} />
    case 'keys':
      return <KeysDialog onClose={closeDialog} />
    case 'plan':
      return <PlanDialog {...open} onClose={closeDialog} />
    case 'export':
      return <ExportDialog filter={open.filter} onClose={closeDialog} />
    case 'shift':
      return <ShiftDialog campaignId={open.campaignId} onClose={closeDialog} />
    case 'bulk':
      return <BulkDialog ids={open.ids} onClose={closeDialog} />
    case 'bestSlot':
      return <BestSlotDialog ids={open.ids} onClose={closeDialog} />
    case 'notReady':
      return <NotReadyDialog status={open.status} waiting={open.waiting} ready={open.ready} onClose={closeDialog} />
    case 'template':
      return <TemplateDialog of={open.of} onClose={closeDialog} />
    case 'evergreen':
      return <EvergreenDialog from={open.from} to={open.to} onClose={closeDialog} />
    case 'kit':
      return <KitDialog deliveryId={open.deliveryId} onClose={closeDialog} />
    case 'quickAdd':
      return <QuickAdd text={open.text} date={open.date} time={open.time} onClose={closeDialog} />
  }
}
