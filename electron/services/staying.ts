/** Whether the app goes on when its window is closed. Remembered for this computer, beside the data. */
import { readFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { saveAs } from './files.ts'

const kept = z.object({ stays: z.boolean() })

export interface Staying {
  on(): boolean
  set(on: boolean): Promise<void>
}

/** `changed` is told what holds, at once and with every change. */
export async function createStaying(file: string, changed: (on: boolean) => void): Promise<Staying> {
  let on = await readKept(file)
  changed(on)
  return {
    on: () => on,
    set: async (next) => {
      on = next
      changed(on)
      await saveAs(file, Buffer.from(`${JSON.stringify({ stays: on })}\n`))
    },
  }
}

async function readKept(file: string): Promise<boolean> {
  try {
    return kept.parse(JSON.parse(await readFile(file, 'utf8'))).stays
  } catch {
    return false // first start, or a damaged file: then closing ends the app, as it does everywhere
  }
}
