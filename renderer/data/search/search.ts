/** Full text search over a workspace, off the page's thread. */
import type { Alike } from '../../../shared/domain/clash.ts'
import { WorkspaceDb } from '../db.ts'
import type { Hit, LikeQuery, Progress, Query } from './engine.ts'
import type { FromWorker, ToWorker } from './messages.ts'

export type { Hit, LikeQuery, Progress, Query } from './engine.ts'
export type { HitKind } from './searchIndex.ts'

export interface Search {
  /** Best hits first. Before `ready` it answers from what is indexed so far. */
  query(text: string, query: Query): Promise<readonly Hit[]>
  /** All posts that say nearly the same as a text, the likeliest first. */
  alike(text: string, query: LikeQuery): Promise<readonly Alike[]>
  ready(): Promise<void>
  /** How far the build is, done equals total once all is indexed; and how often it learned more, also from changes since. */
  progress(): Progress
  onProgress(listener: () => void): () => void
  dispose(): void
}

const NOTHING_YET: Progress = { done: 0, total: 0, learned: 0 }

/** Opens the search of a workspace's database. Starts reading at once. */
export function createSearch(dbName: string): Search {
  let progress = NOTHING_YET
  const listeners = new Set<() => void>()
  const tell = (next: Progress) => {
    progress = next
    for (const listener of listeners) listener()
  }
  const shared = {
    progress: () => progress,
    onProgress(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return typeof Worker === 'undefined'
    ? { ...shared, ...besideUs(dbName, tell) }
    : { ...shared, ...inWorker(dbName, tell) }
}

/** Asks, and again whenever the index has learned more, one question at a time, until the function it gives back is called. */
export function keepAsking(
  search: Search,
  text: string,
  query: Query,
  answer: (hits: readonly Hit[]) => void,
): () => void {
  let over = false
  let asking = false
  let asked = -1
  const ask = async () => {
    if (asking) return
    asking = true
    try {
      while (!over && asked !== search.progress().learned) {
        asked = search.progress().learned
        const hits = await search.query(text, query)
        if (!over) answer(hits)
      }
    } finally {
      asking = false
    }
  }
  const unheard = search.onProgress(() => void ask())
  void ask()
  return () => {
    over = true
    unheard()
  }
}

type Engine = Pick<Search, 'query' | 'alike' | 'ready' | 'dispose'>

/** Where there are no workers (tests). The index is fetched only then: a page has it in its worker. */
function besideUs(dbName: string, tell: (progress: Progress) => void): Engine {
  const db = new WorkspaceDb(dbName)
  const engine = import('./engine.ts').then(({ createEngine }) => createEngine(db, tell))
  return {
    query: async (text, query) => (await engine).query(text, query),
    alike: async (text, query) => (await engine).alike(text, query),
    ready: async () => (await engine).ready(),
    dispose: () => void engine.then((started) => started.dispose()).then(() => db.close()),
  }
}

function inWorker(dbName: string, tell: (progress: Progress) => void): Engine {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'search' })
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  // Who never asks for it must not see an unhandled rejection; who asks gets it.
  ready.catch(() => undefined)
  let asked = 0
  type Answer = readonly Hit[] | readonly Alike[]
  const waiting = new Map<number, PromiseWithResolvers<Answer>>()
  let dead: Error | undefined
  // A question without an answer would leave a list empty and say nothing.
  const fail = (error: Error) => {
    reject(error)
    for (const question of waiting.values()) question.reject(error)
    waiting.clear()
  }
  const send = (message: ToWorker) => worker.postMessage(message)

  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === 'progress') tell(data.progress)
    else if (data.kind === 'ready') resolve()
    else if (data.kind === 'failed') fail(new Error(data.why))
    else {
      waiting.get(data.id)?.resolve(data.answer)
      waiting.delete(data.id)
    }
  }
  worker.onerror = (event) => {
    dead = new Error(event.message)
    fail(dead)
  }
  send({ kind: 'open', dbName })
  const ask = (message: (id: number) => ToWorker): Promise<Answer> => {
    asked += 1
    const id = asked
    if (dead) return Promise.reject(dead)
    const question = Promise.withResolvers<Answer>()
    waiting.set(id, question)
    send(message(id))
    return question.promise
  }

  return {
    // The worker answers a question with what belongs to it.
    query: (text, query) => ask((id) => ({ kind: 'query', id, text, query })) as Promise<readonly Hit[]>,
    alike: (text, query) => ask((id) => ({ kind: 'alike', id, text, query })) as Promise<readonly Alike[]>,
    ready: () => ready,
    dispose: () => worker.terminate(),
  }
}
