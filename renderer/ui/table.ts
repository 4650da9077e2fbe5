import styles from './table.module.css'

/** Class names for a plain `<table>`: a table needs its own markup more than it needs a component. */
export const table = {
  table: styles.table,
  /** On the table: its head stays while the body scrolls. */
  sticky: styles.sticky,
  /** On the table: rows answer the pointer. */
  hover: styles.hover,
  /** On a cell: figures, at the end. */
  num: styles.num,
  /** On a cell: takes the room the others leave. */
  fill: styles.fill,
  ell: styles.ell,
  /** On a row. */
  selected: styles.selected,
  group: styles.group,
  foot: styles.foot,
} as const
