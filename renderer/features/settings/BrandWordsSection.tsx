import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { BrandWord } from '../../../shared/domain/brandWords.ts'
import { addRow, editRow } from '../../data/commands/workspace.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useBrandWords } from '../../ports/vocabulary.ts'
import { Button, Checkbox, cx, EmptyState, IconButton, Later } from '../../ui/index.ts'
import { nextOrder, useDelete } from './entries.tsx'
import { CommitField, useTakesKeys } from './parts.tsx'
import styles from './Settings.module.css'

const formsOf = (typed: string) => [
  ...new Set(
    typed
      .split(',')
      .map((form) => form.trim())
      .filter(Boolean),
  ),
]
/** What a line is called in the log and to screen readers. */
const nameOf = ({ say, not }: BrandWord) => not[0] || say || 'new word'

/** What we say and do not say. The latter are marked while one writes. */
export function BrandWordsSection() {
  const { store } = useDeps()
  const words = useBrandWords()
  const [added, setAdded] = useState('')
  const remove = useDelete('brandWords')
  if (!words) return <Later>{null}</Later>
  const add = async () => {
    const fields = { say: '', not: [], reason: '', matchCase: false, order: nextOrder(words) }
    setAdded(await addRow(store, 'brandWords', fields, 'Added a brand word'))
  }
  const button = (
    <Button icon={Plus} variant={words.length === 0 ? 'primary' : 'default'} onClick={() => void add()}>
      Add a word
    </Button>
  )
  if (words.length === 0) {
    return (
      <EmptyState
        illustration="page"
        sentence="The words you say, and those you do not. The latter are marked while you write, with the reason."
        action={button}
      />
    )
  }
  return (
    <>
      <div aria-hidden className={cx(styles.brandWord, styles.pillarHead)}>
        <span>We do not say</span>
        <span>We say</span>
        <span>Why</span>
        <span title="Only in exactly these capitals">Exact</span>
        <span />
      </div>
      <ul className={styles.list}>
        {words.map((word) => (
          <BrandWordLine
            key={word.id}
            word={word}
            isNew={added === word.id}
            onDelete={() => void remove(word.id, nameOf(word), 'It is no longer marked.')}
          />
        ))}
      </ul>
      <div className={styles.foot}>
        {button}
        <span className={styles.faint}>Whole words, every form written out, a comma between them</span>
      </div>
    </>
  )
}

interface BrandWordLineProps {
  word: BrandWord
  isNew: boolean
  onDelete: () => void
}

function BrandWordLine({ word, isNew, onDelete }: BrandWordLineProps) {
  const { store } = useDeps()
  const name = nameOf(word)
  const set = (fields: Partial<BrandWord>, what: string) =>
    void editRow(store, 'brandWords', word.id, fields, `${what} of “${name}”`)
  return (
    <li className={styles.brandWord}>
      <CommitField
        ref={useTakesKeys(isNew)}
        aria-label={`What we do not say: ${name}`}
        value={word.not.join(', ')}
        placeholder="eco, eco-friendly"
        onCommit={(typed) => set({ not: formsOf(typed) }, 'What we do not say')}
      />
      <CommitField
        aria-label={`What we say instead of ${name}`}
        value={word.say}
        placeholder="Nothing instead"
        maxLength={120}
        onCommit={(say) => set({ say }, 'What we say')}
      />
      <CommitField
        aria-label={`Why not ${name}`}
        value={word.reason}
        placeholder="The reason writers read"
        onCommit={(reason) => set({ reason }, 'Reason')}
      />
      <Checkbox
        label={`Only in exactly these capitals: ${name}`}
        checked={word.matchCase}
        onChange={(matchCase) => set({ matchCase }, 'Capitals')}
      />
      <IconButton icon={Trash2} size="sm" label={`Delete “${name}”`} onClick={onDelete} />
    </li>
  )
}
