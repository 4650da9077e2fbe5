import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** Reads every `--name: light-dark(#day, #night)` of tokens.css and follows one-step `var(--other)` aliases. */
const css = readFileSync(new URL('../../../renderer/styles/tokens.css', import.meta.url), 'utf8')

type Theme = 'day' | 'night'
const pairs = new Map<string, Record<Theme, string>>()
for (const [, name, day, night] of css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)) {
  // The first declaration is the default; the later ones belong to a media query for more contrast.
  if (name && day && night && !pairs.has(name)) pairs.set(name, { day, night })
}
for (const [, name, target] of css.matchAll(/--([\w-]+): var\(--([\w-]+)\)/g)) {
  const found = target === undefined ? undefined : pairs.get(target)
  if (name && found && !pairs.has(name)) pairs.set(name, found)
}

function colour(name: string, theme: Theme): string {
  const pair = pairs.get(name)
  if (!pair) throw new Error(`tokens.css has no pair --${name}`)
  return pair[theme]
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

const grounds = ['bg-app', 'bg-surface', 'bg-sunken', 'bg-raised', 'bg-overlay', 'bg-chip', 'bg-selected']
const restingGrounds = ['bg-app', 'bg-surface', 'bg-sunken', 'bg-raised', 'bg-overlay', 'bg-chip']
const families = ['neutral', 'amber', 'rust', 'moss', 'blue', 'violet', 'red', 'green']
const statuses = [
  ...['idea', 'draft', 'review', 'changes', 'approved', 'scheduled', 'held', 'sending', 'retrying', 'checking'],
  ...['needs-you', 'late', 'published', 'partly', 'cancelled'],
]
const hues = [
  ...['clay', 'ember', 'amber', 'olive', 'moss', 'pine', 'teal'],
  ...['lagoon', 'sky', 'cobalt', 'iris', 'plum', 'rose', 'slate'],
]

describe.each<Theme>(['day', 'night'])('by %s', (theme) => {
  const hold = (ink: string, ground: string, least: number) =>
    expect(contrast(colour(ink, theme), colour(ground, theme)), `--${ink} on --${ground}`).toBeGreaterThanOrEqual(least)

  test('words can be read on every ground', () => {
    for (const ground of grounds) for (const ink of ['ink-1', 'ink-2', 'ink-3', 'accent-text']) hold(ink, ground, 4.5)
    hold('ink-inverse', 'bg-inverse', 4.5)
    for (const ink of ['ink-1', 'ink-2']) for (const ground of ['bg-well', 'bg-face']) hold(ink, ground, 4.5)
  })

  test('the words on a button can be read, at rest and pressed', () => {
    for (const ground of ['accent', 'accent-hover', 'accent-press']) hold('accent-ink', ground, 4.5)
    for (const ground of ['danger', 'danger-hover']) hold('danger-ink', ground, 4.5)
    hold('ink-1', 'accent-soft', 4.5)
    hold('accent-text', 'accent-soft', 4.5)
  })

  test('every status can be read on its own tint and on the grounds it stands on', () => {
    for (const name of families) {
      hold(`st-${name}-ink`, `st-${name}-tint`, 4.5)
      hold('ink-1', `st-${name}-tint`, 4.5)
      for (const ground of restingGrounds) hold(`st-${name}-ink`, ground, 4.5)
    }
    for (const name of statuses) hold(`status-${name}-ink`, `status-${name}-tint`, 4.5)
  })

  test('a call sign can be read on each of the fourteen hues', () => {
    for (const hue of hues) hold('mark-ink', `hue-${hue}`, 4.5)
  })

  test('the edge of a control and the focus ring stand out from what they lie on', () => {
    for (const ground of ['bg-surface', 'bg-raised', 'bg-overlay', 'bg-sunken', 'bg-app']) {
      hold('line-3', ground, 3)
      hold('focus', ground, 3)
    }
    for (const hue of hues) hold(`hue-${hue}`, 'bg-surface', 3)
  })
})
