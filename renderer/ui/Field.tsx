import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, use, useId, useMemo } from 'react'
import { cx } from './cx.ts'
import styles from './Field.module.css'

interface FieldLink {
  id: string
  labelId: string
  describedBy: string | undefined
  invalid: boolean
}

const FieldContext = createContext<FieldLink | null>(null)

/** What the one control inside a `Field` puts on itself. Empty outside a field. */
export function useField() {
  const field = use(FieldContext)
  if (!field) return {}
  return { id: field.id, 'aria-describedby': field.describedBy, 'aria-invalid': field.invalid || undefined }
}

/** The id of the label, for groups that no `<label>` can point at. */
export function useFieldLabel(): string | undefined {
  return use(FieldContext)?.labelId
}

export interface FieldProps {
  label: string
  help?: ReactNode
  /** What is wrong, in words; marks the control as invalid. */
  error?: ReactNode
  /** Worth a look, without being wrong. */
  warning?: ReactNode
  hideLabel?: boolean
  optional?: boolean
  className?: string
  children: ReactNode
}

export function Field({ label, help, error, warning, hideLabel, optional, className, children }: FieldProps) {
  const id = useId()
  const invalid = Boolean(error)
  // Whoever has nothing to say may give `false`.
  const note = error || warning || help
  const noted = Boolean(note)
  const link = useMemo(
    () => ({ id, labelId: `${id}-label`, describedBy: noted ? `${id}-note` : undefined, invalid }),
    [id, noted, invalid],
  )
  return (
    <div className={cx(styles.field, className)}>
      <label id={link.labelId} htmlFor={id} className={hideLabel ? 'vh' : styles.label}>
        {label}
        {optional && <span className={styles.optional}> optional</span>}
      </label>
      <FieldContext value={link}>{children}</FieldContext>
      {noted && (
        <div
          id={link.describedBy}
          className={cx(styles.help, invalid ? styles.error : Boolean(warning) && styles.warning)}
        >
          {invalid && <CircleAlert aria-hidden size={14} />}
          <div>{note}</div>
        </div>
      )}
    </div>
  )
}
