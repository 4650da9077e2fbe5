import { Copy, ExternalLink, Trash2 } from 'lucide-react'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { ChosenFrom, SignedInAccount, SignInOptions } from '../../../../shared/contract/publishing.ts'
import type { Account } from '../../../../shared/domain/account.ts'
import { type Channel, NETWORKS } from '../../../../shared/domain/channel.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { Button, Checkbox, Field, Link, SecretField, SegmentedControl, TextField, toast } from '../../../ui/index.ts'
import styles from './Account.module.css'
import { useMoment } from './AccountPart.tsx'
import { ownAppOf } from './access.ts'
import { ConnectStep, Kept, ourFault, type Refusal, Refused, refusalOf, type Told } from './ConnectStep.tsx'
import type { Others } from './OthersDialog.tsx'

interface SignInDialogProps {
  channel: Channel
  account: Account | undefined
  options: SignInOptions
  title: string
  /** The choice between signing in and pasting. */
  kinds: ReactNode
  warning: string
  /** What the sign-in is called; whoever opened this ends it. */
  session: string
  /** `others`: accounts of the same sign-in that may be taken, too. */
  onSignedIn: (told: Told, others: Others['from']) => Promise<void>
  /** Posts by hand instead. */
  onByHand: () => void
  onClose: () => void
}

type State =
  | { readonly kind: 'asking' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'choosing'; readonly from: readonly ChosenFrom[] }

/** The keyboard goes on from the first choice: the button that was pressed is gone. */
const focusOn = (node: HTMLButtonElement | null) => node?.focus()

/**
 * Connects a channel by signing in to its network in the browser. What comes back from there stays in the shell; the secret of an app
 * is read from the form when it is sent and its field emptied at once.
 */
export function SignInDialog(props: SignInDialogProps) {
  const { channel, account, options, title, kinds, warning, session, onSignedIn, onByHand, onClose } = props
  const { shell } = useDeps()
  const moment = useMoment()
  const { name: network } = NETWORKS[channel.network]
  const ownApp = ownAppOf(channel.network)
  // Few apps were reviewed.
  const [isTrial, setIsTrial] = useState(true)
  const [state, setState] = useState<State>({ kind: 'asking' })
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  /** The app that is kept, until it is forgotten. */
  const [keptApp, setKeptApp] = useState(options.clientId)
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

  const isServer = options.by === 'server'
  const hears = (answer: SignedInAccount, others: Others['from']) => {
    if (answer.kind === 'connected') return onSignedIn(answer, others)
    setState(answer.kind === 'choose' ? { kind: 'choosing', from: answer.from } : { kind: 'asking' })
    if (answer.kind === 'not-kept') setRefusal({ field: '', sentence: answer.failure.message, details: '' })
    if (answer.kind === 'trouble') setRefusal(refusalOf(answer.trouble, channel.network, moment))
  }
  const wait = async (call: () => Promise<SignedInAccount>, others: Others['from'] = []) => {
    setRefusal(null)
    setState({ kind: 'waiting' })
    try {
      await hears(await call(), others)
    } catch (error) {
      setState({ kind: 'asking' })
      setRefusal(ourFault(error))
    }
  }
  const begin = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()] as const)
    const given = {
      ...Object.fromEntries(typed.filter(([, value]) => value !== '')),
      ...(isServer ? {} : { over }),
      ...(ownApp?.trial && over === 'app' && isTrial ? { as: 'trial' } : {}),
      ...(channel.network === 'linkedin' ? { as: channel.kind === 'profile' ? 'member' : 'page' } : {}),
      ...(account ? { known: account.remoteId } : {}),
    }
    const secret = event.currentTarget.elements.namedItem('clientSecret')
    if (secret instanceof HTMLInputElement) secret.value = ''
    void wait(async () => (await shell.publishing()).signIn({ network: channel.network, session, given }))
  }
  /** What failed is said here, and nobody goes on waiting. */
  const attempt = (work: Promise<unknown>, sentence: string) =>
    void work.catch((error: unknown) => {
      setState({ kind: 'asking' })
      setRefusal(ourFault(error, sentence))
    })
  const cancel = async () => (await shell.publishing()).cancelSignIn({ session })
  const choose = (id: string, from: Others['from']) =>
    void wait(
      async () => (await shell.publishing()).chooseAccount({ session, id }),
      from.filter((one) => one.id !== id),
    )
  const forgetApp = async () => {
    setRefusal(null)
    const gone = await (await shell.publishing()).forgetApp(channel.network)
    if (!gone.ok) return setRefusal({ field: '', sentence: gone.error.message, details: '' })
    setKeptApp('')
    setValues({ ...values, clientId: '' })
    toast({ id: 'app', text: 'The app is forgotten. What is connected with it stays connected.' })
  }
  const copy = async () => {
    await navigator.clipboard.writeText(options.redirect)
    toast({ id: 'redirect', text: 'The address is copied.' })
  }
  const errorOf = (name: string) => (refusal?.field === name ? refusal.sentence : undefined)
  const change = (name: keyof typeof values) => (value: string) => setValues({ ...values, [name]: value })
  const isShown = refusal !== null && ['host', 'clientId', 'clientSecret', 'broker'].includes(refusal.field)

  if (state.kind !== 'asking')
    return (
      <ConnectStep
        title={title}
        onClose={onClose}
        buttons={
          <Button
            onClick={() =>
              state.kind === 'waiting'
                ? attempt(cancel(), 'The sign-in could not be ended. It ends by itself after five minutes.')
                : setState({ kind: 'asking' })
            }
          >
            Cancel
          </Button>
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
              {state.from.map(({ id, name }, at) => (
                <li key={id}>
                  <Button ref={at === 0 ? focusOn : undefined} onClick={() => choose(id, state.from)}>
                    {name}
                  </Button>
                  <span className={styles.quiet}>{id}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </ConnectStep>
    )

  return (
    <ConnectStep
      initialFocus={first}
      title={title}
      onClose={onClose}
      buttons={
        <>
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
                {network} lets in registered apps only, and Outpost brings none along: it takes an app of your own.{' '}
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
                  <Button
                    size="sm"
                    icon={Copy}
                    onClick={() =>
                      attempt(copy(), 'The address could not be copied. Mark it with the mouse and copy it yourself.')
                    }
                  >
                    Copy
                  </Button>
                </span>
              </Field>
            )}
            <Field
              label="Id of your app"
              error={errorOf('clientId')}
              help={keptApp === '' ? undefined : 'Kept from last time, with its secret if it has one.'}
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
              optional={options.secret === 'optional' || keptApp !== ''}
              error={errorOf('clientSecret')}
              help={
                keptApp !== ''
                  ? 'Only to replace the one that is kept.'
                  : options.secret === 'optional'
                    ? 'Only when your app has one.'
                    : undefined
              }
            >
              <SecretField name="clientSecret" />
            </Field>
            {ownApp?.trial && (
              <Checkbox checked={isTrial} onChange={setIsTrial}>
                {ownApp.trial}
              </Checkbox>
            )}
            {keptApp !== '' && (
              <div>
                <Button
                  size="sm"
                  variant="ghost"
                  icon={Trash2}
                  onClick={() =>
                    attempt(forgetApp(), 'The app could not be forgotten: Outpost did not answer. Try again.')
                  }
                >
                  Forget this app
                </Button>
              </div>
            )}
          </>
        )}
        {!isServer && over === 'broker' && (
          <>
            <p className={styles.where}>
              {options.by === 'broker' && `${network} sends people back to web servers only, not to this computer. `}A
              token broker is a small web server of your company, or of somebody you trust, that holds the secret of an
              app and hands the access to Outpost. Outpost runs none itself.
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
        <Refused refusal={refusal} isBeside={isShown} onByHand={onByHand} />
        <Kept warning={warning} />
      </form>
    </ConnectStep>
  )
}
