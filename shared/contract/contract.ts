/**
 * Every call that crosses the bridge between page and shell, with the schema of what it takes and gives.
 * Types vanish at a process boundary, so both ends parse. Bytes travel as base64 text, which every carrier can take.
 */
import * as z from 'zod/mini'
import type { publishingContract } from './publishing.ts'

// The page's content security policy forbids generated code; zod would try it and leave a report of the refusal.
z.config({ jitless: true })

export const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/))
export const journalName = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/))
const mediumId = journalName

/** What went wrong outside, in words a user can act on. */
export const failure = z.object({
  kind: z.enum(['not-found', 'no-permission', 'disk-full', 'too-large', 'cancelled', 'unsupported', 'failed']),
  message: z.string(),
})
export type Failure = z.infer<typeof failure>

/** Result of a call that can fail for reasons outside the program. */
const outcome = <T extends z.ZodMiniType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: failure }),
  ])

export const appInfo = z.object({
  shell: z.enum(['electron', 'chromium', 'memory']),
  version: z.string(),
  platform: z.string(),
  /** Where data lives, for the sentence that tells the user. */
  dataFolder: z.string(),
  /** Zone of this computer */
  zone: z.string(),
  locale: z.string(),
})
export type AppInfo = z.infer<typeof appInfo>

export const paper = z.enum(['a4', 'letter'])
export type Paper = z.infer<typeof paper>

/** The job of a run without a window. */
export const headlessTask = z.object({
  kind: z.literal('plan'),
  folder: z.string(),
  from: z.string(),
  to: z.string(),
  paper,
  json: z.boolean(),
})
export type HeadlessTask = z.infer<typeof headlessTask>

export const taskSummary = z.object({
  posts: z.number(),
  inRange: z.number(),
  pages: z.number(),
  /** One sentence each, naming the file. */
  problems: z.array(z.string()),
})
export type TaskSummary = z.infer<typeof taskSummary>

export const folderEntry = z.object({ path: z.string(), size: z.number() })

export const journalLine = z.object({ sequence: z.number(), text: z.string() })
export const journalHead = z.object({
  name: journalName,
  /** Number of readable lines. */
  lines: z.number(),
  bytes: z.number(),
  /** Lines whose checksum did not hold; they are skipped when read. */
  damaged: z.number(),
})

/** A whole copy of the rows of a workspace. */
export const snapshotHead = z.object({
  /** As its journal. */
  name: journalName,
  /** When it was finished, Unix milliseconds; with the name it says which one. */
  at: z.number(),
  /** Made by the hour, or before something was replaced. */
  kind: z.enum(['hourly', 'before']),
  bytes: z.number(),
  /** Its first line, in the words of who made it; '' when that is damaged. */
  about: z.string(),
})
export type SnapshotHead = z.infer<typeof snapshotHead>

/** name -> [arguments, result]. One entry is one named function on the page's side. */
export const contract = {
  'app:info': { args: z.tuple([]), result: appInfo },
  /** Opens a web address in the system's browser; only http, https and mailto are taken. */
  'app:openExternal': { args: z.tuple([z.string()]), result: outcome(z.null()) },
  /** Shows a file this app wrote in the system's file manager; a folder is opened. */
  'app:showFile': { args: z.tuple([z.string()]), result: outcome(z.null()) },
  /** Title, words, and what `app:noticed` gives back when it is clicked. */
  'app:notify': { args: z.tuple([z.string(), z.string(), z.string()]), result: z.null() },
  /** Tells the shell that everything is written, so that the window may go. */
  'app:readyToClose': { args: z.tuple([]), result: z.null() },

  /** Asks where to save (Electron) or saves beside the user's downloads (chromium); never overwrites without being asked. */
  'files:save': {
    args: z.tuple([z.object({ name: z.string(), bytes: base64 })]),
    result: outcome(z.object({ path: z.string() })),
  },
  /** Files below a folder that the command line granted; hidden files and node_modules left out. */
  'files:list': { args: z.tuple([z.string()]), result: outcome(z.array(folderEntry)) },
  'files:read': { args: z.tuple([z.string(), z.string()]), result: outcome(base64) },

  /** Appends lines to a journal and flushes them to the disk before it answers. */
  'journal:append': {
    args: z.tuple([journalName, z.array(z.string())]),
    result: outcome(z.object({ lines: z.number() })),
  },
  'journal:heads': { args: z.tuple([]), result: outcome(z.array(journalHead)) },
  /** Readable lines from a position on, as many as fit into about 4 MB; empty at the end. */
  'journal:read': { args: z.tuple([journalName, z.number()]), result: outcome(z.array(journalLine)) },
  /** Moves a journal aside (workspace purged). */
  'journal:retire': { args: z.tuple([journalName]), result: outcome(z.null()) },

  /** Adds lines to the copy that is being made of a workspace; `true` begins a new one. */
  'snapshot:write': { args: z.tuple([journalName, z.array(z.string()), z.boolean()]), result: outcome(z.null()) },
  /** Reads the copy back; only if it is what was written it counts, and older ones than are kept go. */
  'snapshot:finish': { args: z.tuple([journalName, snapshotHead.shape.kind]), result: outcome(snapshotHead) },
  /** Finished copies, the newest of a workspace first. */
  'snapshot:heads': { args: z.tuple([]), result: outcome(z.array(snapshotHead)) },
  /** Lines of one copy (name, at) from a position on, in pages as those of a journal. */
  'snapshot:read': { args: z.tuple([journalName, z.number(), z.number()]), result: outcome(z.array(journalLine)) },
  /** Removes the copies of a workspace that was deleted for good. */
  'snapshot:forget': { args: z.tuple([journalName]), result: outcome(z.null()) },
  /**
   * Writes part of the second copy of a medium: at 0 it begins anew, with `last` it is flushed and whole. A film comes in as many parts
   * as it needs. Gives the bytes written so far.
   */
  'media:append': {
    args: z.tuple([
      journalName,
      mediumId,
      z.object({ at: z.int().check(z.nonnegative()), bytes: base64, last: z.boolean() }),
    ]),
    result: outcome(z.object({ size: z.number() })),
  },
  /** About a megabyte of a second copy from a byte on, and its size in all. */
  'media:read': {
    args: z.tuple([journalName, mediumId, z.int().check(z.nonnegative())]),
    result: outcome(z.object({ bytes: base64, size: z.number() })),
  },
  'media:list': {
    args: z.tuple([journalName]),
    result: outcome(z.array(z.object({ id: z.string(), size: z.number() }))),
  },
  /** Deletes second copies for good. */
  'media:drop': { args: z.tuple([journalName, z.array(mediumId)]), result: outcome(z.null()) },
  /** Moves all second copies of a workspace aside (workspace purged). */
  'media:retire': { args: z.tuple([journalName]), result: outcome(z.null()) },

  /** Free bytes on the disk the data lies on; a failure when it does not take what is written. */
  'disk:room': { args: z.tuple([]), result: outcome(z.object({ free: z.number() })) },
  /** Where the browser cannot open its databases: keeps them aside as they are and begins new ones. The page is to be loaded again. */
  'disk:renewDatabases': { args: z.tuple([]), result: outcome(z.null()) },

  /** Prints a self-contained HTML document (its own CSS inside, @page rules obeyed) to a tagged PDF with an outline. */
  'print:pdf': {
    args: z.tuple([
      z.object({
        html: z.string(),
        title: z.string(),
        language: z.string(),
        /** Only to learn which page everything is on: without tags and outline, a third faster. */
        draft: z.optional(z.boolean()),
      }),
    ]),
    result: outcome(z.object({ bytes: base64 })),
  },

  'task:get': { args: z.tuple([]), result: z.nullable(headlessTask) },
  /** Hands over what the task made; the shell writes it to the paths the command line named, all of it once the task is done. */
  'task:deliver': {
    args: z.tuple([z.object({ kind: z.enum(['pdf', 'json']), bytes: base64 })]),
    result: outcome(z.null()),
  },
  'task:done': {
    args: z.tuple([
      z.discriminatedUnion('ok', [
        z.object({ ok: z.literal(true), value: taskSummary }),
        z.object({ ok: z.literal(false), error: z.string() }),
      ]),
    ]),
    result: z.null(),
  },
} as const

/** With the calls of `publishing.ts`, which the page loads apart. */
export type Contract = typeof contract & typeof publishingContract
export type CallName = keyof Contract
export type ArgsOf<N extends CallName> = z.infer<Contract[N]['args']>
export type ResultOf<N extends CallName> = z.infer<Contract[N]['result']>

/** Messages the shell sends to the page. */
export const shellEvents = {
  /** The window wants to close: write everything, then call app:readyToClose. */
  'app:closing': z.null(),
  /** The computer slept and is awake again. */
  'app:woke': z.null(),
  /** A notice was clicked: what it was about. */
  'app:noticed': z.string().check(z.maxLength(200)),
} as const
export type ShellEventName = keyof typeof shellEvents

/** What the preload (or the chromium shell) puts on `window`: one door, names checked on both sides. */
export interface Bridge {
  call(name: CallName, args: readonly unknown[]): Promise<unknown>
  /** Gives the function that stops listening. */
  on(name: ShellEventName, listener: (said: unknown) => void): () => void
}
export const BRIDGE_KEY = 'outpostBridge'

/** The page's origin: one constant for ever, since a change would orphan everything stored under it. */
export const CHROMIUM_ORIGIN = 'https://outpost.localhost'
export const ELECTRON_ORIGIN = 'outpost://app'

/** Sent as a header by both shells. Styles come from files only; React writes single properties through the CSSOM, which this allows. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "frame-src 'none'",
  "object-src 'none'",
].join('; ')
