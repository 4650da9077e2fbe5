import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankChannel } from '../../../shared/domain/channel.ts'
import { plainMedium } from '../../../shared/domain/medium.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { EMPTY_CAMPAIGN_DRAFT, EMPTY_DRAFT } from '../../../shared/domain/template.ts'
import { DEFAULT_VOCABULARY } from '../../../shared/domain/utm.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'
import { EMPTY_CONTENT, readJson, type WorkspaceContent, writeJson } from '../../../shared/interchange/json.ts'
import { sanitizeDoc } from '../../../shared/interchange/sanitize.ts'
import { docOf, file, paragraph, text } from './files.ts'

const post: Post = {
  id: 'p1',
  title: 'Title',
  summary: '',
  excerpt: 'Words',
  words: 1,
  status: 'scheduled',
  planned: { date: '2026-07-01', time: '10:00', zone: 'Europe/Berlin' },
  plannedAt: Date.UTC(2026, 6, 1, 8),
  publishAt: { date: '2026-07-01', time: '10:00', zone: 'Europe/Berlin' },
  dueOn: null,
  channelIds: ['c1'],
  campaignId: 'k1',
  pillarId: '',
  ownerId: '',
  authorIds: ['e1'],
  labels: ['a'],
  notes: '',
  checklist: [{ id: 'i1', text: 'Check', done: false }],
  pinned: false,
  media: [],
  coverId: '',
  seriesId: '',
  occursOn: '',
  evergreen: { cooldown: 90, season: { from: '12-01', to: '02-28' }, most: 4 },
  inPool: 1,
  evergreenOf: '',
  source: { kind: 'markdown', path: 'a.md', extra: { layout: 'post' } },
  order: 1,
  createdAt: 1,
  updatedAt: 2,
  trashedAt: 0,
}
const content: WorkspaceContent = {
  posts: [post],
  placements: [],
  series: [],
  documents: [{ id: 'p1', content: [paragraph(text('Words', 'bold'))] }],
  campaigns: [
    {
      id: 'k1',
      name: 'Spring',
      stage: 'live',
      objective: '',
      audience: '',
      startOn: '2026-03-01',
      endOn: null,
      launchOn: null,
      phases: [{ id: 'f1', name: 'Tease', from: '2026-03-01', to: '2026-03-05' }],
      milestones: [{ id: 'm1', name: 'Launch', on: '2026-03-06' }],
      ownerId: '',
      memberIds: [],
      channelIds: ['c1'],
      personaIds: ['n1'],
      hue: 'moss',
      keyMessages: ['Come'],
      order: 1,
      createdAt: 1,
      updatedAt: 1,
      trashedAt: 0,
    },
  ],
  channels: [
    blankChannel('mastodon', {
      id: 'c1',
      name: '@harbour',
      zone: 'Europe/Berlin',
      slots: [{ weekday: 1, time: '09:00' }],
      quiet: { from: '21:00', to: '07:00' },
      spacing: 0,
      target: 4,
      order: 1,
    }),
  ],
  people: [{ id: 'e1', name: 'Ida Brand', role: 'Editor', email: '', trashedAt: 0 }],
  pillars: [{ id: 'l1', name: 'Harbour', hue: 'teal', purpose: '', share: 40, trashedAt: 0 }],
  snippets: [{ id: 's1', kind: 'hashtags', name: 'House', text: '#harbour', order: 1, trashedAt: 0 }],
  mentions: [
    { id: 'h1', name: 'Ida', neutral: 'ida', handles: { mastodon: 'ida@harbour.example' }, note: '', trashedAt: 0 },
  ],
  vocabulary: [{ ...DEFAULT_VOCABULARY, hosts: ['harbour.example'], campaigns: { k1: 'spring' } }],
  brandWords: [
    { id: 'b1', say: 'quay', not: ['pier'], reason: 'Ours is one.', matchCase: false, order: 1, trashedAt: 0 },
  ],
  personas: [
    {
      id: 'n1',
      name: 'Skippers',
      role: 'Ole, 50',
      needs: 'A berth',
      doubts: 'Too dear',
      networks: ['mastodon'],
      hours: 'Mornings',
      tone: 'Short',
      order: 1,
      trashedAt: 0,
    },
  ],
  templates: [
    {
      kind: 'campaign',
      id: 'm2',
      name: 'Season',
      order: 1,
      updatedAt: 1,
      trashedAt: 0,
      campaign: {
        ...EMPTY_CAMPAIGN_DRAFT,
        brief: [paragraph(text('Why'))],
        startDay: -7,
        phases: [{ id: 'f2', name: 'Tease', from: -7, to: -1 }],
        milestones: [{ id: 'm3', name: 'Launch', day: 0 }],
        tasks: [{ id: 't2', title: 'Print', day: null }],
        posts: [{ ...EMPTY_DRAFT, id: 'p2', title: 'We open', day: 0, time: '09:00', checklist: ['Alt text'] }],
      },
    },
    {
      kind: 'post',
      id: 'm4',
      name: 'Teaser',
      order: 2,
      updatedAt: 1,
      trashedAt: 0,
      post: { ...EMPTY_DRAFT, title: '{campaign}', content: [paragraph(text('Soon'))] },
    },
  ],
  tasks: [
    {
      id: 't1',
      campaignId: 'k1',
      title: 'Print',
      ownerId: '',
      dueOn: '2026-02-01',
      done: true,
      order: 1,
      trashedAt: 0,
    },
  ],
  dayNotes: [{ id: 'd1', on: '2026-12-24', until: '2026-12-26', kind: 'blackout', text: 'Quiet', trashedAt: 0 }],
  views: [
    {
      id: 'v1',
      name: 'Mine',
      hue: 'sky',
      screen: 'calendar',
      view: 'month',
      filter: NO_FILTER,
      order: 1,
      trashedAt: 0,
    },
  ],
  media: [
    plainMedium({
      id: 'b-1',
      name: 'Quay.jpg',
      type: 'image/jpeg',
      size: 3,
      width: 40,
      height: 30,
      alt: 'The quay at noon',
      createdAt: 1,
      trashedAt: 0,
    }),
  ],
}
const read = (value: unknown) => readJson(file('w.json', typeof value === 'string' ? value : JSON.stringify(value)))
const envelope = (more: Record<string, unknown>) => ({
  format: 'outpost-export',
  version: 1,
  name: 'W',
  exportedAt: '2026-11-24',
  ...more,
})

describe('A workspace as a file', () => {
  it('reads back as the same workspace', () => {
    const written = writeJson(content, 'Harbour', '2026-11-24')
    expect(readJson(file('w.json', written))).toEqual({ name: 'Harbour', content, problems: [] })
  })

  it('works out the instant from the wall time, whatever the file says', () => {
    expect(read(envelope({ posts: [{ ...post, plannedAt: 5 }] })).content.posts[0]?.plannedAt).toBe(post.plannedAt)
  })

  it.each([
    ['not JSON', '{"format": "outpost-export",\n oops', /not complete or was changed by hand/],
    ['another file', { name: 'x' }, /not an export of Outpost/],
    ['a newer format', envelope({ version: 2 }), /written by a newer Outpost/],
  ])('is refused whole when it is %s', (_name, value, sentence) => {
    const { content: none, problems } = read(value)
    expect(none).toEqual(EMPTY_CONTENT)
    expect(problems[0]?.severity).toBe('error')
    expect(problems[0]?.sentence).toMatch(sentence)
  })

  it('takes no picture whose id would be a path', () => {
    const [medium] = content.media
    const { content: found, problems } = read(envelope({ media: [{ ...medium, id: '../../etc' }, medium] }))
    expect(found.media).toEqual([medium])
    expect(problems.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/^w\.json, picture 1, id: /)])
  })

  it('names the record and field that do not fit, and brings in the others', () => {
    const { content: found, problems } = read(
      envelope({
        posts: [
          { ...post, id: 'p0', planned: { date: '2026-02-31', time: '10:00', zone: 'Europe/Berlin' } },
          post,
          post,
        ],
      }),
    )
    expect(found.posts.map(({ id }) => id)).toEqual(['p1'])
    expect(problems.map(({ kind, row, field }) => [kind, row, field])).toEqual([
      ['bad-record', 1, 'planned.date'],
      ['duplicate-id', 3, 'id'],
    ])
    expect(problems[0]?.sentence).toMatch(/w\.json, post 1, planned\.date:/)
  })

  it("lets no key reach an object's prototype", () => {
    const { content: found } = read(
      JSON.stringify(envelope({ posts: [post] })).replace(
        '"layout":"post"',
        '"layout":"post","__proto__":{"polluted":1},"constructor":{"x":1}',
      ),
    )
    expect(found.posts[0]?.source?.extra).toEqual({ layout: 'post' })
    expect('polluted' in {}).toBe(false)
  })

  it('cleans the texts in it and says what it took out', () => {
    const { content: found, problems } = read(
      envelope({
        documents: [{ id: 'p1', content: [{ type: 'iframe', attrs: { src: 'x' } }, paragraph(text('kept'))] }],
      }),
    )
    expect(found.documents).toEqual([{ id: 'p1', content: [paragraph(text('kept'))] }])
    expect(problems[0]).toMatchObject({ severity: 'note', field: 'p1' })
  })
})

describe('What a text may hold', () => {
  it('is a list of nodes, marks, attributes and addresses; the words of everything else stay', () => {
    const { doc, removed } = sanitizeDoc({
      type: 'doc',
      content: [
        { type: 'evil', content: [paragraph(text('words'))] },
        {
          type: 'paragraph',
          attrs: { onclick: 'x', style: 'y' },
          content: [
            { type: 'text', text: 'a', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] },
            {
              type: 'text',
              text: 'b',
              marks: [{ type: 'link', attrs: { href: 'https://example.org', onclick: 'x' } }, { type: 'blink' }],
            },
            { type: 'image', attrs: { src: 'data:text/html,x', alt: 'picture' } },
            { type: 'image', attrs: { mediumId: 'm1', src: '', alt: 'kept' } },
          ],
        },
      ],
    })
    expect(doc).toEqual(
      docOf(
        paragraph(text('words')),
        paragraph(
          text('a'),
          { type: 'text', text: 'b', marks: [{ type: 'link', attrs: { href: 'https://example.org' } }] },
          text('picture'),
          { type: 'image', attrs: { mediumId: 'm1', alt: 'kept' } },
        ),
      ),
    )
    expect(removed.join(' ')).toMatch(/node "evil".*javascript.*mark "blink"/)
  })

  it('opens in the editor: blocks where blocks are wanted, words where words are', () => {
    const { doc } = sanitizeDoc({
      type: 'doc',
      content: [
        text('loose'),
        { type: 'heading', content: [paragraph(text('h'))] },
        {
          type: 'bulletList',
          content: [{ type: 'listItem', content: [{ type: 'codeBlock', content: [text('c', 'bold')] }] }],
        },
        { type: 'table', content: [] },
        { type: 'listItem', content: [paragraph(text('stray'))] },
      ],
    })
    expect(doc.content.map(({ type }) => type)).toEqual(['paragraph', 'heading', 'bulletList', 'table', 'paragraph'])
    expect(doc.content[2]?.content?.[0]?.content?.map(({ type }) => type)).toEqual(['paragraph', 'codeBlock'])
  })

  it('stays the same when cleaned twice, whatever comes', () => {
    const node = fc.letrec((tie) => ({
      node: fc.record({
        type: fc.constantFrom(
          'paragraph',
          'text',
          'listItem',
          'bulletList',
          'table',
          'tableRow',
          'tableCell',
          'codeBlock',
          'heading',
          'image',
          'evil',
          'taskList',
          'doc',
          'htmlBlock',
        ),
        text: fc.constantFrom('x', '', 5),
        attrs: fc.option(
          fc.dictionary(
            fc.constantFrom('src', 'href', 'level', 'html', 'onclick', '__proto__'),
            fc.constantFrom<unknown>('javascript:x', 'https://a.b', 3, null, {}),
          ),
        ),
        marks: fc.option(
          fc.array(
            fc.record({
              type: fc.constantFrom('bold', 'link', 'evil'),
              attrs: fc.constantFrom({ href: 'https://a.b' }, { href: 'vbscript:x' }, null),
            }),
            { maxLength: 2 },
          ),
        ),
        content: fc.option(fc.array(tie('node'), { maxLength: 3 }), { depthSize: 'small' }),
      }),
    })).node
    fc.assert(
      fc.property(fc.array(node, { maxLength: 4 }), (nodes) => {
        const once = sanitizeDoc({ type: 'doc', content: nodes })
        expect(JSON.stringify(once.doc)).not.toMatch(/"(src|href)":"(javascript|vbscript)|onclick|evil/)
        expect(sanitizeDoc(once.doc)).toEqual({ doc: once.doc, removed: [] })
      }),
      { numRuns: 300 },
    )
  })

  it('is not dug for below 100 levels', () => {
    let deep: unknown = paragraph(text('deep'))
    for (let i = 0; i < 5000; i += 1) deep = { type: 'blockquote', content: [deep] }
    expect(sanitizeDoc({ type: 'doc', content: [deep] }).removed.join()).toContain('100 levels')
  })
})
