import type { Picked } from '../../parts/picked.ts'
import type { ArchiveAnswer } from './archiveWorker.ts'

type Opened = Pick<Picked, 'files' | 'problems'>

/** Unpacks a .zip in a worker of its own, which ends with it or when it is stopped (nothing in it then). A bug there is thrown here. */
export function unpackInWorker(file: File, signal: AbortSignal): Promise<Opened> {
  const worker = new Worker(new URL('./archiveWorker.ts', import.meta.url), { type: 'module', name: 'unpack' })
  return new Promise<Opened>((resolve, reject) => {
    signal.addEventListener('abort', () => resolve({ files: [], problems: [] }), { once: true })
    worker.onmessage = ({ data }: MessageEvent<ArchiveAnswer>) =>
      'files' in data ? resolve(data) : reject(new Error(`Unpacking failed: ${data.why}`))
    worker.onerror = (event) => reject(new Error(`Unpacking failed: ${event.message}`))
    worker.postMessage(file)
  }).finally(() => worker.terminate())
}
