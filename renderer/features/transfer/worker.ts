/// <reference lib="webworker" />
/** Reading goes on here, so that a large folder never holds up the page and a file nobody can read can be stopped. */
import type { ImportProblem, SourceFile } from '../../../shared/interchange/model.ts'
import type { FromReader, PickedFile, ToReader } from './messages.ts'
import { openFiles } from './openFiles.ts'
import { excerptOf, type Reading, readFiles } from './reading.ts'

const say = (message: FromReader) => self.postMessage(message)
let opened: readonly SourceFile[] = []
let failures: readonly ImportProblem[] = []
let last: Reading | undefined

const open = async (id: number, picked: readonly PickedFile[]) => {
  const result = await openFiles(picked, (done, total, path) =>
    say({ kind: 'progress', id, what: 'opening', done, total, path }),
  )
  opened = result.files
  failures = result.problems
}

self.onmessage = async ({ data }: MessageEvent<ToReader>) => {
  if (data.kind === 'excerpt') {
    const file = opened.find(({ path }) => path === data.path)
    const table = last?.tables.find(({ path }) => path === data.path)
    return say({ kind: 'excerpt', id: data.id, text: file ? excerptOf(file, data.row, table) : '' })
  }
  if (data.kind === 'read') await open(data.id, data.files)
  const reading = readFiles(opened, data.options, (done, total, path) =>
    say({ kind: 'progress', id: data.id, what: 'reading', done, total, path }),
  )
  const nothingOpened = opened.length === 0 && failures.length > 0
  const problems = nothingOpened ? failures : [...failures, ...reading.problems]
  last = { ...reading, problems }
  say({ kind: 'read', id: data.id, reading: last })
}
