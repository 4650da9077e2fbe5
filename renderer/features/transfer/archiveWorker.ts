/// <reference lib="webworker" />
/** Unpacking takes seconds; here it does not stop the page. */
import type { ImportProblem } from '../../../shared/interchange/model.ts'
import type { PickedFile } from '../../parts/picked.ts'
import { unpack } from './archive.ts'

export type ArchiveAnswer =
  | { readonly files: readonly PickedFile[]; readonly problems: readonly ImportProblem[] }
  | { readonly why: string }

self.onmessage = async ({ data }: MessageEvent<File>) => {
  try {
    const { files, problems } = unpack(data.name, new Uint8Array(await data.arrayBuffer()))
    const picked = files.map(({ path, bytes }) => ({ path, file: new File([bytes], path) }))
    self.postMessage({ files: picked, problems } satisfies ArchiveAnswer)
  } catch (thrown) {
    // A throw in an async handler reaches no error event of the page.
    self.postMessage({ why: String(thrown) } satisfies ArchiveAnswer)
  }
}
