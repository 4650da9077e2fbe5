import type { Delivery } from '../../../shared/domain/delivery.ts'
import { useQuery } from '../../ports/live.ts'
import { Button, Dialog } from '../../ui/index.ts'
import { deletesSentence } from './words.ts'

interface DeleteThereDialogProps {
  delivery: Delivery
  network: string
  title: string
  onDelete: () => void
  onClose: () => void
}

/** Asks once more before a post goes at its network, and says how much of it: that cannot be taken back. */
export function DeleteThereDialog({ delivery, network, title, onDelete, onClose }: DeleteThereDialogProps) {
  const job = useQuery(async (db) => (await db.attempts.get(delivery.attempt))?.job ?? null, [delivery.attempt])
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Delete “${title}” on ${network}?`}
      description={job === undefined ? '' : deletesSentence(delivery, job, network)}
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button variant="danger" onClick={onDelete}>
            Delete it there
          </Button>
        </>
      }
    />
  )
}
