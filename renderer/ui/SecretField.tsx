import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'
import { useField } from './Field.tsx'
import styles from './TextField.module.css'

export type SecretFieldProps = Omit<ComponentProps<'input'>, 'type' | 'value' | 'defaultValue' | 'size'> & {
  name: string
}

/** A password or token. What is typed stays in the element alone, for its form to read: no state of the page holds it. */
export function SecretField(props: SecretFieldProps) {
  const [shown, setShown] = useState(false)
  return (
    <span className={cx(styles.box, styles.lg)}>
      <input
        autoComplete="off"
        spellCheck={false}
        {...useField()}
        {...props}
        type={shown ? 'text' : 'password'}
        className={styles.input}
      />
      <IconButton
        icon={shown ? EyeOff : Eye}
        size="sm"
        label={shown ? 'Hide what is typed' : 'Show what is typed'}
        onClick={() => setShown(!shown)}
      />
    </span>
  )
}
