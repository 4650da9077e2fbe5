/** A library for tests: files with bytes of their own, shown by posts. */
import { addMedia } from '../../renderer/data/commands/media.ts'
import { keepBytes, type OriginalsPort } from '../../renderer/data/media/originals.ts'
import { shelfOf, type Workspace } from '../../renderer/data/workspace.ts'
import type { Failure } from '../../shared/contract/contract.ts'
import type { Doc } from '../../shared/domain/document.ts'
import { type Medium, plainMedium } from '../../shared/domain/medium.ts'
import { newId } from '../../shared/lib/ids.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
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

/** Keeps a picture and adds it, without looking at it. Gives its id. */
export async function addMedium(
  workspace: Workspace,
  port: OriginalsPort,
  bytes: Uint8Array<ArrayBuffer>,
  fields: Pick<Medium, 'name' | 'type' | 'width' | 'height' | 'alt'>,
): Promise<Result<string, Failure>> {
  const medium = aMedium({ ...fields, size: bytes.length, createdAt: 1 })
  const blob = new Blob([bytes], { type: fields.type })
  const kept = await keepBytes(shelfOf(workspace), port, { id: medium.id, bytes: blob })
  if (!kept.ok) return kept
  await addMedia(workspace.store, [medium])
  return ok(medium.id)
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
