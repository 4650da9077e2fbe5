/** Words brought into the text: by the slash, by an `@`, or from a list. */
import { type Editor, Extension, type Range } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion } from '@tiptap/suggestion'
import { AtSign, Hash, type LucideIcon, PenLine, Text } from 'lucide-react'
import { fill, SNIPPET_WORD } from '../../shared/domain/snippet.ts'
import { docOfPlain } from '../../shared/interchange/plain-doc.ts'
import type { Cell } from './cell.ts'
import type { Flag } from './overlay.ts'
import { matchItems, type SlashItem, type SlashStore, suggestionMenu } from './slash.ts'
import type { Insertable, Voice } from './voice.ts'

/** The small box that is open over the text. */
export type VoiceBox =
  /** Asks for variables the post has no answer to. `at`: where the words go, once they are whole. */
  | { readonly kind: 'ask'; readonly item: Insertable; readonly missing: readonly string[] }
  /** A list to choose from. */
  | { readonly kind: 'choose'; readonly of: Insertable['kind'] }
  /** `quiet`: only pointed at, the keys stay in the text. */
  | { readonly kind: 'flag'; readonly flag: Flag; readonly quiet: boolean }

export const INSERT_ICON: Readonly<Record<Insertable['kind'], LucideIcon>> = {
  snippet: Text,
  hashtags: Hash,
  signature: PenLine,
  mention: AtSign,
}
export const INSERT_WORD: Readonly<Record<Insertable['kind'], string>> = { ...SNIPPET_WORD, mention: 'Mention' }

/** Puts words at the caret or over the selection: one line into the line, several as paragraphs; addresses become links. */
export function insertWords(editor: Editor, text: string): void {
  if (editor.state.selection.$from.parent.type.spec.code) {
    editor.chain().focus().insertContent({ type: 'text', text }).run()
    return
  }
  const { content } = docOfPlain(text)
  const [only, ...others] = content
  const words = others.length === 0 ? only?.content : content
  editor
    .chain()
    .focus()
    .insertContent(structuredClone([...(words ?? [])]) as object[])
    .run()
}

/** Brings an item in, or asks first for what the post has no answer to. */
export function bringIn(editor: Editor, voice: Voice, item: Insertable, boxes: Cell<VoiceBox>): void {
  const { text, missing } = fill(item.text, voice.values())
  if (missing.length > 0) boxes.set({ kind: 'ask', item, missing })
  else insertWords(editor, item.kind === 'mention' ? `${text} ` : text)
}

/** What the menu behind the slash offers beside blocks. */
export const slashInserts = (voice: Voice, boxes: Cell<VoiceBox>): SlashItem[] =>
  voice.inserts
    .filter(({ kind }) => kind !== 'mention')
    .map((item) => ({
      id: item.id,
      label: item.name,
      icon: INSERT_ICON[item.kind],
      words: `${item.kind} ${item.text}`,
      hint: INSERT_WORD[item.kind],
      run: (editor: Editor, range: Range) => {
        editor.chain().focus().deleteRange(range).run()
        bringIn(editor, voice, item, boxes)
      },
    }))

const MENTIONS_SHOWN = 8

/** The menu behind an `@`: names of the mention book. */
export const mentionMenu = (store: SlashStore, voice: () => Voice | null) =>
  Extension.create({
    name: 'mentionMenu',
    addProseMirrorPlugins() {
      return [
        Suggestion<SlashItem, SlashItem>({
          editor: this.editor,
          pluginKey: new PluginKey('mentionMenu'),
          char: '@',
          allow: ({ state }) => !state.selection.$from.parent.type.spec.code,
          items: ({ query }) => matchItems(mentionItems(voice()), query).slice(0, MENTIONS_SHOWN),
          command: ({ editor, range, props }) => props.run(editor, range),
          render: suggestionMenu(store),
        }),
      ]
    },
  })

const mentionItems = (voice: Voice | null): SlashItem[] =>
  (voice?.inserts ?? [])
    .filter(({ kind }) => kind === 'mention')
    .map(({ id, name, text }) => ({
      id,
      label: name,
      icon: AtSign,
      words: text.replace('@', ''),
      hint: text,
      run: (editor, range) => {
        editor
          .chain()
          .focus()
          .insertContentAt(range, { type: 'text', text: `${text} ` })
          .run()
      },
    }))
