import { ImagePlus, RotateCcw, X } from 'lucide-react'
import { Fragment, type ReactNode, useRef, useState } from 'react'
import type { Channel } from '../../../../shared/domain/channel.ts'
import type { FieldValue, Placement } from '../../../../shared/domain/placement.ts'
import type { Assessment } from '../../../../shared/platforms/assess.ts'
import { inherited } from '../../../../shared/platforms/content.ts'
import { formatOf } from '../../../../shared/platforms/formats.ts'
import type { FieldName, FieldRules, Finding, Place } from '../../../../shared/platforms/index.ts'
import { changePlacement, setField } from '../../../data/commands/placements.ts'
import { MediumImage } from '../../../parts/index.ts'
import { MediumPicker } from '../../../parts/media/index.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { useTyped } from '../../../ports/typed.ts'
import {
  Button,
  Combobox,
  Field,
  IconButton,
  Link,
  SegmentedControl,
  Select,
  Switch,
  TextArea,
  TextField,
} from '../../../ui/index.ts'
import { Counter, fullest } from './Counter.tsx'
import { FillCard } from './FillCard.tsx'
import type { PostOnChannels } from './NetworkCard.tsx'
import styles from './Networks.module.css'
import { useTarget } from './state.ts'
import { useMend } from './useMend.ts'
import { fixesOf } from './words.ts'

interface FieldsFormProps {
  post: PostOnChannels
  channel: Channel
  placement: Placement | undefined
  assessment: Assessment
  /** The channel in words. */
  on: string
}

/** The fields the format of a channel has, made from its row in the table of networks; then what is said below the post. */
export function FieldsForm(props: FieldsFormProps) {
  const { placement, assessment } = props
  const rules = formatOf(assessment.content)
  if (!rules) return null
  const { fields } = assessment.content
  const asked = ({ with: other }: FieldRules) => other === undefined || fields[other] !== undefined
  return (
    <div className={styles.fields}>
      {(Object.entries(rules.fields) as [FieldName, FieldRules][]).map(
        ([name, field]) => asked(field) && <OneField key={name} {...props} name={name} rules={field} />,
      )}
      {(rules.firstComment || placement?.firstComment) && <FirstComment {...props} />}
    </div>
  )
}

interface RowProps extends Omit<FieldsFormProps, 'placement'> {
  label: string
  place: Place
  /** Stands behind the control. */
  end?: ReactNode
  children: ReactNode
}

/** A label, its control, and what is said about it. */
function Row({ label, place, end, children, ...props }: RowProps) {
  const { channel, assessment } = props
  const box = useRef<HTMLDivElement>(null)
  useTarget({ channelId: channel.id, place }, () => {
    const control = box.current?.querySelector<HTMLElement>('input:not([hidden]), textarea, button')
    control?.focus()
    control?.scrollIntoView({ block: 'nearest' })
  })
  const here = (found: Place) =>
    found.at === place.at && (!('name' in found) || !('name' in place) || found.name === place.name)
  const said = assessment.findings.filter((finding) => here(finding.place))
  const [worst] = SEVERITIES.filter((severity) => said.some((finding) => finding.severity === severity))
  const words = said.length > 0 && said.map((finding) => <Said key={finding.sentence} {...props} finding={finding} />)
  const count = fullest(assessment.counters.filter((one) => here(one.place)))
  return (
    <div ref={box}>
      <Field
        label={label}
        className={styles.field}
        error={worst === 'error' && words}
        warning={worst === 'warning' && words}
        help={words}
      >
        <div className={styles.control}>
          {children}
          {count && count.used > 0 && <Counter count={count} bare />}
          {end}
        </div>
      </Field>
    </div>
  )
}
const SEVERITIES = ['error', 'warning', 'note'] as const

/** A finding beside the field it is about. */
function Said({ post, channel, assessment, on, finding }: Omit<FieldsFormProps, 'placement'> & { finding: Finding }) {
  const mend = useMend(post, channel, on)
  return (
    <p>
      {finding.sentence}
      {fixesOf(finding, assessment).map(({ fix, words }) => (
        <Fragment key={words}>
          {' '}
          <Link strong onClick={() => void mend(finding, fix, words)}>
            {words}
          </Link>
        </Fragment>
      ))}
    </p>
  )
}

interface OneFieldProps extends FieldsFormProps {
  name: FieldName
  rules: FieldRules
}

/** Longer than a line. */
const LONG: ReadonlySet<FieldName> = new Set(['excerpt', 'metaDescription', 'linkDescription', 'preheader'])

function OneField(props: OneFieldProps) {
  const { post, channel, placement, assessment, on, name, rules } = props
  const { store } = useDeps()
  const value = placement?.fields[name]
  const set = (next: FieldValue | undefined, gesture?: string) =>
    setField(store, { postId: post.id, channelId: channel.id }, name, next, rules.label, gesture)
  const row = { label: rules.label, place: { at: 'field', name } as const, post, channel, assessment, on }
  switch (rules.kind) {
    case 'text':
    case 'address':
      return <TextRow {...props} row={row} set={set} end={name === 'link' && <FillCard {...props} />} />
    case 'choice':
      return (
        <Row {...row}>
          <Select
            size="md"
            value={typeof value === 'string' ? value : (rules.preset ?? '')}
            onChange={(next) => void set(next === '' || next === rules.preset ? undefined : next)}
            placeholder={rules.required ? 'Choose' : 'As the account has it'}
            options={[
              ...(rules.preset || rules.required ? [] : [{ value: '', label: 'As the account has it' }]),
              // What was written where there was nothing to choose from yet, or came in with a file, is seen until another is chosen.
              ...(typeof value === 'string' && !rules.options.some((one) => one.value === value)
                ? [{ value, label: value }]
                : []),
              ...rules.options,
            ]}
          />
        </Row>
      )
    case 'switch':
      return (
        <Row {...row}>
          {rules.required ? (
            <SegmentedControl
              label={rules.label}
              value={typeof value === 'boolean' ? String(value) : ''}
              onChange={(next) => void set(next === 'true')}
              options={[
                { value: 'true', label: 'Yes' },
                { value: 'false', label: 'No' },
              ]}
            />
          ) : (
            <Switch label={rules.label} checked={value === true} onChange={(on) => void set(on || undefined)} />
          )}
        </Row>
      )
    case 'list': {
      const items = Array.isArray(value) ? value : []
      return (
        <Row {...row}>
          <Combobox
            multi
            size="md"
            label={rules.label}
            placeholder="None"
            emptyText="Type a word and press Enter"
            items={items.map((item) => ({ id: item, label: item }))}
            value={[...items]}
            onChange={(next) => void set(next.length > 0 ? next : undefined)}
            onCreate={(word) => void set([...items, word.trim()])}
          />
        </Row>
      )
    }
    case 'picture':
      return <PictureRow {...props} row={row} set={set} />
  }
}

interface KindProps extends OneFieldProps {
  row: Omit<RowProps, 'children'>
  set: (value: FieldValue | undefined, gesture?: string) => Promise<unknown>
}

/** What stands in it is what goes out: written here, or taken from the post until something is. */
function TextRow({ post, channel, placement, name, rules, row, set, end }: KindProps & { end: ReactNode }) {
  const written = placement?.fields[name]
  const fromPost = inherited(name, channel.network, post)
  const typed = useTyped(typeof written === 'string' ? written : (fromPost ?? ''), (next, gesture) =>
    set(next === '' && fromPost === undefined ? undefined : next, gesture),
  )
  const control = { value: typed.value, onChange: typed.change, onBlur: typed.leave }
  return (
    <Row
      {...row}
      end={
        <>
          {end}
          {fromPost !== undefined && written !== undefined && (
            <IconButton
              size="sm"
              icon={RotateCcw}
              label={`${rules.label} as the post has it`}
              onClick={() => void set(undefined)}
            />
          )}
        </>
      }
    >
      {LONG.has(name) ? (
        <TextArea grow rows={1} {...control} />
      ) : (
        <TextField
          size="md"
          {...control}
          placeholder={rules.empty ?? (rules.kind === 'address' ? (rules.form?.example ?? 'https://') : undefined)}
        />
      )}
    </Row>
  )
}

const PICTURES = ['image'] as const

function PictureRow({ assessment, name, rules, placement, row, set }: KindProps) {
  const [choosing, setChoosing] = useState(false)
  const shown = assessment.content.fields[name]
  const id = typeof shown === 'object' && 'id' in shown ? shown.id : ''
  return (
    <Row
      {...row}
      end={
        id !== '' && (
          <IconButton
            size="sm"
            icon={X}
            label={`Take the ${rules.label.toLowerCase()} off`}
            // Only what was chosen here falls back to the first picture; that one is taken off for good.
            onClick={() => void set(typeof placement?.fields[name] === 'string' ? undefined : '')}
          />
        )
      }
    >
      {id !== '' && <MediumImage id={id} className={styles.cover} />}
      <Button size="sm" icon={ImagePlus} onClick={() => setChoosing(true)}>
        {id === '' ? 'Choose' : 'Replace'}
      </Button>
      {choosing && (
        <MediumPicker
          title={rules.label}
          kinds={PICTURES}
          onPick={([medium]) => medium && void set(medium.id)}
          onClose={() => setChoosing(false)}
        />
      )}
    </Row>
  )
}

function FirstComment({ placement, ...props }: FieldsFormProps) {
  const { post, channel } = props
  const { store } = useDeps()
  const typed = useTyped(placement?.firstComment ?? '', (firstComment, gesture) =>
    changePlacement(store, { postId: post.id, channelId: channel.id }, { firstComment }, 'First comment', gesture),
  )
  return (
    <Row {...props} label="First comment" place={{ at: 'firstComment' }}>
      <TextArea
        grow
        rows={1}
        placeholder="Said below the post once it is out"
        value={typed.value}
        onChange={typed.change}
        onBlur={typed.leave}
      />
    </Row>
  )
}
