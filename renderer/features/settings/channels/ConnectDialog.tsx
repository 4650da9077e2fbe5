import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { SignInOptions } from '../../../../shared/contract/publishing.ts'
import type { Account } from '../../../../shared/domain/account.ts'
import { calledAs } from '../../../../shared/domain/accountStanding.ts'
import { type Channel, NETWORKS } from '../../../../shared/domain/channel.ts'
import type { Account as RemoteAccount } from '../../../../shared/domain/publishing.ts'
import { newId } from '../../../../shared/lib/ids.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useReference } from '../../../ports/reference.tsx'
import { Button, CallSign, Finding, Link, SegmentedControl, toast } from '../../../ui/index.ts'
import { AskedField } from '../AskedField.tsx'
import styles from './Account.module.css'
import { useMoment } from './AccountPart.tsx'
import { type AccessField, accessOf, startingValues } from './access.ts'
import { doubtsOf } from './accountWords.ts'
import { ConnectStep, Kept, ourFault, type Refusal, Refused, refusalOf, type Told } from './ConnectStep.tsx'
import { type Others, OthersDialog } from './OthersDialog.tsx'
import { SignInDialog } from './SignInDialog.tsx'
import { useAccountActions } from './useAccount.ts'

interface ConnectDialogProps {
  channel: Channel
  /** What it is connected with now, if anything. */
  account: Account | undefined
  onClose: () => void
}

/** The network said yes, and something about the account makes one ask. */
interface Question {
  readonly account: RemoteAccount
  /** The shell had an access to it before. */
  readonly known: boolean
  readonly doubts: readonly string[]
  readonly others: Others['from']
}

/**
 * Connects a channel by what a person pastes. Secrets are read from the form when it is sent, and its fields emptied at once: nothing
 * of the page holds them before or after.
 */
export function ConnectDialog({ channel, account, onClose }: ConnectDialogProps) {
  const { shell, db } = useDeps()
  const { channels } = useReference()
  const moment = useMoment()
  const actions = useAccountActions(channel)
  const { name: network, sign } = NETWORKS[channel.network]
  const access = accessOf(channel.network)
  const ways = access?.ways ?? []
  /** Undefined: not known yet. */
  const [signIn, setSignIn] = useState<SignInOptions | null>()
  const [pastes, setPastes] = useState(false)
  const [wayAt, setWayAt] = useState(() => (channel.kind === 'profile' && channel.network === 'linkedin' ? 1 : 0))
  const [values, setValues] = useState(() => startingValues(channel, account))
  const [missing, setMissing] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [question, setQuestion] = useState<Question | null>(null)
  /** Connected; the same sign-in has more. */
  const [others, setOthers] = useState<Others['from']>([])
  const [session] = useState(newId)
  const [busy, setBusy] = useState(false)
  const [warning, setWarning] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const first = useRef<HTMLElement>(null)
  const closed = useRef(false)
  const way = ways[wayAt] ?? ways[0]

  useEffect(() => {
    let here = true
    shell
      .publishing()
      .then((publishing) => publishing.signInOptions({ network: channel.network }))
      .then(
        (told) => here && setSignIn(told),
        // What is pasted connects it all the same.
        () => here && setSignIn(null),
      )
    return () => {
      here = false
    }
  }, [shell, channel.network])
  useEffect(() => {
    closed.current = false
    let here = true
    shell
      .publishing()
      .then((publishing) => publishing.warning())
      .then(
        (text) => here && setWarning(text),
        () => here && setWarning('Outpost cannot tell how well this computer locks away what you paste.'),
      )
    return () => {
      here = false
      closed.current = true
    }
  }, [shell])

  const endSignIn = useCallback(
    () => void shell.publishing().then((publishing) => publishing.cancelSignIn({ session })),
    [shell, session],
  )
  // Whoever closes the dialog does not sign in any more.
  useEffect(() => endSignIn, [endSignIn])

  if (others.length > 0) return <OthersDialog channel={channel} others={{ session, from: others }} onClose={onClose} />
  if (!access || !way || signIn === undefined) return null

  const hold = (node: HTMLFormElement | null) => {
    form.current = node
    first.current = [...(node?.querySelectorAll('input') ?? [])].find(({ value }) => value === '') ?? null
  }
  const focus = (name: string) => form.current?.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.focus()
  const refuse = (what: Refusal) => {
    setRefusal(what)
    focus(what.field || (way.fields.find(({ secret }) => secret)?.name ?? ''))
  }

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const entries = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()] as const)
    const given = { ...way.fixed, ...Object.fromEntries(entries.filter(([, value]) => value !== '')) }
    const lacking = way.fields.find((field) => !field.optional && !(field.name in given))
    setRefusal(null)
    setMissing(lacking?.name ?? '')
    if (lacking) return focus(lacking.name)
    for (const { name, secret } of way.fields) if (secret) empty(event.currentTarget, name)
    setBusy(true)
    try {
      const answer = await (await shell.publishing()).connect({ network: channel.network, given })
      if (answer.kind === 'connected') await settle(answer)
      else if (answer.kind === 'not-kept') refuse({ field: '', sentence: answer.failure.message, details: '' })
      else refuse(refusalOf(answer.trouble, channel.network, moment))
    } catch (error) {
      refuse(ourFault(error))
    } finally {
      setBusy(false)
    }
  }

  async function settle({ account: told, known = false }: Told, more: Others['from'] = []): Promise<void> {
    if (closed.current) {
      await actions.decline(told, known)
      return
    }
    const rows = (await db.accounts.toArray()).filter(({ id }) => id !== channel.id)
    const taken = rows.map((row) => ({ account: row, channel: channels.get(row.id)?.name ?? row.name }))
    const doubts = doubtsOf(channel, told, account, taken)
    if (doubts.length > 0) setQuestion({ account: told, known, doubts, others: more })
    else await take(told, known, more)
  }
  async function take(told: RemoteAccount, known: boolean, more: Others['from']): Promise<void> {
    try {
      await actions.take(told)
    } catch (error) {
      // What the shell keeps would belong to nobody.
      setQuestion(null)
      await actions.decline(told, known)
      return refuse(ourFault(error))
    }
    toast({ id: 'account', text: `“${channel.name}” is connected as ${calledAs(told)}.` })
    if (more.length > 0) setOthers(more)
    else onClose()
  }
  const decline = async ({ account: told, known }: Question) => {
    setQuestion(null)
    const failed = await actions.decline(told, known)
    if (failed !== '') setRefusal({ field: '', sentence: failed, details: '' })
  }
  const postByHand = async () => {
    try {
      await actions.postBy(true)
    } catch (error) {
      return setRefusal(ourFault(error, 'Something broke on our side, and nothing was changed. Try again.'))
    }
    toast({ id: 'account', text: `You post on “${channel.name}” yourself, and are reminded when it is time.` })
    onClose()
  }
  const close = () => {
    if (question) void actions.decline(question.account, question.known)
    onClose()
  }

  if (question)
    return (
      <ConnectStep
        title={`Is this “${channel.name}”?`}
        onClose={close}
        buttons={
          <>
            <Button onClick={() => void decline(question)}>Not this one</Button>
            <Button variant="primary" onClick={() => void take(question.account, question.known, question.others)}>
              Use {calledAs(question.account)}
            </Button>
          </>
        }
      >
        <div className={styles.form}>
          <p className={styles.whose}>
            <CallSign sign={sign} hue={channel.hue} />
            <b>{question.account.name}</b>
            <span className={styles.quiet}>
              {[question.account.handle, question.account.host.replace(/^https?:\/\//, '')].filter(Boolean).join(', ')}
            </span>
          </p>
          {question.doubts.map((doubt) => (
            <Finding key={doubt} tone="warning" text={doubt} />
          ))}
        </div>
      </ConnectStep>
    )

  const on = channel.name === network ? '' : ` on ${network}`
  const title = `${account ? 'Reconnect' : 'Connect'} “${channel.name}”${on}`
  const kinds = (
    <SegmentedControl
      label="Kind of access"
      value={signIn && !pastes ? 'sign-in' : String(wayAt)}
      onChange={(value) => {
        setPastes(value !== 'sign-in')
        // Whoever turns to pasting does not sign in any more.
        if (value !== 'sign-in') endSignIn()
        if (value !== 'sign-in') setWayAt(Number(value))
        setMissing('')
        setRefusal(null)
      }}
      options={[
        ...(signIn ? [{ value: 'sign-in', label: 'Sign in' }] : []),
        ...ways.map(({ label }, at) => ({
          value: String(at),
          label: signIn && ways.length > 1 ? `Paste: ${label}` : label,
        })),
      ]}
    />
  )
  if (signIn && !pastes)
    return (
      <SignInDialog
        channel={channel}
        account={account}
        options={signIn}
        title={title}
        kinds={kinds}
        warning={warning}
        session={session}
        onSignedIn={settle}
        onByHand={() => void postByHand()}
        onClose={close}
      />
    )
  const link = access.link(values.host ?? '')
  const isShown = refusal !== null && way.fields.some(({ name }) => name === refusal.field)
  return (
    <ConnectStep
      initialFocus={first}
      title={title}
      onClose={close}
      buttons={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form="connect-account" aria-disabled={busy || undefined}>
            {busy ? `Asking ${network}…` : account ? 'Reconnect' : 'Connect'}
          </Button>
        </>
      }
    >
      {/* The address of a form that sends itself would hold what is in it; this one never does, and says post all the same. */}
      <form
        id="connect-account"
        ref={hold}
        method="post"
        className={styles.form}
        onSubmit={(event) => void send(event)}
      >
        {(signIn || ways.length > 1) && kinds}
        <p className={styles.where}>
          {access.where}{' '}
          {link && (
            <Link external onClick={() => void shell.openExternal(link)}>
              Open the page
            </Link>
          )}
        </p>
        {way.fields.map((field) => (
          <AskedField
            key={`${wayAt} ${field.name}`}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
            error={errorOf(field, missing, refusal)}
          />
        ))}
        {way.note && <p className={styles.quiet}>{way.note}</p>}
        <Refused refusal={refusal} isBeside={isShown} onByHand={() => void postByHand()} />
        <Kept warning={warning} />
      </form>
    </ConnectStep>
  )
}

const errorOf = ({ name, label }: AccessField, missing: string, refusal: Refusal | null): string | undefined => {
  if (missing === name) return `${label} is missing.`
  return refusal?.field === name ? refusal.sentence : undefined
}

function empty(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLInputElement) field.value = ''
}
