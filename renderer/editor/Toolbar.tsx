import {
  Bold,
  Code,
  Heading,
  ImagePlus,
  Italic,
  Link2,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Minus,
  Quote,
  Redo2,
  Slash,
  SquareCode,
  Strikethrough,
  Table,
  Underline,
  Undo2,
} from 'lucide-react'
import { memo, useRef } from 'react'
import { IconButton, Menu, type MenuEntry, TextField } from '../ui/index.ts'
import styles from './Editor.module.css'
import { OFFERED_LEVELS } from './extensions.ts'
import { type EditorHandle, useEditorValue } from './handle.ts'

const MARKS = ['bold', 'italic', 'strike', 'underline', 'code', 'link'] as const
const BLOCKS = ['bulletList', 'orderedList', 'taskList', 'blockquote', 'codeBlock', 'table', 'image'] as const

/** The tools under the text. Redraws only when what is active at the caret changes. */
export const EditorToolbar = memo(function EditorToolbar({ handle }: { handle: EditorHandle }) {
  const { editor } = handle
  const bar = useRef<HTMLDivElement>(null)
  const active = useEditorValue(editor, (e) =>
    [...MARKS, ...BLOCKS].filter((name) => e.isActive(name)).join(' '),
  ).split(' ')
  const level = useEditorValue(
    editor,
    (e) => OFFERED_LEVELS.find((each) => e.isActive('heading', { level: each })) ?? 0,
  )
  const canUndo = useEditorValue(editor, (e) => e.can().undo())
  const canRedo = useEditorValue(editor, (e) => e.can().redo())
  const has = (name: string) => active.includes(name)
  const run = () => editor.chain().focus()

  const button = (
    icon: LucideIcon,
    label: string,
    keys: string[],
    pressed: boolean | undefined,
    act: () => void,
    disabled = false,
  ) => (
    <IconButton
      size="sm"
      icon={icon}
      label={label}
      keys={keys.length > 0 ? keys : undefined}
      pressed={pressed}
      disabled={disabled}
      onMouseDown={(event) => event.preventDefault()}
      onClick={act}
    />
  )
  const headings: MenuEntry[] = [
    { label: 'Text', checked: level === 0, keys: ['Mod', 'Alt', '0'], onSelect: () => run().setParagraph().run() },
    ...OFFERED_LEVELS.map((each) => ({
      label: `Heading ${each}`,
      checked: level === each,
      keys: ['Mod', 'Alt', String(each)],
      onSelect: () => void run().toggleHeading({ level: each }).run(),
    })),
  ]
  const tables: MenuEntry[] = has('table')
    ? [
        { label: 'Row above', onSelect: () => run().addRowBefore().run() },
        { label: 'Row below', onSelect: () => run().addRowAfter().run() },
        { label: 'Column before', onSelect: () => run().addColumnBefore().run() },
        { label: 'Column after', onSelect: () => run().addColumnAfter().run() },
        { separator: true },
        { label: 'Head row', onSelect: () => run().toggleHeaderRow().run() },
        { label: 'Join cells', onSelect: () => run().mergeCells().run() },
        { label: 'Split cell', onSelect: () => run().splitCell().run() },
        { separator: true },
        { label: 'Delete row', danger: true, onSelect: () => run().deleteRow().run() },
        { label: 'Delete column', danger: true, onSelect: () => run().deleteColumn().run() },
        { label: 'Delete table', danger: true, onSelect: () => run().deleteTable().run() },
      ]
    : [{ label: 'New table', onSelect: () => run().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run() }]
  const more: MenuEntry[] = [
    {
      label: 'Strike through',
      icon: Strikethrough,
      keys: ['Mod', 'Shift', 'S'],
      checked: has('strike'),
      onSelect: () => run().toggleStrike().run(),
    },
    {
      label: 'Underline',
      icon: Underline,
      keys: ['Mod', 'U'],
      checked: has('underline'),
      onSelect: () => run().toggleUnderline().run(),
    },
    {
      label: 'Code in the line',
      icon: Code,
      keys: ['Mod', 'E'],
      checked: has('code'),
      onSelect: () => run().toggleCode().run(),
    },
    { label: 'Line across', icon: Minus, onSelect: () => run().setHorizontalRule().run() },
    { separator: true },
    { label: 'Clear the style', onSelect: () => run().unsetAllMarks().clearNodes().run() },
  ]

  // One stop for the Tab key, arrows inside: a toolbar as screen readers expect it.
  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0 || event.target instanceof HTMLInputElement) return
    const buttons = [...(bar.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])]
    const at = buttons.findIndex((each) => each.contains(document.activeElement))
    if (at === -1) return
    event.preventDefault()
    buttons[(at + by + buttons.length) % buttons.length]?.focus()
  }

  if (has('image')) return <PictureTools handle={handle} />
  return (
    <div ref={bar} role="toolbar" aria-label="Text" className={styles.tools} onKeyDown={onKeyDown}>
      {button(Bold, 'Bold', ['Mod', 'B'], has('bold'), () => run().toggleBold().run())}
      {button(Italic, 'Italic', ['Mod', 'I'], has('italic'), () => run().toggleItalic().run())}
      {button(Link2, 'Link', ['Mod', 'K'], has('link'), handle.editLink)}
      <Menu
        trigger={<IconButton size="sm" icon={Heading} label="Heading" pressed={level > 0} tooltip={false} />}
        items={headings}
      />
      {button(List, 'List', ['Mod', 'Shift', '8'], has('bulletList'), () => run().toggleBulletList().run())}
      {button(ListOrdered, 'Numbered list', ['Mod', 'Shift', '7'], has('orderedList'), () =>
        run().toggleOrderedList().run(),
      )}
      {button(ListChecks, 'Check list', ['Mod', 'Shift', '9'], has('taskList'), () => run().toggleTaskList().run())}
      {button(Quote, 'Quote', ['Mod', 'Shift', 'B'], has('blockquote'), () => run().toggleBlockquote().run())}
      {button(SquareCode, 'Code', ['Mod', 'Alt', 'C'], has('codeBlock'), () => run().toggleCodeBlock().run())}
      <Menu
        trigger={<IconButton size="sm" icon={Table} label="Table" pressed={has('table')} tooltip={false} />}
        items={tables}
      />
      {button(ImagePlus, 'Picture', [], undefined, handle.pickPicture)}
      <Menu trigger={<IconButton size="sm" icon={Slash} label="More" tooltip={false} />} items={more} />
      <span className={styles.toolsGap} />
      {button(Undo2, 'Undo typing', ['Mod', 'Z'], undefined, () => run().undo().run(), !canUndo)}
      {button(Redo2, 'Redo typing', ['Mod', 'Shift', 'Z'], undefined, () => run().redo().run(), !canRedo)}
    </div>
  )
})

/** While a picture is selected its description takes the place of the tools. */
function PictureTools({ handle: { editor } }: { handle: EditorHandle }) {
  const alt = useEditorValue(editor, (e) => String(e.getAttributes('image').alt ?? ''))
  return (
    <div className={styles.pictureTools}>
      <TextField
        size="md"
        aria-label="Description of the picture"
        placeholder="What the picture shows, for those who cannot see it"
        value={alt}
        onChange={(next) => editor.commands.updateAttributes('image', { alt: next })}
        onKeyDown={(event) => {
          if ((event.key === 'Enter' || event.key === 'Escape') && !event.nativeEvent.isComposing)
            editor.commands.focus()
        }}
      />
    </div>
  )
}
