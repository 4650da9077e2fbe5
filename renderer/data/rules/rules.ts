/** The rules of the networks over a workspace, off the page's thread. */
import { WorkspaceDb } from '../db.ts'
import type { Rules, RulesEngine } from './engine.ts'
import type { FromRules, Question, ToRules } from './messages.ts'

export type { BulkVerdict, Rules } from './engine.ts'

/** Opens the rules for a workspace's database. `onStale`: see `createRulesEngine`. */
export function createRules(dbName: string, onStale: (ids: readonly string[] | null) => void): RulesEngine {
  return typeof Worker === 'undefined' ? besideUs(dbName, onStale) : inWorker(dbName, onStale)
}

/** Where there are no workers (tests). */
function besideUs(dbName: string, onStale: (ids: readonly string[] | null) => void): RulesEngine {
  const db = new WorkspaceDb(dbName)
  const engine = import('./engine.ts').then(({ createRulesEngine }) => createRulesEngine(db, onStale))
  return {
    assess: async (...asked) => (await engine).assess(...asked),
    verdicts: async (...asked) => (await engine).verdicts(...asked),
    bulk: async (...asked) => (await engine).bulk(...asked),
    moved: async (...asked) => (await engine).moved(...asked),
    judge: async (...asked) => (await engine).judge(...asked),
    dispose: () => void engine.then((started) => started.dispose()).then(() => db.close()),
  }
}

function inWorker(dbName: string, onStale: (ids: readonly string[] | null) => void): RulesEngine {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'rules' })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let asked = 0
  let dead: Error | undefined
  const settle = (id: number) => {
    const question = waiting.get(id)
    waiting.delete(id)
    return question
  }
  worker.onmessage = ({ data }: MessageEvent<FromRules>) => {
    if (data.kind === 'stale') onStale(data.ids)
    else if (data.kind === 'failed') settle(data.id)?.reject(new Error(`The rules of the networks failed: ${data.why}`))
    else settle(data.id)?.resolve(data.answer)
  }
  worker.onerror = (event) => {
    dead = new Error(`The rules of the networks failed: ${event.message}`)
    // A question without an answer would keep a button waiting and say nothing.
    for (const question of waiting.values()) question.reject(dead)
    waiting.clear()
  }
  const send = (message: ToRules) => worker.postMessage(message)
  send({ ask: 'open', dbName })
  const question = <Name extends Question['ask']>(
    ask: Name,
    ...given: Parameters<Rules[Name]>
  ): ReturnType<Rules[Name]> => {
    if (dead) return Promise.reject(dead) as ReturnType<Rules[Name]>
    asked += 1
    const answer = Promise.withResolvers<unknown>()
    waiting.set(asked, answer)
    // Each question goes with what belongs to it, and so does its answer.
    send({ ask, id: asked, with: given } as unknown as Question)
    return answer.promise as ReturnType<Rules[Name]>
  }
  return {
    assess: (...given) => question('assess', ...given),
    verdicts: (...given) => question('verdicts', ...given),
    bulk: (...given) => question('bulk', ...given),
    moved: (...given) => question('moved', ...given),
    judge: (...given) => question('judge', ...given),
    dispose() {
      worker.terminate()
    },
  }
}
