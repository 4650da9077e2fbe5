/// <reference lib="webworker" />
/** Reads a whole workspace for its copy, off the page's thread. Changes nothing. */
import { WorkspaceDb } from '../db.ts'
import { TABLE_NAMES } from '../tables.ts'
import { linesOf } from './lines.ts'
import type { CopyOrder, FromCopier, ToCopier } from './messages.ts'

let lines: ReturnType<typeof linesOf> | undefined

function begin({ dbName, ...names }: CopyOrder) {
  const db = new WorkspaceDb(dbName)
  // A newer schema or a deletion elsewhere must not wait for a reader.
  db.on('versionchange', () => db.close())
  return linesOf(db, TABLE_NAMES, names)
}

self.onmessage = async ({ data }: MessageEvent<ToCopier>) => {
  const say = (message: FromCopier) => self.postMessage(message)
  try {
    if (data !== 'next') lines = begin(data.begin)
    const next = await lines?.next()
    say({ copied: next?.value ?? null })
  } catch (thrown) {
    // A throw in an async handler reaches no error event of the page.
    say({ why: String(thrown) })
  }
}
