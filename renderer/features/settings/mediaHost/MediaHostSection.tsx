import { CircleCheck, Pencil, ScanSearch, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { HostSet, HostTried } from '../../../../shared/contract/publishing.ts'
import { type HostSettings, publicPrefix } from '../../../../shared/domain/mediaHost.ts'
import { plural } from '../../../parts/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { mediaHostChanged } from '../../../ports/mediaHost.ts'
import { Button, Dialog, Finding, SectionHead, toast } from '../../../ui/index.ts'
import { HostForm } from './HostForm.tsx'
import { FORMS, placeOfHost } from './kinds.ts'
import styles from './MediaHost.module.css'
import { Outcome, ourFault } from './Outcome.tsx'

/** The place on the web where files lie for as long as a network needs to fetch them. */
export default function MediaHostSection() {
  const { shell } = useDeps()
  /** Undefined: not known yet. */
  const [host, setHost] = useState<HostSet>()
  const [changes, setChanges] = useState(false)
  const read = async () => setHost(await (await shell.publishing()).mediaHost.get())
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once
  useEffect(() => void read(), [])

  const used = async () => {
    setChanges(false)
    await read()
    await mediaHostChanged()
  }
  const dropped = async () => {
    await read()
    await mediaHostChanged()
    toast({ id: 'media-host', text: 'The media host is given up. Its key is deleted from this computer.' })
  }
  if (!host) return null
  return (
    <div className={styles.page}>
      <p className={styles.about}>
        Instagram, Threads and, for photos, TikTok take no files, only addresses to fetch them from. Outpost puts the
        files on a place of yours under names nobody guesses, and takes them away once the post was seen on its network.
        Without such a place those posts are held.
      </p>
      {host.kind === 'unreadable' && <Finding tone="error" text={`${host.failure.message} Give it once more.`} />}
      {host.kind === 'set' && !changes ? (
        <HostCard
          settings={host.settings}
          lying={host.lying}
          onChange={() => setChanges(true)}
          onDropped={() => void dropped()}
        />
      ) : (
        <HostForm
          before={host.kind === 'set' ? host.settings : null}
          onUsed={() => void used()}
          onCancel={host.kind === 'set' ? () => setChanges(false) : undefined}
        />
      )}
      <TikTokNote settings={host.kind === 'set' ? host.settings : null} />
    </div>
  )
}

/** TikTok alone wants the address to be shown to be one's own. */
function TikTokNote({ settings }: { settings: HostSettings | null }) {
  const base = settings ? publicPrefix(settings) : ''
  return (
    <>
      <SectionHead title="TikTok" note="photos only" />
      <p className={styles.about}>
        TikTok fetches from addresses that are confirmed in your app only: add{' '}
        {base === '' ? 'what public addresses begin with' : <code>{base}</code>} as a URL prefix under “URL properties”
        there. Films go to TikTok directly and need none of this.
      </p>
    </>
  )
}

interface HostCardProps {
  settings: HostSettings
  /** Files that are there just now. */
  lying: number
  onChange: () => void
  onDropped: () => void
}

function HostCard({ settings, lying, onChange, onDropped }: HostCardProps) {
  const { shell } = useDeps()
  const [tried, setTried] = useState<HostTried | null>(null)
  const [busy, setBusy] = useState(false)
  const [asks, setAsks] = useState(false)
  const [refusal, setRefusal] = useState('')

  const test = async () => {
    setBusy(true)
    setTried(null)
    try {
      setTried(await (await shell.publishing()).mediaHost.test())
    } catch (error) {
      setTried(ourFault(error))
    } finally {
      setBusy(false)
    }
  }
  const drop = async () => {
    setAsks(false)
    const gone = await (await shell.publishing()).mediaHost.drop()
    if (gone.ok) onDropped()
    else setRefusal(gone.error.message)
  }
  return (
    <>
      <div className={styles.card}>
        <CircleCheck aria-hidden size={16} />
        <div className={styles.words}>
          <b>{FORMS[settings.kind].label}</b>
          <span>{placeOfHost(settings)}</span>
          <span className={styles.quiet}>
            {lying === 0 ? 'No file lies there now' : `${plural(lying, 'file')} there now, for posts on their way`}
            {settings.kind === 's3' && settings.links === 'signed' && '; closed, each address lets in for two days'}
          </span>
        </div>
        <Button icon={ScanSearch} disabled={busy} onClick={() => void test()}>
          Test
        </Button>
        <Button icon={Pencil} onClick={onChange}>
          Change…
        </Button>
        <Button icon={Trash2} variant="ghost" onClick={() => setAsks(true)}>
          Give up…
        </Button>
      </div>
      <div role="status">
        {busy && <p className={styles.quiet}>A small file is put there, fetched without a key, and taken away…</p>}
        {tried && <Outcome tried={tried} />}
        {refusal !== '' && <Finding tone="error" text={refusal} />}
      </div>
      <Dialog
        open={asks}
        onOpenChange={setAsks}
        title="Give up the media host?"
        description={`Its key is deleted from this computer. Posts that need it are held until there is another one.${
          lying === 0 ? '' : ` ${plural(lying, 'file')} of posts on their way stay there: delete them yourself.`
        }`}
        footer={
          <>
            <Button onClick={() => setAsks(false)}>Keep it</Button>
            <Button variant="danger" onClick={() => void drop()}>
              Give up
            </Button>
          </>
        }
      />
    </>
  )
}
