import { Download } from 'lucide-react'
import { useState } from 'react'
import type { Medium } from '../../../shared/domain/medium.ts'
import { frameOf, pixelsOf, turnedSize } from '../../../shared/media/crop.ts'
import { stemOf } from '../../../shared/media/name.ts'
import { OWN_SHAPE, ratioOf, SHAPES } from '../../../shared/media/shapes.ts'
import { bytesOf } from '../../data/media/originals.ts'
import { shelfOf } from '../../data/workspace.ts'
import { formatBytes, typeWord } from '../../parts/media/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { renderPicture } from '../../ports/media.ts'
import { Button, Dialog, Field, NumberField, Select, toast } from '../../ui/index.ts'
import styles from './SaveCopy.module.css'

type Format = 'original' | 'image/jpeg' | 'image/png' | 'image/webp'
const ENDING: Readonly<Record<Exclude<Format, 'original'>, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
}
/** A file is saved in one piece, so a long film is not. */
const MOST_SAVED = 200_000_000
const WHOLE = 'whole'
/** Pixels of the longer side of a drawing, where nothing else is said. */
const DRAWN = 2048

/** A copy for elsewhere: the very file, or a picture as it is meant, in a size and format of one's choice and without what a camera noted. */
export function SaveCopy({ medium, onClose }: { medium: Medium; onClose: () => void }) {
  const { workspace, shell } = useDeps()
  const drawn = medium.kind === 'image' && medium.preview
  const isDrawing = medium.type === 'image/svg+xml'
  const [format, setFormat] = useState<Format>(drawn ? (isDrawing ? 'image/png' : 'image/jpeg') : 'original')
  const [shapeId, setShapeId] = useState(WHOLE)
  const [longest, setLongest] = useState<number | null>(DRAWN)
  const [saving, setSaving] = useState(false)
  const size = turnedSize(medium, medium.edits.turn)
  const shape = SHAPES.find(({ id }) => id === shapeId)
  const frame = shape
    ? frameOf(size, medium.edits, { id: shape.id, ratio: ratioOf(shape) })
    : medium.edits.frames[shapeId]
  const part = frame ? pixelsOf(frame, size) : size
  const wanted = (longest ?? DRAWN) / Math.max(part.width, part.height, 1)
  // A drawing has no pixels of its own; a picture is never made larger than it is.
  const scale = isDrawing ? wanted : longest === null ? 1 : Math.min(1, wanted)

  const made = async (): Promise<{ name: string; bytes: Blob } | string> => {
    const original = await bytesOf(shelfOf(workspace), shell, medium.id)
    if (!original) return 'its bytes are not on this computer any more.'
    if (format === 'original')
      return original.size > MOST_SAVED
        ? `it has ${formatBytes(original.size)}, and files are saved up to ${formatBytes(MOST_SAVED)}.`
        : { name: medium.name, bytes: original }
    const copy = await renderPicture(original, {
      turn: medium.edits.turn,
      frame,
      longest: longest ?? (isDrawing ? DRAWN : undefined),
      type: format,
      quality: 0.9,
    })
    const tail = shape ? `-${shape.id.replace(':', 'x')}` : ''
    return copy ? { name: `${stemOf(medium.name)}${tail}.${ENDING[format]}`, bytes: copy } : 'it could not be drawn.'
  }
  const save = async () => {
    setSaving(true)
    const copy = await made()
    const saved =
      typeof copy === 'string' ? null : await shell.save(copy.name, new Uint8Array(await copy.bytes.arrayBuffer()))
    setSaving(false)
    if (saved?.ok) {
      const { path } = saved.value
      toast({ text: `Saved ${path}`, action: { label: 'Show it', onSelect: () => void shell.showFile(path) } })
      return onClose()
    }
    if (saved?.error.kind === 'cancelled') return
    toast({ text: `${medium.name} was not saved: ${saved?.error.message ?? String(copy)}`, tone: 'refused' })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Save a copy of “${medium.name}”`}
      size="md"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" icon={Download} disabled={saving} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      {drawn && (
        <div className={styles.fields}>
          <Field label="Format">
            <Select<Format>
              value={format}
              onChange={setFormat}
              options={[
                { value: 'image/jpeg', label: 'JPEG' },
                { value: 'image/png', label: 'PNG' },
                { value: 'image/webp', label: 'WebP' },
                { value: 'original', label: `The file itself (${typeWord(medium)})` },
              ]}
            />
          </Field>
          {format !== 'original' && (
            <>
              <Field label="Shape">
                <Select
                  value={shapeId}
                  onChange={setShapeId}
                  options={[
                    { value: WHOLE, label: 'All of it' },
                    ...SHAPES.map(({ id, use }) => ({ value: id, label: id, hint: use })),
                    ...(medium.edits.frames[OWN_SHAPE] ? [{ value: OWN_SHAPE, label: 'Own shape' }] : []),
                  ]}
                />
              </Field>
              <Field label="Longer side at most" help={isDrawing ? 'in pixels' : 'in pixels; never larger than it is'}>
                <NumberField value={longest} onChange={setLongest} min={16} max={16_000} step={64} />
              </Field>
            </>
          )}
        </div>
      )}
      <p className={styles.facts}>
        {format === 'original'
          ? `The very file, ${formatBytes(medium.size)}, with everything a ${medium.kind === 'audio' ? 'recorder' : 'camera'} noted in it.`
          : `${Math.round(part.width * scale)} × ${Math.round(part.height * scale)} pixels, without place and camera notes.`}
      </p>
    </Dialog>
  )
}
