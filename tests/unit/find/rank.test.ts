import { describe, expect, it } from 'vitest'
import { keySections } from '../../../renderer/features/palette/KeysDialog.tsx'
import { rankedCommands, readAsked } from '../../../renderer/features/palette/rank.ts'

const command = (title: string, section = 'General', words = '', keys = '') => ({
  id: title,
  title,
  section,
  words,
  keys,
  run: () => {},
})
const commands = [
  command('Export posts', 'Import and export', 'markdown csv'),
  command('New post', 'Posts', 'create'),
  command('Go to Board', 'Go to'),
]
const titles = (typed: string, limit = 5) => rankedCommands(commands, typed, limit).map(({ title }) => title)

describe('commands by a few letters', () => {
  it('finds by the beginning of any word, by section and by other words for it', () => {
    expect(titles('boa')).toEqual(['Go to Board'])
    expect(titles('csv')).toEqual(['Export posts'])
    expect(titles('import exp')).toEqual(['Export posts'])
    expect(titles('oard')).toEqual([])
  })
  it('puts what begins the title first and wants every word', () => {
    expect(titles('post')).toEqual(['Export posts', 'New post'])
    expect(titles('new post')).toEqual(['New post'])
    expect(titles('new board')).toEqual([])
  })
  it('puts the title typed in full before longer ones', () => {
    const both = ['New campaign from a template…', 'New campaign'].map((title) => ({ title, section: 'Campaigns' }))
    expect(rankedCommands(both, 'new campaign', 5)[0]?.title).toBe('New campaign')
  })
  it('reads the prefixes', () => {
    expect(readAsked('> exp')).toEqual({ mode: 'commands', text: 'exp' })
    expect(readAsked('@bex')).toEqual({ mode: 'people', text: 'bex' })
    expect(readAsked('#')).toEqual({ mode: 'campaigns', text: '' })
    expect(readAsked(' seam test ')).toEqual({ mode: 'all', text: 'seam test' })
  })
})

describe('the list of keys', () => {
  it('leaves out what has no key and lets the screen stand first', () => {
    const all = [
      command('Undo', 'General', '', 'Mod+Z'),
      command('New campaign', 'Campaigns'),
      command('Next week', 'Calendar', '', 'PageDown'),
    ]
    expect(keySections(all, '').map(([section]) => section)).toEqual(['Calendar', 'General'])
    expect(keySections(all, 'next').map(([section]) => section)).toEqual(['Calendar'])
  })
})
