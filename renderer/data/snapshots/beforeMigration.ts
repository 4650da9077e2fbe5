import { Dexie } from 'dexie'
import type { Failure, SnapshotHead } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/lib/result.ts'
import type { Beside, RecoveryPort } from '../beside.ts'
import { writeCopy } from './copy.ts'
import { linesOf } from './lines.ts'
import { loggedTables } from './pieces.ts'

/** Copies a database of an older schema as it is, before it is opened by code that changes it. */
export async function copyBeforeMigration(
  dbName: string,
  { name, workspace }: Pick<Beside, 'name' | 'workspace'>,
  port: RecoveryPort,
): Promise<Result<SnapshotHead, Failure>> {
  // Without a schema of its own Dexie takes what is there. The log has been there since the first.
  const db = new Dexie(dbName)
  await db.open()
  try {
    const lines = linesOf(db, loggedTables(db), { workspace, app: port.info.version })
    return await writeCopy(name, 'before', lines, port)
  } finally {
    db.close()
  }
}
