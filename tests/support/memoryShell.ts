/** The shell in memory: the same port, nothing outside touched. It remembers what it was asked. */

import type { Adapter } from '../../electron/platforms/adapter.ts'
import type { Publishing } from '../../renderer/ports/publishing.ts'
import type { Shell } from '../../renderer/ports/shell.ts'
import {
  type AppInfo,
  contract,
  type Failure,
  type HeadlessTask,
  type ShellEventName,
  type SnapshotHead,
  type TaskSummary,
} from '../../shared/contract/contract.ts'
import { fromBase64 } from '../../shared/lib/base64.ts'
import { err, ok } from '../../shared/lib/result.ts'
import { memoryPublishing } from './memoryPublishing.ts'

export interface MemoryShell extends Shell {
  /** Addresses handed to the system's browser. */
  readonly opened: string[]
  readonly shown: string[]
  readonly notices: { title: string; body: string; target: string }[]
  /** Saved files by path. */
  readonly saved: Map<string, Uint8Array>
  readonly delivered: Map<'pdf' | 'json', Uint8Array>
  readonly printed: { html: string; title: string; language: string }[]
  /** Lines by name; '' stands for one that is damaged. */
  readonly journals: Map<string, string[]>
  /** Finished copies, newest first, with their lines. */
  readonly snapshots: { readonly head: SnapshotHead; readonly lines: string[] }[]
  /** Whole second copies, by shelf and id. */
  readonly originals: Map<string, Uint8Array<ArrayBuffer>>
  /** Secrets by account, as JSON. */
  readonly vault: Map<string, string>
  taskResult: { ok: true; value: TaskSummary } | { ok: false; error: string } | null
  closeAllowed: boolean
  /** While set, appends to journals are refused with it, as on a full disk. */
  journalFault: Failure | null
  /** While set, no copy can be written. */
  snapshotFault: Failure | null
  /** While set, second copies are refused with it. */
  mediaFault: Failure | null
  /** Free bytes on the disk. */
  free: number
  /** Plays what a shell does when its window is about to close. */
  askToClose(): void
  /** Plays a click on a notice. */
  clickNotice(at: number): void
}

export interface MemoryShellOptions {
  readonly info?: Partial<AppInfo>
  readonly task?: HeadlessTask
  /** Files of the granted folder, by path below it. */
  readonly files?: Readonly<Record<string, Uint8Array>>
  /** Journals that are there from an earlier run. */
  readonly journals?: Readonly<Record<string, readonly string[]>>
  /** The clock of the computer, Unix milliseconds. */
  readonly now?: () => number
  /** Networks that can be published to. */
  readonly adapters?: readonly Adapter[]
}

function pageOf(lines: readonly string[], from: number): { sequence: number; text: string }[] {
  const page: { sequence: number; text: string }[] = []
  let size = 0
  for (const [sequence, text] of lines.entries()) {
    if (sequence < from || text === '') continue
    size += text.length
    if (size > 4 * 1024 * 1024 && page.length > 0) break
    page.push({ sequence, text })
  }
  return page
}

const failed = (kind: Failure['kind'], message: string) => err<Failure>({ kind, message })

export function createMemoryShell(options: MemoryShellOptions = {}): MemoryShell {
  const { task = null, files = {}, now = Date.now } = options
  const listeners = new Set<{ event: ShellEventName; listener: (said: string) => void }>()
  const tell = (event: ShellEventName, said = '') => {
    for (const one of listeners) if (one.event === event) one.listener(said)
  }
  const unfinished = new Map<string, string[]>()
  const begun = new Map<string, Uint8Array<ArrayBuffer>>()
  const granted = (folder: string) => folder === task?.folder
  const notGranted = (folder: string) => failed('no-permission', `Outpost was not given the folder ${folder}.`)
  let publishing: Publishing | null = null
  const shell: MemoryShell = {
    info: {
      shell: 'memory',
      version: '0.0.0-test',
      platform: 'linux',
      dataFolder: '/memory',
      zone: 'Europe/Berlin',
      locale: 'en-GB',
      ...options.info,
    },
    opened: [],
    shown: [],
    notices: [],
    saved: new Map(),
    delivered: new Map(),
    printed: [],
    journals: new Map(Object.entries(options.journals ?? {}).map(([name, lines]) => [name, [...lines]])),
    originals: new Map(),
    vault: new Map(),
    taskResult: null,
    closeAllowed: false,
    journalFault: null,
    snapshotFault: null,
    free: 100_000_000_000,
    snapshots: [],
    mediaFault: null,
    askToClose: () => tell('app:closing'),
    clickNotice: (at) => tell('app:noticed', shell.notices[at]?.target),

    openExternal: async (url) => {
      if (!/^(https?|mailto):/i.test(url)) return failed('unsupported', 'Only web and mail addresses are opened.')
      shell.opened.push(url)
      return ok(null)
    },
    showFile: async (path) => {
      if (!shell.saved.has(path)) return failed('no-permission', 'Only files that Outpost wrote are shown.')
      shell.shown.push(path)
      return ok(null)
    },
    notify: async (title, body, target) => {
      shell.notices.push({ title, body, target })
    },
    readyToClose: async () => {
      shell.closeAllowed = true
    },
    save: async (name, bytes) => {
      const dot = name.lastIndexOf('.')
      const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
      let path = `/memory/downloads/${name}`
      for (let copy = 2; shell.saved.has(path); copy++) path = `/memory/downloads/${stem} (${copy})${extension}`
      shell.saved.set(path, bytes)
      return ok({ path })
    },
    listFolder: async (folder) =>
      granted(folder)
        ? ok(Object.entries(files).map(([path, bytes]) => ({ path, size: bytes.length })))
        : notGranted(folder),
    readFile: async (folder, path) => {
      if (!granted(folder)) return notGranted(folder)
      if (path.split('/').includes('..')) return failed('no-permission', `${path} is not inside ${folder}.`)
      const bytes = files[path]
      return bytes ? ok(bytes) : failed('not-found', `${path} is not there.`)
    },
    appendJournal: async (name, lines) => {
      if (shell.journalFault) return err(shell.journalFault)
      const journal = shell.journals.get(name) ?? []
      journal.push(...lines)
      shell.journals.set(name, journal)
      return ok({ lines: journal.length })
    },
    journalHeads: async () =>
      ok(
        [...shell.journals].map(([name, lines]) => ({
          name,
          lines: lines.filter((line) => line !== '').length,
          bytes: lines.reduce((sum, line) => sum + line.length, 0),
          damaged: lines.filter((line) => line === '').length,
        })),
      ),
    readJournal: async (name, from) => ok(pageOf(shell.journals.get(name) ?? [], from)),
    retireJournal: async (name) => {
      shell.journals.delete(name)
      return ok(null)
    },
    writeSnapshot: async (name, lines, begin) => {
      if (shell.snapshotFault) return err(shell.snapshotFault)
      const made = begin ? [] : unfinished.get(name)
      if (!made) return failed('failed', 'No copy is being made.')
      unfinished.set(name, [...made, ...lines])
      return ok(null)
    },
    finishSnapshot: async (name, kind) => {
      const lines = unfinished.get(name)
      if (!lines) return failed('failed', 'No copy is being made.')
      unfinished.delete(name)
      const bytes = lines.reduce((sum, line) => sum + line.length, 0)
      const at = Math.max(now(), 1 + (shell.snapshots[0]?.head.at ?? 0))
      const head = { name, at, kind, bytes, about: lines[0] ?? '' }
      shell.snapshots.unshift({ head, lines })
      return ok(head)
    },
    snapshotHeads: async () => ok(shell.snapshots.map(({ head }) => head)),
    readSnapshot: async (name, at, from) => {
      const found = shell.snapshots.find(({ head }) => head.name === name && head.at === at)
      return found ? ok(pageOf(found.lines, from)) : failed('not-found', 'There is no such copy.')
    },
    forgetSnapshots: async (name) => {
      unfinished.delete(name)
      const kept = shell.snapshots.filter(({ head }) => head.name !== name)
      shell.snapshots.splice(0, shell.snapshots.length, ...kept)
      return ok(null)
    },
    appendMedia: async (shelf, id, part) => {
      const [, , { at, bytes, last }] = contract['media:append'].args.parse([shelf, id, part])
      if (shell.mediaFault) return err(shell.mediaFault)
      const key = `${shelf}/${id}`
      const before = at === 0 ? new Uint8Array() : (begun.get(key) ?? new Uint8Array())
      if (before.length !== at) return failed('failed', `The second copy has ${before.length} bytes, not ${at}.`)
      const after = new Uint8Array(Buffer.concat([before, fromBase64(bytes)]))
      begun.set(key, after)
      if (last) {
        begun.delete(key)
        shell.originals.set(key, after)
      }
      return ok({ size: after.length })
    },
    readMedia: async (shelf, id, from) => {
      const bytes = shell.originals.get(`${shelf}/${id}`)
      return bytes
        ? ok({ bytes: bytes.slice(from, from + 1024 * 1024), size: bytes.length })
        : failed('not-found', 'the second copy is not there.')
    },
    listMedia: async (shelf) =>
      ok(
        [...shell.originals].flatMap(([key, { length }]) =>
          key.startsWith(`${shelf}/`) ? [{ id: key.slice(shelf.length + 1), size: length }] : [],
        ),
      ),
    dropMedia: async (shelf, ids) => {
      for (const id of ids) {
        begun.delete(`${shelf}/${id}`)
        shell.originals.delete(`${shelf}/${id}`)
      }
      return ok(null)
    },
    retireMedia: async (shelf) => {
      for (const key of [...shell.originals.keys()]) if (key.startsWith(`${shelf}/`)) shell.originals.delete(key)
      return ok(null)
    },
    diskRoom: async () => ok({ free: shell.free }),
    renewDatabases: async () => ok(null),
    printPdf: async (document) => {
      shell.printed.push(document)
      return ok(new TextEncoder().encode(`%PDF-1.4\n% ${document.title}\n%%EOF`))
    },
    getTask: async () => task,
    deliver: async (kind, bytes) => {
      if (!task || (kind === 'json' && !task.json)) {
        return failed('no-permission', `The command line named no ${kind} file.`)
      }
      shell.delivered.set(kind, bytes)
      return ok(null)
    },
    taskDone: async (result) => {
      shell.taskResult = result
    },
    publishing: async () => {
      publishing ??= memoryPublishing(shell.originals, shell.vault, options.adapters ?? [], shell.saved)
      return publishing
    },
    on: (event, listener) => {
      const one = { event, listener }
      listeners.add(one)
      return () => void listeners.delete(one)
    },
  }
  return shell
}
