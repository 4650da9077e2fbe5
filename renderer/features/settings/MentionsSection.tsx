import { AtSign, Plus } from 'lucide-react'
import { NETWORKS, type NetworkId } from '../../../shared/domain/channel.ts'
import {
  freeNeutral,
  handleFrom,
  looksLikeHandle,
  MENTION_NETWORKS,
  type Mention,
} from '../../../shared/domain/mention.ts'
import { addRow, editRow } from '../../data/commands/workspace.ts'
import { NetworkSigns } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useMentions } from '../../ports/vocabulary.ts'
import { Button, Field, Later } from '../../ui/index.ts'
import { EntryList, useDelete, useOpenEntry } from './entries.tsx'
import { CommitField, useTakesKeys } from './parts.tsx'
import styles from './Settings.module.css'

/** People and brands that texts name, under the handle each network knows them by. */
export function MentionsSection() {
  const { store } = useDeps()
  const mentions = useMentions()
  const entries = useOpenEntry()
  const remove = useDelete('mentions')
  if (!mentions) return <Later>{null}</Later>
  const add = async () => {
    const name = 'New name'
    const fields = { name, neutral: freeNeutral(name, mentions), handles: {}, note: '' }
    entries.show(await addRow(store, 'mentions', fields, 'Added a name to the mention book'))
  }
  return (
    <EntryList
      rows={mentions}
      entries={entries}
      illustration="inbox"
      sentence="Someone has another handle on every network. Name them once: each post takes the right one."
      head={({ neutral, handles }) => ({
        mark: <AtSign aria-hidden size={14} />,
        note: `@${neutral}`,
        end: <NetworkSigns ids={MENTION_NETWORKS.filter((id) => handles[id])} />,
      })}
      onDelete={({ id, name, neutral }) => void remove(id, name, `Texts keep @${neutral} as it is written.`)}
      buttons={
        <Button icon={Plus} variant={mentions.length === 0 ? 'primary' : 'default'} onClick={() => void add()}>
          Add a name
        </Button>
      }
    >
      {(mention, isNew) => <MentionEditor mention={mention} book={mentions} isNew={isNew} />}
    </EntryList>
  )
}

interface MentionEditorProps {
  mention: Mention
  book: readonly Mention[]
  isNew: boolean
}

function MentionEditor({ mention, book, isNew }: MentionEditorProps) {
  const { store } = useDeps()
  const nameField = useTakesKeys(isNew)
  const set = (fields: Parameters<typeof editRow<'mentions'>>[3], what: string) =>
    void editRow(store, 'mentions', mention.id, fields, `${what} of “${mention.name}”`)
  const setHandle = (network: NetworkId, typed: string) =>
    set(({ handles: { [network]: _before, ...others } }) => {
      const handle = handleFrom(network, typed)
      return { handles: handle ? { ...others, [network]: handle } : others }
    }, `${NETWORKS[network].name} handle`)
  return (
    <div className={styles.editor}>
      <Field label="Name" help="Stands in the text where a network knows no handle.">
        <CommitField
          ref={nameField}
          value={mention.name}
          required
          maxLength={80}
          onCommit={(name) =>
            // The form in texts follows the name until texts may have it.
            set(isNew ? { name, neutral: freeNeutral(name, book, mention.id) } : { name }, 'Name')
          }
        />
      </Field>
      <Field label="In texts" help={`@${mention.neutral} becomes the handle of each network.`}>
        <CommitField
          value={mention.neutral}
          required
          maxLength={60}
          onCommit={(wish) => set({ neutral: freeNeutral(wish, book, mention.id) }, 'Form in texts')}
        />
      </Field>
      <Field label="Note" className={styles.wide}>
        <CommitField value={mention.note} placeholder="Who it is" onCommit={(note) => set({ note }, 'Note')} />
      </Field>
      <fieldset className={styles.handles}>
        <legend className={styles.label}>Handles</legend>
        {MENTION_NETWORKS.map((network) => {
          const handle = mention.handles[network] ?? ''
          const { name } = NETWORKS[network]
          return (
            <div key={network} className={styles.handle}>
              <NetworkSigns ids={[network]} />
              <Field
                label={`Handle on ${name}`}
                hideLabel
                warning={handle && !looksLikeHandle(network, handle) ? `${name} has no such handles.` : undefined}
              >
                <CommitField
                  value={handle}
                  placeholder={`${name}: none`}
                  spellCheck={false}
                  onCommit={(typed) => setHandle(network, typed)}
                />
              </Field>
            </div>
          )
        })}
      </fieldset>
    </div>
  )
}
