import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createAutosave,
  createStretch,
  MAX_WAIT_MS,
  STRETCH_MS,
  type Timers,
} from '../../../renderer/ports/autosave.ts'

/** A clock that only moves when told to. */
function fakeTimers() {
  let now = 0
  let waiting: { at: number; run: () => void }[] = []
  const timers: Timers = {
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run }
      waiting.push(timer)
      return timer
    },
    cancel: (timer) => {
      waiting = waiting.filter((each) => each !== timer)
    },
  }
  /** Lets time pass, with everything that is due on the way. */
  const pass = async (ms: number) => {
    const end = now + ms
    for (;;) {
      await settle()
      const next = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      now = Math.max(now, next.at)
      waiting = waiting.filter((each) => each !== next)
      next.run()
    }
    now = end
    await settle()
  }
  return { timers, pass }
}
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

function typing(saveMs: number) {
  const { timers, pass } = fakeTimers()
  let text = ''
  let saved = ''
  let dirtyCalls = 0
  const savedAt: { text: string; at: number }[] = []
  const autosave = createAutosave({
    timers,
    onDirty: () => {
      dirtyCalls += 1
    },
    save: async () => {
      const reading = text
      await new Promise<void>((resolve) => timers.after(saveMs, resolve))
      saved = reading
      savedAt.push({ text: reading, at: timers.now() })
    },
  })
  return {
    pass,
    autosave,
    savedAt,
    saved: () => saved,
    dirtyCalls: () => dirtyCalls,
    type(key: string) {
      text += key
      autosave.touch()
      return { text, at: timers.now() }
    },
  }
}

describe('saving while one types', () => {
  it('writes once the keys rest, and not before', async () => {
    const page = typing(5)
    page.type('a')
    await page.pass(200)
    page.type('b')
    await page.pass(399)
    expect(page.savedAt).toEqual([])
    await page.pass(10)
    expect(page.saved()).toBe('ab')
    expect(page.savedAt).toHaveLength(1)
  })

  it('has every key on the disk within a second, however one types', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 40 }),
        async (pauses, saveMs) => {
          const page = typing(saveMs)
          const keys: { text: string; at: number }[] = []
          for (const pause of pauses) {
            keys.push(page.type('x'))
            await page.pass(pause)
          }
          await page.pass(2_000)
          for (const key of keys) {
            const written = page.savedAt.find(({ text }) => text.length >= key.text.length)
            expect(written).toBeDefined()
            // The wait, the save that may have been under way, and its own.
            expect((written?.at ?? Infinity) - key.at).toBeLessThanOrEqual(MAX_WAIT_MS + 2 * saveMs)
          }
          expect(page.autosave.dirty()).toBe(false)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('flushes at once, also while an older save is under way', async () => {
    const page = typing(50)
    page.type('a')
    await page.pass(420)
    page.type('b')
    const flushed = page.autosave.flush()
    await page.pass(200)
    await flushed
    expect(page.saved()).toBe('ab')
    expect(page.autosave.dirty()).toBe(false)
  })

  it('tries again when writing failed, and loses nothing', async () => {
    const { timers, pass } = fakeTimers()
    let tries = 0
    const autosave = createAutosave({
      timers,
      onDirty: () => undefined,
      save: async () => {
        tries += 1
        if (tries === 1) throw new Error('disk full')
      },
    })
    autosave.touch()
    await expect(autosave.flush()).rejects.toThrow('disk full')
    expect(autosave.dirty()).toBe(true)
    await pass(3_000)
    expect(tries).toBe(2)
    expect(autosave.dirty()).toBe(false)
  })

  it('says that something is unsaved at the first key, and again for keys that came during a save', async () => {
    const page = typing(50)
    page.type('a')
    page.type('b')
    expect(page.dirtyCalls()).toBe(1)
    await page.pass(420)
    page.type('c')
    await page.pass(60)
    expect(page.dirtyCalls()).toBe(3)
    await page.pass(2_000)
    expect(page.saved()).toBe('abc')
  })
})

describe('a stretch of typing', () => {
  it('ends with a pause of half a minute or when told', () => {
    let at = 0
    let made = 0
    const stretch = createStretch(
      () => {
        made += 1
        return `stretch ${made}`
      },
      () => at,
    )
    const first = stretch.current()
    at += STRETCH_MS
    expect(stretch.current()).toBe(first)
    at += STRETCH_MS + 1
    const second = stretch.current()
    expect(second).not.toBe(first)
    stretch.end()
    expect(stretch.current()).not.toBe(second)
  })
})
