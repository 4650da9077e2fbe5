import { X } from 'lucide-react'
import { type RefObject, useCallback, useRef } from 'react'
import type { Medium } from '../../../shared/domain/medium.ts'
import type { Adding, Incoming, Outcome } from '../../data/media/adding.ts'
import { stopAdding, tellAdding, useAddFiles, useAdding } from '../../ports/media.ts'
import { Finding, IconButton, Progress, SectionHead, toast } from '../../ui/index.ts'
import { plural } from '../format.ts'
import { useUndo } from '../useUndo.ts'
import styles from './AddFiles.module.css'
import { chosenIn } from './useIncoming.ts'
import { explainMedia } from './words.ts'

const mediaOf = (outcomes: readonly Outcome[], ...kinds: readonly Outcome['kind'][]): Medium[] =>
  outcomes.flatMap((outcome) => (outcome.kind !== 'refused' && kinds.includes(outcome.kind) ? [outcome.medium] : []))
const isRefused = (outcome: Outcome) => outcome.kind === 'refused'

/** What came of it, in one line. */
function summaryOf({ outcomes, stopped }: Adding): string {
  const count = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length
  const [added, known, back] = [count('added'), count('there-already'), count('taken-out-of-trash')]
  const parts = [
    added > 0 && `Added ${plural(added, 'file')}`,
    known > 0 && `${plural(known, 'file')} ${known === 1 ? 'was' : 'were'} there already`,
    back > 0 && `took ${plural(back, 'file')} out of the trash`,
    stopped && 'stopped, what was in stays',
  ].filter(Boolean)
  const words = parts.join('; ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

/** Adds files and says what came of it. Gives the files that are in the library now, new or known. */
export function useAdd(): (files: readonly Incoming[], folder?: string) => Promise<readonly Medium[]> {
  const addFiles = useAddFiles()
  const { undo } = useUndo()
  return useCallback(
    async (files, folder) => {
      if (files.length === 0) return []
      const adding = await addFiles(files, folder)
      tellAdding(adding)
      const there = mediaOf(adding.outcomes, 'added', 'there-already', 'taken-out-of-trash')
      const added = mediaOf(adding.outcomes, 'added')
      if (there.length > 0 || adding.stopped) toast({ text: summaryOf(adding), ...(added.length > 0 ? { undo } : {}) })
      return there
    },
    [addFiles, undo],
  )
}

/** The hidden fields behind "Add files" and "Add a folder". */
export function FileInputs({
  files,
  folder,
  onChosen,
}: {
  files: RefObject<HTMLInputElement | null>
  folder: RefObject<HTMLInputElement | null>
  onChosen: (files: Incoming[]) => void
}) {
  return (
    <>
      <input
        ref={files}
        type="file"
        hidden
        multiple
        aria-label="Files for the library"
        onChange={(event) => onChosen(chosenIn(event.target))}
      />
      <input
        ref={(input) => {
          folder.current = input
          // React's types lack the attribute every engine has.
          input?.setAttribute('webkitdirectory', '')
        }}
        type="file"
        hidden
        aria-label="Folder for the library"
        onChange={(event) => onChosen(chosenIn(event.target))}
      />
    </>
  )
}

export function useFileInputs() {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  return { files, folder, chooseFiles: () => files.current?.click(), chooseFolder: () => folder.current?.click() }
}

/** How far adding is, with a way to stop it, and then what was not taken and why. */
export function AddingStrip() {
  const { progress, last } = useAdding()
  const refused = last?.outcomes.filter(isRefused) ?? []
  if (progress) {
    const { done, total, name, part } = progress
    const note = name && part < 1 ? `${name}, ${Math.round(part * 100)} %` : ''
    return (
      <Progress
        className={styles.strip}
        label="Adding files"
        done={done}
        total={total}
        unit="files"
        note={note}
        onCancel={stopAdding}
      />
    )
  }
  if (refused.length === 0) return null
  return (
    <section aria-label="Not added" className={styles.refused}>
      <SectionHead
        title={`${plural(refused.length, 'file')} not added`}
        level={2}
        end={<IconButton size="sm" icon={X} label="Close the list" onClick={() => tellAdding(null)} />}
      />
      <div role="alert" className={styles.sentences}>
        {refused.map((outcome, at) => (
          <Finding
            key={at}
            tone="error"
            text={outcome.kind === 'refused' ? explainMedia(outcome.name, outcome.refusal) : ''}
          />
        ))}
      </div>
    </section>
  )
}
