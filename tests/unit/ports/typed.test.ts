import { describe, expect, it } from 'vitest'
import { createField } from '../../../renderer/ports/typed.ts'

/** A place to store words that has no room for the first tries. */
function crowded(failures: number) {
  const stored: string[] = []
  let left = failures
  return {
    stored,
    save: async (value: string) => {
      if (left > 0) {
        left -= 1
        throw new Error('disk full')
      }
      stored.push(value)
    },
  }
}

describe('a field that is stored while one types', () => {
  it('tries a save that failed again, with what is typed by then', async () => {
    const field = createField('')
    const { save, stored } = crowded(2)
    field.type('Three')
    await expect(field.store(save)).rejects.toThrow('disk full')
    await expect(field.store(save)).rejects.toThrow('disk full')
    field.type('Three pockets')
    await field.store(save)
    expect(stored).toEqual(['Three pockets'])
  })

  it('stores the same words once', async () => {
    const field = createField('')
    const { save, stored } = crowded(0)
    field.type('Three')
    await field.store(save)
    await field.store(save)
    expect(stored).toEqual(['Three'])
  })

  it('takes over what was stored elsewhere, and not its own words coming back', async () => {
    const field = createField('Three')
    const { save, stored } = crowded(0)
    field.type('Three pockets')
    await field.store(save)
    expect(field.takeOver('Three pockets')).toBe(false)
    expect(field.takeOver('Three')).toBe(true)
    await field.store(save)
    expect(stored).toEqual(['Three pockets'])
  })
})
