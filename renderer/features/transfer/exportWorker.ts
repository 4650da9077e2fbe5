/// <reference lib="webworker" />
/** Writing hundreds of texts takes seconds; here they do not stop the page. Reads the database, changes nothing. */

import type { Result } from '../../../shared/lib/result.ts'
import { WorkspaceDb } from '../../data/db.ts'
import { type AboutExport, type ExportChoice, type ExportedFile, makeExport, type TooLarge } from './exportFiles.ts'

export interface ExportOrder {
  readonly dbName: string
  readonly choice: ExportChoice
  readonly about: AboutExport
}
export type ExportAnswer = { readonly made: Result<ExportedFile, TooLarge> } | { readonly why: string }

self.onmessage = async ({ data }: MessageEvent<ExportOrder>) => {
  const db = new WorkspaceDb(data.dbName)
  try {
    self.postMessage({ made: await makeExport(db, data.choice, data.about) } satisfies ExportAnswer)
  } catch (thrown) {
    // A throw in an async handler reaches no error event of the page.
    self.postMessage({ why: String(thrown) } satisfies ExportAnswer)
  } finally {
    db.close()
  }
}
