import { describe, expect, it } from 'vitest'
import { checkDoc, createStoredForm, documentSchema } from '../../../renderer/editor/extensions.ts'
import { type Doc, MARK_TYPES, NODE_TYPES } from '../../../shared/domain/document.ts'

const doc = (...content: Doc['content']): Doc => ({ type: 'doc', content })
const text = (words: string, ...marks: string[]) => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
})

describe('the schema of a document', () => {
  it('is exactly the list both sides of the app agreed on', () => {
    const schema = documentSchema()
    expect(Object.keys(schema.nodes).toSorted()).toEqual([...NODE_TYPES].toSorted())
    expect(Object.keys(schema.marks).toSorted()).toEqual([...MARK_TYPES].toSorted())
  })

  it('keeps marks in the order documents are stored in', () => {
    expect(Object.keys(documentSchema().marks)).toEqual(['link', 'bold', 'italic', 'strike', 'underline', 'code'])
  })

  it('names what it does not know instead of showing an empty page', () => {
    const checked = checkDoc(doc({ type: 'video', attrs: { src: 'x' } }))
    expect(checked).toEqual({ ok: false, error: expect.stringContaining('video') })
    expect(checkDoc(doc({ type: 'listItem' })).ok).toBe(false)
  })

  it('opens a text with code inside a link, a deep heading and source HTML', () => {
    const full = doc(
      { type: 'heading', attrs: { level: 6 }, content: [text('Deep')] },
      {
        type: 'paragraph',
        content: [
          {
            type: 'text',
            text: 'npm',
            marks: [{ type: 'link', attrs: { href: 'https://example.org' } }, { type: 'code' }],
          },
        ],
      },
      { type: 'htmlBlock', attrs: { html: '<video></video>' } },
      { type: 'paragraph', content: [{ type: 'image', attrs: { src: '/a.png', alt: 'A', title: null } }] },
    )
    const checked = checkDoc(full)
    expect(checked.ok).toBe(true)
    if (checked.ok) expect(createStoredForm().of(checked.value)).toEqual(full)
  })
})

describe('the stored form', () => {
  it('gives untouched blocks back as the very objects that came in', () => {
    const full = doc(
      {
        type: 'table',
        content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [{ type: 'paragraph' }] }] }],
      },
      { type: 'paragraph', content: [text('a'), text('b', 'bold')] },
    )
    const checked = checkDoc(full)
    if (!checked.ok) throw new Error(checked.error)
    const form = createStoredForm()
    form.learn(checked.value, full)
    const edited = checked.value.copy(
      checked.value.content.replaceChild(1, documentSchema().node('paragraph', null, documentSchema().text('c'))),
    )
    const out = form.of(edited)
    expect(out.content[0]).toBe(full.content[0])
    expect(out.content[1]).toEqual({ type: 'paragraph', content: [{ type: 'text', text: 'c' }] })
  })
})
