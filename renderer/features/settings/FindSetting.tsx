import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useCommands } from '../../ports/commands.ts'
import { SETTINGS, settle } from '../../ports/navigation.ts'
import { Combobox, Keys } from '../../ui/index.ts'
import { FINDABLE, type Findable, nameOf } from './findable.ts'
import styles from './Settings.module.css'

const idOf = ({ page, label = '' }: Findable) => `${page} ${label}`
const CONTROLS = 'button:not(:disabled), input:not(:disabled), textarea, [role="combobox"]'

/** Leads to any setting by a word of it: its page opens, its line takes the keys. */
export function FindSetting({ page }: { page: string }) {
  const button = useRef<HTMLButtonElement>(null)
  const [wanted, setWanted] = useState<Findable | null>(null)
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
  // Its page may still be loading: the line is taken as soon as it stands.
  useEffect(() => {
    if (!wanted || wanted.page !== page) return
    const reach = (): boolean => {
      const line = wanted.label && document.querySelector<HTMLElement>(`[data-setting="${CSS.escape(wanted.label)}"]`)
      if (!line) return wanted.label === undefined
      line.scrollIntoView({ block: 'nearest' })
      line.querySelector<HTMLElement>(CONTROLS)?.focus()
      line.dataset.found = ''
      return true
    }
    // The list it was picked from gives the focus back to its button first.
    const frame = requestAnimationFrame(() => {
      if (reach()) return setWanted(null)
      observer.observe(document.body, { childList: true, subtree: true })
    })
    const observer = new MutationObserver(() => {
      if (reach()) setWanted(null)
    })
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
    }
  }, [wanted, page])

  const find = (id: string | null) => {
    const found = FINDABLE.find((one) => idOf(one) === id)
    if (!found) return
    for (const line of document.querySelectorAll<HTMLElement>('[data-found]')) delete line.dataset.found
    settle({ screen: 'settings', page: found.page })
    setWanted(found)
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
        <button ref={button} type="button" className={styles.find} aria-label="Find a setting" aria-keyshortcuts="/">
          <Search aria-hidden size={14} />
          <span>Find a setting</span>
          <Keys keys={['/']} />
        </button>
      }
    />
  )
}
