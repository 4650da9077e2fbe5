import type { Upload } from '../../shared/contract/publishing.ts'
import type { Job, Step } from '../../shared/domain/publishing.ts'

/** Below this a file is gone before anybody reads how far it is. */
const WORTH_TELLING = 4 * 1024 * 1024

/** How far the files of deliveries have come, kept in memory only. */
export function createUploads() {
  const known = new Map<string, Upload>()
  return {
    list: (): Upload[] => [...known.values()],
    /** Runs a step that may send the files of a part; what it sent stays known until no step follows. */
    async during<T extends Pick<Step, 'kind'>>(
      { deliveryId, parts }: Pick<Job, 'deliveryId' | 'parts'>,
      part: number,
      step: (progress: (percent: number) => void) => Promise<T>,
    ): Promise<T> {
      const size = Math.max(0, ...(parts[part]?.media.map((medium) => medium.size) ?? []))
      let isOver = true
      try {
        const outcome = await step((percent) => {
          if (size >= WORTH_TELLING) known.set(deliveryId, { deliveryId, percent, size })
        })
        isOver = outcome.kind !== 'again'
        return outcome
      } finally {
        if (isOver) known.delete(deliveryId)
      }
    },
  }
}
