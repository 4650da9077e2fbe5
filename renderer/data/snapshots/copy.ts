import type { Failure, ResultOf, SnapshotHead } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/lib/result.ts'
import type { CopiedLine } from './messages.ts'

export interface SnapshotWriter {
  writeSnapshot(name: string, lines: readonly string[], begin: boolean): Promise<ResultOf<'snapshot:write'>>
  finishSnapshot(name: string, kind: SnapshotHead['kind']): Promise<ResultOf<'snapshot:finish'>>
}

/** Hands a copy to the shell, line after line. One that ends in between does not count. */
export async function writeCopy(
  name: string,
  kind: SnapshotHead['kind'],
  lines: AsyncIterable<CopiedLine>,
  port: SnapshotWriter,
): Promise<Result<SnapshotHead, Failure>> {
  let begin = true
  for await (const { line } of lines) {
    const written = await port.writeSnapshot(name, [line], begin)
    if (!written.ok) return written
    begin = false
  }
  return port.finishSnapshot(name, kind)
}
