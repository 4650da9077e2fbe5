import type { Node } from '@tiptap/pm/model'
import { Selection } from '@tiptap/pm/state'

/** Where the text of a part of a thread ends: a line across ends one, and one with nothing in it is none. `end` where there are not so many. */
export function endOfPart(doc: Node, part: number): number | 'end' {
  let reached = -1
  let isBetween = true
  let end: number | 'end' = 'end'
  doc.forEach((block, offset) => {
    if (block.type.name === 'horizontalRule') isBetween = true
    else if (isFilled(block)) {
      if (isBetween) reached += 1
      isBetween = false
      if (reached === part) end = Selection.near(doc.resolve(offset + block.nodeSize), -1).to
    }
  })
  return end
}

function isFilled(block: Node): boolean {
  let hasPicture = block.type.name === 'image'
  block.descendants(({ type }) => {
    hasPicture ||= type.name === 'image'
  })
  return hasPicture || block.textContent.trim() !== ''
}
