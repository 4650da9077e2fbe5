import { type LucideIcon, Plug, Send, TriangleAlert, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Frame.module.css'
import { keysAria } from './Kbd.tsx'
import { HueDot } from './Pill.tsx'
import { Tooltip } from './Tooltip.tsx'
import type { Hue } from './types.ts'

export interface AppFrameProps {
  sidebar: ReactNode
  statusBar: ReactNode
  rail?: boolean
  children: ReactNode
}

/** Sidebar, page, and the status bar under both. */
export function AppFrame({ sidebar, statusBar, rail, children }: AppFrameProps) {
  return (
    <div className={cx(styles.frame, rail && styles.railed)}>
      {sidebar}
      <main className={styles.main}>{children}</main>
      {statusBar}
    </div>
  )
}

export interface SidebarProps {
  label: string
  head?: ReactNode
  foot?: ReactNode
  rail?: boolean
  className?: string
  children: ReactNode
}

export function Sidebar({ label, head, foot, rail, className, children }: SidebarProps) {
  return (
    <nav aria-label={label} className={cx(styles.sidebar, rail && styles.rail, className)}>
      {head && <div className={styles.workspace}>{head}</div>}
      <div className={styles.groups}>{children}</div>
      {foot && <div className={styles.me}>{foot}</div>}
    </nav>
  )
}

export function NavGroup({ label, end, children }: { label?: string; end?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.group}>
      {label && (
        <div className={styles.groupHead}>
          <span className="grow">{label}</span>
          {end}
        </div>
      )}
      <ul className={styles.items}>{children}</ul>
    </div>
  )
}

export interface NavItemProps {
  label: string
  icon?: LucideIcon
  hue?: Hue
  count?: number
  /** What is counted, for screen readers. */
  countLabel?: string
  current?: boolean
  keys?: string[]
  rail?: boolean
  onSelect: () => void
}

export function NavItem(props: NavItemProps) {
  const { label, icon: Icon, hue, count, countLabel = '', current, keys, rail, onSelect } = props
  const item = (
    <button
      type="button"
      aria-current={current ? 'page' : undefined}
      aria-keyshortcuts={keys && keysAria(keys)}
      className={cx(styles.item, hue && styles.view)}
      onClick={onSelect}
    >
      {Icon && <Icon aria-hidden size={16} />}
      {hue && <HueDot hue={hue} className={styles.itemDot} />}
      <span className={rail ? 'vh' : 'ell'}>{label}</span>
      {count !== undefined && count > 0 && (
        <span className={rail ? 'vh' : styles.count}>
          {count}
          {countLabel && <span className="vh"> {countLabel}</span>}
        </span>
      )}
    </button>
  )
  return (
    <li>
      {rail || keys ? (
        <Tooltip label={label} keys={keys} side="right">
          {item}
        </Tooltip>
      ) : (
        item
      )}
    </li>
  )
}

export interface TopBarProps {
  title: ReactNode
  sub?: ReactNode
  end?: ReactNode
  className?: string
  children?: ReactNode
}

export function TopBar({ title, sub, end, className, children }: TopBarProps) {
  return (
    <header className={cx(styles.topBar, className)}>
      <h1 className={styles.title}>
        {title}
        {sub && <span className={styles.sub}> {sub}</span>}
      </h1>
      {children}
      <span className="grow" />
      {end}
    </header>
  )
}

export interface ToolbarProps {
  label: string
  end?: ReactNode
  className?: string
  children?: ReactNode
}

/** Filters at the start, counts and warnings at the end. Never wraps: what does not fit belongs in a menu. */
export function Toolbar({ label, end, className, children }: ToolbarProps) {
  return (
    <div role="toolbar" aria-label={label} className={cx(styles.toolbar, className)}>
      {children}
      <span className="grow" />
      {end}
    </div>
  )
}

/** The short upright line between two groups of controls. */
export function Divider() {
  return <span aria-hidden className={styles.divider} />
}

export function Dock({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    <aside aria-label={label} className={cx(styles.dock, className)}>
      {children}
    </aside>
  )
}

/** A part of a dock that scrolls on its own. */
export function Panel({ grow, children, className }: { grow?: boolean; children: ReactNode; className?: string }) {
  return <div className={cx(styles.panel, grow && styles.panelGrow, className)}>{children}</div>
}

export interface PanelHeadProps {
  title: ReactNode
  end?: ReactNode
  className?: string
  children?: ReactNode
}

export function PanelHead({ title, end, className, children }: PanelHeadProps) {
  return (
    <header className={cx(styles.panelHead, className)}>
      <h2 className={styles.panelTitle}>{title}</h2>
      {children}
      <span className="grow" />
      {end}
    </header>
  )
}

export interface SectionHeadProps {
  title: ReactNode
  note?: ReactNode
  end?: ReactNode
  level?: 2 | 3 | 4
  className?: string
}

export function SectionHead({ title, note, end, level = 3, className }: SectionHeadProps) {
  const Heading = `h${level}` as const
  return (
    <div className={cx(styles.sectionHead, className)}>
      <Heading className={styles.sectionTitle}>{title}</Heading>
      {note && <span className={styles.note}>{note}</span>}
      <span className="grow" />
      {end}
    </div>
  )
}

export function StatusBar({ end, children }: { end?: ReactNode; children: ReactNode }) {
  return (
    <footer className={styles.statusBar}>
      {children}
      <span className="grow" />
      {end}
    </footer>
  )
}

export interface StatusItemProps {
  icon?: LucideIcon
  /** The name of a button without words. */
  label?: string
  onClick?: () => void
  keys?: string[]
  disabled?: boolean
  children?: ReactNode
}

export function StatusItem({ icon: Icon, label, onClick, keys, disabled, children }: StatusItemProps) {
  const inside = (
    <>
      {Icon && <Icon aria-hidden size={14} />}
      {children}
    </>
  )
  if (!onClick) return <span className={styles.statusItem}>{inside}</span>
  const button = (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={keys && keysAria(keys)}
      disabled={disabled}
      className={cx(styles.statusItem, styles.pressable)}
      onClick={onClick}
    >
      {inside}
    </button>
  )
  return label ? (
    <Tooltip label={label} keys={keys} side="top">
      {button}
    </Tooltip>
  ) : (
    button
  )
}

export interface NetPillProps {
  /** `hot`: a person must act. Being offline is neutral. */
  state: 'online' | 'sending' | 'offline' | 'hot'
  onClick: () => void
  children: ReactNode
}

const netIcon = { online: Plug, sending: Send, offline: Unplug, hot: TriangleAlert }

export function NetPill({ state, onClick, children }: NetPillProps) {
  const Icon = netIcon[state]
  return (
    <button type="button" className={cx(styles.net, styles[`net-${state}`])} onClick={onClick}>
      <Icon aria-hidden size={14} />
      {children}
    </button>
  )
}
