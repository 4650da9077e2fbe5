import { FileText, FolderOpen } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { droppedFrom, type Picked, pickedFrom } from '../../parts/picked.ts'
import { Button, cx, Finding, Progress } from '../../ui/index.ts'
import styles from './Import.module.css'
import type { Working } from './useImport.ts'

const KINDS = [
  ['Markdown folder', 'Jekyll, Hugo, Eleventy, Docusaurus: fields at the top, the text below, pictures beside.'],
  ['CSV table', 'Any order of columns; bulk files of Hootsuite and Buffer; comma, semicolon or tab.'],
  ['Calendar', 'An .ics file: events become posts, whole days become day notes.'],
  ['Outpost', 'An export with everything in it, pictures too: .json or .zip.'],
] as const

interface SourceStepProps {
  failure: string
  working: Working | null
  onPick: (picked: Picked) => void
}

/** Choosing or dropping what is to be brought in. */
export function SourceStep({ failure, working, onPick }: SourceStepProps) {
  const folder = useRef<HTMLInputElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)

  const take = (input: HTMLInputElement) => {
    onPick(pickedFrom(input.files ?? []))
    // Choosing the same folder again must be a change.
    input.value = ''
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFrom(event.dataTransfer).then(onPick)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its equal in the two buttons
    <div
      className={cx(styles.source, over && styles.over)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={styles.drop}>
        <FolderOpen aria-hidden size={28} strokeWidth={1.5} />
        {working ? (
          <Progress {...working} onCancel={working.stop} unit="files" className={styles.reading} />
        ) : (
          <>
            <p className={styles.lead}>Drop a folder or files here</p>
            <div className="row">
              <Button variant="primary" icon={FolderOpen} onClick={() => folder.current?.click()}>
                Choose a folder
              </Button>
              <Button icon={FileText} onClick={() => files.current?.click()}>
                Choose files
              </Button>
            </div>
            <p className="sm faint">
              They are read on this computer. You see what becomes of them before anything is saved.
            </p>
          </>
        )}
      </div>
      {failure && (
        <div role="alert">
          <Finding tone="error" text={failure} />
        </div>
      )}
      <dl className={styles.kinds}>
        {KINDS.map(([name, what]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <input
        ref={(input) => {
          folder.current = input
          // React's types lack the attribute every engine has.
          input?.setAttribute('webkitdirectory', '')
        }}
        type="file"
        hidden
        aria-label="Folder of posts"
        onChange={(event) => take(event.target)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        aria-label="Files of posts"
        accept=".md,.markdown,.mdx,.txt,.csv,.tsv,.ics,.json,.zip"
        onChange={(event) => take(event.target)}
      />
    </div>
  )
}
