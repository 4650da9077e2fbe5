import { type ReactNode, useState } from 'react'
import { Dock, Splitter } from '../ui/index.ts'
import styles from './ScreenLayout.module.css'

const KEY = 'outpost-dock'
const MIN = 300
const MAX = 480

/** A screen: its main column and, if it has one, the dock at the end, whose width is remembered. */
export function ScreenLayout({
  children,
  dock,
  dockLabel = 'Details',
}: {
  children: ReactNode
  dock?: ReactNode
  dockLabel?: string
}) {
  const [width, setWidth] = useState(() => Number(localStorage.getItem(KEY)) || 336)
  return (
    <div className={styles.layout}>
      <div className={styles.main}>{children}</div>
      {dock && (
        <div className={styles.dock} style={{ width }}>
          <Splitter
            label="Width of the panel"
            value={width}
            min={MIN}
            max={MAX}
            edge="start"
            onChange={setWidth}
            onCommit={(value) => localStorage.setItem(KEY, String(value))}
          />
          <Dock label={dockLabel}>{dock}</Dock>
        </div>
      )}
    </div>
  )
}
