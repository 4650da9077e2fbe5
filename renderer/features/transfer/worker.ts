/// <reference lib="webworker" />
/** Reading goes on here, so that a large folder never holds up the page and a file nobody can read can be stopped. */
import type { ImportProblem, SourceFile } from '../../../shared/interchange/model.ts'
import type { PickedFile } from '../../parts/picked.ts'
import type { FromReader, ToReader } from './messages.ts'
import { isRead, openFiles } from './openFiles.ts'
import { excerptOf, type OnFile, ReadAhead, type Reading, type ReadOptions, readFiles } from './reading.ts'

const say = (message: FromReader) => self.postMessage(message)
let opened: readonly SourceFile[] = []
let failures: readonly ImportProblem[] = []
let last: Reading | undefined

/** Opens files, reads the posts among them on the way, and then the rest. */
const openAndRead = async (picked: readonly PickedFile[], options: ReadOptions, onFile: OnFile) => {
  const ahead = new ReadAhead()
  const total = picked.filter(({ path }) => isRead(path)).length
  let done = 0
  const result = await openFiles(picked, (files) => ahead.add(files, options, (path) => onFile(done++, total, path)))
  opened = result.files
  failures = result.problems
  return readFiles(
    opened,
    options,
    (_done, _total, path) => {
      if (!ahead.has(path)) onFile(done, total, path)
    },
    ahead.take,
  )
}

self.onmessage = async ({ data }: MessageEvent<ToReader>) => {
  if (data.kind === 'excerpt') {
    const file = opened.find(({ path }) => path === data.path)
    const table = last?.tables.find(({ path }) => path === data.path)
    return say({ kind: 'excerpt', id: data.id, text: file ? excerptOf(file, data.row, table) : '' })
  }
  const onFile: OnFile = (done, total, path) => say({ kind: 'progress', id: data.id, done, total, path })
  const reading =
    data.kind === 'read' ? await openAndRead(data.files, data.options, onFile) : readFiles(opened, data.options, onFile)
  const nothingOpened = opened.length === 0 && failures.length > 0
  const problems = nothingOpened ? failures : [...failures, ...reading.problems]
  last = { ...reading, problems }
  say({ kind: 'read', id: data.id, reading: last })
}
