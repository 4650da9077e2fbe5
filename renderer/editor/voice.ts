/** What a workspace says and how, as an open editor knows it. Given by a screen around its editors; without one an editor is plain. */
import { createContext, useContext } from 'react'
import type { BrandMatcher } from '../../shared/domain/brandWords.ts'
import type { NetworkId } from '../../shared/domain/channel.ts'
import type { SnippetKind, Values } from '../../shared/domain/snippet.ts'
import type { AllowedValues, UtmTags, Vocabulary } from '../../shared/domain/utm.ts'
import type { EditorHandle } from './handle.ts'

/** Words that can be brought into the text. A mention stands in it as the `@name` of the mention book, whatever the network. */
export interface Insertable {
  readonly id: string
  readonly kind: SnippetKind | 'mention'
  readonly name: string
  /** With `{variables}`. */
  readonly text: string
}

export interface LinkVoice {
  readonly vocabulary: Vocabulary
  readonly allowed: AllowedValues
  /** What the place of the post suggests. */
  readonly suggested: UtmTags
  /** Networks the post goes to. */
  readonly networks: readonly NetworkId[]
}

export interface Voice {
  readonly inserts: readonly Insertable[]
  /** What the post answers to variables at this moment. */
  readonly values: () => Values
  readonly words: BrandMatcher | null
  /** Names of variables, in lower case: one of them left in the text is a hole. */
  readonly variables: ReadonlySet<string>
  /** Names of the mention book, in lower case, without the `@`. */
  readonly mentions: ReadonlySet<string>
  readonly links: LinkVoice | null
  /** Where the list of brand words is kept. */
  readonly openWords: () => void
  /** An editor was opened, or took the keys: commands of the screen act on the last that had them. */
  readonly attach: (handle: EditorHandle, focused: boolean) => void
  readonly detach: (handle: EditorHandle) => void
}

const VoiceContext = createContext<Voice | null>(null)
export const VoiceProvider = VoiceContext.Provider
export const useVoice = (): Voice | null => useContext(VoiceContext)
