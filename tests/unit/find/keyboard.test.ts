import { describe, expect, it } from 'vitest'
import { type KeyPress, matchKeys } from '../../../renderer/app/keyboard.ts'
import { keyCaps } from '../../../renderer/ports/commandMenu.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  keyCode: 0,
  inField: false,
  ...more,
})
const commands = [
  { id: 'palette', keys: 'Mod+K', inFields: true },
  { id: 'new', keys: 'C' },
  { id: 'down', keys: 'Shift+ArrowDown' },
  { id: 'board', keys: 'G B' },
  { id: 'calendar', keys: 'G C' },
  { id: 'redo', keys: 'Mod+Shift+Z | Mod+Y' },
  { id: 'keys', keys: '?' },
  { id: 'zoom', keys: 'Mod+Plus' },
  { id: 'peek', keys: 'Space' },
  { id: 'never', keys: 'X', enabled: () => false },
]
const match = (p: KeyPress, pending: string[] = [], platform: 'mac' | 'other' = 'other') =>
  matchKeys(p, pending, commands, platform)

describe('keys', () => {
  it('knows a chord by what it types, Ctrl or ⌘ by platform', () => {
    expect(match(press('k', { ctrlKey: true }))).toEqual({ run: 'palette' })
    expect(match(press('k', { metaKey: true }), [], 'mac')).toEqual({ run: 'palette' })
    expect(match(press('k', { ctrlKey: true }), [], 'mac')).toEqual({})
    expect(match(press('k', { metaKey: true }))).toEqual({})
    expect(match(press('ArrowDown', { shiftKey: true }))).toEqual({ run: 'down' })
    expect(match(press('ArrowDown'))).toEqual({})
    expect(match(press('+', { ctrlKey: true, shiftKey: true }))).toEqual({ run: 'zoom' })
    expect(match(press(' '))).toEqual({ run: 'peek' })
  })
  it('takes either of two ways to press the same command', () => {
    expect(match(press('Z', { ctrlKey: true, shiftKey: true }))).toEqual({ run: 'redo' })
    expect(match(press('y', { ctrlKey: true }))).toEqual({ run: 'redo' })
  })
  it('follows a sequence and gives up on a key that does not belong', () => {
    expect(match(press('g'))).toEqual({ pending: ['G'] })
    expect(match(press('b'), ['G'])).toEqual({ run: 'board' })
    expect(match(press('c'), ['G'])).toEqual({ run: 'calendar' })
    expect(match(press('Shift'), ['G'])).toEqual({ pending: ['G'] })
    expect(match(press('q'), ['G'])).toEqual({})
    // `?` is no second step of G, so it means what it means alone.
    expect(match(press('?', { shiftKey: true }), ['G'])).toEqual({ run: 'keys' })
  })
  it('does not run a sequence off a key held down', () => {
    expect(match(press('g', { repeat: true }))).toEqual({})
    expect(match(press('b', { repeat: true }), ['G'])).toEqual({})
    expect(match(press('ArrowDown', { shiftKey: true, repeat: true }))).toEqual({ run: 'down' })
  })
  it('knows letters by their place where the layout has no Latin ones', () => {
    expect(match(press('л', { code: 'KeyK', ctrlKey: true }))).toEqual({ run: 'palette' })
    expect(match(press('ش', { code: 'KeyC' }))).toEqual({ run: 'new' })
    // A Latin layout says itself what a key means, wherever it lies.
    expect(match(press('j', { code: 'KeyC' }))).toEqual({})
  })
  it('leaves text fields alone, but for commands made for them', () => {
    expect(match(press('c', { inField: true }))).toEqual({})
    expect(match(press('g', { inField: true }))).toEqual({})
    expect(match(press('z', { ctrlKey: true, shiftKey: true, inField: true }))).toEqual({})
    expect(match(press('k', { ctrlKey: true, inField: true }))).toEqual({ run: 'palette' })
  })
  it('leaves keys to the part of the screen that hears them itself', () => {
    const bold = { id: 'text.bold', keys: 'Mod+B', ownKeys: true, inFields: true }
    expect(matchKeys(press('b', { ctrlKey: true }), [], [bold], 'other')).toEqual({})
  })
  it('leaves Enter and Space to the button that has the focus', () => {
    expect(match(press(' ', { onControl: true }))).toEqual({})
    expect(match(press('c', { onControl: true }))).toEqual({ run: 'new' })
  })
  it('stays out of the way while an input method composes', () => {
    expect(match(press('c', { isComposing: true }))).toEqual({})
    expect(match(press('k', { ctrlKey: true, keyCode: 229 }))).toEqual({})
  })
  it('passes over what cannot be done now and lets the screen have the last word', () => {
    expect(match(press('x'))).toEqual({})
    expect(matchKeys(press('c'), [], [...commands, { id: 'screen', keys: 'C' }], 'other')).toEqual({ run: 'screen' })
  })
  it('names the keys for drawing, the first way only', () => {
    expect(keyCaps('Mod+Shift+Z | Mod+Y')).toEqual(['Mod', 'Shift', 'Z'])
    expect(keyCaps('G B')).toEqual(['G', 'B'])
  })
})
