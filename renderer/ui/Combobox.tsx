import { Command } from 'cmdk'
import { Check, ChevronsUpDown, Plus, Search, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type ReactElement, type ReactNode, useState } from 'react'
import styles from './Combobox.module.css'
import { cx } from './cx.ts'
import { useField } from './Field.tsx'
import { usePopupLayer } from './layer.ts'
import popup from './popup.module.css'
import select from './Select.module.css'

export interface ComboItem {
  id: string
  label: string
  icon?: ReactNode
  hint?: string
  keywords?: string[]
  disabled?: boolean
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** 1 for a label that starts with the words typed, less for a word inside, 0 for no match. */
export function rankMatch(_id: string, typed: string, words: readonly string[] = []): number {
  const wanted = fold(typed).trim()
  if (wanted === '') return 1
  let best = 0
  words.forEach((word, index) => {
    const text = fold(word)
    const at = text.indexOf(wanted)
    if (at < 0) return
    const rank = at === 0 ? 1 : /\s/.test(text[at - 1] ?? '') ? 0.8 : 0.5
    best = Math.max(best, index === 0 ? rank : rank * 0.9)
  })
  return best
}

export interface CommandListProps {
  items: readonly ComboItem[]
  label: string
  onPick: (id: string) => void
  selected?: readonly string[]
  /** Offers to make what was typed, when no item has that very name. */
  onCreate?: (text: string) => void
  placeholder?: string
  emptyText?: string
  className?: string
}

/** A list one narrows by typing. */
export function CommandList(props: CommandListProps) {
  const {
    items,
    label,
    onPick,
    selected = [],
    onCreate,
    placeholder,
    emptyText = 'Nothing by that name',
    className,
  } = props
  const [typed, setTyped] = useState('')
  const wanted = typed.trim()
  const canCreate = onCreate && wanted !== '' && !items.some((item) => fold(item.label) === fold(wanted))
  return (
    <Command label={label} filter={rankMatch} loop vimBindings={false} className={cx(styles.command, className)}>
      <div className={styles.search}>
        <Search aria-hidden size={14} />
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder={placeholder ?? label}
          className={styles.input}
        />
      </div>
      <Command.List className={popup.list}>
        {!canCreate && <Command.Empty className={popup.empty}>{emptyText}</Command.Empty>}
        {items.map((item) => (
          <Command.Item
            key={item.id}
            value={item.id}
            keywords={[item.label, ...(item.keywords ?? [])]}
            disabled={item.disabled}
            onSelect={() => onPick(item.id)}
            className={popup.item}
          >
            {item.icon}
            <span className={popup.label}>{item.label}</span>
            {item.hint && <span className={popup.hint}>{item.hint}</span>}
            {selected.includes(item.id) && <Check aria-label="chosen" size={14} />}
          </Command.Item>
        ))}
        {canCreate && (
          <Command.Item
            forceMount
            value={`create ${wanted}`}
            onSelect={() => {
              setTyped('')
              onCreate(wanted)
            }}
            className={popup.item}
          >
            <Plus aria-hidden size={16} />
            <span className={popup.label}>Create “{wanted}”</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  )
}

interface ComboboxBase {
  items: readonly ComboItem[]
  label: string
  placeholder?: string
  onCreate?: (text: string) => void
  clearable?: boolean
  /** A button of one's own instead of the field-like one. */
  trigger?: ReactElement
  size?: 'sm' | 'md' | 'lg'
  emptyText?: string
  disabled?: boolean
  className?: string
}

export type ComboboxProps = ComboboxBase &
  (
    | { multi?: false; value: string | null; onChange: (id: string | null) => void }
    | { multi: true; value: readonly string[]; onChange: (ids: string[]) => void }
  )

/** Picks one or several from a list that may be long. With several the list stays open. */
export function Combobox(props: ComboboxProps) {
  const { items, label, placeholder = 'Choose', onCreate, clearable, trigger, size = 'lg', emptyText, disabled } = props
  const [open, setOpen] = useState(false)
  const field = useField()
  const zIndex = usePopupLayer()
  const selected = props.multi ? props.value : props.value === null ? [] : [props.value]
  const chosen = selected.flatMap((id) => items.find((item) => item.id === id) ?? [])
  const text = chosen.map((item) => item.label).join(', ')

  const pick = (id: string) => {
    if (props.multi) {
      props.onChange(props.value.includes(id) ? props.value.filter((other) => other !== id) : [...props.value, id])
    } else {
      setOpen(false)
      props.onChange(id)
    }
  }
  const clear = () => (props.multi ? props.onChange([]) : props.onChange(null))

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <span className={cx(!trigger && styles.box, props.className)}>
        <Popover.Trigger asChild>
          {trigger ?? (
            <button
              type="button"
              {...field}
              aria-label={text === '' ? label : `${label}: ${text}`}
              disabled={disabled}
              className={cx(select.trigger, select[size], styles.trigger, clearable && text !== '' && styles.clearable)}
            >
              {chosen[0]?.icon}
              <span className={cx(popup.label, text === '' && select.placeholder)}>{text || placeholder}</span>
              <ChevronsUpDown aria-hidden size={14} />
            </button>
          )}
        </Popover.Trigger>
        {!trigger && clearable && text !== '' && (
          <button type="button" aria-label={`Clear ${label}`} className={styles.clear} onClick={clear}>
            <X aria-hidden size={14} />
          </button>
        )}
      </span>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={cx(popup.surface, styles.popover)}
          style={{ zIndex }}
        >
          <CommandList
            items={items}
            label={label}
            selected={selected}
            onPick={pick}
            emptyText={emptyText}
            onCreate={
              onCreate &&
              ((words) => {
                if (!props.multi) setOpen(false)
                onCreate(words)
              })
            }
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
