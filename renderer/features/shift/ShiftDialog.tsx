import { ShiftPanel, useShift } from '../../parts/index.ts'
import { useReference } from '../../ports/reference.tsx'
import { Dialog } from '../../ui/index.ts'
import styles from './ShiftDialog.module.css'

/** The shift of one campaign, from anywhere: board, campaign, calendar bars, palette. */
export function ShiftDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const campaign = useReference().campaigns.get(campaignId)
  const preview = useShift(campaignId, 7)
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Shift ${campaign?.name ?? ''}`} size="md" flush>
      <div className={styles.body}>
        {preview && <ShiftPanel preview={preview} onCancel={onClose} onDone={onClose} />}
      </div>
    </Dialog>
  )
}
