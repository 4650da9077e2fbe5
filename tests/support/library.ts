/** A library for tests: files with bytes of their own, shown by posts. */
import { addMedia } from '../../renderer/data/commands/media.ts'
import { keepBytes } from '../../renderer/data/media/originals.ts'
import { shelfOf } from '../../renderer/data/workspace.ts'
import type { Doc } from '../../shared/domain/document.ts'
import { type Medium, plainMedium } from '../../shared/domain/medium.ts'
import { newId } from '../../shared/lib/ids.ts'
import type { TestWorkspace } from './workspace.ts'

export const aMedium = (fields: Partial<Medium> = {}): Medium =>
  plainMedium({
    id: newId(),
    name: 'harbour.png',
    type: 'image/png',
    size: 3,
    createdAt: 0,
    width: 40,
    height: 30,
    ...fields,
  })

/** Adds files, each with three bytes. */
export async function withFiles(workspace: TestWorkspace, ...files: readonly Partial<Medium>[]): Promise<Medium[]> {
  const media = files.map((fields, at) => aMedium({ createdAt: at, ...fields }))
  for (const { id, type } of media) {
    const kept = await keepBytes(shelfOf(workspace), workspace.shell, {
      id,
      bytes: new Blob([id.slice(0, 3)], { type }),
    })
    if (!kept.ok) throw new Error(kept.error.message)
  }
  await addMedia(workspace.store, media)
  return media
}

/** A text with words and pictures. */
export const aText = (...pictures: readonly Pick<Medium, 'id' | 'name' | 'alt'>[]): Doc => ({
  type: 'doc',
  content: [
    { type: 'paragraph', content: [{ type: 'text', text: 'Words.' }] },
    ...pictures.map(({ id, name, alt }) => ({
      type: 'paragraph',
      content: [{ type: 'image', attrs: { src: name, alt, title: null, mediumId: id } }],
    })),
  ],
})
