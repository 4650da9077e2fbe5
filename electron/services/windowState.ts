/** Where the window was, and where it goes: never off every screen. */
import { readFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { saveAs } from './files.ts'

const bounds = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() })
const state = z.object({ bounds, maximized: z.boolean() })
/** In the system's device independent pixels. */
export type Bounds = z.infer<typeof bounds>
export type WindowState = z.infer<typeof state>

export const SMALLEST = { width: 960, height: 600 }
const USUAL = { width: 1280, height: 800 }
/** This much of the title bar must be reachable. */
const REACH = 80

/** Bounds for the window: as it was left when that place still exists, else the usual size where the system puts it. */
export function placeWindow(
  saved: WindowState | null,
  workAreas: readonly Bounds[],
): Partial<Bounds> & { width: number; height: number } {
  if (!saved) return USUAL
  const { x, y } = saved.bounds
  const width = Math.max(saved.bounds.width, SMALLEST.width)
  const height = Math.max(saved.bounds.height, SMALLEST.height)
  const reachable = workAreas.some(
    (area) =>
      x + width - REACH >= area.x &&
      x + REACH <= area.x + area.width &&
      y >= area.y &&
      y + REACH <= area.y + area.height,
  )
  return reachable ? { x, y, width, height } : USUAL
}

/** The remembered state, or null when there is none that can be read. */
export async function readWindowState(file: string): Promise<WindowState | null> {
  try {
    return state.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null // first start, or a damaged file: the usual size will do
  }
}

export const writeWindowState = (file: string, value: WindowState) =>
  saveAs(file, Buffer.from(`${JSON.stringify(value)}\n`))
