/** The menu behind the slash key: what it offers, and the plugin that opens it. Drawn by SlashMenu.tsx. */
import { type Editor, Extension, type Range } from '@tiptap/core'
import { Suggestion, type SuggestionKeyDownProps, type SuggestionProps } from '@tiptap/suggestion'
import {
  Code,
  Heading1,
  Heading2,
  Heading3,
  Heading4,
  ImagePlus,
  Link2,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Minus,
  Pilcrow,
  Quote,
  Table,
} from 'lucide-react'
import type { Cell } from './cell.ts'

export interface SlashItem {
  readonly id: string
  readonly label: string
  readonly icon: LucideIcon
  /** Other words it is found by. */
  readonly words: string
  /** The Markdown that does the same, or what it is. */
  readonly hint: string
  readonly run: (editor: Editor, range: Range) => void
}

/** What the menu asks of the component around the editor. */
export interface SlashActions {
  pickPicture(): void
  editLink(): void
  /** Words of the workspace, as they are now. */
  inserts(): readonly SlashItem[]
}

export const slashItems = (actions: Pick<SlashActions, 'pickPicture' | 'editLink'>): readonly SlashItem[] => {
  const at = (editor: Editor, range: Range) => editor.chain().focus().deleteRange(range)
  return [
    {
      id: 'text',
      label: 'Text',
      icon: Pilcrow,
      words: 'paragraph plain',
      hint: '',
      run: (e, r) => at(e, r).setParagraph().run(),
    },
    {
      id: 'h1',
      label: 'Heading 1',
      icon: Heading1,
      words: 'title',
      hint: '#',
      run: (e, r) => at(e, r).setHeading({ level: 1 }).run(),
    },
    {
      id: 'h2',
      label: 'Heading 2',
      icon: Heading2,
      words: 'section',
      hint: '##',
      run: (e, r) => at(e, r).setHeading({ level: 2 }).run(),
    },
    {
      id: 'h3',
      label: 'Heading 3',
      icon: Heading3,
      words: '',
      hint: '###',
      run: (e, r) => at(e, r).setHeading({ level: 3 }).run(),
    },
    {
      id: 'h4',
      label: 'Heading 4',
      icon: Heading4,
      words: '',
      hint: '####',
      run: (e, r) => at(e, r).setHeading({ level: 4 }).run(),
    },
    {
      id: 'bullets',
      label: 'List',
      icon: List,
      words: 'bullet points',
      hint: '-',
      run: (e, r) => at(e, r).toggleBulletList().run(),
    },
    {
      id: 'numbers',
      label: 'Numbered list',
      icon: ListOrdered,
      words: 'ordered',
      hint: '1.',
      run: (e, r) => at(e, r).toggleOrderedList().run(),
    },
    {
      id: 'tasks',
      label: 'Check list',
      icon: ListChecks,
      words: 'tasks to do',
      hint: '[ ]',
      run: (e, r) => at(e, r).toggleTaskList().run(),
    },
    {
      id: 'quote',
      label: 'Quote',
      icon: Quote,
      words: 'blockquote',
      hint: '>',
      run: (e, r) => at(e, r).toggleBlockquote().run(),
    },
    {
      id: 'code',
      label: 'Code',
      icon: Code,
      words: 'preformatted',
      hint: '```',
      run: (e, r) => at(e, r).toggleCodeBlock().run(),
    },
    {
      id: 'table',
      label: 'Table',
      icon: Table,
      words: 'grid rows columns',
      hint: '',
      run: (e, r) => at(e, r).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    },
    {
      id: 'picture',
      label: 'Picture',
      icon: ImagePlus,
      words: 'image photo',
      hint: '',
      run: (e, r) => {
        at(e, r).run()
        actions.pickPicture()
      },
    },
    {
      id: 'link',
      label: 'Link',
      icon: Link2,
      words: 'address url',
      hint: '',
      run: (e, r) => {
        at(e, r).run()
        actions.editLink()
      },
    },
    {
      id: 'line',
      label: 'Line',
      icon: Minus,
      words: 'divider rule',
      hint: '---',
      run: (e, r) => at(e, r).setHorizontalRule().run(),
    },
  ]
}

/** Items whose name or other words begin with what was typed; names first. */
export function matchItems(items: readonly SlashItem[], query: string): SlashItem[] {
  const wanted = query.trim().toLocaleLowerCase()
  if (!wanted) return [...items]
  const begins = (text: string) =>
    text
      .toLocaleLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted))
  const byName = items.filter((item) => item.label.toLocaleLowerCase().startsWith(wanted) || begins(item.label))
  return [...byName, ...items.filter((item) => !byName.includes(item) && begins(item.words))]
}

export interface SlashState {
  readonly items: readonly SlashItem[]
  readonly at: number
  readonly query: string
  readonly rect: DOMRect | null
  readonly pick: (item: SlashItem) => void
}

export type SlashStore = Cell<SlashState>

/** Draws the menu of a suggestion and leads the keys into it. */
export const suggestionMenu = (store: SlashStore) => () => {
  const show = (props: SuggestionProps<SlashItem, SlashItem>) => {
    const at = Math.min(
      store.get()?.query === props.query ? (store.get()?.at ?? 0) : 0,
      Math.max(props.items.length - 1, 0),
    )
    store.set({ items: props.items, at, query: props.query, rect: props.clientRect?.() ?? null, pick: props.command })
  }
  return {
    onStart: show,
    onUpdate: show,
    onExit: () => store.set(null),
    onKeyDown: ({ event }: SuggestionKeyDownProps) => {
      const open = store.get()
      if (!open || open.items.length === 0 || event.isComposing) return false
      const move = (by: number) => store.set({ ...open, at: (open.at + by + open.items.length) % open.items.length })
      if (event.key === 'ArrowDown') move(1)
      else if (event.key === 'ArrowUp') move(-1)
      else if (event.key === 'Enter' || event.key === 'Tab') {
        const item = open.items[open.at]
        if (item) open.pick(item)
      } else return false
      return true
    },
  }
}

export const slashMenu = (store: SlashStore, actions: SlashActions) =>
  Extension.create({
    name: 'slashMenu',
    addProseMirrorPlugins() {
      const items = slashItems(actions)
      return [
        Suggestion<SlashItem, SlashItem>({
          editor: this.editor,
          char: '/',
          allow: ({ state }) => !state.selection.$from.parent.type.spec.code,
          items: ({ query }) => matchItems([...items, ...actions.inserts()], query),
          command: ({ editor, range, props }) => props.run(editor, range),
          render: suggestionMenu(store),
        }),
      ]
    },
  })
