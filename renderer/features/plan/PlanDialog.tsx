import { FileText } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { addDays, dateAt, monthOf } from '../../../shared/domain/time.ts'
import { NO_FILTER, type PostFilter } from '../../../shared/domain/workspace.ts'
import { ChannelPicker, DayField, plural } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useReference } from '../../ports/reference.tsx'
import {
  LANGUAGES,
  PLAN_STATES,
  type PlanOptions,
  PRESET_SECTIONS,
  type Preset,
  SECTIONS,
  type SectionId,
} from '../../print/options.ts'
import { LANGUAGE_NAME, WORDS } from '../../print/words.ts'
import {
  Banner,
  Button,
  type Condition,
  cx,
  Dialog,
  Field,
  Finding,
  NumberField,
  Progress,
  SegmentedControl,
  Select,
  Switch,
  Tag,
  TextField,
  toast,
} from '../../ui/index.ts'
import { PdfPreview } from './PdfPreview.tsx'
import styles from './PlanDialog.module.css'
import { lastSaved, remember, remembered, rememberSaved } from './remembered.ts'
import { SectionList, type SectionRow } from './SectionList.tsx'
import { usePlan } from './usePlan.ts'

interface PlanDialogProps {
  readonly campaignId?: string
  readonly filter?: PostFilter
  readonly from?: string
  readonly to?: string
  readonly onClose: () => void
}

const PRESET_WORDS: Readonly<Record<Preset, readonly [name: string, what: string]>> = {
  client: ['Client', 'nothing internal, with signature'],
  internal: ['Internal', 'all of it, with tasks and notes'],
  onePage: ['One page', 'goal, dates, numbers, month'],
}
const INTERNAL_ONLY: readonly SectionId[] = ['tasks']
const STEPS = { reading: 'Reading posts', numbering: 'Counting pages', printing: 'Printing' } as const

/** Plan to PDF: what goes in on the left, the very file on the right. */
export function PlanDialog({ campaignId = '', filter = NO_FILTER, from, to, onClose }: PlanDialogProps) {
  const { workspace, shell, clock } = useDeps()
  const reference = useReference()
  const campaign = campaignId ? reference.campaigns.get(campaignId) : undefined
  const saved = lastSaved(workspace.entry.id, campaignId)
  const [options, setOptions] = useState<PlanOptions>(() => {
    const month = monthOf(dateAt(clock.now(), reference.settings.zone))
    const first = from ?? campaign?.startOn ?? month.from
    return {
      preset: 'client',
      sections: PRESET_SECTIONS.client,
      paper: 'a4',
      monthPages: 'landscape',
      language: 'en',
      state: 'draft',
      confidential: false,
      signers: [],
      ...remembered(workspace.entry.id),
      from: first,
      to: to ?? campaign?.endOn ?? (from ? monthOf(from).to : campaign?.startOn ? addDays(first, 30) : month.to),
      campaignId,
      filter,
      version: (saved?.version ?? 0) + 1,
      answerBy: null,
      changesSince: saved?.savedAt ?? null,
      accent: '',
    }
  })
  const [order, setOrder] = useState<readonly SectionId[]>(() => inOrder(options.sections))
  const set = (fields: Partial<PlanOptions>) => setOptions((before) => ({ ...before, ...fields }))
  const { preset, sections, paper, monthPages, language, state, confidential, signers } = options
  useEffect(() => {
    remember(workspace.entry.id, { preset, sections, paper, monthPages, language, state, confidential, signers })
  }, [workspace, preset, sections, paper, monthPages, language, state, confidential, signers])

  const backwards = options.from > options.to
  const asked = useMemo(() => (backwards ? { ...options, to: options.from } : options), [options, backwards])
  const plan = usePlan(asked)
  const { made } = plan
  const name = fileName(workspace.entry.name, campaign?.name ?? '', dateAt(clock.now(), reference.settings.zone))
  const [saving, setSaving] = useState(false)
  const first = useRef<HTMLInputElement>(null)

  const save = async () => {
    if (!made || plan.stale) return
    setSaving(true)
    const result = await shell.save(name, made.bytes)
    setSaving(false)
    if (!result.ok) {
      if (result.error.kind !== 'cancelled')
        toast({ text: `The plan was not saved. ${result.error.message}`, tone: 'error' })
      return
    }
    const { path } = result.value
    rememberSaved(workspace.entry.id, campaignId, options.version, clock.now())
    const show = async () => {
      const shown = await shell.showFile(path)
      if (!shown.ok) toast({ text: shown.error.message, tone: 'refused' })
    }
    toast({ text: `Saved ${path}`, action: { label: 'Show file', onSelect: () => void show() } })
    onClose()
  }

  const unmet: Condition[] = [
    ...(backwards ? [{ text: 'The first day is after the last', focus: () => first.current?.focus() }] : []),
    ...(plan.fault ? ['The plan could not be made'] : []),
    ...(!made || plan.stale ? ['The preview is being made'] : []),
  ]
  const parts = partsOf(made?.sections ?? [])
  const nameOf = (page: number) => {
    const at = parts.find((part) => part.page === page) ?? parts.findLast((part) => part.page < page)
    return at ? nameOfSection(at.id) : 'Plan'
  }
  const rows = order.map((id): SectionRow => {
    const internal = INTERNAL_ONLY.includes(id) && preset !== 'internal'
    const on = sections.includes(id)
    return {
      id,
      on,
      internal,
      note: internal
        ? 'never for clients'
        : on && made && !plan.stale
          ? noteOf(id, made.sections, parts, made.pages)
          : '',
    }
  })

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Plan to PDF"
      size="xl"
      flush
      footer={
        <>
          <span className={styles.file}>
            <FileText aria-hidden size={14} />
            <code>{name}</code>
            {made &&
              !plan.stale &&
              `${made.pages} ${made.pages === 1 ? 'page' : 'pages'}, ${sizeOf(made.bytes.length)}, made here`}
          </span>
          <Button onClick={onClose} keys={['Escape']}>
            Cancel
          </Button>
          <Button
            variant="primary"
            unmet={unmet}
            unmetTitle="Cannot be saved yet"
            disabled={saving}
            onClick={() => void save()}
          >
            Save PDF…
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.choices}>
          <fieldset className={styles.presets} aria-label="Preset">
            {(Object.keys(PRESET_WORDS) as Preset[]).map((id) => (
              <button
                key={id}
                type="button"
                className={cx(styles.preset, preset === id && styles.chosen)}
                aria-pressed={preset === id}
                onClick={() => {
                  setOrder(inOrder(PRESET_SECTIONS[id]))
                  set({ preset: id, sections: PRESET_SECTIONS[id] })
                }}
              >
                <strong>{PRESET_WORDS[id][0]}</strong>
                {PRESET_WORDS[id][1]}
              </button>
            ))}
          </fieldset>
          {campaign && <Tag hue={campaign.hue}>{campaign.name}</Tag>}
          {made && made.practised > 0 && (
            <Finding
              tone="note"
              text={`${plural(made.practised, 'post')} on practice channels only ${made.practised === 1 ? 'is' : 'are'} left out.`}
            />
          )}
          <div className={styles.pair}>
            <Field label="From" error={backwards ? 'After the last day' : undefined}>
              <DayField ref={first} value={options.from} onChange={(day) => day && set({ from: day })} />
            </Field>
            <Field label="To">
              <DayField value={options.to} onChange={(day) => day && set({ to: day })} />
            </Field>
          </div>
          <div className={styles.pair}>
            <Field label="Channels">
              <ChannelPicker
                placeholder="All channels"
                value={options.filter.channelIds}
                onChange={(channelIds) => set({ filter: { ...options.filter, channelIds } })}
              />
            </Field>
            <Field label="Language">
              <Select
                value={language}
                onChange={(next) => set({ language: next })}
                options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAME[value] }))}
              />
            </Field>
          </div>
          <div className={styles.pair}>
            <div>
              <span className={styles.label}>Paper</span>
              <SegmentedControl
                label="Paper"
                value={paper}
                onChange={(next) => set({ paper: next })}
                options={[
                  { value: 'a4', label: 'A4' },
                  { value: 'letter', label: 'Letter' },
                ]}
              />
            </div>
            <div>
              <span className={styles.label}>Month pages</span>
              <SegmentedControl
                label="Month pages"
                value={monthPages}
                onChange={(next) => set({ monthPages: next })}
                options={[
                  { value: 'landscape', label: 'Landscape' },
                  { value: 'portrait', label: 'Portrait' },
                ]}
              />
            </div>
          </div>
          {preset !== 'onePage' && (
            <div>
              <div className={styles.sectionHead}>
                <span>
                  <strong>Sections</strong> drag to order
                </span>
                <span>pages</span>
              </div>
              <SectionList
                rows={rows}
                onChange={(next) => {
                  setOrder(next.map(({ id }) => id))
                  set({ sections: next.filter(({ on, internal }) => on && !internal).map(({ id }) => id) })
                }}
              />
            </div>
          )}
          <div className={styles.pair}>
            <Field label="Version">
              <NumberField value={options.version} min={1} onChange={(version) => version && set({ version })} />
            </Field>
            <Field label="Status">
              <Select
                value={state}
                onChange={(next) => set({ state: next })}
                options={PLAN_STATES.map((value) => ({ value, label: capital(WORDS.en.states[value]) }))}
              />
            </Field>
          </div>
          <Field label="Signed by" optional help="Names with commas between them">
            <TextField
              value={signers.join(', ')}
              onChange={(text) => set({ signers: text === '' ? [] : text.split(/,\s*/) })}
            />
          </Field>
          <Field label="Answer by" optional>
            <DayField value={options.answerBy ?? ''} onChange={(day) => set({ answerBy: day || null })} />
          </Field>
          <Switch checked={confidential} onChange={(next) => set({ confidential: next })}>
            Confidential in the foot of every page
          </Switch>
        </div>
        <div className={styles.preview}>
          {plan.fault && (
            <Banner
              tone="red"
              title={plan.fault}
              actions={
                <Button size="sm" onClick={plan.again}>
                  Try again
                </Button>
              }
            />
          )}
          {plan.step && (
            <div className={styles.progress}>
              <Progress
                label={STEPS[plan.step]}
                done={Object.keys(STEPS).indexOf(plan.step)}
                total={3}
                unit="steps done"
                onCancel={plan.cancel}
              />
            </div>
          )}
          {!plan.step && plan.stale && !plan.fault && made === null && <div className={styles.stage} />}
          {made && <PdfPreview bytes={made.bytes} nameOf={nameOf} />}
        </div>
      </div>
    </Dialog>
  )
}

/** The chosen sections in their order, the others where they usually stand. */
function inOrder(chosen: readonly SectionId[]): SectionId[] {
  const offered = SECTIONS.filter((id) => id !== 'overview')
  const kept = chosen.filter((id) => id !== 'overview')
  return offered.reduce<SectionId[]>(
    (list, id) => {
      if (list.includes(id)) return list
      const before = offered.slice(0, offered.indexOf(id)).findLast((other) => list.includes(other))
      return list.toSpliced(before ? list.indexOf(before) + 1 : 0, 0, id)
    },
    [...kept],
  )
}

const nameOfSection = (id: SectionId) =>
  id === 'cover' ? 'Cover' : id === 'months' ? 'Calendar' : WORDS.en.sections[id]
const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1)

type Part = { readonly id: SectionId; readonly page: number }
/** Parts whose first page is known, in the order of pages. */
const partsOf = (sections: readonly Part[]): Part[] =>
  sections.filter(({ page }) => page > 0).toSorted((a, b) => a.page - b.page)

function noteOf(id: SectionId, printed: readonly Part[], parts: readonly Part[], pages: number): string {
  if (!printed.some((part) => part.id === id)) return 'nothing to print'
  const at = parts.findIndex((part) => part.id === id)
  const start = parts[at]?.page
  if (start === undefined) return ''
  // Short sections share a page with the next one.
  return String(Math.max(1, (parts[at + 1]?.page ?? pages + 1) - start))
}

const sizeOf = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

/** `Fernhollow_Tarn-28_2026-10-14.pdf` */
export function fileName(workspace: string, campaign: string, day: string): string {
  const part = (text: string) =>
    text
      .trim()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60)
  return `${[part(workspace), part(campaign), day].filter(Boolean).join('_')}.pdf`
}
