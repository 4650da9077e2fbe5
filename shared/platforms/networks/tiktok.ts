import type { FieldRules, FormatRules, NetworkRules, TextRules } from '../model.ts'
import { GB, H264, HEVC, JPEG, MB, MINUTE, MOV, MP4, publicAddress, WEBM, WEBP } from './common.ts'

const DIRECT = 'TikTok for Developers: Direct Post, Media Transfer Guide'
const PHOTOS = 'TikTok for Developers: Photo Post'
const GUIDELINES = 'TikTok for Developers: Content Sharing Guidelines'

const links: TextRules['links'] = {
  sentence: 'Links on TikTok cannot be pressed.',
  source: 'no page of TikTok says it',
  unconfirmed: true,
  severity: 'note',
}

const visibility: FieldRules = {
  label: 'Who sees it',
  kind: 'choice',
  // TikTok asks for a choice made by hand: no preset.
  required: { source: GUIDELINES },
  options: [
    { value: 'PUBLIC_TO_EVERYONE', label: 'Everyone' },
    { value: 'FOLLOWER_OF_CREATOR', label: 'Followers' },
    { value: 'MUTUAL_FOLLOW_FRIENDS', label: 'Friends' },
    { value: 'SELF_ONLY', label: 'Only me' },
  ],
  source: DIRECT,
}
const shared = {
  visibility,
  comments: { label: 'Allow comments', kind: 'switch' },
  ownBrand: { label: 'Promotes your own brand', kind: 'switch' },
  brandedContent: { label: 'Paid partnership', kind: 'switch' },
} as const

const video: FormatRules = {
  name: 'Video',
  text: { bounds: [{ of: 'utf16', max: 2_200, source: DIRECT, why: 'Hashtags and mentions count too.' }], links },
  media: [{ of: ['video'], min: 1, max: 1, source: DIRECT }],
  files: {
    video: {
      types: { of: [MP4, WEBM, MOV], source: DIRECT },
      codecs: { of: [H264, HEVC, 'VP8', 'VP9'], source: DIRECT },
      bounds: [
        { of: 'seconds', max: 10 * MINUTE, source: DIRECT },
        { of: 'bytes', max: 4 * GB, source: DIRECT },
        { of: 'width', min: 360, max: 4_096, source: DIRECT },
        { of: 'height', min: 360, max: 4_096, source: DIRECT },
        { of: 'fps', min: 23, max: 60, source: DIRECT },
      ],
    },
  },
  fields: {
    ...shared,
    duet: { label: 'Allow duets', kind: 'switch' },
    stitch: { label: 'Allow stitches', kind: 'switch' },
    aiGenerated: { label: 'Made with AI', kind: 'switch' },
  },
}

const carousel: FormatRules = {
  name: 'Photo post',
  text: { bounds: [{ of: 'utf16', max: 4_000, source: PHOTOS }], links },
  media: [{ of: ['image'], min: 1, max: 35, source: PHOTOS }],
  files: {
    image: {
      types: { of: [JPEG, WEBP], source: PHOTOS },
      bounds: [
        { of: 'bytes', max: 20 * MB, source: PHOTOS },
        { of: 'shortSide', max: 1_080, source: PHOTOS },
      ],
    },
  },
  fields: { title: { label: 'Title', kind: 'text', bounds: [{ of: 'utf16', max: 90, source: PHOTOS }] }, ...shared },
}

export const tiktok: NetworkRules = {
  asOf: '2026-10',
  formats: { video, carousel },
  own: [
    publicAddress('TikTok', PHOTOS, ({ media }) => media.length > 0, ['carousel']),
    {
      rule: 'branded-not-private',
      brokenAt: ({ fields }) =>
        fields.brandedContent && fields.visibility === 'SELF_ONLY' ? { at: 'field', name: 'visibility' } : null,
      sentence: 'TikTok does not take a paid partnership that only you can see.',
      source: GUIDELINES,
    },
  ],
}
