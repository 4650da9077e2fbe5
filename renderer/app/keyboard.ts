/**
 * Which command a key press means. Pure: the caller holds what was pressed before and runs what comes back.
 * The listener in App.tsx is the only one for commands, so that a key can never mean two things at once.
 */
import type { Command } from '../ports/commands.ts'

/** The part of a KeyboardEvent that matters here. */
export interface KeyPress {
  readonly key: string
  /** Place on the keyboard, e.g. `KeyK`: what counts where the layout has no Latin letters. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly repeat: boolean
  readonly isComposing: boolean
  /** 229 while an input method works, also where `isComposing` comes too late (Safari, older Chromium). */
  readonly keyCode: number
  /** Focus is in a text field or anything one types into. */
  readonly inField: boolean
  /** Focus is on a button or link, to which Enter and Space belong. */
  readonly onControl?: boolean
}

export type Platform = 'mac' | 'other'

export interface KeyMatch {
  /** Id of the command to run. */
  readonly run?: string
  /** Steps of a sequence pressed so far (`['G']`); absent: none is under way. */
  readonly pending?: readonly string[]
}

type KeyedCommand = Pick<Command, 'id' | 'keys' | 'ownKeys' | 'inFields' | 'enabled'>

/** A sequence is forgotten after this many milliseconds without its next key. */
export const SEQUENCE_MS = 1_200

const MODIFIERS = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
])
const NAMED: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape', Del: 'Delete', '+': 'Plus' }

/** The ways to press a command: each a list of steps, each step a chord such as `Mod+Shift+Z`. */
const parseKeys = (keys: string): string[][] =>
  keys
    .split(' | ')
    .map((way) => way.trim().split(/\s+/).filter(Boolean))
    .filter((way) => way.length > 0)

/** The letter or digit a key means: what it types if that is Latin, else what stands at its place on a US keyboard. */
function nameOf({ key, code }: KeyPress): string {
  if (key.length > 1) return NAMED[key] ?? key
  if (/^[\x21-\x7e]$/.test(key)) return NAMED[key] ?? key.toUpperCase()
  if (key === ' ') return 'Space'
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(code)
  return place?.[1] ?? place?.[2] ?? key.toUpperCase()
}

/** Signs such as `?` need Shift on some keyboards and not on others: there Shift says nothing. */
const isSign = (name: string) => name === 'Plus' || (name.length === 1 && !/\p{L}|\p{N}/u.test(name))

/** The chord of a key press, written as commands write theirs. */
function chordOf(press: KeyPress, platform: Platform): string {
  const name = nameOf(press)
  const mod = platform === 'mac' ? press.metaKey : press.ctrlKey
  const other = platform === 'mac' ? press.ctrlKey : press.metaKey
  return [
    mod && 'Mod',
    other && (platform === 'mac' ? 'Ctrl' : 'Meta'),
    press.altKey && 'Alt',
    press.shiftKey && !isSign(name) && 'Shift',
    name,
  ]
    .filter(Boolean)
    .join('+')
}

const ORDER = ['Mod', 'Ctrl', 'Meta', 'Alt', 'Shift']
/** Modifiers in one order, letters in capitals: `Shift+Mod+z` becomes `Mod+Shift+Z`. */
function canonical(step: string): string {
  const parts = step.split('+')
  const name = parts.pop() ?? ''
  const modifiers = parts.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
  return [...modifiers, name.length === 1 ? name.toUpperCase() : name].join('+')
}

const usableInField = (chord: string) => /^(Mod|Ctrl|Meta|Alt)\+/.test(chord) || /^(Shift\+)?F\d+$/.test(chord)

/**
 * Finds the command of a key press. `pending` is what the match before gave back.
 * Later commands win: a screen registers after the app and may give a key its own meaning while it is shown.
 */
export function matchKeys(
  press: KeyPress,
  pending: readonly string[],
  commands: Iterable<KeyedCommand>,
  platform: Platform,
): KeyMatch {
  if (press.isComposing || press.keyCode === 229) return {}
  // Holding Shift for the second key of a sequence must not end it.
  if (MODIFIERS.has(press.key)) return pending.length > 0 ? { pending } : {}
  const chord = chordOf(press, platform)
  if (press.inField && !usableInField(chord)) return {}
  if (press.onControl && (chord === 'Enter' || chord === 'Space')) return {}
  const tried = [...pending, chord]
  let run: string | undefined
  let goesOn = false
  for (const command of commands) {
    if (!command.keys || command.ownKeys || (press.inField && !command.inFields)) continue
    if (command.enabled?.() === false) continue
    for (const way of parseKeys(command.keys)) {
      const steps = way.map(canonical)
      if (press.repeat && steps.length > 1) continue
      if (!tried.every((step, index) => steps[index] === step)) continue
      if (steps.length === tried.length) run = command.id
      else goesOn = true
    }
  }
  // A key that begins a sequence waits for the next one only where it means nothing by itself.
  if (run) return { run }
  if (goesOn) return { pending: tried }
  return pending.length > 0 ? matchKeys(press, [], commands, platform) : {}
}

/** Reads a DOM event. Text fields, selects and everything editable count as fields; a read-only one does not. */
export function pressOf(event: KeyboardEvent): KeyPress {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing, keyCode } = event
  const target = event.target instanceof HTMLElement ? event.target : null
  return {
    key,
    code,
    ctrlKey,
    metaKey,
    altKey,
    shiftKey,
    repeat,
    isComposing,
    keyCode,
    inField: isField(target),
    onControl: target !== null && target.closest(CONTROLS) === target && !target.closest('[data-keys="screen"]'),
  }
}

/** Things Enter and Space press. Inside `data-keys="screen"` (chips of a grid, cards of a board) the screen's keys win. */
const CONTROLS =
  'button, a[href], summary, input, [role="button"], [role="menuitem"], [role="checkbox"], [role="radio"], [role="switch"]'

const NOT_TYPED = new Set(['button', 'checkbox', 'radio', 'range', 'color', 'file', 'submit', 'reset', 'image'])

function isField(target: HTMLElement | null): boolean {
  if (!target) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !NOT_TYPED.has(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.role === 'textbox'
}

/** The platform the keys are written for. */
export const thisPlatform = (): Platform => (navigator.userAgent.includes('Mac') ? 'mac' : 'other')
