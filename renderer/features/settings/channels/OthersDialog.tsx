import { useState } from 'react'
import type { ChosenFrom } from '../../../../shared/contract/publishing.ts'
import { isConnected } from '../../../../shared/domain/account.ts'
import { blankChannel, type Channel, NETWORKS } from '../../../../shared/domain/channel.ts'
import { isPracticeChannel } from '../../../../shared/domain/practice.ts'
import { addRow } from '../../../data/commands/workspace.ts'
import { plural } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useQuery } from '../../../ports/live.ts'
import { useReference, useSettings } from '../../../ports/reference.tsx'
import { Button, Finding, Select, toast } from '../../../ui/index.ts'
import { nextOrder } from '../entries.tsx'
import styles from './Account.module.css'
import { useMoment } from './AccountPart.tsx'
import { explainConnect, matchingChannel } from './accountWords.ts'
import { ConnectStep } from './ConnectStep.tsx'
import { accountActions, takenBy } from './useAccount.ts'

/** Accounts of the same sign-in that are still to be had, and how it is named. */
export interface Others {
  readonly session: string
  readonly from: readonly ChosenFrom[]
}

const LEAVE = ''
const NEW = 'new'

/** One sign-in gave several accounts: the others can be connected in the same go, each to a channel that has none or to a new one. */
export function OthersDialog({ channel, others, onClose }: { channel: Channel; others: Others; onClose: () => void }) {
  const deps = useDeps()
  const { channels } = useReference()
  const { zone } = useSettings()
  const moment = useMoment()
  const connected = useQuery(async (db) => (await db.accounts.filter(isConnected).primaryKeys()).map(String), [])
  const [wanted, setWanted] = useState<Readonly<Record<string, string>>>({})
  const [busy, setBusy] = useState(false)
  const [troubles, setTroubles] = useState<readonly string[]>([])
  const { name: network } = NETWORKS[channel.network]
  if (!connected) return null

  const free = channels.list.filter(
    (one) =>
      one.network === channel.network &&
      !isPracticeChannel(one) &&
      !connected.includes(one.id) &&
      one.id !== channel.id,
  )
  const wishOf = ({ id, name }: ChosenFrom): string => wanted[id] ?? matchingChannel(name, free)?.id ?? LEAVE
  const picks = others.from.filter((one) => wishOf(one) !== LEAVE)
  const optionsOf = (own: ChosenFrom) => {
    const used = new Set(others.from.flatMap((one) => (one.id === own.id ? [] : [wishOf(one)])))
    return [
      { value: LEAVE, label: 'Leave it' },
      ...free.filter(({ id }) => !used.has(id)).map(({ id, name }) => ({ value: id, label: name })),
      { value: NEW, label: 'A new channel' },
    ]
  }

  /** Connects one; gives why it was not, in a sentence, or ''. */
  async function connect(one: ChosenFrom): Promise<string> {
    const answer = await (await deps.shell.publishing()).chooseAccount({ session: others.session, id: one.id })
    if (answer.kind === 'not-kept') return `${one.name}: ${answer.failure.message}`
    if (answer.kind === 'trouble')
      return `${one.name}: ${explainConnect(answer.trouble, channel.network, moment).sentence}`
    const taken = await takenBy(deps.db, answer.account)
    if (taken) return `${one.name} is connected to “${channels.get(taken.id)?.name ?? taken.name}” already.`
    const wish = wishOf(one)
    const there = wish === NEW ? await added(one.name) : channels.get(wish)
    if (there) await accountActions(deps, there).take(answer.account)
    return ''
  }
  async function added(name: string): Promise<Channel> {
    const order = nextOrder(channels.list.filter((one) => !isPracticeChannel(one)))
    const { id: _made, trashedAt, ...fields } = blankChannel(channel.network, { id: '', name, zone, order })
    const id = await addRow(deps.store, 'channels', { ...fields, kind: channel.kind }, `Added ${name}`)
    return { ...fields, kind: channel.kind, id, trashedAt }
  }
  const send = async () => {
    setBusy(true)
    const told: string[] = []
    for (const one of picks)
      try {
        told.push(await connect(one))
      } catch (error) {
        told.push(`${one.name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    setBusy(false)
    const failed = told.filter((sentence) => sentence !== '')
    const done = picks.length - failed.length
    if (done > 0) toast({ id: 'account', text: `${plural(done, 'more channel')} connected.` })
    if (failed.length === 0) onClose()
    else setTroubles(failed)
  }

  return (
    <ConnectStep
      title="Connect the others too?"
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Only “{channel.name}”</Button>
          <Button variant="primary" disabled={busy || picks.length === 0} onClick={() => void send()}>
            {busy ? `Asking ${network}…` : picks.length === 0 ? 'Connect' : `Connect ${picks.length} more`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.where}>
          “{channel.name}” is connected. The same sign-in lets Outpost post to{' '}
          {plural(others.from.length, 'other account')}: choose the channel of each.
        </p>
        <ul className={styles.others}>
          {others.from.map((one) => (
            <li key={one.id}>
              <span className={styles.whom}>
                <b dir="auto">{one.name}</b>
                <span className={styles.quiet}>{one.id}</span>
              </span>
              <Select
                label={`Channel of ${one.name}`}
                size="md"
                value={wishOf(one)}
                options={optionsOf(one)}
                onChange={(id) => setWanted({ ...wanted, [one.id]: id })}
              />
            </li>
          ))}
        </ul>
        {troubles.length > 0 && (
          <div role="alert">
            {troubles.map((sentence) => (
              <Finding key={sentence} tone="error" text={sentence} />
            ))}
          </div>
        )}
      </div>
    </ConnectStep>
  )
}
