import styles from './Logo.module.css'

/** The mark: a pennant on petrol. Without a title it is decoration. */
export function Logo({ size = 24, title }: { size?: number; title?: string }) {
  return (
    <>
      <svg width={size} height={size} viewBox="0 0 20 20" className={styles.logo} aria-hidden="true">
        <rect width="20" height="20" rx="5" className={styles.ground} />
        <path d="M6.6 4v12M4.4 16h5.2" className={styles.mast} />
        <path d="M6.6 4.6h8.6l-2.5 2.9 2.5 2.9H6.6z" className={styles.flag} />
      </svg>
      {title && <span className="vh">{title}</span>}
    </>
  )
}
