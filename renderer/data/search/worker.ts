/// <reference lib="webworker" />
import { WorkspaceDb } from '../db.ts'
import { createEngine } from './engine.ts'
import type { FromWorker, ToWorker } from './messages.ts'

const say = (message: FromWorker) => self.postMessage(message)
let engine: ReturnType<typeof createEngine> | undefined

// Also what went wrong while answering or following the log: the page has the one handler for bugs.
self.onunhandledrejection = ({ reason }) => say({ kind: 'failed', why: String(reason) })

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'open') {
    const db = new WorkspaceDb(data.dbName)
    // A newer schema or a deletion elsewhere must not wait for a reader.
    db.on('versionchange', () => db.close())
    engine = createEngine(db, (progress) => say({ kind: 'progress', progress }))
    engine.ready().then(
      () => say({ kind: 'ready' }),
      (error: unknown) => say({ kind: 'failed', why: String(error) }),
    )
    return
  }
  const { id, text } = data
  const answer = !engine
    ? []
    : await (data.kind === 'query' ? engine.query(text, data.query) : engine.alike(text, data.query))
  say({ kind: 'answer', id, answer })
}
