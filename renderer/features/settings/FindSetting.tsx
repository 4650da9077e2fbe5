import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useCommands } from '../../ports/commands.ts'
import { SETTINGS, settle } from '../../ports/navigation.ts'
import { Combobox, Keys } from '../../ui/index.ts'
import { FINDABLE, type Findable, nameOf } from './findable.ts'
import styles from './Settings.module.css'

const idOf = ({ page, label = '' }: Findable) => `${page} ${label}`
const CONTROLS = 'button:not(:disabled), input:not(:disabled), textarea, [role="combobox"]'

/** Marks the line of a setting and gives its control the keys. False: it does not stand yet. */
function takesKeys({ label }: Findable): boolean {
  if (label === undefined) return true
  const line = document.querySelector<HTMLElement>(`[data-setting="${CSS.escape(label)}"]`)
  if (!line) return false
  line.scrollIntoView({ block: 'nearest' })
  line.querySelector<HTMLElement>(CONTROLS)?.focus()
  line.dataset.found = ''
  return true
}

/** Leads to any setting by a word of it: its page opens, its line takes the keys. */
export function FindSetting() {
  const button = useRef<HTMLButtonElement>(null)
  /** What was picked, until the closing list has given the focus back. */
  const wanted = useRef<Findable | null>(null)
  const waiting = useRef<MutationObserver | null>(null)
  useEffect(() => () => waiting.current?.disconnect(), [])
  useCommands([
    {
      id: 'settings.find',
      title: 'Find a setting',
      section: 'Settings',
      keys: '/',
      words: 'search preferences options',
      run: () => button.current?.click(),
    },
  ])
  const arrive = () => {
    const found = wanted.current
    wanted.current = null
    if (!found || takesKeys(found)) return
    // Its page is still loading: the line is taken as soon as it stands.
    waiting.current = new MutationObserver(() => takesKeys(found) && waiting.current?.disconnect())
    waiting.current.observe(document.body, { childList: true, subtree: true })
  }
  const find = (id: string | null) => {
    const found = FINDABLE.find((one) => idOf(one) === id)
    if (!found) return
    for (const line of document.querySelectorAll<HTMLElement>('[data-found]')) delete line.dataset.found
    waiting.current?.disconnect()
    wanted.current = found
    settle({ screen: 'settings', page: found.page })
  }
  return (
    <Combobox
      label="Find a setting"
      value={null}
      onChange={find}
      emptyText="No setting by that word"
      items={FINDABLE.map((one) => ({
        id: idOf(one),
        label: nameOf(one),
        hint: one.label ? SETTINGS[one.page] : undefined,
        keywords: [...one.words],
      }))}
      trigger={
        <button
          ref={button}
          type="button"
          className={styles.find}
          aria-label="Find a setting"
          aria-keyshortcuts="/"
          onFocus={arrive}
        >
          <Search aria-hidden size={14} />
          <span>Find a setting</span>
          <Keys keys={['/']} />
        </button>
      }
    />
  )
}
