/**
 * What is drawn over a text while one writes: words the brand does not say, variables nobody filled, names of the mention book,
 * hashtags, and the tag of a link beside it. A key press looks at the blocks it changed and at nothing else.
 */
import { Extension } from '@tiptap/core'
import type { Mark, Node as ProseNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import { AddMarkStep, RemoveMarkStep } from '@tiptap/pm/transform'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { BrandWord } from '../../shared/domain/brandWords.ts'
import { mentionSpans } from '../../shared/domain/mention.ts'
import { variableSpans } from '../../shared/domain/snippet.ts'
import { checkLink, isTagged, tagsOf } from '../../shared/domain/utm.ts'
import type { LinkVoice, Voice } from './voice.ts'

/** Something in the text that deserves a look. */
export type Flag =
  | { readonly kind: 'word'; readonly from: number; readonly to: number; readonly word: BrandWord }
  | { readonly kind: 'variable'; readonly from: number; readonly to: number; readonly name: string }

type FlagSpec =
  | { readonly flag: { readonly kind: 'word'; readonly word: BrandWord } }
  | { readonly flag: { readonly kind: 'variable'; readonly name: string } }

interface OverlayState {
  readonly voice: Voice | null
  readonly drawn: DecorationSet
}

const key = new PluginKey<OverlayState>('overlay')
const NOTHING: OverlayState = { voice: null, drawn: DecorationSet.empty }

/** `onTag`: the tag of the link the caret is in now was pressed. `onNext`: the next flag is asked for; false: there is none. */
export const overlay = (onTag: () => void, onNext: () => boolean) =>
  Extension.create({
    name: 'overlay',
    addProseMirrorPlugins: () => [overlayPlugin(onTag)],
    // Here too: while a box is open over the text, the keys of the app rest.
    addKeyboardShortcuts: () => ({ F7: onNext }),
  })

export const overlayPlugin = (onTag: () => void) =>
  new Plugin<OverlayState>({
    key,
    state: { init: () => NOTHING, apply: next },
    props: {
      decorations: (state) => key.getState(state)?.drawn,
      handleDOMEvents: {
        // The tag beside a link opens the box of that link.
        mousedown: (view, event) => {
          const tag = event.target instanceof Element ? event.target.closest('.link-tag') : null
          if (!tag) return false
          event.preventDefault()
          const { state } = view
          // Inside of the link, whose end the tag stands at.
          view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, view.posAtDOM(tag, 0) - 1)))
          onTag()
          return true
        },
      },
    },
  })

/** Draws with another voice: a list was changed, the post moved, the editor was just opened. */
export const withVoice = (tr: Transaction, voice: Voice | null) => tr.setMeta(key, { voice })

function next(tr: Transaction, state: OverlayState): OverlayState {
  const meta = tr.getMeta(key) as { readonly voice: Voice | null } | undefined
  const voice = meta ? meta.voice : state.voice
  if (!voice) return meta ? NOTHING : state
  if (meta) return { voice, drawn: DecorationSet.create(tr.doc, drawingsIn(tr.doc, 0, tr.doc.content.size, voice)) }
  if (!tr.docChanged) return state
  let drawn = state.drawn.map(tr.mapping, tr.doc)
  for (const { from, to } of changedBlocks(tr)) {
    drawn = drawn.remove(drawn.find(from, to)).add(tr.doc, drawingsIn(tr.doc, from, to, voice))
  }
  return { voice, drawn }
}

/** The blocks of text a transaction touched, as they lie in the new document; each once. */
function changedBlocks({ steps, mapping, doc }: Transaction): readonly { from: number; to: number }[] {
  const blocks = new Map<number, number>()
  const touch = (from: number, to: number) => {
    doc.nodesBetween(from, to, (node, position) => {
      if (node.isTextblock) blocks.set(position + 1, position + 1 + node.content.size)
      return !node.isTextblock
    })
  }
  steps.forEach((step, index) => {
    const after = mapping.slice(index + 1)
    step.getMap().forEach((_from, _to, from, to) => {
      touch(after.map(from, -1), after.map(to, 1))
    })
    // A mark moves nothing, but makes a link or code of words.
    if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) touch(after.map(step.from), after.map(step.to))
  })
  return [...blocks].map(([from, to]) => ({ from, to }))
}

function drawingsIn(doc: ProseNode, from: number, to: number, voice: Voice): Decoration[] {
  const drawings: Decoration[] = []
  doc.nodesBetween(from, to, (node, position) => {
    if (node.isTextblock && !node.type.spec.code) drawings.push(...drawingsOf(node, position + 1, voice))
    return !node.isTextblock
  })
  return drawings
}

/** Stands for a picture, a break or code: no letter, so that words end there. */
const GAP = '\ufffc'
const HASHTAG = /(?<![\p{L}\p{M}\p{N}_&#/])#[\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*/gu

function drawingsOf(block: ProseNode, start: number, voice: Voice): Decoration[] {
  let text = ''
  block.forEach((child) => {
    const words = child.isText && !child.marks.some(({ type }) => type.spec.code)
    text += words ? child.text : GAP.repeat(child.nodeSize)
  })
  const drawings: Decoration[] = []
  const mark = (from: number, to: number, name: string, about = '', spec?: FlagSpec) =>
    drawings.push(
      Decoration.inline(
        start + from,
        start + to,
        { class: name, ...(about ? { 'aria-description': about } : {}) },
        spec,
      ),
    )
  for (const { from, to, word } of voice.words?.find(text) ?? [])
    mark(from, to, 'brand-word', `Not a word of ours. ${word.reason}`, { flag: { kind: 'word', word } })
  if (text.includes('{'))
    for (const { from, to, name } of variableSpans(text))
      if (voice.variables.has(name))
        mark(from, to, 'open-variable', 'Nobody filled this in', { flag: { kind: 'variable', name } })
  if (text.includes('@'))
    for (const { from, to, name } of mentionSpans(text)) if (voice.mentions.has(name)) mark(from, to, 'known-name')
  if (text.includes('#'))
    for (const { 0: whole, index } of text.matchAll(HASHTAG)) mark(index, index + whole.length, 'hashtag')
  return voice.links ? [...drawings, ...tagsBeside(block, start, voice.links)] : drawings
}

const linkOf = (marks: readonly Mark[]) => marks.find(({ type }) => type.name === 'link')
const hrefOf = (node: ProseNode | null | undefined): string => {
  const href: unknown = node && linkOf(node.marks)?.attrs.href
  return typeof href === 'string' ? href : ''
}

function tagsBeside(block: ProseNode, start: number, links: LinkVoice): Decoration[] {
  const tags: Decoration[] = []
  block.forEach((child, offset, index) => {
    const href = hrefOf(child)
    const goesOn = index + 1 < block.childCount && hrefOf(block.child(index + 1)) === href
    if (!href || goesOn || !isTagged(href)) return
    const { campaign, content, term } = tagsOf(href)
    const words = [campaign, content, term].filter(Boolean).join(' / ') || 'tagged'
    const wrong = checkLink(href, links.allowed, links.vocabulary).length > 0
    tags.push(
      Decoration.widget(start + offset + child.nodeSize, () => drawTag(words, wrong), {
        side: 1,
        marks: [],
        key: `${wrong ? 'wrong' : 'right'} ${words}`,
        ignoreSelection: true,
      }),
    )
  })
  return tags
}

function drawTag(words: string, wrong: boolean): HTMLElement {
  const tag = document.createElement('span')
  tag.className = wrong ? 'link-tag link-tag-wrong' : 'link-tag'
  tag.contentEditable = 'false'
  tag.textContent = words
  tag.title = wrong ? 'Not as the vocabulary says' : 'What this link says of where it stands'
  return tag
}

/** Everything that deserves a look, in reading order. */
export const flagsIn = (state: EditorState): Flag[] =>
  (key.getState(state)?.drawn ?? DecorationSet.empty)
    .find(undefined, undefined, (spec: Partial<FlagSpec>) => spec.flag !== undefined)
    .map(({ from, to, spec }) => ({ ...(spec as FlagSpec).flag, from, to }))
    .sort((a, b) => a.from - b.from)

/** Selects the next flag after the caret, round the end of the text. Null: there is none. */
export function selectNextFlag({ state, dispatch }: EditorView): Flag | null {
  const flags = flagsIn(state)
  const flag = flags.find(({ from }) => from >= state.selection.to) ?? flags[0]
  if (!flag) return null
  dispatch(state.tr.setSelection(TextSelection.create(state.doc, flag.from, flag.to)).scrollIntoView())
  return flag
}

/** Puts other words in the place of a flag. */
export function replaceFlag({ state, dispatch }: EditorView, { from, to }: Flag, text: string): void {
  dispatch(text ? state.tr.insertText(text, from, to) : state.tr.delete(from, to))
}
