import { Plus, UserRound } from 'lucide-react'
import { NETWORK_IDS, NETWORKS } from '../../../shared/domain/channel.ts'
import type { Persona } from '../../../shared/domain/persona.ts'
import { addRow, editRow } from '../../data/commands/workspace.ts'
import { NetworkSigns } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { usePersonas } from '../../ports/vocabulary.ts'
import { Button, CallSign, Combobox, Field, Later } from '../../ui/index.ts'
import { EntryList, nextOrder, useDelete, useOpenEntry } from './entries.tsx'
import { CommitArea, CommitField, useTakesKeys } from './parts.tsx'
import styles from './Settings.module.css'

const BLANK = { role: '', needs: '', doubts: '', networks: [], hours: '', tone: '' }

/** The people we talk to. Campaigns name them, and they stand beside the text while one writes. */
export function PersonasSection() {
  const { store } = useDeps()
  const personas = usePersonas()
  const entries = useOpenEntry()
  const remove = useDelete('personas')
  if (!personas) return <Later>{null}</Later>
  const add = async () => {
    const fields = { ...BLANK, name: 'New persona', order: nextOrder(personas) }
    entries.show(await addRow(store, 'personas', fields, 'Added a persona'))
  }
  return (
    <EntryList
      rows={personas}
      entries={entries}
      illustration="inbox"
      sentence="Who do we talk to? A made-up person with needs and doubts is easier to write for than an audience."
      head={({ role, networks, hours }) => ({
        mark: <UserRound aria-hidden size={14} />,
        note: role,
        end: (
          <>
            <NetworkSigns ids={networks} />
            <span className={styles.faint}>{hours}</span>
          </>
        ),
      })}
      onDelete={({ id, name }) => void remove(id, name, 'It no longer stands beside the text.')}
      buttons={
        <Button icon={Plus} variant={personas.length === 0 ? 'primary' : 'default'} onClick={() => void add()}>
          Add a persona
        </Button>
      }
    >
      {(persona, isNew) => <PersonaEditor persona={persona} isNew={isNew} />}
    </EntryList>
  )
}

const NETWORK_ITEMS = NETWORK_IDS.map((id) => ({
  id,
  label: NETWORKS[id].name,
  icon: <CallSign sign={NETWORKS[id].sign} hue={NETWORKS[id].hue} />,
}))

function PersonaEditor({ persona, isNew }: { persona: Persona; isNew: boolean }) {
  const { store } = useDeps()
  const nameField = useTakesKeys(isNew)
  const set = (fields: Partial<Persona>, what: string) =>
    void editRow(store, 'personas', persona.id, fields, `${what} of “${persona.name}”`)
  return (
    <div className={styles.editor}>
      <Field label="Name" help="The group it stands for.">
        <CommitField
          ref={nameField}
          value={persona.name}
          required
          maxLength={80}
          onCommit={(name) => set({ name }, 'Name')}
        />
      </Field>
      <Field label="Who it is" help="One person with a name and an age.">
        <CommitField
          value={persona.role}
          placeholder="Resa, 34, two nights a month"
          onCommit={(role) => set({ role }, 'Role')}
        />
      </Field>
      <Field label="Needs">
        <CommitArea value={persona.needs} onCommit={(needs) => set({ needs }, 'Needs')} />
      </Field>
      <Field label="Doubts">
        <CommitArea value={persona.doubts} onCommit={(doubts) => set({ doubts }, 'Doubts')} />
      </Field>
      <Field label="Is found on">
        <Combobox
          multi
          label="Is found on"
          placeholder="No network"
          size="md"
          items={NETWORK_ITEMS}
          value={persona.networks}
          onChange={(ids) => set({ networks: NETWORK_IDS.filter((id) => ids.includes(id)) }, 'Networks')}
        />
      </Field>
      <Field label="At these hours">
        <CommitField
          value={persona.hours}
          placeholder="Sun 17 – 21"
          maxLength={60}
          onCommit={(hours) => set({ hours }, 'Hours')}
        />
      </Field>
      <Field label="How we talk to them" className={styles.wide}>
        <CommitArea value={persona.tone} onCommit={(tone) => set({ tone }, 'Tone')} />
      </Field>
    </div>
  )
}
