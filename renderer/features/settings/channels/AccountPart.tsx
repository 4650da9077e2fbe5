import { CircleCheck, Play, Plug, RefreshCw, TriangleAlert, Unplug } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { type Account, isConnected } from '../../../../shared/domain/account.ts'
import { calledAs, canRenew, mayGoOn, type Standing, standingOf } from '../../../../shared/domain/accountStanding.ts'
import { type Channel, NETWORKS } from '../../../../shared/domain/channel.ts'
import { isPracticeChannel } from '../../../../shared/domain/practice.ts'
import { type Instant, toWall } from '../../../../shared/domain/time.ts'
import { formatWhen, zoneCity } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useSettings } from '../../../ports/reference.tsx'
import { Button, Finding, SectionHead, Switch, toast } from '../../../ui/index.ts'
import styles from './Account.module.css'
import { accessOf, notSent, notYet } from './access.ts'
import { DisconnectDialog } from './DisconnectDialog.tsx'
import { useAccountActions } from './useAccount.ts'
import { usePractice } from './usePractice.ts'

const ConnectDialog = lazy(async () => ({ default: (await import('./ConnectDialog.tsx')).ConnectDialog }))

/** A moment as a reader has it: the clock of the workspace. */
export function useMoment(): (at: Instant) => string {
  const { zone } = useSettings()
  return (at) => formatWhen(toWall(at, zone))
}

/** A short word as a note has it, its days and months as they are. */
const inMidst = (words: string): string => words.slice(0, 1).toLowerCase() + words.slice(1)

/** The account asks for something. */
const wants = (kind: Standing['kind']): boolean => kind === 'reconnect' || kind === 'ends'

/** Whose account a channel publishes with, and the ways to change that. */
export function AccountPart({ channel, account: row }: { channel: Channel; account: Account | undefined }) {
  // One that is only posted by hand is connected with nothing.
  const account = row && isConnected(row) ? row : undefined
  const { clock } = useDeps()
  const { zone } = useSettings()
  const moment = useMoment()
  const [open, setOpen] = useState<'connect' | 'disconnect' | null>(null)
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const actions = useAccountActions(channel)
  const practice = usePractice()
  const access = accessOf(channel.network)
  const standing = standingOf(channel, row, clock.now(), moment)
  const network = NETWORKS[channel.network].name

  const renew = async () => {
    if (!account) return
    setBusy(true)
    const failed = await actions.renew(account, moment)
    setBusy(false)
    setTrouble(failed)
    if (failed === '') toast({ id: 'account', text: `The access to ${calledAs(account)} is renewed.` })
  }
  const disconnect = async () => {
    if (!account) return
    setOpen(null)
    const failed = await actions.disconnect(account)
    setTrouble(failed)
    if (failed === '')
      toast({ id: 'account', text: `${calledAs(account)} is disconnected. Its posts stay in the plan.` })
  }
  const press = (work: () => Promise<void>) => {
    setTrouble('')
    void work().catch((error: unknown) => {
      reportError(error)
      setTrouble('Something broke on our side, and nothing was changed. Try again.')
    })
  }
  const goOn = row && mayGoOn(row) && (
    <Button size="sm" variant="primary" icon={Play} onClick={() => press(actions.goOn)}>
      Let it go on
    </Button>
  )
  const practiseAgain = async () => {
    if (!(await practice.connect(channel.network))) setTrouble(`${network} could not be connected. Try again.`)
  }
  if (isPracticeChannel(channel))
    return (
      <>
        <SectionHead title="Account" note="practice" />
        <p className={styles.quiet}>
          {account
            ? 'A practice account on this computer. Nothing you send to it leaves it, and it takes no real account.'
            : 'A channel to practise with, connected with nothing. “Practice publishing” below the list connects it.'}
        </p>
        {wants(standing.kind) && (
          <Finding
            tone="error"
            text={standing.sentence}
            actions={[{ label: 'Connect again', onSelect: () => press(practiseAgain) }]}
          />
        )}
        {goOn && standing.kind === 'paused' && <p className={styles.quiet}>{standing.sentence}</p>}
        {goOn && <div className={styles.actions}>{goOn}</div>}
        {trouble !== '' && <Finding tone="error" text={trouble} />}
      </>
    )
  const byHand = (
    <div className={styles.byHand}>
      <div>
        I post it myself
        <span className={styles.quiet}>reminded when it is time, with files, text and the page to post on</span>
      </div>
      <Switch
        label="I post it myself"
        checked={row?.byHand ?? false}
        onChange={(next) => press(() => actions.postBy(next))}
      />
    </div>
  )
  if (!access)
    return (
      <>
        <SectionHead title="Account" note="posted by hand" />
        <p className={styles.quiet}>{notYet(channel.network)}</p>
        {goOn && <p className={styles.state}>{standing.sentence}</p>}
        {goOn && <div className={styles.actions}>{goOn}</div>}
        {trouble !== '' && <Finding tone="error" text={trouble} />}
        {byHand}
      </>
    )
  const Icon = account ? CircleCheck : Plug
  return (
    <>
      <SectionHead title="Account" note={account ? inMidst(standing.short) : 'not connected'} />
      {wants(standing.kind) ? (
        <Finding tone={standing.kind === 'ends' ? 'warning' : 'error'} text={standing.sentence} />
      ) : (
        <p className={styles.state} data-well={standing.kind === 'well' || undefined}>
          <Icon aria-hidden size={14} />
          <span>{standing.sentence}</span>
        </p>
      )}
      {account && (
        <p className={styles.quiet}>
          {[account.name !== calledAs(account) && account.name, `on ${account.host.replace(/^https?:\/\//, '')}`]
            .filter(Boolean)
            .join(', ')}
          . Connected {moment(account.connectedAt)} ({zoneCity(zone)}); the key lies on this computer, never in a
          backup.
        </p>
      )}
      {standing.details !== '' && <Details text={standing.details} />}
      {trouble !== '' && <Finding tone="error" icon={TriangleAlert} text={trouble} />}
      <div className={styles.actions}>
        <Button
          size="sm"
          icon={Plug}
          variant={goOn || (account && !wants(standing.kind)) ? 'default' : 'primary'}
          onClick={() => setOpen('connect')}
        >
          {account ? 'Reconnect…' : 'Connect…'}
        </Button>
        {goOn}
        {account && canRenew(account) && (
          <Button size="sm" icon={RefreshCw} disabled={busy} onClick={() => void renew()}>
            Renew
          </Button>
        )}
        {account && (
          <Button size="sm" variant="ghost" icon={Unplug} onClick={() => setOpen('disconnect')}>
            Disconnect…
          </Button>
        )}
      </div>
      {notSent(channel.network) !== '' && <p className={styles.quiet}>{notSent(channel.network)}</p>}
      {byHand}
      {open === 'connect' && (
        <Suspense fallback={null}>
          <ConnectDialog channel={channel} account={account} onClose={() => setOpen(null)} />
        </Suspense>
      )}
      {open === 'disconnect' && account && (
        <DisconnectDialog channel={channel} account={account} onDisconnect={disconnect} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

/** The network's own words. */
export const Details = ({ text }: { text: string }) => (
  <details className={styles.details}>
    <summary>Details</summary>
    <pre>{text}</pre>
  </details>
)
