import { Copy, ExternalLink, Lock } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { ChosenFrom, SignedInAccount, SignInOptions } from '../../../../shared/contract/publishing.ts'
import type { Account } from '../../../../shared/domain/account.ts'
import { type Channel, NETWORKS } from '../../../../shared/domain/channel.ts'
import type { Account as RemoteAccount } from '../../../../shared/domain/publishing.ts'
import { newId } from '../../../../shared/lib/ids.ts'
import { useDeps } from '../../../ports/deps.tsx'
import {
  Button,
  Dialog,
  Field,
  Finding,
  Link,
  SecretField,
  SegmentedControl,
  TextField,
  toast,
} from '../../../ui/index.ts'
import styles from './Account.module.css'
import { Details, useMoment } from './AccountPart.tsx'
import { ownAppOf } from './access.ts'
import { explainConnect } from './accountWords.ts'

interface SignInDialogProps {
  channel: Channel
  account: Account | undefined
  options: SignInOptions
  title: string
  /** The choice between signing in and pasting. */
  kinds: ReactNode
  warning: string
  onSignedIn: (account: RemoteAccount) => Promise<void>
  onClose: () => void
}

type State =
  | { readonly kind: 'asking' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'choosing'; readonly from: readonly ChosenFrom[] }

/**
 * Connects a channel by signing in to its network in the browser. What comes back from there stays in the shell; the secret of an app
 * is read from the form when it is sent and its field emptied at once.
 */
export function SignInDialog(props: SignInDialogProps) {
  const { channel, account, options, title, kinds, warning, onSignedIn, onClose } = props
  const { shell } = useDeps()
  const moment = useMoment()
  const { name: network } = NETWORKS[channel.network]
  const ownApp = ownAppOf(channel.network)
  const [state, setState] = useState<State>({ kind: 'asking' })
  const [session] = useState(newId)
  const [refusal, setRefusal] = useState<{ field: string; sentence: string; details: string } | null>(null)
  const [over, setOver] = useState<'app' | 'broker'>(
    options.by === 'broker' || (options.by === 'app' && options.clientId === '' && options.broker !== '')
      ? 'broker'
      : 'app',
  )
  const [values, setValues] = useState({
    host: account?.host ?? channel.address,
    clientId: options.clientId,
    broker: options.broker,
  })
  const first = useRef<HTMLElement>(null)

  // Whoever closes the dialog, or turns to pasting, does not sign in any more.
  useEffect(
    () => () => {
      void shell.publishing().then((publishing) => publishing.cancelSignIn({ session }))
    },
    [shell, session],
  )

  const isServer = options.by === 'server'
  const hears = (answer: SignedInAccount) => {
    if (answer.kind === 'connected') return onSignedIn(answer.account)
    setState(answer.kind === 'choose' ? { kind: 'choosing', from: answer.from } : { kind: 'asking' })
    if (answer.kind === 'not-kept') setRefusal({ field: '', sentence: answer.failure.message, details: '' })
    if (answer.kind === 'trouble')
      setRefusal({ ...explainConnect(answer.trouble, network, moment), details: answer.trouble.details })
  }
  const wait = async (call: () => Promise<SignedInAccount>) => {
    setRefusal(null)
    setState({ kind: 'waiting' })
    try {
      await hears(await call())
    } catch (error) {
      setState({ kind: 'asking' })
      const details = error instanceof Error ? error.message : String(error)
      setRefusal({ field: '', sentence: 'Something broke on our side, and nothing was connected. Try again.', details })
    }
  }
  const begin = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()] as const)
    const given = {
      ...Object.fromEntries(typed.filter(([, value]) => value !== '')),
      ...(isServer ? {} : { over }),
      ...(channel.network === 'linkedin' ? { as: channel.kind === 'profile' ? 'member' : 'page' } : {}),
      ...(account ? { known: account.remoteId } : {}),
    }
    const secret = event.currentTarget.elements.namedItem('clientSecret')
    if (secret instanceof HTMLInputElement) secret.value = ''
    void wait(async () => (await shell.publishing()).signIn({ network: channel.network, session, given }))
  }
  const cancel = async () => (await shell.publishing()).cancelSignIn({ session })
  const choose = (id: string) => void wait(async () => (await shell.publishing()).chooseAccount({ session, id }))
  const copy = async () => {
    await navigator.clipboard.writeText(options.redirect)
    toast({ id: 'redirect', text: 'The address is copied.' })
  }
  const errorOf = (name: string) => (refusal?.field === name ? refusal.sentence : undefined)
  const change = (name: keyof typeof values) => (value: string) => setValues({ ...values, [name]: value })
  const isShown = refusal !== null && ['host', 'clientId', 'clientSecret', 'broker'].includes(refusal.field)

  if (state.kind !== 'asking')
    return (
      <Dialog
        open
        size="md"
        title={title}
        onOpenChange={onClose}
        footer={
          <>
            <span className="grow" />
            <Button onClick={() => (state.kind === 'waiting' ? void cancel() : setState({ kind: 'asking' }))}>
              Cancel
            </Button>
          </>
        }
      >
        {state.kind === 'waiting' ? (
          <div className={styles.form} role="status">
            <p className={styles.where}>
              <b>Go on in your browser.</b> A page of {network} opens there. Allow Outpost to post, then come back: this
              window goes on by itself.
            </p>
            <p className={styles.quiet}>
              Closed the page, or it shows an error? Press Cancel and sign in again. Outpost waits five minutes.
            </p>
          </div>
        ) : (
          <div className={styles.form}>
            <p className={styles.where}>You can post to several. Which one is “{channel.name}”?</p>
            <ul className={styles.choices}>
              {state.from.map(({ id, name }) => (
                <li key={id}>
                  <Button onClick={() => choose(id)}>{name}</Button>
                  <span className={styles.quiet}>{id}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Dialog>
    )

  return (
    <Dialog
      open
      size="md"
      initialFocus={first}
      title={title}
      onOpenChange={onClose}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="sign-in" icon={ExternalLink}>
            Sign in at {network}
          </Button>
        </>
      }
    >
      <form
        id="sign-in"
        method="post"
        ref={(node) => {
          const inputs = [...(node?.querySelectorAll('input') ?? [])]
          first.current = inputs.find(({ value }) => value === '') ?? null
        }}
        className={styles.form}
        onSubmit={begin}
      >
        {kinds}
        {isServer && (
          <>
            <p className={styles.where}>Your browser opens the page of your server, where you allow Outpost to post.</p>
            <Field label="Address of the server" error={errorOf('host')}>
              <TextField
                name="host"
                placeholder="social.example"
                autoComplete="off"
                spellCheck={false}
                value={values.host}
                onChange={change('host')}
              />
            </Field>
          </>
        )}
        {options.by === 'app' && (
          <SegmentedControl
            label="Whose app"
            value={over}
            onChange={setOver}
            options={[
              { value: 'app', label: 'An app of your own' },
              { value: 'broker', label: 'A token broker' },
            ]}
          />
        )}
        {!isServer && over === 'app' && (
          <>
            {ownApp && (
              <p className={styles.where}>
                {ownApp.where}{' '}
                <Link external onClick={() => void shell.openExternal(ownApp.link)}>
                  Open the page
                </Link>
              </p>
            )}
            {options.redirect !== '' && (
              <Field label="Redirect address to register there, exactly so">
                <span className={styles.copied}>
                  <code>{options.redirect}</code>
                  <Button size="sm" icon={Copy} onClick={() => void copy()}>
                    Copy
                  </Button>
                </span>
              </Field>
            )}
            <Field
              label="Id of your app"
              error={errorOf('clientId')}
              help={options.clientId === '' ? undefined : 'Kept from last time, with its secret if it has one.'}
            >
              <TextField
                name="clientId"
                autoComplete="off"
                spellCheck={false}
                value={values.clientId}
                onChange={change('clientId')}
              />
            </Field>
            <Field
              label="Secret of your app"
              optional={options.secret === 'optional' || options.clientId !== ''}
              error={errorOf('clientSecret')}
              help={
                options.clientId !== ''
                  ? 'Only to replace the one that is kept.'
                  : options.secret === 'optional'
                    ? 'Only when your app has one.'
                    : undefined
              }
            >
              <SecretField name="clientSecret" />
            </Field>
          </>
        )}
        {!isServer && over === 'broker' && (
          <>
            <p className={styles.where}>
              {options.by === 'broker' && `${network} sends people back to web servers only, not to this computer. `}A
              token broker is a small web server of your company, or of somebody you trust, that holds the secret of an
              app and hands the access to Outpost.
            </p>
            <Field label="Address of the token broker" error={errorOf('broker')}>
              <TextField
                name="broker"
                placeholder="https://broker.example"
                autoComplete="off"
                spellCheck={false}
                value={values.broker}
                onChange={change('broker')}
              />
            </Field>
          </>
        )}
        {refusal && (
          <div role="alert">
            {!isShown && <Finding tone="error" text={refusal.sentence} />}
            {refusal.details !== '' && <Details text={refusal.details} />}
          </div>
        )}
        <Kept warning={warning} />
      </form>
    </Dialog>
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
