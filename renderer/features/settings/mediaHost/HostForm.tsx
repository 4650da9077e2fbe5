import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { HostTried } from '../../../../shared/contract/publishing.ts'
import { HOST_KINDS, type HostKind, type HostSettings } from '../../../../shared/domain/mediaHost.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { Button, Field, SegmentedControl, Select, toast } from '../../../ui/index.ts'
import { AskedField } from '../AskedField.tsx'
import { Kept } from '../channels/ConnectStep.tsx'
import { BUCKET_BASE, FORMS, type HostField, settingsOf, valuesOf } from './kinds.ts'
import styles from './MediaHost.module.css'
import { Outcome, ourFault } from './Outcome.tsx'

interface HostFormProps {
  /** What is set now. */
  before: HostSettings | null
  onUsed: () => void
  onCancel: (() => void) | undefined
}

/**
 * Sets up a media host: it is tried first, and kept when it works. The secret is read from the form when it is sent, and stays there
 * only while something else is wrong.
 */
export function HostForm({ before, onUsed, onCancel }: HostFormProps) {
  const { shell } = useDeps()
  const [kind, setKind] = useState<HostKind>(before?.kind ?? 's3')
  const [values, setValues] = useState(() => valuesOf(before))
  const [tried, setTried] = useState<HostTried | null>(null)
  const [busy, setBusy] = useState(false)
  const [warning, setWarning] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const { about, fields } = FORMS[kind]
  const isPublicBucket = kind === 's3' && values.links !== 'signed'
  const shown = isPublicBucket ? [...fields, BUCKET_BASE] : fields

  useEffect(() => {
    let here = true
    void shell
      .publishing()
      .then((publishing) => publishing.warning())
      .then((text) => here && setWarning(text))
    return () => {
      here = false
    }
  }, [shell])

  const change = (name: string) => (value: string) => setValues({ ...values, [name]: value })
  const focus = (name: string) => form.current?.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.focus()
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const secret = String(new FormData(event.currentTarget).get('secret') ?? '').trim()
    setTried(null)
    setBusy(true)
    try {
      const { mediaHost } = await shell.publishing()
      const answer = await mediaHost.use({ settings: settingsOf(kind, values), secret })
      setTried(answer)
      if (answer.kind === 'wrong') focus(answer.field)
      if (answer.kind !== 'works') return
      toast({ id: 'media-host', text: `The media host works, and is used from now on. ${answer.note}`.trim() })
      form.current?.reset()
      onUsed()
    } catch (error) {
      setTried(ourFault(error))
    } finally {
      setBusy(false)
    }
  }
  const errorOf = (name: string) => (tried?.kind === 'wrong' && tried.field === name ? tried.sentence : undefined)
  const isAtField = tried?.kind === 'wrong' && shown.some(({ name }) => name === tried.field)

  return (
    <form ref={form} method="post" className={styles.form} onSubmit={(event) => void send(event)}>
      <SegmentedControl
        label="Kind of media host"
        className={styles.kinds}
        value={kind}
        onChange={(next) => {
          setKind(next)
          setTried(null)
        }}
        options={HOST_KINDS.map((value) => ({ value, label: FORMS[value].label }))}
      />
      <p className={styles.about}>{about}</p>
      {kind === 's3' && (
        <div className={styles.pair}>
          <Field label="Whoever has the address">
            <Select
              value={values.links ?? 'public'}
              onChange={change('links')}
              options={[
                { value: 'public', label: 'may read: the bucket is public' },
                { value: 'signed', label: 'may read for two days: signed addresses' },
              ]}
            />
          </Field>
          <Field label="The bucket stands">
            <Select
              value={values.style ?? 'path'}
              onChange={change('style')}
              options={[
                { value: 'path', label: 'in the path: service/bucket' },
                { value: 'virtual', label: 'in the host: bucket.service' },
              ]}
            />
          </Field>
        </div>
      )}
      <div className={styles.grid}>
        {shown.map((field) => (
          <AskedField
            key={`${kind} ${field.name}`}
            field={asKept(field, before?.kind === kind)}
            value={values[field.name] ?? ''}
            onChange={change(field.name)}
            error={errorOf(field.name)}
          />
        ))}
      </div>
      <div role="alert">{tried && tried.kind !== 'works' && !isAtField && <Outcome tried={tried} />}</div>
      <Kept warning={warning} />
      <div className={styles.actions}>
        <Button variant="primary" type="submit" disabled={busy}>
          {busy ? 'Testing…' : 'Test and use'}
        </Button>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <span className={styles.quiet}>Puts a small file there, fetches it without a key, and takes it away.</span>
      </div>
    </form>
  )
}

/** A secret that is kept already is only asked for to replace it. */
const asKept = (field: HostField, isKept: boolean): HostField =>
  field.secret && isKept ? { ...field, help: 'Only to replace the one that is kept.', optional: true } : field
