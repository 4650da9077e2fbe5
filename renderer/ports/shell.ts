import type {
  AppInfo,
  ArgsOf,
  Failure,
  ResultOf,
  ShellEventName,
  SnapshotHead,
} from '../../shared/contract/contract.ts'
import type { Publishing } from './publishing.ts'

/** What the page may ask of the desktop. Three hands carry it: Electron, the chromium shell, and memory (tests). */
export interface Shell {
  readonly info: AppInfo
  openExternal(url: string): Promise<ResultOf<'app:openExternal'>>
  showFile(path: string): Promise<ResultOf<'app:showFile'>>
  /** `target`: what a click on it tells whoever listens to `app:noticed`. */
  notify(title: string, body: string, target: string): Promise<void>
  readyToClose(): Promise<void>
  save(name: string, bytes: Uint8Array): Promise<ResultOf<'files:save'>>
  listFolder(folder: string): Promise<ResultOf<'files:list'>>
  readFile(folder: string, path: string): Promise<{ ok: true; value: Uint8Array } | { ok: false; error: Failure }>
  appendJournal(name: string, lines: readonly string[]): Promise<ResultOf<'journal:append'>>
  journalHeads(): Promise<ResultOf<'journal:heads'>>
  readJournal(name: string, from: number): Promise<ResultOf<'journal:read'>>
  retireJournal(name: string): Promise<ResultOf<'journal:retire'>>
  writeSnapshot(name: string, lines: readonly string[], begin: boolean): Promise<ResultOf<'snapshot:write'>>
  finishSnapshot(name: string, kind: SnapshotHead['kind']): Promise<ResultOf<'snapshot:finish'>>
  snapshotHeads(): Promise<ResultOf<'snapshot:heads'>>
  readSnapshot(name: string, at: number, from: number): Promise<ResultOf<'snapshot:read'>>
  forgetSnapshots(name: string): Promise<ResultOf<'snapshot:forget'>>
  /** Adds base64 to the second copy of a medium; see `media:append`. */
  appendMedia(shelf: string, id: string, part: ArgsOf<'media:append'>[2]): Promise<ResultOf<'media:append'>>
  readMedia(
    shelf: string,
    id: string,
    from: number,
  ): Promise<{ ok: true; value: { bytes: Uint8Array<ArrayBuffer>; size: number } } | { ok: false; error: Failure }>
  listMedia(shelf: string): Promise<ResultOf<'media:list'>>
  dropMedia(shelf: string, ids: readonly string[]): Promise<ResultOf<'media:drop'>>
  retireMedia(shelf: string): Promise<ResultOf<'media:retire'>>
  diskRoom(): Promise<ResultOf<'disk:room'>>
  renewDatabases(): Promise<ResultOf<'disk:renewDatabases'>>
  /** Prints to PDF; the answer is the file's bytes. */
  printPdf(document: ArgsOf<'print:pdf'>[0]): Promise<{ ok: true; value: Uint8Array } | { ok: false; error: Failure }>
  getTask(): Promise<ResultOf<'task:get'>>
  deliver(kind: 'pdf' | 'json', bytes: Uint8Array): Promise<ResultOf<'task:deliver'>>
  taskDone(result: ArgsOf<'task:done'>[0]): Promise<void>
  /** Accounts and networks; loaded at the first call. */
  publishing(): Promise<Publishing>
  /** Gives the function that stops listening. */
  on(event: ShellEventName, listener: (said: string) => void): () => void
}
