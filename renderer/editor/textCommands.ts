/** What can be done to an open text: one list for its tools, their menus, the palette and the list of keys. */
import type { Editor } from '@tiptap/core'
import { OFFERED_LEVELS } from './extensions.ts'
import type { EditorHandle } from './handle.ts'

export interface TextCommand {
  readonly id: string
  readonly title: string
  readonly section: string
  /** As commands write theirs. */
  readonly keys?: string
  /** The text hears its keys itself, and only it. */
  readonly ownKeys: boolean
  readonly inFields?: boolean
  readonly words?: string
  /** Whether it can be done where the caret is. */
  readonly enabled?: () => boolean
  /** Whether it holds where the caret is; absent: it is nothing that could hold. */
  readonly active?: (editor: Editor) => boolean
  readonly run: () => void
}

export function textCommands(handle: EditorHandle): readonly TextCommand[] {
  const { editor } = handle
  const at = () => editor.chain().focus()
  const command = (id: string, title: string, rest: Pick<TextCommand, 'run'> & Partial<TextCommand>): TextCommand => ({
    id: `text.${id}`,
    title,
    section: 'Text',
    ownKeys: true,
    ...rest,
  })
  /** Pressed beside the text, it is still this text that is meant. */
  const anywhere = { ownKeys: false, inFields: true }
  const inTable = () => editor.isActive('table')
  const ofTable = (id: string, title: string, run: () => void) => command(id, title, { enabled: inTable, run })
  return [
    command('find', 'Find in the text', {
      ...anywhere,
      keys: 'Mod+F',
      words: 'search',
      run: () => handle.openFind('find'),
    }),
    command('replace', 'Find and replace', {
      ...anywhere,
      keys: 'Mod+H',
      words: 'search',
      run: () => handle.openFind('replace'),
    }),
    command('bold', 'Bold', { keys: 'Mod+B', active: (e) => e.isActive('bold'), run: () => at().toggleBold().run() }),
    command('italic', 'Italic', {
      keys: 'Mod+I',
      active: (e) => e.isActive('italic'),
      run: () => at().toggleItalic().run(),
    }),
    command('link', 'Link', {
      keys: 'Mod+K',
      words: 'address url',
      active: (e) => e.isActive('link'),
      run: handle.editLink,
    }),
    command('plain', 'Plain text', {
      keys: 'Mod+Alt+0',
      words: 'paragraph',
      active: (e) => !e.isActive('heading'),
      run: () => at().setParagraph().run(),
    }),
    ...OFFERED_LEVELS.map((level) =>
      command(`heading.${level}`, `Heading ${level}`, {
        keys: `Mod+Alt+${level}`,
        active: (e) => e.isActive('heading', { level }),
        run: () => at().toggleHeading({ level }).run(),
      }),
    ),
    command('list', 'List', {
      keys: 'Mod+Shift+8',
      words: 'bullet points',
      active: (e) => e.isActive('bulletList'),
      run: () => at().toggleBulletList().run(),
    }),
    command('numbers', 'Numbered list', {
      keys: 'Mod+Shift+7',
      words: 'ordered',
      active: (e) => e.isActive('orderedList'),
      run: () => at().toggleOrderedList().run(),
    }),
    command('checks', 'Check list', {
      keys: 'Mod+Shift+9',
      words: 'tasks to do',
      active: (e) => e.isActive('taskList'),
      run: () => at().toggleTaskList().run(),
    }),
    command('quote', 'Quote', {
      keys: 'Mod+Shift+B',
      active: (e) => e.isActive('blockquote'),
      run: () => at().toggleBlockquote().run(),
    }),
    command('code', 'Code', {
      keys: 'Mod+Alt+C',
      words: 'block preformatted',
      active: (e) => e.isActive('codeBlock'),
      run: () => at().toggleCodeBlock().run(),
    }),
    command('picture', 'Picture', { words: 'image photo', run: handle.pickPicture }),
    command('strike', 'Strike through', {
      keys: 'Mod+Shift+S',
      active: (e) => e.isActive('strike'),
      run: () => at().toggleStrike().run(),
    }),
    command('underline', 'Underline', {
      keys: 'Mod+U',
      active: (e) => e.isActive('underline'),
      run: () => at().toggleUnderline().run(),
    }),
    command('inlineCode', 'Code in the line', {
      keys: 'Mod+E',
      active: (e) => e.isActive('code'),
      run: () => at().toggleCode().run(),
    }),
    command('line', 'Line across', { words: 'divider rule', run: () => at().setHorizontalRule().run() }),
    command('clear', 'Clear the style', { run: () => at().unsetAllMarks().clearNodes().run() }),
    command('table', 'New table', {
      words: 'grid rows columns',
      enabled: () => !inTable(),
      run: () => at().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    }),
    ofTable('rowAbove', 'Row above', () => at().addRowBefore().run()),
    ofTable('rowBelow', 'Row below', () => at().addRowAfter().run()),
    ofTable('columnBefore', 'Column before', () => at().addColumnBefore().run()),
    ofTable('columnAfter', 'Column after', () => at().addColumnAfter().run()),
    ofTable('headRow', 'Head row', () => at().toggleHeaderRow().run()),
    ofTable('joinCells', 'Join cells', () => at().mergeCells().run()),
    ofTable('splitCell', 'Split cell', () => at().splitCell().run()),
    ofTable('deleteRow', 'Delete row', () => at().deleteRow().run()),
    ofTable('deleteColumn', 'Delete column', () => at().deleteColumn().run()),
    ofTable('deleteTable', 'Delete table', () => at().deleteTable().run()),
  ]
}
