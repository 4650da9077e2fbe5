/** The only door to the editor: nothing outside of this folder imports Tiptap. */
export { type Caret, type EditorHandle, useWordCount } from './handle.ts'
export type { KeptPicture, PictureSource } from './pictures.ts'
export { RichTextEditor } from './RichTextEditor.tsx'
export { EditorToolbar } from './Toolbar.tsx'
export { textCommands } from './textCommands.ts'
export { type Insertable, type LinkVoice, type Voice, VoiceProvider } from './voice.ts'
