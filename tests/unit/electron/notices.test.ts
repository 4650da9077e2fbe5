import { describe, expect, it } from 'vitest'
import { createNotices, type Notice } from '../../../electron/services/notices.ts'

function aDesktop() {
  const made: { words: string; happen(event: 'click' | 'close'): void }[] = []
  const clicked: string[] = []
  const notices = createNotices(
    ({ title, body }): Notice => {
      const listeners = { click: () => {}, close: () => {} }
      made.push({ words: `${title}: ${body}`, happen: (event) => listeners[event]() })
      return {
        on: (event, listener) => {
          listeners[event] = listener
        },
        show: () => {},
      }
    },
    (target) => clicked.push(target),
  )
  return { made, clicked, notices }
}

describe('notices of the system', () => {
  it('say what they are about when they are clicked, each its own', () => {
    const { made, clicked, notices } = aDesktop()
    notices.show('One', 'needs you', 'p1~ma')
    notices.show('Two', 'needs you', 'p2~ma')
    made[0]?.happen('click')
    expect(clicked).toEqual(['p1~ma'])
    expect(made.map(({ words }) => words)).toEqual(['One: needs you', 'Two: needs you'])
  })

  it('are held until they are clicked or closed, and not without end', () => {
    const { made, notices } = aDesktop()
    notices.show('One', '', '')
    notices.show('Two', '', '')
    made[0]?.happen('close')
    expect(notices.kept()).toBe(1)
    made[1]?.happen('click')
    expect(notices.kept()).toBe(0)
    for (let count = 0; count < 80; count += 1) notices.show('Many', '', '')
    expect(notices.kept()).toBe(50)
  })
})
