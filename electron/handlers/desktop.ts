/** What a shell gives to the handlers: the few things that differ from shell to shell. */
import type { HeadlessTask, TaskSummary } from '../../shared/contract/contract.ts'
import type { Adapter } from '../platforms/adapter.ts'
import type { Commits } from '../services/commits.ts'
import type { Disk } from '../services/disk.ts'
import type { Engine } from '../services/engine.ts'
import type { Journals } from '../services/journal.ts'
import type { Log } from '../services/log.ts'
import type { MediaHosts } from '../services/mediaHost/store.ts'
import type { NetworkClock } from '../services/networkClock.ts'
import type { Originals } from '../services/originals.ts'
import type { Practice } from '../services/practice.ts'
import type { PrintDocument } from '../services/printing.ts'
import type { Snapshots } from '../services/snapshots.ts'
import type { Staying } from '../services/staying.ts'
import type { Vault } from '../services/vault.ts'

export interface Desktop {
  readonly kind: 'electron' | 'chromium'
  /** BCP 47 */
  readonly locale: string
  openExternal(url: string): Promise<void>
  showFile(path: string): Promise<void>
  openFolder(path: string): Promise<void>
  /** The folder where people look for what they saved; it need not be there. */
  downloads(): string
  /** A click brings the window forward and tells the page the target. */
  notify(title: string, body: string, target: string): void
  /** Asks the user where to save; null when they changed their mind. A shell without a dialog names a folder instead. */
  chooseTarget(name: string): Promise<{ file: string } | { folder: string } | null>
  printPdf(document: PrintDocument): Promise<Buffer>
  readyToClose(): void
  /** Null: without a window this shell is nothing. */
  readonly staying: Staying | null
  /** The browser that has the page's databases. */
  readonly engine: Engine
  /** Has it delete them, by its own means. */
  clearDatabases(): Promise<void>
}

/** A run without a window: its job, where its results go, and what it may read. */
export interface TaskHost {
  readonly task: HeadlessTask
  readonly targets: Readonly<Partial<Record<'pdf' | 'json', string>>>
  /** The page asked for the task, so it runs. */
  taken?(): void
  done(result: { ok: true; value: TaskSummary } | { ok: false; error: string }): void
}

export interface Machine {
  readonly desktop: Desktop
  readonly journals: Journals
  readonly snapshots: Snapshots
  readonly originals: Originals
  readonly vault: Vault
  readonly mediaHosts: MediaHosts
  readonly networkClock: NetworkClock
  readonly commits: Commits
  /** Networks in small to practise with. */
  readonly practice: Practice
  /** Networks that can be published to. */
  readonly adapters: readonly Adapter[]
  readonly disk: Disk
  readonly log: Log
  readonly dataFolder: string
  readonly version: string
  readonly task: TaskHost | null
}
