import { CircleCheck, FileInput, FileOutput, FileText, Trash2, TriangleAlert } from 'lucide-react'
import { formatCount, plural } from '../../parts/index.ts'
import { runCommand } from '../../ports/commands.ts'
import { useDeps, useSavedState } from '../../ports/deps.tsx'
import { openDialog } from '../../ports/dialogs.ts'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { Banner, Button } from '../../ui/index.ts'
import { CopiesRow, CopyNotices } from './Copies.tsx'
import { SettingRow } from './parts.tsx'
import styles from './Settings.module.css'

export function DataSection() {
  const { shell, workspace } = useDeps()
  const saved = useSavedState()
  const counts = useQuery(
    async (db) => ({
      posts: await db.posts.where('trashedAt').equals(0).count(),
      campaigns: await db.campaigns.where('trashedAt').equals(0).count(),
      media: await db.media.where('trashedAt').equals(0).count(),
      changes: await db.changes.count(),
    }),
    [],
  )
  return (
    <>
      {saved.kind === 'second-copy-failing' ? (
        <Banner tone="red" icon={TriangleAlert} title="The journal cannot be written">
          {saved.why} Everything is in the database; Outpost keeps trying.
        </Banner>
      ) : (
        <div className={styles.good}>
          <CircleCheck aria-hidden size={24} />
          <div>
            <b>{saved.kind === 'saving' ? 'Saving…' : 'Everything is saved twice'}</b>
            <span>In the database, and in a journal of every change beside it.</span>
          </div>
        </div>
      )}
      {workspace.recovered > 0 && (
        <Banner
          tone="amber"
          title={`${plural(workspace.recovered, 'entry', 'entries')} came back from outside the database`}
        >
          It had lost them before this start.
          {workspace.unrecovered > 0 &&
            ` ${plural(workspace.unrecovered, 'part')} of them could not be brought back: the journal is damaged there, and no copy has them.`}
        </Banner>
      )}
      <CopyNotices />
      <SettingRow label="Where it lives" note="no copy leaves this computer">
        <code className={styles.folder}>{shell.info.dataFolder}</code>
      </SettingRow>
      <CopiesRow />
      {counts && (
        <SettingRow label="In this workspace" note="without the trash">
          {formatCount(counts.posts)} posts, {formatCount(counts.campaigns)} campaigns, {formatCount(counts.media)}{' '}
          pictures, {formatCount(counts.changes)} changes
        </SettingRow>
      )}
      <SettingRow label="Bring in" note="Markdown, CSV, ICS, JSON; you see every row first">
        <Button icon={FileInput} onClick={() => go({ screen: 'import' })}>
          Import…
        </Button>
      </SettingRow>
      <SettingRow label="Take out" note="the same formats, for any other tool">
        <Button icon={FileOutput} onClick={() => openDialog({ kind: 'export' })}>
          Export…
        </Button>
      </SettingRow>
      <SettingRow label="Hand over" note="a plan on paper">
        <Button icon={FileText} onClick={() => openDialog({ kind: 'plan' })}>
          Plan to PDF…
        </Button>
      </SettingRow>
      <SettingRow label="Trash" note="kept for 30 days">
        <Button icon={Trash2} onClick={() => go({ screen: 'trash' })}>
          Open the trash
        </Button>
      </SettingRow>
      <SettingRow label="This workspace" note="goes to the trash whole; nothing is lost until you delete it there">
        <Button onClick={() => runCommand('workspace.discard')}>Move to the trash</Button>
      </SettingRow>
      <SettingRow label="Outpost" note={`${shell.info.shell} shell on ${shell.info.platform}`}>
        {shell.info.version}
      </SettingRow>
    </>
  )
}
