import type { Result } from '../../../shared/lib/result.ts'
import type { ExportedFile, TooLarge } from './exportFiles.ts'
import type { ExportAnswer, ExportOrder } from './exportWorker.ts'

/** Makes an export in a worker of its own, which ends with it. A bug there is thrown here. */
export function exportInWorker(order: ExportOrder): Promise<Result<ExportedFile, TooLarge>> {
  const worker = new Worker(new URL('./exportWorker.ts', import.meta.url), { type: 'module', name: 'export' })
  return new Promise<Result<ExportedFile, TooLarge>>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ExportAnswer>) =>
      'made' in data ? resolve(data.made) : reject(new Error(`The export failed: ${data.why}`))
    worker.onerror = (event) => reject(new Error(`The export failed: ${event.message}`))
    worker.postMessage(order)
  }).finally(() => worker.terminate())
}
