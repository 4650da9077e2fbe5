import { Check } from 'lucide-react'
import { Fragment } from 'react'
import { cx } from '../../ui/index.ts'
import styles from './Import.module.css'

const STEPS = ['Source', 'Fields', 'Check', 'Bring in'] as const

/** Where one is. `at`: 1 to 4. */
export function Steps({ at }: { at: number }) {
  return (
    <ol className={styles.steps} aria-label="Steps">
      {STEPS.map((name, index) => {
        const step = index + 1
        const done = step < at
        return (
          <Fragment key={name}>
            {index > 0 && <li aria-hidden className={styles.line} />}
            <li
              className={cx(styles.step, done && styles.done, step === at && styles.current)}
              aria-current={step === at ? 'step' : undefined}
            >
              <span className={styles.number}>
                {done ? <Check size={12} strokeWidth={2.5} role="img" aria-label="Done" /> : step}
              </span>
              {name}
            </li>
          </Fragment>
        )
      })}
      <li className="grow" aria-hidden />
      <li className={styles.promise}>Nothing is saved until step 4. One undo takes all of it back.</li>
    </ol>
  )
}
