/**
 * The shapes pictures are cropped to, and for whom. One small table until the networks' own rules name their shapes: then it is made
 * from them.
 */
import type { NetworkId } from '../domain/channel.ts'

export interface Shape {
  /** `4:5`; also what a crop is kept under. */
  readonly id: string
  /** Pixels a network shows it in; less is not sharp. Their quotient is the ratio. */
  readonly width: number
  readonly height: number
  readonly networks: readonly NetworkId[]
  /** What it is for, where the networks alone do not say. */
  readonly use?: string
}

export const SHAPES: readonly Shape[] = [
  { id: '4:5', width: 1080, height: 1350, networks: ['instagram', 'facebook'] },
  { id: '1:1', width: 1080, height: 1080, networks: ['pinterest', 'threads'] },
  { id: '16:9', width: 1920, height: 1080, networks: ['linkedin', 'x', 'youtube'] },
  { id: '1.91:1', width: 1200, height: 628, networks: ['linkedin', 'facebook'], use: 'link card' },
  { id: '9:16', width: 1080, height: 1920, networks: ['tiktok', 'snapchat'] },
  { id: '2:3', width: 1000, height: 1500, networks: ['pinterest'] },
]

/** The picture of a channel: a square of its own, so that cutting it moves no square a post shows. */
export const CHANNEL_SHAPE: Shape = { id: 'channel', width: 400, height: 400, networks: [], use: 'channel picture' }

/** A crop of no particular ratio. */
export const OWN_SHAPE = 'own'

export const ratioOf = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  width / height

const SAID: readonly (readonly [words: string, ratio: number])[] = [
  ['1:1', 1],
  ['4:5', 4 / 5],
  ['5:4', 5 / 4],
  ['3:4', 3 / 4],
  ['4:3', 4 / 3],
  ['2:3', 2 / 3],
  ['3:2', 3 / 2],
  ['9:16', 9 / 16],
  ['16:9', 16 / 9],
  ['1.91:1', 1.91],
  ['2:1', 2],
  ['1:2', 1 / 2],
]

/** The ratio as people say it: `4:3` where it is one of those, else `1.37:1` or `1:1.37`. */
export function ratioWords(size: { readonly width: number; readonly height: number }): string {
  if (size.width <= 0 || size.height <= 0) return ''
  const ratio = ratioOf(size)
  const said = SAID.find(([, value]) => Math.abs(ratio / value - 1) < 0.012)
  const figure = (value: number) => String(Math.round(value * 100) / 100)
  return said?.[0] ?? (ratio > 1 ? `${figure(ratio)}:1` : `1:${figure(1 / ratio)}`)
}
