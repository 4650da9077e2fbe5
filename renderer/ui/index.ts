export { Avatar, type AvatarProps, AvatarStack, type AvatarStackProps } from './Avatar.tsx'
export { Button, type ButtonProps, IconButton, type IconButtonProps } from './Button.tsx'
export { Card, type CardProps } from './Card.tsx'
export {
  Checkbox,
  type CheckboxProps,
  RadioGroup,
  type RadioGroupProps,
  Switch,
  type SwitchProps,
} from './Choice.tsx'
export {
  Combobox,
  type ComboboxProps,
  type ComboItem,
  CommandList,
  type CommandListProps,
  rankMatch,
} from './Combobox.tsx'
export { cx, vars } from './cx.ts'
export { DateField, type DateFieldProps } from './DateField.tsx'
export { CalendarGrid, type CalendarGridProps, DatePicker, type DatePickerProps } from './DatePicker.tsx'
export { Dialog, type DialogProps } from './Dialog.tsx'
export { EmptyState, type EmptyStateProps, type Illustration } from './EmptyState.tsx'
export { Field, type FieldProps } from './Field.tsx'
export { FilterPill, type FilterPillProps } from './FilterPill.tsx'
export { Banner, type BannerProps, Finding, type FindingProps } from './Finding.tsx'
export {
  AppFrame,
  type AppFrameProps,
  Divider,
  Dock,
  NavGroup,
  NavItem,
  type NavItemProps,
  NetPill,
  type NetPillProps,
  Panel,
  PanelHead,
  type PanelHeadProps,
  SectionHead,
  type SectionHeadProps,
  Sidebar,
  type SidebarProps,
  StatusBar,
  StatusItem,
  type StatusItemProps,
  Toolbar,
  type ToolbarProps,
  TopBar,
  type TopBarProps,
} from './Frame.tsx'
export { Highlight, type HighlightProps } from './Highlight.tsx'
export { HuePicker, type HuePickerProps } from './HuePicker.tsx'
export { Kbd, Keys } from './Kbd.tsx'
export { Later } from './Later.tsx'
export { Link, type LinkProps } from './Link.tsx'
export { announce, LiveRegion } from './LiveRegion.tsx'
export { Logo } from './Logo.tsx'
export { ContextMenu, type ContextMenuProps, Menu, type MenuEntry, type MenuItem, type MenuProps } from './Menu.tsx'
export {
  Meter,
  type MeterColor,
  type MeterProps,
  Progress,
  type ProgressProps,
} from './Meter.tsx'
export {
  Badge,
  type BadgeProps,
  CallSign,
  type CallSignProps,
  CallSigns,
  HueDot,
  Pill,
  type PillProps,
  Tag,
  type TagProps,
} from './Pill.tsx'
export { Popover, PopoverAnchored, type PopoverAnchoredProps, type PopoverProps } from './Popover.tsx'
export { PropertyList, PropertyRow } from './Properties.tsx'
export { Rows } from './Rows.tsx'
export { SecretField, type SecretFieldProps } from './SecretField.tsx'
export { SegmentedControl, type SegmentedControlProps } from './SegmentedControl.tsx'
export { Select, type SelectOption, type SelectProps } from './Select.tsx'
export { Splitter, type SplitterProps } from './Splitter.tsx'
export { TabPanel, Tabs, type TabsProps } from './Tabs.tsx'
export {
  NumberField,
  type NumberFieldProps,
  type PlainValueProps,
  readTime,
  SearchField,
  type SearchFieldProps,
  TextArea,
  type TextAreaProps,
  TextField,
  type TextFieldProps,
  TimeField,
  type TimeFieldProps,
} from './TextField.tsx'
export { dismissToast, Toaster, toast, withdrawUndo } from './Toast.tsx'
export { Tooltip, type TooltipProps, TooltipProvider } from './Tooltip.tsx'
export { table } from './table.ts'
export { type Hue, hues, hueVar, toneVar } from './types.ts'
export type { Condition } from './Unmet.tsx'
export { useToastLift } from './useToastLift.ts'
