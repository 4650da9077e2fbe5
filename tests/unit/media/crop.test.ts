import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysAfterRights, plainMedium, rightsOf, shapeOf } from '../../../shared/domain/medium.ts'
import {
  type Edits,
  type Frame,
  frameAround,
  frameOf,
  moveFrame,
  NO_EDITS,
  pixelsOf,
  pullCorner,
  scaleFrame,
  turnedSize,
  turnOnce,
} from '../../../shared/media/crop.ts'
import { OWN_SHAPE, ratioOf, ratioWords, SHAPES } from '../../../shared/media/shapes.ts'
import { type FileRules, RULES } from '../../../shared/platforms/index.ts'

const part = fc.double({ min: 0, max: 1, noNaN: true })
const size = fc.record({ width: fc.integer({ min: 1, max: 20_000 }), height: fc.integer({ min: 1, max: 20_000 }) })
const ratio = fc.double({ min: 0.1, max: 10, noNaN: true })
const point = fc.record({ x: part, y: part })
const near = 1e-9

function inside({ x, y, width, height }: Frame): void {
  expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0)
  expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + near)
}

describe('a frame that follows the point', () => {
  it('is as large as can be, has the ratio, and holds the point', () => {
    fc.assert(
      fc.property(size, ratio, point, (of, wanted, at) => {
        const frame = frameAround(of, wanted, at)
        inside(frame)
        expect(Math.max(frame.width, frame.height)).toBeCloseTo(1)
        expect((frame.width * of.width) / (frame.height * of.height) / wanted).toBeCloseTo(1)
        expect(at.x >= frame.x - near && at.x <= frame.x + frame.width + near).toBe(true)
        expect(at.y >= frame.y - near && at.y <= frame.y + frame.height + near).toBe(true)
      }),
    )
  })
  it('has the point in its middle where the edges allow', () => {
    expect(frameAround({ width: 4000, height: 1000 }, 1, { x: 0.6, y: 0.9 })).toEqual({
      x: 0.475,
      y: 0,
      width: 0.25,
      height: 1,
    })
  })
  it('gives way to one that was set by hand', () => {
    const set = { x: 0.1, y: 0.1, width: 0.2, height: 0.2 }
    const edits: Edits = { ...NO_EDITS, frames: { '1:1': set } }
    expect(frameOf({ width: 9, height: 9 }, edits, { id: '1:1', ratio: 1 })).toBe(set)
    expect(frameOf({ width: 9, height: 9 }, edits, { id: '4:5', ratio: 0.8 })).not.toBe(set)
  })
})

describe('a frame in the hand', () => {
  const frame = fc.tuple(size, ratio, point).map(([of, wanted, at]) => frameAround(of, wanted, at))
  it('never leaves the picture, however it is moved, scaled or pulled', () => {
    const far = fc.double({ min: -3, max: 3, noNaN: true })
    const corner = fc.constantFrom('start-top', 'end-top', 'start-bottom', 'end-bottom')
    fc.assert(
      fc.property(frame, far, far, corner, fc.boolean(), (before, dx, dy, pulled, held) => {
        const moved = moveFrame(before, dx, dy)
        inside(moved)
        expect([moved.width, moved.height]).toEqual([before.width, before.height])
        const scaled = scaleFrame(before, Math.abs(dx))
        inside(scaled)
        expect(scaled.width / scaled.height).toBeCloseTo(before.width / before.height)
        const shape = before.width / before.height
        const after = pullCorner(before, pulled, { x: dx, y: dy }, held ? shape : null)
        inside(after)
        if (held && after.height > 0) expect(after.width / after.height / shape).toBeCloseTo(1)
      }),
    )
  })
  it('is whole pixels of the picture in the end', () => {
    fc.assert(
      fc.property(frame, size, (of, picture) => {
        const { x, y, width, height } = pixelsOf(of, picture)
        expect([x, y, width, height].every(Number.isInteger)).toBe(true)
        expect(x >= 0 && y >= 0 && width >= 1 && height >= 1).toBe(true)
        expect(x + width <= picture.width && y + height <= picture.height).toBe(true)
      }),
    )
  })
})

describe('quarter turns', () => {
  it('come back to where they began after four', () => {
    fc.assert(
      fc.property(point, (at) => {
        const own = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }
        let edits: Edits = { turn: 0, point: at, frames: { [OWN_SHAPE]: own } }
        for (let turns = 0; turns < 4; turns += 1) edits = turnOnce(edits, OWN_SHAPE)
        expect(edits.turn).toBe(0)
        expect(edits.point.x).toBeCloseTo(at.x)
        expect(edits.point.y).toBeCloseTo(at.y)
        for (const side of ['x', 'y', 'width', 'height'] as const)
          expect(edits.frames[OWN_SHAPE]?.[side]).toBeCloseTo(own[side])
      }),
    )
  })
  it('take the point along, swap the sides, and let frames of a ratio go', () => {
    const turned = turnOnce(
      { turn: 0, point: { x: 0.2, y: 0.1 }, frames: { '4:5': { x: 0, y: 0, width: 1, height: 1 } } },
      OWN_SHAPE,
    )
    expect(turned).toEqual({ turn: 90, point: { x: 0.9, y: 0.2 }, frames: {} })
    const free = turnOnce({ ...NO_EDITS, frames: { [OWN_SHAPE]: { x: 0, y: 0, width: 0.5, height: 0.25 } } }, OWN_SHAPE)
    expect(free.frames[OWN_SHAPE]).toEqual({ x: 0.75, y: 0, width: 0.25, height: 0.5 })
    expect(turnedSize({ width: 4, height: 3 }, 90)).toEqual({ width: 3, height: 4 })
    expect(shapeOf({ width: 4, height: 3, edits: turned })).toBe('tall')
  })
})

describe('shapes', () => {
  it('are said as people say them', () => {
    const said = [
      [4000, 3000],
      [5200, 3900],
      [1080, 1350],
      [1920, 1080],
      [1200, 628],
      [3000, 1000],
      [640, 881],
      [0, 0],
    ]
    expect(said.map(([width = 0, height = 0]) => ratioWords({ width, height }))).toEqual([
      '4:3',
      '4:3',
      '4:5',
      '16:9',
      '1.91:1',
      '3:1',
      '1:1.38',
      '',
    ])
    for (const shape of SHAPES) expect(ratioWords(shape)).toBe(shape.id)
  })
  it('are ones their networks take, in some format', () => {
    const ratioFits = (file: FileRules | undefined, ratio: number) =>
      file?.bounds.every(
        ({ of, min = 0, max = Number.POSITIVE_INFINITY }) =>
          of !== 'ratio' || (ratio >= min - 0.001 && ratio <= max + 0.001),
      ) ?? false
    for (const { id, networks, ...size } of SHAPES)
      for (const network of networks) {
        const formats = Object.values(RULES[network].formats)
        const fits = formats.some(({ files }) =>
          [files.image, files.video].some((file) => ratioFits(file, ratioOf(size))),
        )
        expect(fits, `${id} on ${network}`).toBe(true)
      }
  })
})

describe('rights', () => {
  const medium = plainMedium({
    id: 'a',
    name: 'a',
    type: 'image/png',
    size: 1,
    createdAt: 0,
    licenceUntil: '2026-10-31',
    releaseUntil: '2027-01-01',
  })
  it('end with the first of their ends, and are warned of thirty days before', () => {
    const at = (today: string) => rightsOf(medium, today)
    expect(at('2026-09-30')).toEqual({ kind: 'running', on: '2026-10-31', what: 'licence' })
    expect(at('2026-10-01').kind).toBe('ending')
    expect(at('2026-10-31').kind).toBe('ending')
    expect(at('2026-11-01').kind).toBe('ended')
    expect(rightsOf({ licenceUntil: '', releaseUntil: '' }, '2026-11-01')).toEqual({ kind: 'open' })
  })
  it('say by how many days a plan comes too late', () => {
    expect(['2026-10-31', '2026-11-05', null].map((day) => daysAfterRights(medium, day))).toEqual([0, 5, 0])
  })
})
