import {
  AtSign,
  Bold,
  Code,
  Hash,
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
import { type ComponentProps, memo, useEffect, useMemo, useRef } from 'react'
import { IconButton, Menu, type MenuEntry, TextField } from '../ui/index.ts'
import styles from './Editor.module.css'
import { OFFERED_LEVELS } from './extensions.ts'
import { type EditorHandle, useEditorValue } from './handle.ts'
import { textCommands } from './textCommands.ts'
import { useVoice } from './voice.ts'

const ICONS: Readonly<Record<string, LucideIcon>> = {
  'text.bold': Bold,
  'text.italic': Italic,
  'text.link': Link2,
  'text.list': List,
  'text.numbers': ListOrdered,
  'text.checks': ListChecks,
  'text.quote': Quote,
  'text.code': SquareCode,
  'text.picture': ImagePlus,
  'text.strike': Strikethrough,
  'text.underline': Underline,
  'text.inlineCode': Code,
  'text.line': Minus,
}
const HEADINGS = ['plain', ...OFFERED_LEVELS.map((level) => `heading.${level}`)]
const CELLS = ['rowAbove', 'rowBelow', 'columnBefore', 'columnAfter']
const SHAPE = ['headRow', 'joinCells', 'splitCell']
const DELETING = ['deleteRow', 'deleteColumn', 'deleteTable']

/** The tools under the text. Redraws only when what is active at the caret changes. */
export const EditorToolbar = memo(function EditorToolbar({ handle }: { handle: EditorHandle }) {
  const { editor } = handle
  const bar = useRef<HTMLDivElement>(null)
  const voice = useVoice()
  const commands = useMemo(() => new Map(textCommands(handle).map((command) => [command.id, command])), [handle])
  const active = useEditorValue(editor, (e) =>
    [...commands.values()].flatMap(({ id, active: holds }) => (holds?.(e) ? id : [])).join(' '),
  ).split(' ')
  const inTable = useEditorValue(editor, (e) => e.isActive('table'))
  const onPicture = useEditorValue(editor, (e) => e.isActive('image'))
  const canUndo = useEditorValue(editor, (e) => e.can().undo())
  const canRedo = useEditorValue(editor, (e) => e.can().redo())
  const has = (name: string) => active.includes(`text.${name}`)

  const button = (icon: LucideIcon, label: string, rest: Partial<ComponentProps<typeof IconButton>>) => (
    <IconButton size="sm" icon={icon} label={label} onMouseDown={(event) => event.preventDefault()} {...rest} />
  )
  const tool = (name: string) => {
    const command = commands.get(`text.${name}`)
    const icon = ICONS[`text.${name}`]
    if (!command || !icon) return null
    return button(icon, command.title, {
      keys: command.keys?.split('+'),
      pressed: command.active && has(name),
      onClick: command.run,
    })
  }
  const entries = (names: readonly string[], look: { danger?: boolean } = {}): MenuEntry[] =>
    names.flatMap((name) => {
      const command = commands.get(`text.${name}`)
      if (!command) return []
      return {
        label: command.title,
        icon: ICONS[command.id],
        keys: command.keys?.split('+'),
        checked: command.active && has(name),
        onSelect: command.run,
        ...look,
      }
    })
  const tables: MenuEntry[] = inTable
    ? [
        ...entries(CELLS),
        { separator: true },
        ...entries(SHAPE),
        { separator: true },
        ...entries(DELETING, { danger: true }),
      ]
    : entries(['table'])

  // One stop for the Tab key, arrows inside: a toolbar as screen readers expect it.
  const tools = () => [...(bar.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])]
  const keepOneStop = () => {
    const all = tools()
    const stop =
      all.find((each) => each === document.activeElement) ?? all.find((each) => each.tabIndex === 0) ?? all[0]
    for (const each of all) each.tabIndex = each === stop ? 0 : -1
  }
  useEffect(keepOneStop)
  const onKeyDown = (event: React.KeyboardEvent) => {
    const all = tools()
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const to = {
      ArrowRight: (at + 1) % all.length,
      ArrowLeft: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key]
    if (at === -1 || to === undefined) return
    event.preventDefault()
    all[to]?.focus()
  }

  if (onPicture) return <PictureTools handle={handle} />
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="Text"
      className={styles.tools}
      onKeyDown={onKeyDown}
      onFocus={keepOneStop}
    >
      {tool('bold')}
      {tool('italic')}
      {tool('link')}
      <Menu
        trigger={<IconButton size="sm" icon={Heading} label="Heading" pressed={!has('plain')} tooltip={false} />}
        items={entries(HEADINGS)}
      />
      {tool('list')}
      {tool('numbers')}
      {tool('checks')}
      {tool('quote')}
      {tool('code')}
      <Menu
        trigger={<IconButton size="sm" icon={Table} label="Table" pressed={inTable} tooltip={false} />}
        items={tables}
      />
      {tool('picture')}
      {voice && button(AtSign, 'Mention', { keys: ['@'], onClick: () => handle.chooseInsert('mention') })}
      {voice && button(Hash, 'Hashtags', { onClick: () => handle.chooseInsert('hashtags') })}
      <Menu
        trigger={<IconButton size="sm" icon={Slash} label="More" tooltip={false} />}
        items={[
          ...entries(['strike', 'underline', 'inlineCode', 'line']),
          { separator: true },
          ...entries(['clear', 'find', 'replace']),
        ]}
      />
      <span className={styles.toolsGap} />
      {button(Undo2, 'Undo typing', {
        keys: ['Mod', 'Z'],
        disabled: !canUndo,
        onClick: () => editor.chain().focus().undo().run(),
      })}
      {button(Redo2, 'Redo typing', {
        keys: ['Mod', 'Shift', 'Z'],
        disabled: !canRedo,
        onClick: () => editor.chain().focus().redo().run(),
      })}
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
