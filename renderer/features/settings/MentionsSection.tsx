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
import { useDeps } from '../../ports/deps.tsx'
import { useMentions } from '../../ports/vocabulary.ts'
import { Button, CallSign, CallSigns, EmptyState, Field, Later } from '../../ui/index.ts'
import { CommitField, Entry, useOpenEntry, useSay, useTakesKeys } from './parts.tsx'
import styles from './Settings.module.css'

/** People and brands that texts name, under the handle each network knows them by. */
export function MentionsSection() {
  const { store, clock } = useDeps()
  const mentions = useMentions()
  const entries = useOpenEntry()
  const say = useSay()
  if (!mentions) return <Later>{null}</Later>
  const add = async () => {
    const name = 'New name'
    const fields = { name, neutral: freeNeutral(name, mentions), handles: {}, note: '' }
    entries.show(await addRow(store, 'mentions', fields, 'Added a name to the mention book'))
  }
  const remove = async (mention: Mention) => {
    await editRow(store, 'mentions', mention.id, { trashedAt: clock.now() }, `Deleted “${mention.name}”`)
    say(`Deleted “${mention.name}”. Texts keep @${mention.neutral} as it is written.`)
  }
  const button = (
    <Button icon={Plus} variant={mentions.length === 0 ? 'primary' : 'default'} onClick={() => void add()}>
      Add a name
    </Button>
  )
  if (mentions.length === 0) {
    return (
      <EmptyState
        illustration="inbox"
        sentence="Someone has another handle on every network. Name them once: each post takes the right one."
        action={button}
      />
    )
  }
  return (
    <>
      <ul className={styles.list}>
        {mentions.map((mention) => (
          <Entry
            key={mention.id}
            name={mention.name}
            mark={<AtSign aria-hidden size={14} />}
            note={`@${mention.neutral}`}
            end={<Known mention={mention} />}
            open={entries.isOpen(mention.id)}
            onOpen={entries.toggle(mention.id)}
            onDelete={() => void remove(mention)}
          >
            <MentionEditor mention={mention} book={mentions} isNew={entries.isNew(mention.id)} />
          </Entry>
        ))}
      </ul>
      {button}
    </>
  )
}

const Known = ({ mention: { handles } }: { mention: Mention }) => (
  <CallSigns>
    {MENTION_NETWORKS.filter((network) => handles[network]).map((network) => (
      <Sign key={network} network={network} />
    ))}
  </CallSigns>
)

const Sign = ({ network }: { network: NetworkId }) => (
  <CallSign sign={NETWORKS[network].sign} hue={NETWORKS[network].hue} title={NETWORKS[network].name} />
)

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
              <Sign network={network} />
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
