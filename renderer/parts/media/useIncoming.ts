import { type DragEvent, useEffect, useState } from 'react'
import type { Incoming } from '../../data/media/adding.ts'
import { toast } from '../../ui/index.ts'
import { droppedFrom, type Picked, pickedFrom } from '../picked.ts'

/** What systems put into folders and nobody means. */
const BY_THE_SYSTEM = /^(\..*|thumbs\.db|desktop\.ini)$/i

/** Files as they were chosen, each with the folder it came from. A single folder gives its name, too: it is what was meant. */
function incomingOf({ name, files, packed }: Picked, isFolder: boolean): Incoming[] {
  // Here a packed folder is a file like any other: the library says itself what it does not take.
  const all = [...files, ...packed.map((file) => ({ path: file.name, file }))]
  const meant = isFolder ? all.filter(({ file }) => !BY_THE_SYSTEM.test(file.name)) : all
  return meant.map(({ path, file }) => {
    const above = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
    return { file, folder: isFolder ? `${name}/${above}` : above }
  })
}

/** Of an `<input type="file">`, with or without `webkitdirectory`. */
export function chosenIn(input: HTMLInputElement): Incoming[] {
  const list = [...(input.files ?? [])]
  const incoming = incomingOf(
    pickedFrom(list),
    list.some(({ webkitRelativePath }) => webkitRelativePath !== ''),
  )
  // Choosing the same files again must be a change.
  input.value = ''
  return incoming
}

const hasFiles = (data: DataTransfer | null) => data?.types.includes('Files') ?? false

/**
 * Files dropped on an element, and those pasted anywhere outside of a field while `pasting`. `over`: files hang above the element.
 */
export function useIncoming(take: (files: Incoming[]) => void, pasting = true) {
  const [over, setOver] = useState(false)
  useEffect(() => {
    if (!pasting) return
    const paste = (event: ClipboardEvent) => {
      const target = event.target instanceof Element ? event.target : null
      if (!hasFiles(event.clipboardData) || target?.closest('input, textarea, [contenteditable="true"]')) return
      event.preventDefault()
      take([...(event.clipboardData?.files ?? [])].map((file) => ({ file, folder: '' })))
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [take, pasting])
  const handlers = {
    onDragOver(event: DragEvent) {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    },
    onDragLeave(event: DragEvent) {
      if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false)
    },
    onDrop(event: DragEvent) {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      setOver(false)
      const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file')
      const isFolder = items.length === 1 && items[0]?.webkitGetAsEntry()?.isDirectory === true
      void droppedFrom(event.dataTransfer).then((picked) => {
        const [first, ...more] = picked.problems
        if (first)
          toast({
            text: more.length > 0 ? `${first.sentence} And ${more.length} more.` : first.sentence,
            tone: 'refused',
          })
        take(incomingOf(picked, isFolder))
      })
    },
  }
  return { over, handlers }
}
