import { type FormEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { replacementOf } from '../../shared/domain/brandWords.ts'
import { fill, POST_VARIABLES } from '../../shared/domain/snippet.ts'
import { Button, CommandList, Field, Link, PopoverAnchored, TextField } from '../ui/index.ts'
import type { Cell } from './cell.ts'
import styles from './Editor.module.css'
import { anchorAt, type EditorHandle } from './handle.ts'
import { bringIn, INSERT_ICON, INSERT_WORD, insertWords, type VoiceBox } from './inserts.ts'
import { type Flag, flagsIn, replaceFlag } from './overlay.ts'
import type { Insertable, Voice } from './voice.ts'

/** Between the pointer's rest on a marked word and its box, and between leaving it and the end of the box. */
const REST_MS = 300

interface VoiceBoxesProps {
  handle: EditorHandle
  voice: Voice
  cell: Cell<VoiceBox>
}

/** The small boxes over a text: what a snippet asks for, what can be brought in, why a word is marked. */
export function VoiceBoxes({ handle, voice, cell }: VoiceBoxesProps) {
  const box = useSyncExternalStore(cell.subscribe, cell.get)
  usePointedAt(handle, cell)
  const close = () => {
    cell.set(null)
    // At once: Tiptap's own way waits for the next frame, and would take the keys from a box that is open by then.
    handle.editor.view.focus()
  }
  if (!box) return null
  if (box.kind === 'ask') return <AskBox key={box.item.id} {...{ handle, voice, box, close }} />
  if (box.kind === 'choose') return <ChooseBox {...{ handle, voice, cell, close }} of={box.of} />
  return <FlagBox key={box.flag.from} {...{ handle, voice, cell, close }} flag={box.flag} quiet={box.quiet} />
}

/** Opens the box of the marked word the pointer rests on; it closes when the pointer has left both. */
function usePointedAt({ editor }: EditorHandle, cell: Cell<VoiceBox>) {
  useEffect(() => {
    const { dom } = editor.view
    let timer: ReturnType<typeof setTimeout> | undefined
    const flagAt = (target: EventTarget | null) => {
      const word = target instanceof Element ? target.closest('.brand-word, .open-variable') : null
      if (!word || !dom.contains(word)) return undefined
      const at = editor.view.posAtDOM(word, 0)
      return flagsIn(editor.state).find(({ from, to }) => from <= at && at < to)
    }
    const over = (event: PointerEvent) => {
      const open = cell.get()
      if (open && !(open.kind === 'flag' && open.quiet)) return
      const inBox = event.target instanceof Element && event.target.closest('[data-flag-box]') !== null
      clearTimeout(timer)
      if (inBox) return
      const flag = event.buttons === 0 ? flagAt(event.target) : undefined
      if (flag && open?.kind === 'flag' && open.flag.from === flag.from) return
      if (flag || open) timer = setTimeout(() => cell.set(flag ? { kind: 'flag', flag, quiet: true } : null), REST_MS)
    }
    // What is typed may have changed the word.
    const typed = () => {
      clearTimeout(timer)
      if (cell.get()?.kind === 'flag') cell.set(null)
    }
    document.addEventListener('pointerover', over)
    editor.on('update', typed)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('pointerover', over)
      editor.off('update', typed)
    }
  }, [editor, cell])
}

interface BoxProps {
  handle: EditorHandle
  voice: Voice
  close: () => void
}

function AskBox({ handle, voice, box, close }: BoxProps & { box: Extract<VoiceBox, { kind: 'ask' }> }) {
  const { editor } = handle
  const anchor = useMemo(() => anchorAt(editor), [editor])
  const [answers, setAnswers] = useState<ReadonlyMap<string, string>>(new Map())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const values = new Map([...voice.values(), ...answers])
    close()
    insertWords(editor, fill(box.item.text, values).text)
  }
  return (
    <PopoverAnchored anchor={anchor} open label={box.item.name} width={300} onOpenChange={(open) => !open && close()}>
      <form className={styles.voiceBox} onSubmit={submit}>
        <p className={styles.voiceNote}>{fill(box.item.text, new Map([...voice.values(), ...answers])).text}</p>
        {box.missing.map((name, at) => (
          <Field key={name} label={meaningOf(name)}>
            <TextField
              data-autofocus={at === 0 || undefined}
              size="md"
              value={answers.get(name.toLowerCase()) ?? ''}
              onChange={(answer) => setAnswers(new Map([...answers, [name.toLowerCase(), answer]]))}
            />
          </Field>
        ))}
        <p className={styles.voiceNote}>What is left empty stays in its braces and is marked.</p>
        <Button type="submit" variant="primary" size="sm">
          Insert
        </Button>
      </form>
    </PopoverAnchored>
  )
}

const meaningOf = (name: string): string => {
  const known = Object.entries(POST_VARIABLES).find(([variable]) => variable === name.toLowerCase())
  return known ? `${known[1]} {${name}}` : name
}

interface ChooseBoxProps extends BoxProps {
  cell: Cell<VoiceBox>
  of: Insertable['kind']
}

const NONE: Readonly<Record<Insertable['kind'], string>> = {
  snippet: 'No snippet by that name. Snippets are written in Settings.',
  hashtags: 'No set by that name. Hashtag sets are made in Settings.',
  signature: 'No signature by that name. Signatures are written in Settings.',
  mention: 'Nobody by that name. The mention book is in Settings.',
}

function ChooseBox({ handle, voice, cell, close, of }: ChooseBoxProps) {
  const { editor } = handle
  const anchor = useMemo(() => anchorAt(editor), [editor])
  const items = voice.inserts.filter(({ kind }) => kind === of)
  const Icon = INSERT_ICON[of]
  const pick = (id: string) => {
    const item = items.find((each) => each.id === id)
    close()
    if (item) bringIn(editor, voice, item, cell)
  }
  return (
    <PopoverAnchored
      anchor={anchor}
      open
      label={INSERT_WORD[of]}
      width={320}
      padded={false}
      onOpenChange={(open) => !open && close()}
    >
      <CommandList
        label={INSERT_WORD[of]}
        items={items.map(({ id, name, text }) => ({
          id,
          label: name,
          hint: of === 'mention' ? text : '',
          keywords: [text],
          icon: <Icon aria-hidden size={14} />,
        }))}
        emptyText={NONE[of]}
        onPick={pick}
      />
    </PopoverAnchored>
  )
}

interface FlagBoxProps extends BoxProps {
  cell: Cell<VoiceBox>
  flag: Flag
  quiet: boolean
}

function FlagBox({ handle, voice, cell, close, flag, quiet }: FlagBoxProps) {
  const { editor } = handle
  const anchor = useMemo(() => anchorAt(editor, flag.from, flag.to), [editor, flag.from, flag.to])
  const found = editor.state.doc.textBetween(flag.from, flag.to)
  const leave = () => (quiet ? cell.set(null) : close())
  const replace = (text: string) => {
    close()
    replaceFlag(editor.view, flag, text)
  }
  return (
    <PopoverAnchored
      anchor={anchor}
      open
      label={`About “${found}”`}
      width={300}
      quiet={quiet}
      onOpenChange={(open) => !open && leave()}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a key that works on whatever inside has the focus */}
      <div
        className={styles.voiceBox}
        data-flag-box
        onKeyDown={(event) => {
          if (event.key !== 'F7') return
          event.preventDefault()
          handle.goToFlag()
        }}
      >
        {flag.kind === 'word' ? (
          <AboutWord
            found={found}
            flag={flag}
            onReplace={replace}
            onNext={() => handle.goToFlag()}
            onWords={() => {
              cell.set(null)
              voice.openWords()
            }}
          />
        ) : (
          <AboutVariable name={flag.name} onFill={replace} />
        )}
      </div>
    </PopoverAnchored>
  )
}

interface AboutWordProps {
  found: string
  flag: Extract<Flag, { kind: 'word' }>
  onReplace: (text: string) => void
  onNext: () => void
  onWords: () => void
}

function AboutWord({ found, flag: { word }, onReplace, onNext, onWords }: AboutWordProps) {
  const instead = replacementOf(found, word)
  return (
    <>
      <p>
        <b className="med">We do not say “{found}”.</b> {word.reason}
      </p>
      <div className={styles.voiceActions}>
        {instead && (
          <Button data-autofocus variant="primary" size="sm" onClick={() => onReplace(instead)}>
            Replace with “{instead}”
          </Button>
        )}
        <Button data-autofocus={!instead || undefined} size="sm" keys={['F7']} onClick={onNext}>
          Next
        </Button>
        <span className="grow" />
        <Link onClick={onWords}>Brand words</Link>
      </div>
    </>
  )
}

function AboutVariable({ name, onFill }: { name: string; onFill: (text: string) => void }) {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  return (
    <form
      className={styles.voiceActions}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) onFill(text.trim())
        else field.current?.focus()
      }}
    >
      <TextField
        ref={field}
        data-autofocus
        size="md"
        aria-label={meaningOf(name)}
        placeholder={meaningOf(name)}
        className="grow"
        value={text}
        onChange={setText}
      />
      <Button type="submit" variant="primary" size="sm">
        Fill in
      </Button>
    </form>
  )
}
