/** The fourteen inks a channel or a campaign may take; each is a `--hue-*` pair in tokens.css. */
export const hues = [
  'clay',
  'ember',
  'amber',
  'olive',
  'moss',
  'pine',
  'teal',
  'lagoon',
  'sky',
  'cobalt',
  'iris',
  'plum',
  'rose',
  'slate',
] as const

export type Hue = (typeof hues)[number]

/** The status families of tokens.css. */
export const tones = ['neutral', 'amber', 'rust', 'moss', 'blue', 'violet', 'red', 'green'] as const

export type Tone = (typeof tones)[number]

/** The CSS value of a hue, for `style={{ '--ch': hueVar(hue) }}`. */
export function hueVar(hue: Hue): string {
  return `var(--hue-${hue})`
}

/** The CSS value of a tone's ink. */
export function toneVar(tone: Tone): string {
  return `var(--st-${tone}-ink)`
}
