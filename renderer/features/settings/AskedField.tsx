import { Field, SecretField, TextField } from '../../ui/index.ts'

/** Something a person pastes or types to connect with a network or a server. */
export interface AskedFor {
  /** As whoever is given it calls it. */
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly placeholder?: string
  readonly optional?: boolean
  /** Nobody else may read it: a password field, emptied as soon as it is sent. */
  readonly secret?: boolean
}

interface AskedFieldProps {
  field: AskedFor
  /** Of what is no secret: that stays in the form. */
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

export function AskedField({ field, value, onChange, error }: AskedFieldProps) {
  const { name, label, help, placeholder, optional, secret } = field
  return (
    <Field label={label} help={help} error={error} optional={optional}>
      {secret ? (
        <SecretField name={name} placeholder={placeholder} />
      ) : (
        <TextField
          name={name}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
