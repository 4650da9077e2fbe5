import { Copy, ExternalLink, FolderDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type Channel, NETWORKS } from '../../../shared/domain/channel.ts'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import { explainTrouble, type Names } from '../../../shared/domain/deliveryWords.ts'
import { plural } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { type Kit, outbox } from '../../ports/outbox.ts'
import { Button, Dialog, Finding, PropertyList, PropertyRow, toast } from '../../ui/index.ts'
import { fieldLines, fileName, kitText, partName } from './kit.ts'
import { beginAt } from './networkPages.ts'
import styles from './Outbox.module.css'

interface KitDialogProps {
  delivery: Delivery
  channel: Channel
  names: Names
  onDone: () => void
  /** Gives it another time. */
  onLater: () => void
  onClose: () => void
}

/** Everything to post something by hand with: files to save, texts to copy, what the form asks for, the page to do it on. */
export function KitDialog({ delivery, channel, names, onDone, onLater, onClose }: KitDialogProps) {
  const { shell } = useDeps()
  const [kit, setKit] = useState<Kit | null>(null)
  const [trouble, setTrouble] = useState('')
  const network = NETWORKS[channel.network].name
  const page = beginAt(channel)
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once, of the post as it is when the kit is opened
  useEffect(() => {
    const make = async () => {
      const made = await (await outbox()).kit(delivery)
      if ('kind' in made) setTrouble(explainTrouble(made, names))
      else setKit(made)
    }
    void make().catch(reportError)
  }, [])
  const copy = async (text: string, what: string) => {
    await navigator.clipboard.writeText(text)
    toast({ id: 'kit', text: `${what} is on the clipboard.` })
  }
  const save = async () => {
    if (!kit) return
    const saved = await saveKit(shell, channel, kit, `${channel.name} ${delivery.postId.slice(-6)}`)
    if (typeof saved === 'string') setTrouble(saved)
    else
      toast({
        id: 'kit',
        text: `Saved ${saved.path.split(/[\\/]/).at(-1)}`,
        action: { label: 'Show', onSelect: () => void shell.showFile(saved.path) },
      })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title={`Post it on ${network}`}
      description={`“${channel.name}” is posted by hand. What stands here is what would be sent; nothing of it needs a connection.`}
      footer={
        <>
          <Button onClick={onLater}>Not now: another time</Button>
          <span className="grow" />
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" onClick={onDone}>
            Done, here is the link
          </Button>
        </>
      }
    >
      <div className={styles.kit}>
        {trouble !== '' && <Finding tone="error" text={trouble} />}
        {kit && (
          <>
            <div className={styles.kitTools}>
              {kit.files.length > 0 && (
                <Button icon={FolderDown} onClick={() => void save()}>
                  Save {plural(kit.files.length, 'file')} and the texts
                </Button>
              )}
              {page !== '' && (
                <Button icon={ExternalLink} onClick={() => void shell.openExternal(page)}>
                  Open {network}
                </Button>
              )}
            </div>
            {kit.job.parts.map((part, at) => {
              const name = partName(part, at)
              return part.text === '' ? null : (
                <section key={at} className={styles.kitPart} aria-label={name}>
                  <div className={styles.kitHead}>
                    <h3>{name}</h3>
                    <Button
                      size="sm"
                      icon={Copy}
                      aria-label={`Copy: ${name}`}
                      onClick={() => void copy(part.text, name)}
                    >
                      Copy
                    </Button>
                  </div>
                  <p dir="auto">{part.text}</p>
                </section>
              )
            })}
            <Checklist channel={channel} kit={kit} />
          </>
        )}
      </div>
    </Dialog>
  )
}

/** What the form of the network asks for, and what is to be seen on each file. */
function Checklist({ channel, kit }: { channel: Channel; kit: Kit }) {
  const fields = fieldLines(channel.network, kit.job)
  const alts = kit.files.flatMap((file, at) => (file.alt === '' ? [] : [[fileName(file, at), file.alt] as const]))
  if (fields.length + alts.length === 0) return null
  return (
    <section aria-label="On the form">
      <h3>On the form</h3>
      <PropertyList>
        {[...fields, ...alts].map(([name, value]) => (
          <PropertyRow key={name} label={name}>
            <span dir="auto">{value}</span>
          </PropertyRow>
        ))}
      </PropertyList>
    </section>
  )
}

/** Writes files and texts beside each other, as one packed folder. Gives where it lies, or in a sentence why there is none. */
async function saveKit(
  shell: ReturnType<typeof useDeps>['shell'],
  { network }: Channel,
  kit: Kit,
  name: string,
): Promise<{ readonly path: string } | string> {
  const { strToU8, zipSync } = await import('fflate')
  const entries: Record<string, [Uint8Array, { level: 0 | 6 }]> = {
    'texts.txt': [strToU8(kitText(network, kit.job, kit.files)), { level: 6 }],
  }
  for (const [at, file] of kit.files.entries()) {
    const bytes = await kit.bytes(file)
    if (!bytes) return `The file ${fileName(file, at)} cannot be read any more.`
    // Pictures and films are packed already.
    entries[fileName(file, at)] = [bytes, { level: 0 }]
  }
  const saved = await shell.save(`${name.replace(/[^\p{L}\p{N} _-]/gu, '')}.zip`, zipSync(entries))
  return saved.ok ? saved.value : saved.error.message
}
