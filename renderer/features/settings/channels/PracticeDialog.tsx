import { FlaskConical, RefreshCw } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { standingOf } from '../../../../shared/domain/accountStanding.ts'
import { NETWORKS, type NetworkId } from '../../../../shared/domain/channel.ts'
import { type Failure, failuresOf, waitsFor } from '../../../../shared/domain/practiceFailures.ts'
import { plural } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { makingWords, useFilmMaking } from '../../../ports/films.ts'
import { useQuery } from '../../../ports/live.ts'
import { Button, Dialog, Field, Finding, IconButton, SectionHead, Select, toast } from '../../../ui/index.ts'
import { useMoment } from './AccountPart.tsx'
import styles from './Practice.module.css'
import { type ShownPost, ShownPosts } from './ShownPosts.tsx'
import { usePractice } from './usePractice.ts'

/** What each does, as one reads it on a button, and what to look for then. */
const WORDS: Readonly<Record<Failure, readonly [label: string, hint: string]>> = {
  'lost-answer': [
    'Its answer is lost',
    'The network has the post and cannot say so. Outpost looks for it and does not send it twice.',
  ],
  'half-open': [
    'It never answers',
    'The line stays open and nothing comes. Outpost waits half a minute, then looks for the post.',
  ],
  refused: ['It refuses the words', 'The delivery needs you, and names the network’s reason.'],
  'too-many': ['Too many requests', 'Outpost waits as long as the network asks.'],
  away: [
    'The network is away',
    'Outpost looks twice whether the post arrived, then sends it again. Between the looks lie ten seconds, with a real account a minute.',
  ],
  slow: ['It takes six seconds', 'The delivery says that it is being sent.'],
  'media-refused': ['It refuses a file', 'The delivery needs you, and names the file.'],
  cut: ['An upload is cut', 'Outpost goes on where it stopped, or begins that file again.'],
  'sign-in-page': ['A sign-in page instead', 'As behind the Wi-Fi of a hotel. Outpost looks for the post first.'],
  proxy: [
    'A proxy is in between',
    'It wants a password before it lets anything through. Outpost says so, and goes on once it is let through.',
  ],
  revoked: ['Its access is withdrawn', 'Everything of the account pauses until it is connected again.'],
  'no-right': ['A right is missing', 'The delivery needs you: somebody has to give the account that right.'],
  duplicate: ['It has these words already', 'The delivery needs you: change the words, or leave it at that.'],
  quota: ['Enough for today', 'Outpost waits until more is taken, or asks you where that is too late.'],
  locked: [
    'It locks the film',
    'The film is out, and only you can see it: the delivery says so at the first look. So it goes until you take this off.',
  ],
  'in-review': [
    'It looks at it first',
    'The network has the post, and nobody sees it yet: the delivery says so at the first look. So it goes until you take this off.',
  ],
  expired: ['Its access runs out', 'Outpost renews it by itself, and goes on.'],
  gone: ['Its page is gone', 'The delivery needs you: connect another account. What is planned waits.'],
  outdated: [
    'It has changed',
    'The network does not speak to this version any more. The delivery needs you, and waits.',
  ],
  clock: [
    'The clocks differ',
    'The site takes nothing signed by a wrong clock. Outpost signs by its clock, and goes on. So it goes until you take this off.',
  ],
  'thread-cut': ['A thread is cut', 'Its first part is out and the next is refused. What is out is not sent again.'],
}

/** Whether the very next post meets it, or only one that has what it takes. */
function readyTo(failure: Failure, network: NetworkId): string {
  const needed = waitsFor(failure, network)
  return needed
    ? `${NETWORKS[network].name} waits for a post with ${needed}`
    : `${NETWORKS[network].name} is ready to fail`
}

/** Practising: accounts of networks in small, what can go wrong with them, and what they show. */
export function PracticeDialog({ onClose }: { onClose: () => void }) {
  const { shell, clock } = useDeps()
  const { connect, end } = usePractice()
  const moment = useMoment()
  const accounts = useQuery(async (from) => (await from.accounts.toArray()).filter(({ practice }) => practice), [])
  const out = useQuery((from) => from.deliveries.where('state.kind').equals('published').count(), [])
  const [picked, setPicked] = useState<NetworkId>('mastodon')
  const [armed, setArmed] = useState<Failure | null>(null)
  const [shown, setShown] = useState<readonly ShownPost[]>([])
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
    setArmed(await practice.failing(network))
  }, [shell, network])

  // What was published a moment ago is there when its delivery says so.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count of what is out is the sign to look again
  useEffect(() => {
    if (on) void look().catch((error: unknown) => setTrouble(String(error)))
  }, [on, look, out])

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
            <div className={styles.failures}>
              {failuresOf(network).map((failure) => (
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
            <p className={styles.hint} role="status">
              {armed ? WORDS[armed][1] : `Pick what is to go wrong with the next post to ${name}.`}
            </p>
            <SectionHead
              title={`What ${name} shows`}
              note={shown.length === 0 ? 'no posts' : plural(shown.length, 'post')}
              end={<IconButton icon={RefreshCw} size="sm" label="Look again" onClick={() => void look()} />}
            />
            <OnItsWay channelId={account?.id ?? ''} />
            <ShownPosts network={network} name={name} posts={shown} />
          </>
        )}
        {trouble !== '' && <Finding tone="error" text={trouble} />}
      </div>
    </Dialog>
  )
}

/** How far a film has come that is made for this channel: until it is, the network shows nothing. */
function OnItsWay({ channelId }: { channelId: string }) {
  const making = useFilmMaking((films) => films.making)
  const deliveryId = making?.deliveryId ?? ''
  const delivery = useQuery((from) => from.deliveries.get(deliveryId), [deliveryId])
  return making && delivery?.channelId === channelId ? <p className={styles.hint}>{makingWords(making)}</p> : null
}
