import type { Dexie } from 'dexie'
import { pack } from '../packing.ts'
import type { CopiedLine } from './messages.ts'
import { type About, aboutNow, type Piece, piecesOf } from './pieces.ts'

/** A copy as the lines of its file: what it holds, then piece after piece, the long ones packed. */
export async function* linesOf(
  db: Dexie,
  tables: readonly string[],
  names: Pick<About, 'workspace' | 'app'>,
): AsyncGenerator<CopiedLine> {
  yield { line: JSON.stringify(await aboutNow(db, tables, names)), damaged: [] }
  for await (const { piece, damaged } of piecesOf(db, tables)) yield { line: await pack(partsOf(piece)), damaged }
}

/** A piece as JSON, a row at a time. */
function* partsOf({ rows, ...head }: Piece): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"rows":[`
  for (const [at, row] of rows.entries()) yield (at > 0 ? ',' : '') + JSON.stringify(row)
  yield ']}'
}
