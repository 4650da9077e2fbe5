import type { Node as ProseNode } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { DecorationSet } from '@tiptap/pm/view'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentSchema } from '../../../renderer/editor/extensions.ts'
import { flagsIn, overlayPlugin, replaceFlag, selectNextFlag, withVoice } from '../../../renderer/editor/overlay.ts'
import type { Voice } from '../../../renderer/editor/voice.ts'
import { type BrandWord, compileBrandWords } from '../../../shared/domain/brandWords.ts'
import { allowedValues, DEFAULT_VOCABULARY } from '../../../shared/domain/utm.ts'

const schema = documentSchema()
const eco: BrandWord = {
  id: 'eco',
  say: 'mended',
  not: ['eco', 'last chance'],
  reason: 'Says nothing.',
  matchCase: false,
  order: 0,
  trashedAt: 0,
}
const campaign = { id: 't', name: 'Tarn 28', phases: [] }
const searched: string[] = []
function aVoice(): Voice {
  const matcher = compileBrandWords([eco])
  return {
    inserts: [],
    values: () => new Map(),
    words: matcher && {
      find(text) {
        searched.push(text)
        return matcher.find(text)
      },
    },
    variables: new Set(['town']),
    mentions: new Set(['mendbar']),
    links: {
      vocabulary: DEFAULT_VOCABULARY,
      allowed: allowedValues(DEFAULT_VOCABULARY, [campaign]),
      suggested: {},
      networks: [],
    },
    openWords: () => undefined,
    attach: () => undefined,
    detach: () => undefined,
  }
}

const paragraph = (...content: ProseNode[]) => schema.node('paragraph', null, content)
const words = (text: string, ...marks: { type: string; attrs?: Record<string, unknown> }[]) =>
  schema.text(
    text,
    marks.map(({ type, attrs }) => schema.mark(type, attrs)),
  )
const link = (href: string) => ({ type: 'link', attrs: { href } })
const docOf = (...blocks: ProseNode[]) => schema.node('doc', null, blocks)

const stateOf = (doc: ProseNode) => {
  const state = EditorState.create({ doc, plugins: [overlayPlugin(() => undefined)] })
  return state.apply(withVoice(state.tr, aVoice()))
}
/** What is drawn, as text: `brand-word: eco`; a tag beside a link by its words. */
const drawnIn = (state: EditorState): string[] => {
  const set = state.plugins[0]?.props.decorations?.call(state.plugins[0], state) as DecorationSet
  return set
    .find()
    .map((drawing) => {
      const { type, from, to, spec } = drawing as unknown as {
        type: { attrs?: { class: string } }
        from: number
        to: number
        spec: { key?: string }
      }
      return type.attrs
        ? `${from} ${type.attrs.class}: ${state.doc.textBetween(from, to)}`
        : `${from} tag: ${spec.key ?? ''}`
    })
    .sort()
}
const shown = (state: EditorState) => drawnIn(state).map((text) => text.replace(/^\d+ /, ''))

describe('what is drawn over a text', () => {
  it('marks brand words, holes, known names and hashtags, and shows the tag of a link', () => {
    const state = stateOf(
      docOf(
        paragraph(words('An eco pack for {town} from @mendbar and @nobody #tarn28 {other}')),
        paragraph(words('the shop', link('https://fernhollow.example/?utm_campaign=tarn-28&utm_content=tease'))),
        paragraph(words('wrong', link('https://fernhollow.example/?utm_campaign=Tarn_28')), words(' plain')),
      ),
    )
    expect(shown(state).toSorted()).toEqual([
      'brand-word: eco',
      'hashtag: #tarn28',
      'known-name: @mendbar',
      'open-variable: {town}',
      'tag: right tarn-28 / tease',
      'tag: wrong Tarn_28',
    ])
  })

  it('leaves code alone, and finds words across bold and plain letters', () => {
    const state = stateOf(
      docOf(
        paragraph(words('last '), words('chance', { type: 'bold' }), words(' eco', { type: 'code' })),
        schema.node('codeBlock', null, [words('eco')]),
      ),
    )
    expect(shown(state)).toEqual(['brand-word: last chance'])
  })

  it('shows one tag for a link whose words are bold in part', () => {
    const href = link('https://fernhollow.example/?utm_campaign=tarn-28')
    const state = stateOf(docOf(paragraph(words('the ', href), words('shop', href, { type: 'bold' }))))
    expect(shown(state)).toEqual(['tag: right tarn-28'])
  })

  it('is gone with its voice', () => {
    const state = stateOf(docOf(paragraph(words('eco'))))
    expect(shown(state.apply(withVoice(state.tr, null)))).toEqual([])
  })

  it('a key press looks at the block it is in, however long the text', () => {
    const state = stateOf(docOf(...Array.from({ length: 400 }, (_, at) => paragraph(words(`Block ${at} is eco.`)))))
    searched.length = 0
    const at = state.doc.resolve(state.doc.content.size / 2).start()
    const typed = state.apply(state.tr.insertText('eco ', at))
    expect(searched).toHaveLength(1)
    expect(searched[0]).toMatch(/^eco Block \d+ is eco\.$/)
    expect(shown(typed)).toHaveLength(401)
    searched.length = 0
    typed.apply(typed.tr.setSelection(TextSelection.create(typed.doc, 3)))
    expect(searched).toHaveLength(0)
  })

  it('a link or code made of words is seen, though no letter moved', () => {
    const state = stateOf(docOf(paragraph(words('eco shop'))))
    const code = state.apply(state.tr.addMark(1, 4, schema.mark('code')))
    expect(shown(code)).toEqual([])
    const tagged = state.tr.addMark(5, 9, schema.mark('link', { href: 'https://a.example?utm_campaign=tarn-28' }))
    expect(shown(state.apply(tagged))).toEqual(['brand-word: eco', 'tag: right tarn-28'])
  })

  const piece = fc.constantFrom('eco', ' ', 'last', ' chance', '{town}', '{', 'town}', '@mendbar', '#a', 'x', '。')
  const edit = fc.record({
    kind: fc.constantFrom('insert' as const, 'delete' as const, 'split' as const, 'join' as const, 'mark' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(12),
    text: piece,
  })
  it('after any edits is what a fresh look at the whole text would draw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(piece, { minLength: 1 }), { minLength: 1, maxLength: 5 }),
        fc.array(edit),
        (texts, edits) => {
          let state = stateOf(docOf(...texts.map((pieces) => paragraph(words(pieces.join(''))))))
          for (const each of edits) state = state.apply(edited(state, each))
          expect(drawnIn(state)).toEqual(drawnIn(stateOf(state.doc)))
        },
      ),
    )
  })
})

interface Edit {
  readonly kind: 'insert' | 'delete' | 'split' | 'join' | 'mark'
  /** Place in the text, 0 to 1. */
  readonly at: number
  readonly length: number
  readonly text: string
}

function edited({ doc, tr }: EditorState, { kind, at, length, text }: Edit): Transaction {
  const from = TextSelection.near(doc.resolve(Math.round(at * doc.content.size))).from
  const to = TextSelection.near(doc.resolve(Math.min(from + length, doc.content.size)), -1).from
  const $from = doc.resolve(from)
  if (kind === 'insert') return tr.insertText(text, from)
  if (kind === 'delete') return tr.delete(Math.min(from, to), Math.max(from, to))
  if (kind === 'split') return tr.split(from)
  if (kind === 'join') return $from.index(0) > 0 ? tr.join($from.before(1)) : tr
  return tr.addMark(Math.min(from, to), Math.max(from, to), schema.mark('code'))
}

describe('flags of a text', () => {
  it('are gone through in order, round its end, and are replaced', () => {
    let state = stateOf(docOf(paragraph(words('An eco pack')), paragraph(words('for {town}, eco'))))
    const view = {
      get state() {
        return state
      },
      dispatch(tr: Transaction) {
        state = state.apply(tr)
      },
    } as never
    expect(flagsIn(state).map(({ kind }) => kind)).toEqual(['word', 'variable', 'word'])
    const first = selectNextFlag(view)
    expect([first?.kind, first?.from]).toEqual(['word', 4])
    expect(selectNextFlag(view)?.kind).toBe('variable')
    selectNextFlag(view)
    expect(selectNextFlag(view)?.from).toBe(4)
    if (first) replaceFlag(view, first, 'mended')
    expect(state.doc.textContent).toBe('An mended packfor {town}, eco')
    expect(flagsIn(state)).toHaveLength(2)
  })
})
