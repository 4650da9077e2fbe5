import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPost, createPost, editPosts } from '../../../renderer/data/commands/posts.ts'
import { WorkspaceDb } from '../../../renderer/data/db.ts'
import type { Row } from '../../../renderer/data/patches.ts'
import { type Damaged, piecesOf } from '../../../renderer/data/snapshots/pieces.ts'
import { isWhole, seal, unsealed } from '../../../renderer/data/sums.ts'
import { TABLE_NAMES } from '../../../renderer/data/tables.ts'
import { garblePosts } from '../../support/garbled.ts'
import { aWorkspace } from '../../support/workspace.ts'

const aRow = (): fc.Arbitrary<Row> =>
  fc.record({
    id: fc.uuid(),
    title: fc.string({ unit: 'binary', minLength: 1 }),
    order: fc.double(),
    left: fc.jsonValue(),
  })

describe('the checksum of a record', () => {
  it('holds for what was written, whatever is in it, also once it has been through the database', () => {
    fc.assert(
      fc.property(aRow(), (row) => {
        expect(isWhole(structuredClone(seal(row)))).toBe(true)
        expect(unsealed(seal(row))).toEqual(row)
        expect(seal(seal(row))).toEqual(seal(row))
      }),
    )
  })

  it('shows every single character that is another one', () => {
    fc.assert(
      fc.property(aRow(), fc.nat(), fc.integer({ min: 1, max: 0xffff }), (row, place, flip) => {
        const title = row.title as string
        const at = place % title.length
        const other = String.fromCharCode(title.charCodeAt(at) ^ flip)
        const damaged = { ...seal(row), title: title.slice(0, at) + other + title.slice(at + 1) }
        expect(isWhole(damaged)).toBe(false)
      }),
    )
  })

  it('is in every row that is made, changed, undone and redone', async () => {
    const { db, store } = await aWorkspace()
    const sums = async () => {
      const rows = (await Promise.all(TABLE_NAMES.map((name) => db.table<Row>(name).toArray()))).flat()
      expect(rows.every((row) => typeof row.sum === 'number' && isWhole(row))).toBe(true)
      return (await db.posts.get(id)) as unknown as Row
    }
    const id = await createPost(store, { title: 'one' }, { type: 'doc', content: [{ type: 'paragraph' }] })
    const made = await sums()
    await editPosts(store, [id], { title: 'two' }, 'Title')
    expect((await sums()).sum).not.toBe(made.sum)
    await store.undo()
    await sums()
    await store.redo()
    await sums()
  })

  it('names a damaged record by what it lies under, also when the id within it is garbled', async () => {
    const db = new WorkspaceDb('garbled-id')
    garblePosts(db, (row) => ({ ...row, id: 'other' }))
    const post = seal({ ...blankPost(0) })
    await db.table<Row>('posts').add(post)
    const found: Damaged[] = []
    for await (const { damaged } of piecesOf(db, ['posts'])) found.push(...damaged)
    expect(found).toEqual([{ table: 'posts', id: post.id }])
    db.close()
  })

  it('goes neither into the log nor into the journal', async () => {
    const { db, store, shell, entry } = await aWorkspace()
    const id = await createPost(store, { title: 'one' })
    await editPosts(store, [id], { title: 'two' }, 'Title')
    await store.undo()
    await store.undo()
    const lines = await shell.readJournal(`ws-${entry.id}`, 0)
    expect(JSON.stringify([await db.patches.toArray(), lines])).not.toMatch(/\\?"sum\\?"/)
  })
})
