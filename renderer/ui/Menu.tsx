import { Check, ChevronRight, type LucideIcon } from 'lucide-react'
import { DropdownMenu, ContextMenu as RadixContext } from 'radix-ui'
import { type ReactElement, type ReactNode, useState } from 'react'
import { cx } from './cx.ts'
import { Keys } from './Kbd.tsx'
import { usePopupLayer } from './layer.ts'
import popup from './popup.module.css'

export interface MenuItem {
  label: string
  icon?: LucideIcon
  /** Something of one's own in place of the icon: a hue, a call sign. */
  iconNode?: ReactNode
  keys?: string[]
  hint?: string
  danger?: boolean
  disabled?: boolean
  onSelect?: () => void
  /** Makes it an item one ticks. */
  checked?: boolean
  /** Makes it a sub menu. */
  items?: readonly MenuEntry[]
}

export type MenuEntry = MenuItem | { separator: true } | { heading: string }

type Parts = Pick<
  typeof DropdownMenu,
  'Item' | 'CheckboxItem' | 'Separator' | 'Label' | 'Sub' | 'SubTrigger' | 'SubContent' | 'Portal'
>

function ItemBody({ item, end }: { item: MenuItem; end?: ReactNode }) {
  const Icon = item.icon
  return (
    <>
      {item.iconNode ?? (Icon && <Icon aria-hidden size={16} />)}
      <span className={popup.label}>{item.label}</span>
      {item.hint && <span className={popup.hint}>{item.hint}</span>}
      {item.checked && <Check aria-hidden size={14} />}
      {item.keys && <Keys keys={item.keys} />}
      {end}
    </>
  )
}

function Entries({ entries, parts }: { entries: readonly MenuEntry[]; parts: Parts }) {
  const zIndex = usePopupLayer()
  return entries.map((entry, index) => {
    if ('separator' in entry) return <parts.Separator key={index} className={popup.separator} />
    if ('heading' in entry) {
      return (
        <parts.Label key={index} className={popup.heading}>
          {entry.heading}
        </parts.Label>
      )
    }
    const className = cx(popup.item, entry.danger && popup.danger)
    if (entry.items) {
      return (
        <parts.Sub key={index}>
          <parts.SubTrigger className={className} disabled={entry.disabled}>
            <ItemBody item={entry} end={<ChevronRight aria-hidden size={14} className={popup.turn} />} />
          </parts.SubTrigger>
          <parts.Portal>
            <parts.SubContent className={cx(popup.surface, popup.list, popup.menu)} style={{ zIndex }} sideOffset={4}>
              <Entries entries={entry.items} parts={parts} />
            </parts.SubContent>
          </parts.Portal>
        </parts.Sub>
      )
    }
    if (entry.checked !== undefined) {
      return (
        <parts.CheckboxItem
          key={index}
          className={className}
          disabled={entry.disabled}
          checked={entry.checked}
          onSelect={() => entry.onSelect?.()}
        >
          <ItemBody item={entry} />
        </parts.CheckboxItem>
      )
    }
    return (
      <parts.Item key={index} className={className} disabled={entry.disabled} onSelect={() => entry.onSelect?.()}>
        <ItemBody item={entry} />
      </parts.Item>
    )
  })
}

export interface MenuProps {
  trigger: ReactElement
  items: readonly MenuEntry[]
  /** A heading over the items. */
  label?: string
  align?: 'start' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** Commands behind a button. The page below stays usable: the first press outside closes and acts. */
export function Menu({ trigger, items, label, align = 'start', open, onOpenChange }: MenuProps) {
  const zIndex = usePopupLayer()
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={cx(popup.surface, popup.list, popup.menu)}
          style={{ zIndex }}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          <Entries entries={label ? [{ heading: label }, ...items] : items} parts={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export interface ContextMenuProps {
  /** A function is asked when the menu opens, so that a long list need not make a menu for every row. */
  items: readonly MenuEntry[] | (() => readonly MenuEntry[])
  label?: string
  disabled?: boolean
  children: ReactElement
}

export function ContextMenu({ items, label, disabled, children }: ContextMenuProps) {
  const [entries, setEntries] = useState<readonly MenuEntry[]>([])
  const zIndex = usePopupLayer()
  return (
    <RadixContext.Root
      modal={false}
      onOpenChange={(open) => {
        if (open) setEntries(typeof items === 'function' ? items() : items)
      }}
    >
      <RadixContext.Trigger asChild disabled={disabled}>
        {children}
      </RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content
          className={cx(popup.surface, popup.list, popup.menu)}
          style={{ zIndex }}
          collisionPadding={8}
        >
          <Entries entries={label ? [{ heading: label }, ...entries] : entries} parts={RadixContext} />
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  )
}
