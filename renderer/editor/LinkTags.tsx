import { NETWORKS } from '../../shared/domain/channel.ts'
import {
  checkLink,
  linkFor,
  tidy,
  type UtmField,
  type UtmFinding,
  type UtmTags,
  withTags,
} from '../../shared/domain/utm.ts'
import { CallSign, Checkbox, Field, Finding, Select, TextField } from '../ui/index.ts'
import styles from './Editor.module.css'
import type { LinkVoice } from './voice.ts'

/** What is the same on every network; source and medium come from where the post goes. */
const ASKED = [
  ['campaign', 'Campaign'],
  ['content', 'Content'],
  ['term', 'Term'],
] as const satisfies readonly (readonly [UtmField, string])[]

interface LinkTagsProps {
  address: string
  /** null: not tagged. */
  tags: UtmTags | null
  links: LinkVoice
  onChange: (tags: UtmTags | null) => void
}

/** The tags of a link, from the values the vocabulary allows, and the address each network gets. */
export function LinkTags({ address, tags, links, onChange }: LinkTagsProps) {
  const { vocabulary, allowed, suggested, networks } = links
  const href = tags ? withTags(address, tags) : address
  const set = (field: UtmField, value: string) => {
    const { [field]: _before, ...others } = tags ?? {}
    onChange(value ? { ...others, [field]: value } : others)
  }
  return (
    <div className={styles.linkTags}>
      <Checkbox checked={tags !== null} onChange={(on) => onChange(on ? suggested : null)}>
        Tag this link
      </Checkbox>
      {tags && (
        <>
          <div className={styles.linkFields}>
            {ASKED.filter(([field]) => field !== 'term' || allowed.term.length > 0 || tags.term).map(
              ([field, label]) => (
                <Field key={field} label={label}>
                  <TagValue
                    value={tags[field] ?? ''}
                    values={allowed[field]}
                    needed={field === 'campaign'}
                    onChange={(value) => set(field, value)}
                    tidied={(typed) => tidy(typed, vocabulary)}
                  />
                </Field>
              ),
            )}
          </div>
          {checkLink(href, allowed, vocabulary).map((finding) => (
            <TagFinding key={finding.field} finding={finding} onWrite={(value) => set(finding.field, value)} />
          ))}
          {networks.length === 0 && <p className={styles.voiceNote}>Each channel adds its source and medium.</p>}
          <ul className={styles.built}>
            {networks.map((network) => (
              <li key={network}>
                <CallSign sign={NETWORKS[network].sign} hue={NETWORKS[network].hue} title={NETWORKS[network].name} />
                <span>{linkFor(href, network, vocabulary)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

interface TagValueProps {
  value: string
  values: readonly string[]
  needed: boolean
  onChange: (value: string) => void
  tidied: (typed: string) => string
}

/** One of the allowed values; where none are listed, anything, written right. */
function TagValue({ value, values, needed, onChange, tidied }: TagValueProps) {
  if (values.length === 0) {
    return (
      <TextField
        size="md"
        spellCheck={false}
        value={value}
        onChange={onChange}
        onBlur={() => onChange(tidied(value))}
      />
    )
  }
  // What stands there already is shown, allowed or not.
  const choices = value && !values.includes(value) ? [value, ...values] : values
  return (
    <Select
      size="md"
      value={value || NONE}
      placeholder="Choose"
      onChange={(next) => onChange(next === NONE ? '' : next)}
      options={[
        ...(needed ? [] : [{ value: NONE, label: 'None' }]),
        ...choices.map((choice) => ({ value: choice, label: choice })),
      ]}
    />
  )
}
/** No value of a tag is a space. */
const NONE = ' '

function TagFinding({ finding, onWrite }: { finding: UtmFinding; onWrite: (value: string) => void }) {
  const { kind, field, value, suggestion } = finding
  const text =
    kind === 'missing'
      ? `The ${field} is missing: statistics would not know what the link was for.`
      : kind === 'form'
        ? `“${value}” is not how the vocabulary writes it.`
        : `“${value}” is not in the vocabulary.`
  return (
    <Finding
      tone="warning"
      text={text}
      actions={suggestion ? [{ label: `Write “${suggestion}”`, onSelect: () => onWrite(suggestion) }] : []}
    />
  )
}
