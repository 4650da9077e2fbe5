/// <reference lib="webworker" />
import { WorkspaceDb } from '../db.ts'
import { createRulesEngine, type RulesEngine } from './engine.ts'
import type { FromRules, Question, ToRules } from './messages.ts'

const say = (message: FromRules) => self.postMessage(message)
let engine: RulesEngine | undefined

function answerOf(rules: RulesEngine, question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'assess':
      return rules.assess(...question.with)
    case 'verdicts':
      return rules.verdicts(...question.with)
    case 'bulk':
      return rules.bulk(...question.with)
    case 'moved':
      return rules.moved(...question.with)
    case 'judge':
      return rules.judge(...question.with)
  }
}

self.onmessage = async ({ data }: MessageEvent<ToRules>) => {
  if (data.ask === 'open') {
    const db = new WorkspaceDb(data.dbName)
    // A newer schema or a deletion elsewhere must not wait for a reader.
    db.on('versionchange', () => db.close())
    engine = createRulesEngine(db, (ids) => say({ kind: 'stale', ids }))
    return
  }
  const { id } = data
  try {
    if (engine) say({ kind: 'answer', id, answer: await answerOf(engine, data) })
  } catch (thrown) {
    // The page has the one handler for bugs.
    say({ kind: 'failed', id, why: String(thrown) })
  }
}
