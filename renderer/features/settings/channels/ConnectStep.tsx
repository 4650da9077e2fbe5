import { Lock } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import type { ConnectedAccount } from '../../../../shared/contract/publishing.ts'
import type { NetworkId } from '../../../../shared/domain/channel.ts'
import type { Instant } from '../../../../shared/domain/time.ts'
import { isPortal, PLAIN_PAGE, type Trouble } from '../../../../shared/domain/trouble.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { Dialog, Finding } from '../../../ui/index.ts'
import { Details } from './AccountPart.tsx'
import { explainConnect, mayPostByHand } from './accountWords.ts'

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

/** An account as the shell tells of it once it keeps its access. */
export type Told = Extract<ConnectedAccount, { kind: 'connected' }>

/** What did not work. Nothing was kept. */
export interface Refusal {
  /** The field it stands beside; '' for none. */
  readonly field: string
  readonly sentence: string
  /** The network's own words; '' without any. */
  readonly details: string
  /** A web page is to be opened first: the network at hand wants a sign-in. */
  readonly isPortal?: boolean
  /** Posting by oneself is a way on. */
  readonly mayPostByHand?: boolean
}

/** Why a network did not let itself be connected. `time`: a moment on the clock of the reader. */
export const refusalOf = (trouble: Trouble, network: NetworkId, time: (at: Instant) => string): Refusal => ({
  ...explainConnect(trouble, network, time),
  details: trouble.details,
  isPortal: isPortal(trouble),
  mayPostByHand: mayPostByHand(trouble),
})

export const ourFault = (
  error: unknown,
  sentence = 'Something broke on our side, and nothing was connected. Try again.',
): Refusal => ({
  field: '',
  sentence,
  details: error instanceof Error ? error.message : String(error),
})

interface RefusedProps {
  refusal: Refusal | null
  /** Its sentence stands beside a field already. */
  isBeside: boolean
  /** Posts by hand from now on. */
  onByHand: () => void
}

export function Refused({ refusal, isBeside, onByHand }: RefusedProps) {
  const { shell } = useDeps()
  if (!refusal) return null
  const actions = [
    ...(refusal.isPortal ? [{ label: 'Open a web page', onSelect: () => void shell.openExternal(PLAIN_PAGE) }] : []),
    ...(refusal.mayPostByHand ? [{ label: 'I post it myself', onSelect: onByHand }] : []),
  ]
  return (
    <div role="alert">
      {!isBeside && <Finding tone="error" text={refusal.sentence} actions={actions} />}
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
