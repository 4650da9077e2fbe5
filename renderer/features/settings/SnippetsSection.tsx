import { Hash, PenLine, Plus, Text } from 'lucide-react'
import { useRef } from 'react'
import {
  checkSnippet,
  POST_VARIABLES,
  SNIPPET_WORD,
  type Snippet,
  type SnippetFinding,
  type SnippetKind,
  tidyHashtags,
  variablesIn,
} from '../../../shared/domain/snippet.ts'
import { assertNever } from '../../../shared/lib/result.ts'
import { addRow, editRow } from '../../data/commands/workspace.ts'
import { plural } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useSnippets } from '../../ports/vocabulary.ts'
import { Button, Field, Finding, Later, Tag } from '../../ui/index.ts'
import { EntryList, nextOrder, useDelete, useOpenEntry } from './entries.tsx'
import { CommitArea, CommitField, useTakesKeys } from './parts.tsx'
import styles from './Settings.module.css'

const ICON = { snippet: Text, hashtags: Hash, signature: PenLine } as const
const NEW_NAME: Readonly<Record<SnippetKind, string>> = {
  snippet: 'New snippet',
  hashtags: 'New set',
  signature: 'New signature',
}

const ADD: Readonly<Record<SnippetKind, string>> = {
  snippet: 'Add a snippet',
  hashtags: 'Add a hashtag set',
  signature: 'Add a signature',
}

/** Words that are written once: typed `/` and a few letters of the name bring them into a text. */
export const SnippetsSection = () => (
  <Snippets
    kinds={['snippet', 'signature']}
    sentence="Words you write again and again: an offer, a closing line. In a text, / and its name bring one in."
  />
)

export const HashtagsSection = () => (
  <Snippets
    kinds={['hashtags']}
    sentence="Hashtags that belong together. In a text, / and the name of a set bring them in."
  />
)

function Snippets({ kinds, sentence }: { kinds: readonly SnippetKind[]; sentence: string }) {
  const { store } = useDeps()
  const snippets = useSnippets()
  const entries = useOpenEntry()
  const remove = useDelete('snippets')
  if (!snippets) return <Later>{null}</Later>
  const list = snippets.filter(({ kind }) => kinds.includes(kind))
  const add = async (kind: SnippetKind) => {
    const fields = { kind, name: NEW_NAME[kind], text: '', order: nextOrder(snippets) }
    entries.show(await addRow(store, 'snippets', fields, `Added a ${SNIPPET_WORD[kind].toLowerCase()}`))
  }
  return (
    <EntryList
      rows={list}
      entries={entries}
      sentence={sentence}
      head={(snippet) => headOf(snippet, kinds.length > 1)}
      onDelete={({ id, name }) => void remove(id, name, 'Texts that used it keep their words.')}
      buttons={kinds.map((kind, at) => (
        <Button
          key={kind}
          icon={Plus}
          variant={list.length === 0 && at === 0 ? 'primary' : 'default'}
          onClick={() => void add(kind)}
        >
          {ADD[kind]}
        </Button>
      ))}
    >
      {(snippet, isNew) => <SnippetEditor snippet={snippet} isNew={isNew} />}
    </EntryList>
  )
}

function headOf(snippet: Snippet, mixed: boolean) {
  const Icon = ICON[snippet.kind]
  const end =
    checkSnippet(snippet).length > 0 ? (
      <Tag>Look at it</Tag>
    ) : mixed ? (
      <Tag>{SNIPPET_WORD[snippet.kind]}</Tag>
    ) : (
      <span className={styles.faint}>{plural(snippet.text.split(' ').length, 'hashtag')}</span>
    )
  return { mark: <Icon aria-hidden size={14} />, note: snippet.text, end }
}

function SnippetEditor({ snippet, isNew }: { snippet: Snippet; isNew: boolean }) {
  const { store } = useDeps()
  const nameField = useTakesKeys(isNew)
  const area = useRef<HTMLTextAreaElement>(null)
  const { kind, text } = snippet
  const set = (fields: Partial<Snippet>, what: string) =>
    void editRow(store, 'snippets', snippet.id, fields, `${what} of “${snippet.name}”`)
  const setText = (next: string) => set({ text: kind === 'hashtags' ? tidyHashtags(next) : next }, 'Words')
  const names = variablesIn(text).map((name) => name.toLowerCase())
  const asked = names.filter((name) => !(name in POST_VARIABLES))
  const insert = (name: string) => {
    const field = area.current
    if (!field) return
    field.focus()
    field.setRangeText(`{${name}}`, field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return (
    <div className={styles.editor}>
      <Field label="Name" className={styles.wide}>
        <CommitField
          ref={nameField}
          value={snippet.name}
          required
          maxLength={80}
          onCommit={(name) => set({ name }, 'Name')}
        />
      </Field>
      <Field
        label={kind === 'hashtags' ? 'Hashtags' : 'Words'}
        className={styles.wide}
        help={kind === 'hashtags' ? 'With or without the sign; each is kept once.' : 'A blank line begins a paragraph.'}
      >
        <CommitArea ref={area} value={text} maxLength={10_000} onCommit={setText} />
      </Field>
      <div className={styles.wide}>
        <span className={styles.label}>Filled in when it is used</span>
        <div className={styles.slots}>
          {Object.entries(POST_VARIABLES).map(([name, meaning]) => (
            <Button
              key={name}
              size="sm"
              title={meaning}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(name)}
            >{`{${name}}`}</Button>
          ))}
        </div>
        <p className={styles.sub}>
          {asked.length > 0
            ? `Asked for each time: ${asked.join(', ')}.`
            : 'Any other word in braces is asked for each time.'}
        </p>
      </div>
      {checkSnippet(snippet)
        .filter((finding) => finding.kind !== 'empty' || !isNew)
        .map((finding) => (
          <SnippetNote key={JSON.stringify(finding)} finding={finding} text={text} onText={setText} />
        ))}
    </div>
  )
}

interface SnippetNoteProps {
  finding: SnippetFinding
  text: string
  onText: (text: string) => void
}

function SnippetNote({ finding, text, onText }: SnippetNoteProps) {
  switch (finding.kind) {
    case 'empty':
      return <Finding className={styles.wide} tone="note" text="It has no words yet." />
    case 'near':
      return (
        <Finding
          className={styles.wide}
          tone="warning"
          text={`{${finding.name}} is asked for. Was {${finding.meant}} meant, which is filled in?`}
          actions={[
            {
              label: `Write {${finding.meant}}`,
              onSelect: () => onText(text.replaceAll(`{${finding.name}}`, `{${finding.meant}}`)),
            },
          ]}
        />
      )
    case 'open':
      return (
        <Finding className={styles.wide} tone="warning" text={`“${finding.text}” opens a brace that is not closed.`} />
      )
    case 'no-hashtag':
      return (
        <Finding className={styles.wide} tone="warning" text={`#${finding.tag} has no letter: no network links it.`} />
      )
    default:
      return assertNever(finding)
  }
}
