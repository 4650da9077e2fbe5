import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Tabs.module.css'

export interface TabsProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  tabs: readonly { value: T; label: ReactNode; count?: number; mark?: ReactNode; disabled?: boolean }[]
  /** Stands at the end of the row of tabs. */
  end?: ReactNode
  /** `TabPanel`s. */
  children?: ReactNode
  className?: string
}

export function Tabs<T extends string>({ label, value, onChange, tabs, end, children, className }: TabsProps<T>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => {
        const chosen = tabs.find((tab) => tab.value === next)
        if (chosen) onChange(chosen.value)
      }}
      className={cx(styles.tabs, className)}
    >
      <div className={styles.head}>
        <Radix.List aria-label={label} className={styles.list}>
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.value} value={tab.value} disabled={tab.disabled} className={styles.tab}>
              {tab.mark}
              {tab.label}
              {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {end}
      </div>
      {children}
    </Radix.Root>
  )
}

export function TabPanel({ value, children, className }: { value: string; children: ReactNode; className?: string }) {
  return (
    <Radix.Content value={value} className={cx(styles.panel, className)}>
      {children}
    </Radix.Content>
  )
}
