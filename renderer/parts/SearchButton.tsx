import { openDialog } from '../ports/dialogs.ts'
import { Keys } from '../ui/index.ts'
import styles from './SearchButton.module.css'

/** Opens the palette; looks like the field it opens. */
export function SearchButton() {
  return (
    <button type="button" className={styles.search} onClick={() => openDialog({ kind: 'palette' })}>
      <span>Search or do</span>
      <Keys keys={['Mod', 'K']} />
    </button>
  )
}
