import { useEffect, useEffectEvent, useState } from 'react'
import { type Account, isHeldBack } from '../../../../shared/domain/account.ts'
import { calledAs } from '../../../../shared/domain/accountStanding.ts'
import { type Channel, NETWORKS } from '../../../../shared/domain/channel.ts'
import { leftBehind } from '../../../data/commands/accounts.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useQuery } from '../../../ports/live.ts'
import { useOnline } from '../../../ports/online.ts'
import { Button, Dialog, Finding } from '../../../ui/index.ts'
import { isSameAccount, keyWords, leavingWords } from './accountWords.ts'
import { useAccountActions } from './useAccount.ts'

interface DisconnectDialogProps {
  channel: Channel
  account: Account
  onDisconnect: () => Promise<void>
  onClose: () => void
}

/**
 * Asks before an account is taken away, and says what becomes of its posts. What lies at its network can be taken back only as long as there is
 * an access, so that comes first; who does not wait for it is told that it goes out.
 */
export function DisconnectDialog({ channel, account, onDisconnect, onClose }: DisconnectDialogProps) {
  const { clock } = useDeps()
  const online = useOnline()
  const actions = useAccountActions(channel)
  const { name: network } = NETWORKS[channel.network]
  const left = useQuery((db) => leftBehind(db, channel.id, clock.now()), [channel.id, clock])
  const sharing = useQuery(
    async (db) => {
      const others = (await db.accounts.toArray()).filter((one) => one.id !== account.id && isSameAccount(one, account))
      const channels = await db.channels.bulkGet(others.map(({ id }) => id))
      return channels.flatMap((one) => (one ? [one.name] : []))
    },
    [account],
  )
  const [tried, setTried] = useState(false)
  const [trouble, setTrouble] = useState('')
  /** Taking back holds it, which is lifted however this ends. */
  const [wasHeld] = useState(isHeldBack(account))
  const attempt = (work: () => Promise<void>) =>
    void work().catch((error: unknown) => {
      reportError(error)
      setTrouble('Something broke on our side. Try again.')
    })
  const release = async () => {
    if (tried && !wasHeld) await actions.letGo()
  }
  const disconnect = async () => {
    await onDisconnect()
    await release()
  }
  const press = async () => {
    if (tried || !online || !left || left.there === 0) return disconnect()
    await actions.takeBack()
    setTried(true)
  }
  const finish = useEffectEvent(() => attempt(disconnect))
  const isBack = tried && left?.there === 0
  useEffect(() => {
    if (isBack) finish()
  }, [isBack])
  const stay = () => {
    attempt(release)
    onClose()
  }
  const words = left ? leavingWords(left, { network, online, tried, byHand: account.byHand }) : []
  return (
    <Dialog
      open
      onOpenChange={stay}
      title={`Disconnect ${calledAs(account)}?`}
      description={sharing && keyWords(network, sharing)}
      footer={
        <>
          <Button onClick={stay}>Stay connected</Button>
          <Button variant="danger" disabled={!left} onClick={() => attempt(press)}>
            {tried && left && left.there > 0 ? 'Disconnect all the same' : 'Disconnect'}
          </Button>
        </>
      }
    >
      {(words.length > 0 || trouble !== '') && (
        <div role="status">
          {words.map((sentence) => (
            <Finding key={sentence} tone="warning" text={sentence} />
          ))}
          {trouble !== '' && <Finding tone="error" text={trouble} />}
        </div>
      )}
    </Dialog>
  )
}
