import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import { NETWORKS, type NetworkId } from '../../../shared/domain/channel.ts'
import {
  campaignClashes,
  campaignValue,
  DEFAULT_VOCABULARY,
  linkFor,
  siteOf,
  suggestedTags,
  tidy,
  UTM_FIELDS,
  type UtmField,
  type Vocabulary,
  withTags,
} from '../../../shared/domain/utm.ts'
import { changeVocabulary } from '../../data/commands/vocabulary.ts'
import { CampaignName } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useReference } from '../../ports/reference.tsx'
import { useVocabulary } from '../../ports/vocabulary.ts'
import {
  Button,
  CallSign,
  cx,
  Field,
  Finding,
  Later,
  Link,
  SectionHead,
  SegmentedControl,
  Select,
  Tag,
  TextField,
  table,
} from '../../ui/index.ts'
import { DriftReport } from './DriftReport.tsx'
import { CommitField, SettingRow } from './parts.tsx'
import styles from './Settings.module.css'

export const FIELD_WORD: Readonly<Record<UtmField, string>> = {
  source: 'Source',
  medium: 'Medium',
  campaign: 'Campaign',
  content: 'Content',
  term: 'Term',
}
const FIELD_NOTE: Readonly<Record<UtmField, string>> = {
  source: 'beside the networks: posters, partners',
  medium: 'beside those of the networks',
  campaign: 'beside your campaigns',
  content: 'beside the phases of your campaigns',
  term: 'none: any term will do',
}

type Change = (change: (vocabulary: Vocabulary) => Partial<Vocabulary>, what: string) => void

/** The vocabulary of tagged links: how values are written, which are allowed, and what the texts say instead. */
export function LinksSection() {
  const { store } = useDeps()
  const { campaigns } = useReference()
  const vocabulary = useVocabulary()
  if (!vocabulary) return <Later>{null}</Later>
  const change: Change = (next, what) => void changeVocabulary(store, next, what)
  return (
    <>
      <SettingRow label="Capital letters" note="statistics take Tarn and tarn for two things">
        <SegmentedControl
          label="Capital letters"
          value={vocabulary.casing}
          onChange={(casing) => change(() => ({ casing }), 'Capital letters of tags')}
          options={[
            { value: 'lower', label: 'None' },
            { value: 'as-is', label: 'As typed' },
          ]}
        />
      </SettingRow>
      <SettingRow label="Between words" note="a space never is">
        <SegmentedControl
          label="Between words"
          value={vocabulary.separator}
          onChange={(separator) => change(() => ({ separator }), 'Separator of tags')}
          options={[
            { value: '-', label: 'tarn-28' },
            { value: '_', label: 'tarn_28' },
          ]}
        />
      </SettingRow>
      <Values
        title="Your sites"
        note={vocabulary.hosts.length === 0 ? 'none: every web link may be tagged' : 'with all that lies under them'}
        values={vocabulary.hosts}
        placeholder="fernhollow.example"
        read={siteOf}
        onChange={(next) => change(({ hosts }) => ({ hosts: next(hosts) }), 'Sites')}
      />
      <Example vocabulary={vocabulary} campaigns={campaigns.list} />
      <DriftReport vocabulary={vocabulary} />
      <NetworkValues vocabulary={vocabulary} change={change} />
      <CampaignValues vocabulary={vocabulary} campaigns={campaigns.list} change={change} />
      <SectionHead level={2} className={styles.sectionHead} title="Other values" note="what else a link may say" />
      {UTM_FIELDS.map((field) => (
        <Values
          key={field}
          title={FIELD_WORD[field]}
          note={FIELD_NOTE[field]}
          values={vocabulary.allowed[field]}
          read={(typed) => tidy(typed, vocabulary)}
          onChange={(next) =>
            change(
              ({ allowed }) => ({ allowed: { ...allowed, [field]: next(allowed[field]) } }),
              `Values of ${FIELD_WORD[field]}`,
            )
          }
        />
      ))}
    </>
  )
}

interface ValuesProps {
  title: string
  note: string
  values: readonly string[]
  placeholder?: string
  /** What is kept of what was typed; '' is not taken. */
  read: (typed: string) => string
  /** Given as a change of the list, since the screen may be a moment behind. */
  onChange: (change: (values: readonly string[]) => readonly string[]) => void
}

/** A list of words, each a mark one can take off, and a field for the next. */
function Values({ title, note, values, placeholder, read, onChange }: ValuesProps) {
  const [typed, setTyped] = useState('')
  const add = (event: FormEvent) => {
    event.preventDefault()
    const value = read(typed)
    setTyped('')
    if (value) onChange((now) => (now.includes(value) ? now : [...now, value]))
  }
  return (
    <SettingRow label={title} note={note}>
      <form className={styles.values} onSubmit={add}>
        {values.map((value) => (
          <Tag
            key={value}
            line
            removeLabel={`Remove ${value}`}
            onRemove={() => onChange((now) => now.filter((other) => other !== value))}
          >
            {value}
          </Tag>
        ))}
        <TextField
          size="md"
          aria-label={`Add to ${title}`}
          className={styles.value}
          placeholder={placeholder ?? 'Add'}
          spellCheck={false}
          maxLength={120}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit" size="sm" icon={Plus} aria-label={`Add the value to ${title}`} disabled={!read(typed)} />
      </form>
    </SettingRow>
  )
}

/** What a link becomes, as the rules stand now. */
function Example({ vocabulary, campaigns }: { vocabulary: Vocabulary; campaigns: readonly Campaign[] }) {
  const [typed, setTyped] = useState<string | null>(null)
  const [network, setNetwork] = useState<NetworkId>('instagram')
  const [campaignId, setCampaignId] = useState('')
  const campaign = campaigns.find(({ id }) => id === campaignId) ?? campaigns[0]
  const href = typed ?? `https://${vocabulary.hosts[0] ?? 'example.org'}/shop#new`
  const day = campaign?.launchOn ?? campaign?.startOn ?? null
  const tags = { campaign: tidy('campaign', vocabulary), ...suggestedTags(campaign, day, vocabulary) }
  return (
    <>
      <SectionHead level={2} className={styles.sectionHead} title="For example" note="as a post would carry it" />
      <div className={styles.example}>
        <Field label="Address">
          <TextField size="md" spellCheck={false} value={href} onChange={setTyped} />
        </Field>
        {campaign && (
          <Field label="Campaign">
            <Select
              size="md"
              value={campaign.id}
              onChange={setCampaignId}
              options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
        )}
        <Field label="Network">
          <Select
            size="md"
            value={network}
            onChange={setNetwork}
            options={Object.entries(NETWORKS).map(([id, { name }]) => ({ value: id as NetworkId, label: name }))}
          />
        </Field>
        <output className={styles.built} aria-label="The link">
          {linkFor(withTags(href, tags), network, vocabulary)}
        </output>
      </div>
    </>
  )
}

function NetworkValues({ vocabulary, change }: { vocabulary: Vocabulary; change: Change }) {
  const { channels } = useReference()
  const [all, setAll] = useState(false)
  const used = new Set(channels.list.map(({ network }) => network))
  const rows = (Object.keys(NETWORKS) as NetworkId[]).filter((id) => all || used.size === 0 || used.has(id))
  const set = (network: NetworkId, field: 'source' | 'medium', typed: string) => {
    const value = tidy(typed, vocabulary) || DEFAULT_VOCABULARY.networks[network][field]
    change(
      ({ networks }) => ({ networks: { ...networks, [network]: { ...networks[network], [field]: value } } }),
      `${FIELD_WORD[field]} of ${NETWORKS[network].name}`,
    )
  }
  return (
    <>
      <SectionHead
        level={2}
        className={styles.sectionHead}
        title="Networks"
        note="what a link says of where it was clicked"
        end={
          rows.length < Object.keys(NETWORKS).length || all ? (
            <Link onClick={() => setAll(!all)}>{all ? 'Only those with channels' : 'All networks'}</Link>
          ) : undefined
        }
      />
      <table className={cx(table.table, styles.people)}>
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Source</th>
            <th scope="col">Medium</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((id) => (
            <tr key={id}>
              <td>
                <span className={styles.network}>
                  <CallSign sign={NETWORKS[id].sign} hue={NETWORKS[id].hue} /> {NETWORKS[id].name}
                </span>
              </td>
              {(['source', 'medium'] as const).map((field) => (
                <td key={field}>
                  <CommitField
                    aria-label={`${FIELD_WORD[field]} of ${NETWORKS[id].name}`}
                    spellCheck={false}
                    value={vocabulary.networks[id][field]}
                    onCommit={(typed) => set(id, field, typed)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

interface CampaignValuesProps {
  vocabulary: Vocabulary
  campaigns: readonly Campaign[]
  change: Change
}

function CampaignValues({ vocabulary, campaigns, change }: CampaignValuesProps) {
  if (campaigns.length === 0) return null
  const set = ({ id, name }: Campaign, typed: string) => {
    const value = tidy(typed, vocabulary)
    const own = value !== '' && value !== tidy(name, vocabulary)
    change(
      ({ campaigns: { [id]: _before, ...others } }) => ({ campaigns: own ? { ...others, [id]: value } : others }),
      `Value of “${name}”`,
    )
  }
  return (
    <>
      <SectionHead level={2} className={styles.sectionHead} title="Campaigns" note="what their links say" />
      {campaignClashes(campaigns, vocabulary).map(({ value, campaigns: same }) => (
        <Finding
          key={value}
          tone="warning"
          text={`${same.map(({ name }) => `“${name}”`).join(' and ')} both say “${value}”: statistics will take them for one.`}
        />
      ))}
      <ul className={styles.list}>
        {campaigns.map((campaign) => (
          <li key={campaign.id} className={styles.campaignValue}>
            <CampaignName id={campaign.id} />
            <CommitField
              aria-label={`Value of ${campaign.name}`}
              spellCheck={false}
              value={campaignValue(campaign, vocabulary)}
              onCommit={(typed) => set(campaign, typed)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}
