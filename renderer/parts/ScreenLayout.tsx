import { type ReactNode, useState } from 'react'
import { cx, Dock, Splitter } from '../ui/index.ts'
import styles from './ScreenLayout.module.css'

const MIN = 300
const MAX = 480
/** Most screens share one dock. */
const SHARED = { key: 'outpost-dock', start: 336 }

interface ScreenLayoutProps {
  children: ReactNode
  dock?: ReactNode
  dockLabel?: string
  /** A dock with a width of its own: what it is remembered under, and what it starts with, in pixels. It keeps it in narrow windows. */
  dockWidth?: { readonly key: string; readonly start: number }
}

/** A screen: its main column and, if it has one, the dock at the end, whose width is remembered. */
export function ScreenLayout({ children, dock, dockLabel = 'Details', dockWidth = SHARED }: ScreenLayoutProps) {
  const [width, setWidth] = useState(() => Number(localStorage.getItem(dockWidth.key)) || dockWidth.start)
  return (
    <div className={styles.layout}>
      <div className={styles.main}>{children}</div>
      {dock && (
        <div className={cx(styles.dock, dockWidth === SHARED && styles.yielding)} style={{ width }}>
          <Splitter
            label="Width of the panel"
            value={width}
            min={MIN}
            max={MAX}
            edge="start"
            onChange={setWidth}
            onCommit={(value) => localStorage.setItem(dockWidth.key, String(value))}
          />
          <Dock label={dockLabel}>{dock}</Dock>
        </div>
      )}
    </div>
  )
}
