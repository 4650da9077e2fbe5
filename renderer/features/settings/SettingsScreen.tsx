import {
  AtSign,
  CalendarOff,
  Clock3,
  CloudUpload,
  Database,
  Files,
  Hash,
  Link2,
  type LucideIcon,
  Palette,
  Power,
  Radio,
  SlidersHorizontal,
  SpellCheck,
  Tags,
  Text,
  UserRound,
  Users,
} from 'lucide-react'
import { type ComponentType, lazy, Suspense } from 'react'
import { ScreenLayout } from '../../parts/index.ts'
import { SETTINGS, type SettingsPage, settle, useNavigation } from '../../ports/navigation.ts'
import { NavGroup, NavItem, TopBar } from '../../ui/index.ts'
import { BrandWordsSection } from './BrandWordsSection.tsx'
import { ChannelsSection } from './channels/ChannelsSection.tsx'
import { DataSection } from './DataSection.tsx'
import { DaysSection } from './DaysSection.tsx'
import { FindSetting } from './FindSetting.tsx'
import { GeneralSection } from './GeneralSection.tsx'
import { LinksSection } from './LinksSection.tsx'
import { LookSection } from './LookSection.tsx'
import { MentionsSection } from './MentionsSection.tsx'
import { PeopleSection } from './PeopleSection.tsx'
import { PersonasSection } from './PersonasSection.tsx'
import { PillarsSection } from './PillarsSection.tsx'
import { RunningSection } from './RunningSection.tsx'
import styles from './Settings.module.css'
import { HashtagsSection, SnippetsSection } from './SnippetsSection.tsx'
import { TimeSection } from './TimeSection.tsx'

// With the editor: the other pages need not wait for it.
const TemplatesSection = lazy(async () => ({ default: (await import('./TemplatesSection.tsx')).TemplatesSection }))
// Set up once, if at all.
const MediaHostSection = lazy(() => import('./mediaHost/MediaHostSection.tsx'))

interface Section {
  readonly id: SettingsPage
  readonly note: string
  readonly icon: LucideIcon
  readonly Body: ComponentType
  /** It fills the page and brings its own dock. */
  readonly wide?: true
}

const GROUPS: readonly { readonly label: string; readonly sections: readonly Section[] }[] = [
  {
    label: 'Workspace',
    sections: [
      {
        id: 'general',
        note: 'name, who you are, words',
        icon: SlidersHorizontal,
        Body: GeneralSection,
      },
      { id: 'time', note: 'zones, weeks, holidays', icon: Clock3, Body: TimeSection },
      { id: 'channels', note: 'where posts go, and when', icon: Radio, Body: ChannelsSection, wide: true },
      { id: 'people', note: 'owners, authors, approvers', icon: Users, Body: PeopleSection },
      { id: 'pillars', note: 'what the posts are about', icon: Tags, Body: PillarsSection },
      {
        id: 'days',
        note: 'notes, holidays of your own, blackouts',
        icon: CalendarOff,
        Body: DaysSection,
      },
    ],
  },
  {
    label: 'Words',
    sections: [
      { id: 'links', note: 'what a tagged link may say', icon: Link2, Body: LinksSection },
      {
        id: 'snippets',
        note: 'written once, used again; signatures too',
        icon: Text,
        Body: SnippetsSection,
      },
      { id: 'hashtags', note: 'hashtags that go together', icon: Hash, Body: HashtagsSection },
      {
        id: 'mentions',
        note: 'who is called what on which network',
        icon: AtSign,
        Body: MentionsSection,
      },
      {
        id: 'brandWords',
        note: 'what we say, and what we do not',
        icon: SpellCheck,
        Body: BrandWordsSection,
      },
      { id: 'personas', note: 'who we talk to', icon: UserRound, Body: PersonasSection },
      {
        id: 'templates',
        note: 'what a new post or campaign begins with',
        icon: Files,
        Body: TemplatesSection,
      },
    ],
  },
  {
    label: 'This computer',
    sections: [
      {
        id: 'mediaHost',
        note: 'where Instagram, Threads and TikTok fetch files from',
        icon: CloudUpload,
        Body: MediaHostSection,
      },
      { id: 'running', note: 'when the window is closed, when the computer sleeps', icon: Power, Body: RunningSection },
      { id: 'look', note: 'day, night, density', icon: Palette, Body: LookSection },
      { id: 'data', note: 'where it lives, in and out', icon: Database, Body: DataSection },
    ],
  },
]
const SECTIONS = GROUPS.flatMap(({ sections }) => sections)

/** Everything that is set once and then left alone. */
export default function SettingsScreen() {
  const place = useNavigation((state) => state.place)
  const at = (place.screen === 'settings' && place.page) || 'general'
  const section = SECTIONS.find(({ id }) => id === at)
  return (
    <ScreenLayout>
      <div className={styles.settings}>
        <nav className={styles.nav} aria-label="Settings">
          <p className={styles.heading}>Settings</p>
          {GROUPS.map(({ label, sections }) => (
            <NavGroup key={label} label={label}>
              {sections.map(({ id, icon }) => (
                <NavItem
                  key={id}
                  label={SETTINGS[id]}
                  icon={icon}
                  current={id === at}
                  onSelect={() => settle({ screen: 'settings', page: id })}
                />
              ))}
            </NavGroup>
          ))}
        </nav>
        {section && (
          <div className={styles.page}>
            <TopBar
              title={SETTINGS[section.id]}
              sub={<span className={styles.sub}>{section.note}</span>}
              end={<FindSetting />}
            />
            <div className={section.wide ? styles.wideBody : styles.body}>
              <Suspense fallback={null}>
                <section.Body key={section.id} />
              </Suspense>
            </div>
          </div>
        )}
      </div>
    </ScreenLayout>
  )
}
