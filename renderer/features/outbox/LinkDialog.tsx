import { useState } from 'react'
import { isFollowing } from '../../../shared/domain/delivery.ts'
import { isSafeHref } from '../../../shared/domain/document.ts'
import { Button, Dialog, Field, TextField } from '../../ui/index.ts'
import type { Asked } from './useAnswers.ts'

const WRONG = 'A link begins with https:// or http://.'

/** What is asked about was, or may have been, handed over to go out later. */
const liesThere = (delivery: Asked['delivery']): boolean => {
  const { aheadFor, state } = delivery
  return (
    (aheadFor >= 0 && !isFollowing(delivery)) ||
    (state.kind === 'needs-you' && state.reason.kind === 'missed' && state.reason.because === 'rebuilt-ahead')
  )
}

interface LinkDialogProps {
  asked: Asked
  network: string
  onTell: (permalink: string) => void
  onClose: () => void
}

/** Asks where a post is that Outpost has not seen itself. The link may be left out. */
export function LinkDialog({ asked, network, onTell, onClose }: LinkDialogProps) {
  const [link, setLink] = useState('')
  const words = link.trim()
  const wrong = words !== '' && !(/^https?:\/\//.test(words) && isSafeHref(words))
  const tell = () => !wrong && onTell(words)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={asked.answer === 'is-there' ? `It is on ${network}` : `Posted on ${network}`}
      description={
        liesThere(asked.delivery)
          ? 'It goes out there at its time and is not sent again.'
          : 'It counts as published from now on and is not sent again.'
      }
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button variant="primary" unmet={wrong ? [WRONG] : []} onClick={tell}>
            It is there
          </Button>
        </>
      }
    >
      <Field
        label="Its link"
        error={wrong && WRONG}
        help="Paste it from the network; leave it empty if you do not have it."
      >
        <TextField value={link} onChange={setLink} onKeyDown={({ key }) => key === 'Enter' && tell()} />
      </Field>
    </Dialog>
  )
}
