import { describe, expect, it } from 'vitest'
import { createUploads } from '../../../electron/services/uploads.ts'
import type { Part, Step } from '../../../shared/domain/publishing.ts'
import { aPicture } from '../../contract/platforms/deliver.ts'

const MB = 1024 * 1024
const job = (...sizes: readonly number[]) => {
  const media = sizes.map((size, at) => aPicture(`m${at}`, size, { type: 'video/mp4' }))
  return { deliveryId: 'p~yt', parts: [{ kind: 'post', text: '', html: '', media } satisfies Part] }
}
const again: Step = { kind: 'again', memory: {}, after: 0 }
const ready: Step = { kind: 'ready', memory: {} }

describe('how far the files of a delivery have come', () => {
  it('is known from step to step, of its largest file, until nothing more is sent', async () => {
    const uploads = createUploads()
    await uploads.during(job(MB, 512 * MB), 0, async (progress) => {
      progress(17)
      expect(uploads.list()).toEqual([{ deliveryId: 'p~yt', percent: 17, size: 512 * MB }])
      progress(42)
      return again
    })
    expect(uploads.list()).toMatchObject([{ percent: 42 }])
    await uploads.during(job(MB, 512 * MB), 0, async () => ready)
    expect(uploads.list()).toEqual([])
  })

  it('is forgotten when a step fails, and not told of what is small', async () => {
    const uploads = createUploads()
    const failing = uploads.during(job(9 * MB), 0, async (progress) => {
      progress(50)
      throw new Error('The line was cut.')
    })
    await expect(failing).rejects.toThrow('The line was cut.')
    await uploads.during(job(MB), 0, async (progress) => {
      progress(50)
      expect(uploads.list()).toEqual([])
      return ready
    })
    expect(uploads.list()).toEqual([])
  })
})
