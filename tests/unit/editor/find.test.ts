import { describe, expect, it } from 'vitest'
import { checkDoc } from '../../../renderer/editor/extensions.ts'
import { findIn } from '../../../renderer/editor/find.ts'
import type { DocNode } from '../../../shared/domain/document.ts'

const found = (content: DocNode[], text: string, matchCase = false) => {
  const checked = checkDoc({ type: 'doc', content })
  if (!checked.ok) throw new Error(checked.error)
  return findIn(checked.value, { text, matchCase }).map(({ from, to }) => checked.value.textBetween(from, to))
}
const p = (...content: DocNode[]): DocNode => ({ type: 'paragraph', content })

describe('finding in a text', () => {
  it('finds words across bold and plain, in lists too', () => {
    const item: DocNode = {
      type: 'bulletList',
      content: [{ type: 'listItem', content: [p({ type: 'text', text: 'a pocket' })] }],
    }
    expect(
      found(
        [p({ type: 'text', text: 'three poc' }, { type: 'text', text: 'kets', marks: [{ type: 'bold' }] }), item],
        'pocket',
      ),
    ).toEqual(['pocket', 'pocket'])
  })

  it('takes the question literally and heeds case when asked', () => {
    expect(found([p({ type: 'text', text: 'What? what. İstanbul what?' })], 'what?')).toEqual(['What?', 'what?'])
    expect(found([p({ type: 'text', text: 'What? what. İstanbul what?' })], 'what?', true)).toEqual(['what?'])
  })
})
