import { FlaskConical, RefreshCw } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { standingOf } from '../../../../shared/domain/accountStanding.ts'
import { NETWORKS, type NetworkId } from '../../../../shared/domain/channel.ts'
import { type Deed, type Failure, failuresOf } from '../../../../shared/domain/practiceFailures.ts'
import { plural } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { makingWords, useFilmMaking } from '../../../ports/films.ts'
import { useQuery } from '../../../ports/live.ts'
import { Button, Dialog, Field, Finding, IconButton, SectionHead, Select, toast } from '../../../ui/index.ts'
import { useMoment } from './AccountPart.tsx'
import styles from './Practice.module.css'
import { doneThere, GROUPS, readyTo, unseenThere, WORDS } from './practiceWords.ts'
import { type ShownPost, ShownPosts, type WaitingPost } from './ShownPosts.tsx'
import { usePractice } from './usePractice.ts'

/** Practising: accounts of networks in small, what can go wrong with them, and what they show. */
export function PracticeDialog({ onClose }: { onClose: () => void }) {
  const { shell, clock } = useDeps()
  const { connect, meddle, end } = usePractice()
  const moment = useMoment()
  const accounts = useQuery(async (from) => (await from.accounts.toArray()).filter(({ practice }) => practice), [])
  const there = useQuery(async ({ deliveries }) => {
    const [out, waiting] = await Promise.all(
      ['published', 'handed-over'].map((kind) => deliveries.where('state.kind').equals(kind).count()),
    )
    return `${out} ${waiting}`
  }, [])
  const [picked, setPicked] = useState<NetworkId>('mastodon')
  const [armed, setArmed] = useState<Failure | null>(null)
  const [shown, setShown] = useState<readonly ShownPost[]>([])
  const [waiting, setWaiting] = useState<readonly WaitingPost[]>([])
  const [done, setDone] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState('')
  const on = (accounts?.length ?? 0) > 0
  const account = accounts?.find((one) => one.network === picked) ?? accounts?.[0]
  const network = account?.network ?? picked
  const { name } = NETWORKS[network]
  const standing = account && standingOf({ network, name: `Practice ${name}` }, account, clock.now(), moment)

  /** Does something that takes a while; what broke is said. */
  const during = async (work: () => Promise<void>) => {
    setBusy(true)
    setTrouble('')
    try {
      await work()
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const begin = () =>
    during(async () => {
      const { practice } = await shell.publishing()
      const failed: string[] = []
      for (const one of await practice.networks()) if (!(await connect(one))) failed.push(NETWORKS[one].name)
      if (failed.length > 0) setTrouble(`${failed.join(', ')} could not be connected.`)
    })
  const finish = () =>
    during(async () => {
      await end()
      setArmed(null)
      setShown([])
      setWaiting([])
      toast({ id: 'account', text: 'Practising is over. The practice channels are gone; their posts stay planned.' })
    })
  const again = () =>
    during(async () => {
      if (!(await connect(network))) setTrouble(`${name} could not be connected.`)
    })
  const fail = (failure: Failure | null) =>
    during(async () => {
      await (await shell.publishing()).practice.fail(network, failure)
      setArmed(failure)
    })
  const look = useCallback(async () => {
    const { practice } = await shell.publishing()
    setShown((await practice.posts(network)).toReversed())
    setWaiting(await practice.waiting(network))
    setArmed(await practice.failing(network))
  }, [shell, network])

  const act = (postId: string, deed: Deed) =>
    during(async () => {
      const waited = waiting.some(({ id }) => id === postId)
      setDone('')
      const isSeen = await meddle(account?.id ?? '', network, postId, deed)
      setDone(isSeen ? doneThere(deed, waited, name) : unseenThere(name))
      await look()
    })

  // What was published or handed over a moment ago is there when its delivery says so.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count of what is there is the sign to look again
  useEffect(() => {
    if (on) void look().catch((error: unknown) => setTrouble(String(error)))
  }, [on, look, there])

  return (
    <Dialog
      open
      size="md"
      title="Practice publishing"
      onOpenChange={onClose}
      footer={
        <>
          {on && (
            <Button variant="ghost" disabled={busy} onClick={() => void finish()}>
              End practising
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>Done</Button>
          {accounts && !on && (
            <Button variant="primary" icon={FlaskConical} disabled={busy} onClick={() => void begin()}>
              {busy ? 'Connecting…' : 'Start practising'}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.body}>
        {!on ? (
          <p className={styles.lead}>
            Connects a practice account of every network in one press. They live on this computer: nothing you send to
            them leaves it, and nothing of your real accounts goes there. Publish to them, and see what happens when
            something goes wrong, before it does.
          </p>
        ) : (
          <>
            <Finding
              tone="note"
              icon={FlaskConical}
              text={`${plural(accounts?.length ?? 0, 'practice account')} connected. Plan a post on a “Practice …” channel, and send it from the outbox. These networks forget everything when you end practising or close Outpost; no plan on paper shows them.`}
            />
            <Field label="Network">
              <Select<NetworkId>
                label="Network"
                size="md"
                value={network}
                onChange={(next) => {
                  setPicked(next)
                  setArmed(null)
                  setDone('')
                }}
                options={(accounts ?? []).map((one) => ({ value: one.network, label: NETWORKS[one.network].name }))}
              />
            </Field>
            {standing?.kind === 'reconnect' && (
              <Finding
                tone="error"
                text={standing.sentence}
                actions={[{ label: 'Connect again', onSelect: () => void again() }]}
              />
            )}
            <SectionHead title="What goes wrong next" note={armed ? readyTo(armed, network) : 'nothing'} />
            {GROUPS.map(({ title, words }) => (
              <fieldset key={title} className={styles.group}>
                <legend>{title}</legend>
                <div className={styles.failures}>
                  {failuresOf(network)
                    .filter((failure) => failure in words)
                    .map((failure) => (
                      <Button
                        key={failure}
                        size="sm"
                        aria-pressed={armed === failure}
                        variant={armed === failure ? 'primary' : 'default'}
                        aria-disabled={busy || undefined}
                        onClick={() => !busy && void fail(armed === failure ? null : failure)}
                      >
                        {WORDS[failure][0]}
                      </Button>
                    ))}
                </div>
              </fieldset>
            ))}
            <p className={styles.hint} role="status">
              {armed ? WORDS[armed][1] : `Pick what is to go wrong with the next post to ${name}.`}
            </p>
            <SectionHead
              title={`What ${name} shows`}
              note={shownNote(shown.length, waiting.length)}
              end={<IconButton icon={RefreshCw} size="sm" label="Look again" onClick={() => void look()} />}
            />
            <OnItsWay channelId={account?.id ?? ''} />
            {shown.length + waiting.length > 0 && (
              <p className={styles.hint} role="status">
                {done || `Do here what somebody at ${name} may do, and see what Outpost says of it.`}
              </p>
            )}
            <ShownPosts
              network={network}
              name={name}
              posts={shown}
              waiting={waiting}
              busy={busy}
              onAct={(postId, deed) => void act(postId, deed)}
            />
          </>
        )}
        {trouble !== '' && <Finding tone="error" text={trouble} />}
      </div>
    </Dialog>
  )
}

const shownNote = (out: number, waiting: number): string =>
  [
    out > 0 || waiting === 0 ? (out === 0 ? 'no posts' : plural(out, 'post')) : '',
    waiting > 0 ? `${waiting} waiting` : '',
  ]
    .filter((part) => part !== '')
    .join(', ')

/** How far a film has come that is made for this channel: until it is, the network shows nothing. */
function OnItsWay({ channelId }: { channelId: string }) {
  const making = useFilmMaking((films) => films.making)
  const deliveryId = making?.deliveryId ?? ''
  const delivery = useQuery((from) => from.deliveries.get(deliveryId), [deliveryId])
  return making && delivery?.channelId === channelId ? <p className={styles.hint}>{makingWords(making)}</p> : null
}
