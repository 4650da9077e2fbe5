import { Button, Dialog } from '../../ui/index.ts'

interface DeleteThereDialogProps {
  network: string
  title: string
  onDelete: () => void
  onClose: () => void
}

/** Asks once more before a post goes at its network: that cannot be taken back. */
export const DeleteThereDialog = ({ network, title, onDelete, onClose }: DeleteThereDialogProps) => (
  <Dialog
    open
    onOpenChange={onClose}
    size="sm"
    title={`Delete “${title}” on ${network}?`}
    description={`It goes for everybody, with its comments, likes and figures, and ${network} does not bring it back. The post stays here as it is.`}
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
