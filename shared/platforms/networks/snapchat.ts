import type { Bound, FieldRules, FileMeasure, FileRules, FormatRules, MediaChoice, NetworkRules } from '../model.ts'
import { GB, JPEG, MB, MP4, PNG, upright } from './common.ts'

const ASSETS = 'Snap: Public Profile API, Profile Asset Management'
const AGGREGATORS = 'documents of two aggregators'

const shape: readonly Bound<FileMeasure>[] = [
  { of: 'width', min: 540, source: ASSETS },
  { of: 'height', min: 960, source: ASSETS },
  upright({ source: ASSETS, severity: 'note', unconfirmed: true }),
]
const picture: FileRules = {
  types: { of: [JPEG, PNG], source: AGGREGATORS, unconfirmed: true },
  bounds: [...shape, { of: 'bytes', max: 20 * MB, source: AGGREGATORS, unconfirmed: true }],
}
const video = (shortest: number): FileRules => ({
  types: { of: [MP4], source: ASSETS },
  bounds: [
    ...shape,
    { of: 'seconds', min: shortest, max: 60, source: ASSETS },
    { of: 'bytes', max: GB, source: ASSETS },
    { of: 'bytes', max: 500 * MB, source: AGGREGATORS, unconfirmed: true },
  ],
})
const one: MediaChoice = { of: ['image', 'video'], min: 1, max: 1, source: ASSETS }

const lifetime: FieldRules = {
  label: 'How long it stays',
  kind: 'choice',
  preset: 'ONE_DAY',
  options: [
    { value: 'ONE_DAY', label: '1 day' },
    { value: 'TWO_DAYS', label: '2 days' },
    { value: 'THREE_DAYS', label: '3 days' },
    { value: 'ONE_WEEK', label: '1 week' },
  ],
  source: ASSETS,
}

const story: FormatRules = {
  name: 'Story',
  text: null,
  media: [one],
  files: { image: picture, video: video(5) },
  fields: { lifetime },
}

const savedStory: FormatRules = {
  name: 'Saved story',
  text: null,
  media: [one],
  files: { image: picture, video: video(5) },
  fields: {
    title: {
      label: 'Title',
      kind: 'text',
      bounds: [{ of: 'utf16', max: 45, unitUnconfirmed: true, source: ASSETS }],
    },
  },
}

const spotlightVideo = video(6)
const spotlight: FormatRules = {
  name: 'Spotlight',
  text: {
    bounds: [{ of: 'utf16', max: 160, unitUnconfirmed: true, source: ASSETS, why: 'Hashtags count too.' }],
    links: { sentence: 'Snapchat makes no links of addresses.', source: ASSETS, severity: 'note', unconfirmed: true },
  },
  media: [{ of: ['video'], min: 1, max: 1, source: ASSETS }],
  files: {
    video: {
      ...spotlightVideo,
      bounds: [...spotlightVideo.bounds, { of: 'ratio', max: 1, source: ASSETS, why: 'It must stand upright.' }],
    },
  },
  fields: {
    locale: { label: 'Language and country', kind: 'text', preset: 'en_US', required: { source: ASSETS }, bounds: [] },
    saveToProfile: { label: 'Keep it on the profile', kind: 'switch' },
  },
}

export const snapchat: NetworkRules = { asOf: '2026-10', formats: { story, savedStory, spotlight } }
