import { Plus, Trash2 } from 'lucide-react'
import { HUES } from '../../../shared/domain/channel.ts'
import type { Pillar } from '../../../shared/domain/workspace.ts'
import { addRow, editRow } from '../../data/commands/workspace.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useReference } from '../../ports/reference.tsx'
import {
  Button,
  cx,
  EmptyState,
  Field,
  HueDot,
  HuePicker,
  IconButton,
  NumberField,
  Popover,
  Rows,
} from '../../ui/index.ts'
import { CommitField, useSay } from './parts.tsx'
import styles from './Settings.module.css'

export function PillarsSection() {
  const { store, clock } = useDeps()
  const { pillars } = useReference()
  const say = useSay()
  const list = pillars.list
  const add = () => {
    const hue = HUES.find((candidate) => !list.some((pillar) => pillar.hue === candidate)) ?? 'teal'
    void addRow(store, 'pillars', { name: 'New pillar', hue, purpose: '', share: 0 }, 'Added a pillar')
  }
  const set = (pillar: Pillar, fields: Partial<Pillar>, what: string) =>
    void editRow(store, 'pillars', pillar.id, fields, `${what} of “${pillar.name}”`)
  const remove = async (pillar: Pillar) => {
    await editRow(store, 'pillars', pillar.id, { trashedAt: clock.now() }, `Deleted pillar “${pillar.name}”`)
    say(`Deleted “${pillar.name}”. Posts keep naming it.`)
  }
  const button = (
    <Button icon={Plus} variant={list.length === 0 ? 'primary' : 'default'} onClick={add}>
      Add a pillar
    </Button>
  )
  if (list.length === 0) {
    return (
      <EmptyState
        illustration="chart"
        sentence="Pillars are the few things you talk about. Three to five are enough."
        action={button}
      />
    )
  }
  const sum = list.reduce((total, pillar) => total + pillar.share, 0)
  return (
    <>
      <div aria-hidden className={cx(styles.pillar, styles.pillarHead)}>
        <span />
        <span>Name</span>
        <span>Why we talk about it</span>
        <span>Share of posts</span>
      </div>
      <Rows className={styles.list}>
        {list.map((pillar) => (
          <li key={pillar.id} className={styles.pillar}>
            <Popover
              label={`Colour of ${pillar.name}`}
              trigger={
                <button type="button" className={styles.hue} aria-label={`Colour of ${pillar.name}: ${pillar.hue}`}>
                  <HueDot hue={pillar.hue} />
                </button>
              }
            >
              <HuePicker
                label={`Colour of ${pillar.name}`}
                value={pillar.hue}
                onChange={(hue) => set(pillar, { hue }, 'Colour')}
              />
            </Popover>
            <CommitField
              aria-label={`Name of ${pillar.name}`}
              value={pillar.name}
              required
              maxLength={60}
              onCommit={(name) => set(pillar, { name }, 'Name')}
            />
            <CommitField
              aria-label={`Purpose of ${pillar.name}`}
              value={pillar.purpose}
              placeholder="Why we talk about it"
              onCommit={(purpose) => set(pillar, { purpose }, 'Purpose')}
            />
            <Field label={`Share of ${pillar.name}`} hideLabel>
              <NumberField
                value={pillar.share}
                min={0}
                max={100}
                unit="%"
                onChange={(share) => set(pillar, { share: share ?? 0 }, 'Share')}
              />
            </Field>
            <IconButton icon={Trash2} size="sm" label={`Delete ${pillar.name}`} onClick={() => void remove(pillar)} />
          </li>
        ))}
      </Rows>
      <div className={styles.foot}>
        {button}
        <span className={styles.faint}>
          {sum} % of all posts
          {sum > 100 ? ', more than there are' : sum > 0 && sum < 100 ? `, ${100 - sum} % left for anything else` : ''}
        </span>
      </div>
    </>
  )
}
