import { useRef, useState } from 'react'
import { type Command, useCommandRegistry } from '../../ports/commands.ts'
import { Dialog, Keys, SearchField } from '../../ui/index.ts'
import styles from './KeysDialog.module.css'
import { inSections, rankCommand } from './rank.ts'

/** The keys that work now: those of the screen first, then those of every screen. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const commands = useCommandRegistry((state) => state.commands)
  const sections = keySections([...commands.values()], typed)
  return (
    <Dialog open onOpenChange={onClose} title="Keys of this screen" size="lg" initialFocus={field}>
      <SearchField ref={field} label="Find a key" placeholder="Find a key" value={typed} onChange={setTyped} />
      {sections.length === 0 && <p className={styles.none}>No key does “{typed.trim()}”.</p>}
      <div className={styles.sections}>
        {sections.map(([section, list]) => (
          <section key={section} className={styles.section} aria-label={section}>
            <h3>{section}</h3>
            <dl>
              {list.map((command) => (
                <div key={command.id} className={styles.row}>
                  <dt>{command.title}</dt>
                  <dd>
                    <Ways keys={command.keys ?? ''} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Ways({ keys }: { keys: string }) {
  return keys.split(' | ').map((way, index) => (
    <span key={way} className={styles.way}>
      {index > 0 && <span className={styles.or}>or</span>}
      {way.split(' ').map((step, at) => (
        <span key={at} className={styles.way}>
          {at > 0 && <span className={styles.or}>then</span>}
          <Keys keys={step.split('+')} />
        </span>
      ))}
    </span>
  ))
}

/** Commands that have a key, by section, those of the screen first. */
export const keySections = (commands: readonly Command[], typed: string): [string, Command[]][] =>
  inSections(commands.filter((command) => command.keys && (typed.trim() === '' || rankCommand(command, typed) > 0)))
