/** Every setting by the words it is looked for with. `label` is what stands on its page; a test opens each. */
import { SETTINGS, type SettingsPage } from '../../ports/navigation.ts'

export interface Findable {
  readonly page: SettingsPage
  /** The name of its line on the page; absent: the page as a whole. */
  readonly label?: string
  /** What else it is called. */
  readonly words: readonly string[]
}

const on = (page: SettingsPage, pageWords: string, lines: Readonly<Record<string, string>> = {}): Findable[] => [
  { page, words: pageWords.split(', ') },
  ...Object.entries(lines).map(([label, words]) => ({ page, label, words: words.split(', ') })),
]

export const FINDABLE: readonly Findable[] = [
  ...on('general', 'workspace', {
    'Name of the workspace': 'rename, title',
    You: 'me, who I am, owner',
    'Posts a day': 'limit, load, shift',
    Spelling: 'spellcheck, mistakes, language',
    'Words of the app': 'language, english, interface',
  }),
  ...on('time', 'clock, dates', {
    'Zone of the plan': 'time zone, utc',
    'Second zone': 'time zone, column',
    'Week starts on': 'monday, sunday, first day',
    'Public holidays': 'country, days off',
  }),
  ...on(
    'channels',
    'networks, accounts, posting slots, best times, quiet hours, spacing, posts per day, target, cadence',
    { 'Token broker': 'sign in, oauth, meta, facebook, app secret' },
  ),
  ...on('people', 'team, owners, authors, approvers, colleagues'),
  ...on('pillars', 'themes, topics, share, balance'),
  ...on('days', 'notes, blackout, press freeze, closed, events'),
  ...on('links', 'utm, tracking, sources, mediums, campaigns, drift, vocabulary', {
    'Capital letters': 'casing, upper, lower, utm',
    'Between words': 'separator, hyphen, underscore, utm',
    'Your sites': 'domains, hosts, utm',
  }),
  ...on('snippets', 'text blocks, variables, signatures, boilerplate'),
  ...on('hashtags', 'tags, sets'),
  ...on('mentions', 'handles, names, accounts, @'),
  ...on('brandWords', 'say, do not say, banned, style, tone, terminology'),
  ...on('personas', 'audience, readers, who we talk to'),
  ...on('templates', 'post template, campaign template, blueprint'),
  ...on('mediaHost', 'bucket, s3, webdav, r2, minio, public address, instagram, threads, tiktok photos, upload'),
  ...on('running', 'background, power', {
    'When the window is closed': 'tray, background, keep running, quit',
    'While the computer sleeps': 'sleep, wake, late, missed',
  }),
  ...on('look', 'theme, dark, light, day, night, appearance', {
    Density: 'compact, cosy, rows',
    'Motion and contrast': 'animation, accessibility, forced colours',
  }),
  ...on('data', 'storage, files', {
    Copies: 'backup, restore, snapshots',
    'Where it lives': 'folder, path, disk',
    'Bring in': 'import, csv, ics, markdown',
    'Take out': 'export, csv, ics, json, markdown',
    'Hand over': 'plan, pdf, print',
    Trash: 'deleted, bin',
    'This workspace': 'delete, remove',
  }),
]

/** How it reads in a list: its own name, and the page behind it. */
export const nameOf = ({ page, label }: Findable): string => label ?? SETTINGS[page]
