import { Lock } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import type { Instant } from '../../../../shared/domain/time.ts'
import { isPortal, PLAIN_PAGE, type Trouble } from '../../../../shared/domain/trouble.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { Dialog, Finding } from '../../../ui/index.ts'
import { Details } from './AccountPart.tsx'
import { explainConnect } from './accountWords.ts'

interface ConnectStepProps {
  title: string
  /** What a person presses, the likeliest last. */
  buttons: ReactNode
  initialFocus?: RefObject<HTMLElement | null>
  onClose: () => void
  children: ReactNode
}

/** One step of connecting a channel: each is a dialog of the same size with its buttons at the end. */
export const ConnectStep = ({ title, buttons, initialFocus, onClose, children }: ConnectStepProps) => (
  <Dialog
    open
    size="md"
    title={title}
    initialFocus={initialFocus}
    onOpenChange={onClose}
    footer={
      <>
        <span className="grow" />
        {buttons}
      </>
    }
  >
    {children}
  </Dialog>
)

/** What did not work. Nothing was kept. */
export interface Refusal {
  /** The field it stands beside; '' for none. */
  readonly field: string
  readonly sentence: string
  /** The network's own words; '' without any. */
  readonly details: string
  /** A web page is to be opened first: the network at hand wants a sign-in. */
  readonly isPortal?: boolean
}

/** Why a network did not let itself be connected. `time`: a moment on the clock of the reader. */
export const refusalOf = (trouble: Trouble, network: string, time: (at: Instant) => string): Refusal => ({
  ...explainConnect(trouble, network, time),
  details: trouble.details,
  isPortal: isPortal(trouble),
})

export const ourFault = (error: unknown): Refusal => ({
  field: '',
  sentence: 'Something broke on our side, and nothing was connected. Try again.',
  details: error instanceof Error ? error.message : String(error),
})

/** `isBeside`: its sentence stands beside a field already. */
export function Refused({ refusal, isBeside }: { refusal: Refusal | null; isBeside: boolean }) {
  const { shell } = useDeps()
  if (!refusal) return null
  const page = { label: 'Open a web page', onSelect: () => void shell.openExternal(PLAIN_PAGE) }
  return (
    <div role="alert">
      {!isBeside && <Finding tone="error" text={refusal.sentence} actions={refusal.isPortal ? [page] : []} />}
      {refusal.details !== '' && <Details text={refusal.details} />}
    </div>
  )
}

/** Where what is given goes. */
export const Kept = ({ warning }: { warning: string }) =>
  warning === '' ? (
    <Finding
      tone="note"
      icon={Lock}
      text="Goes into the key ring of this computer, never into plans, backups or logs."
    />
  ) : (
    <Finding tone="warning" icon={Lock} text={warning} />
  )
