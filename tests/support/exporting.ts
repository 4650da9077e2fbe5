import type { WorkspaceDb } from '../../renderer/data/db.ts'
import {
  type AboutExport,
  type ExportChoice,
  type ExportedFile,
  makeExport,
} from '../../renderer/features/transfer/exportFiles.ts'

/** An export that fits into one file. */
export async function exportedFile(db: WorkspaceDb, choice: ExportChoice, about: AboutExport): Promise<ExportedFile> {
  const made = await makeExport(db, choice, about)
  if (!made.ok) throw new Error(`${made.error.bytes} bytes are too much for one file`)
  return made.value
}
