/** The only door to the editor: nothing outside of this folder imports Tiptap. */
export { checkDoc } from './extensions.ts'
export { type Caret, type EditorHandle, useWordCount } from './handle.ts'
export type { KeptPicture, PictureSource } from './pictures.ts'
export { RichTextEditor, type RichTextEditorProps } from './RichTextEditor.tsx'
export { EditorToolbar } from './Toolbar.tsx'
export { docToHtml } from './toHtml.ts'
