import { useEffect, useState } from 'react'
import { useDeps } from '../../../ports/deps.tsx'
import { Field, toast } from '../../../ui/index.ts'
import { CommitField, SettingRow } from '../parts.tsx'

/** The server that some networks are signed in to over: one address, offered for each of them. */
export function TokenBroker() {
  const { shell } = useDeps()
  /** Undefined while it is asked. */
  const [address, setAddress] = useState<string>()
  const [refusal, setRefusal] = useState('')
  useEffect(() => {
    let here = true
    shell
      .publishing()
      .then((publishing) => publishing.broker())
      .then(
        (told) => here && setAddress(told),
        () => here && setRefusal('Outpost cannot read what is kept.'),
      )
    return () => {
      here = false
    }
  }, [shell])
  const keep = async (typed: string) => {
    const kept = await (await shell.publishing()).setBroker(typed)
    setRefusal(kept.ok ? '' : kept.error.message)
    if (!kept.ok) return
    setAddress(kept.value)
    toast({
      id: 'broker',
      text: kept.value === '' ? 'No token broker is used any more.' : `Sign-ins go over ${kept.value}.`,
    })
  }
  return (
    <SettingRow
      label="Token broker"
      note="for networks that send people back to web servers only; what is connected keeps the one it was connected over"
    >
      <Field label="Address of the token broker" hideLabel error={refusal === '' ? undefined : refusal}>
        <CommitField
          placeholder="https://broker.example"
          autoComplete="off"
          spellCheck={false}
          disabled={address === undefined}
          value={address ?? ''}
          onCommit={(typed) =>
            void keep(typed).catch((error: unknown) => {
              reportError(error)
              setRefusal('The address could not be kept: Outpost did not answer. Try again.')
            })
          }
        />
      </Field>
    </SettingRow>
  )
}
