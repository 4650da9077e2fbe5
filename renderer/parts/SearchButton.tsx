import { Search } from 'lucide-react'
import { openDialog } from '../ports/dialogs.ts'
import { Keys } from '../ui/index.ts'
import styles from './SearchButton.module.css'

/** Opens the palette; looks like the field it opens. */
export function SearchButton() {
  return (
    <button
      type="button"
      className={styles.search}
      aria-label="Search or do"
      aria-keyshortcuts="Control+K"
      onClick={() => openDialog({ kind: 'palette' })}
    >
      <Search aria-hidden size={14} />
      <span className={styles.words}>Search or do</span>
      <span className={styles.keys}>
        <Keys keys={['Mod', 'K']} />
      </span>
    </button>
  )
}
