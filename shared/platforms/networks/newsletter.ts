import type { NetworkRules } from '../model.ts'

const SENSE = 'plain sense: no service behind it is known'

/** Planned and written here, sent elsewhere: nothing is refused. */
export const newsletter: NetworkRules = {
  asOf: '2026-10',
  formats: {
    email: {
      name: 'Mail',
      text: { bounds: [] },
      media: [{ of: ['image', 'video', 'audio', 'document'], min: 0, max: Number.POSITIVE_INFINITY, source: SENSE }],
      files: {
        image: { types: { of: ['image/*'], source: SENSE }, bounds: [], alt: { bounds: [], source: SENSE } },
        video: { types: { of: ['video/*'], source: SENSE }, bounds: [] },
        audio: { types: { of: ['audio/*'], source: SENSE }, bounds: [] },
        document: { types: { of: ['application/*'], source: SENSE }, bounds: [] },
      },
      fields: {
        subject: { label: 'Subject', kind: 'text', required: { source: SENSE, severity: 'warning' }, bounds: [] },
        preheader: { label: 'Preview line', kind: 'text', bounds: [] },
      },
    },
  },
}
