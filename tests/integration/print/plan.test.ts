import '../../support/indexeddb.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changePlacement, setOwnTimes, writeVariant } from '../../../renderer/data/commands/placements.ts'
import { createPost, editPosts } from '../../../renderer/data/commands/posts.ts'
import { collectPlan } from '../../../renderer/print/collect.ts'
import { type MadePlan, makePlan } from '../../../renderer/print/makePlan.ts'
import { type PlanOptions, PRESET_SECTIONS, planOptions } from '../../../renderer/print/options.ts'
import { blankChannel } from '../../../shared/domain/channel.ts'
import { practiceChannelId } from '../../../shared/domain/practice.ts'
import { aPrintPress, type Bookmark, flat, type PrintPress, type ReadPdf, readPdf } from '../../support/pdf.ts'
import { ALPHABETS, fillForPlan, type PlanWorkspace, SECRETS, textOf } from '../../support/planWorkspace.ts'
import { aClock, aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const MM = 72 / 25.4
const POSTS = 40

let press: PrintPress
let workspace: TestWorkspace
let filled: PlanWorkspace

beforeAll(async () => {
  press = await aPrintPress()
  workspace = await aWorkspace()
  filled = await fillForPlan(workspace, POSTS)
}, 60_000)
afterAll(() => press.close())

async function make(over: Partial<PlanOptions> = {}, of = workspace): Promise<MadePlan & { pdf: ReadPdf }> {
  const options = planOptions('2026-10-01', '2026-10-31', { campaignId: filled.campaignId, ...over })
  const deps = { ...press.deps, db: of.db, workspace: 'Fernhollow', now: workspace.clock.now }
  const made = await makePlan(deps, options)
  if (!made.ok) throw new Error(made.error.message)
  return { ...made.value, pdf: await readPdf(made.value.bytes, true) }
}
const titlesOf = (marks: readonly Bookmark[]): string[] =>
  marks.flatMap(({ title, items }) => [title, ...titlesOf(items)])
const pageWith = (pdf: ReadPdf, words: string) => pdf.pages.findIndex(({ text }) => flat(text).includes(words)) + 1

test('What is planned for practice accounts is no part of a plan, nor is their name', async () => {
  const own = await aWorkspace()
  const channels = [
    blankChannel('mastodon', { id: 'ma', name: 'Outpost news', zone: 'UTC' }),
    blankChannel('mastodon', { id: practiceChannelId('mastodon'), name: 'Practice Mastodon', zone: 'UTC' }),
  ]
  await own.db.channels.bulkPut(channels)
  const planned = { date: '2026-10-05', time: '09:00', zone: 'UTC' }
  for (const [title, channelIds] of [
    ['Both', ['ma', 'practice-mastodon']],
    ['A try', ['practice-mastodon']],
    ['Nowhere', []],
  ] as const)
    await createPost(own.store, { title, channelIds, planned })
  const options = planOptions('2026-10-01', '2026-10-31', { preset: 'internal', changesSince: 0 })
  const data = await collectPlan(own.db, options, { workspace: '', now: 0 })
  expect(data.posts.map(({ post }) => [post.title, post.channelIds]).sort()).toEqual([
    ['Both', ['ma']],
    ['Nowhere', []],
  ])
  expect(data.practised).toBe(1)
  expect([...data.channels.keys()]).toEqual(['ma'])
})

describe('A plan for a client', () => {
  let plan: Awaited<ReturnType<typeof make>>
  beforeAll(async () => {
    plan = await make({
      state: 'forApproval',
      answerBy: '2026-10-16',
      signers: ['Junia Pell'],
      changesSince: 0,
      confidential: true,
    })
  }, 300_000)

  test('carries every post of its range, and says how many', () => {
    expect(plan.postsOnPages).toBe(POSTS)
    const text = flat(plan.pdf.text)
    for (let at = 1; at <= POSTS; at += 1) {
      const title = ALPHABETS[at - 7] ?? `Post ${String(at).padStart(3, '0')} about three pockets and a zip`
      // From right to left, readers of PDF give words back in another order, and put spaces where letters join.
      if (!/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(title)) expect(text).toContain(title)
    }
    expect(text).toContain('40 posts')
  })

  test('is tagged, in its language, with headings and table heads', () => {
    expect(plan.pdf.marked).toBe(true)
    expect(plan.pdf.language).toBe('en')
    const tags = plan.pdf.pages.flatMap((page) => page.tags)
    for (const role of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'P', 'Figure']) expect(tags).toContain(role)
  })

  test('has a bookmark for every part, month and post, each on its page', () => {
    const titles = titlesOf(plan.pdf.bookmarks)
    for (const title of [
      'Summary',
      'Contents',
      'Key messages',
      'Channels',
      'Content pillars',
      'Timeline',
      'October 2026',
      'Full days',
      'Content schedule',
      'Post sheets',
      'Team',
      'Sign-off',
      'Appendix',
    ]) {
      expect(titles).toContain(title)
    }
    expect(titles.filter((title) => /^Post \d\d\d about/.test(title))).toHaveLength(POSTS - ALPHABETS.length)
    const schedule = plan.pdf.bookmarks.find(({ title }) => title === 'Content schedule')
    expect(flat(plan.pdf.pages[(schedule?.page ?? 0) - 1]?.text ?? '')).toContain('Content schedule')
  })

  test('lists its parts with the pages they are really on', () => {
    const contents = flat(plan.pdf.pages[pageWith(plan.pdf, 'Contents') - 1]?.text ?? '')
    for (const [name, anchor] of [
      ['Timeline', 'section-timeline'],
      ['October 2026', 'month-2026-10'],
      ['Sign-off', 'section-signoff'],
    ] as const) {
      const page = plan.pdf.places.get(anchor)
      expect(contents).toContain(`${name} ${page}`)
      expect(flat(plan.pdf.pages[(page ?? 0) - 1]?.text ?? '')).toContain(name)
    }
  })

  test('sends the reader of a full day to the page that has all of its posts', () => {
    const month = flat(plan.pdf.pages[(plan.pdf.places.get('month-2026-10') ?? 0) - 1]?.text ?? '')
    const [, more, page] = /\+(\d+), see page (\d+)/.exec(month) ?? []
    expect(Number(page)).toBe(plan.pdf.places.get(`day-${filled.fullDay}`))
    const listed = flat(plan.pdf.pages[Number(page) - 1]?.text ?? '')
    for (const at of [1, 2, 3, 4, 5, 6]) expect(listed).toContain(`Post 00${at} about`)
    expect(Number(more)).toBeGreaterThan(0)
  })

  test('prints months and timeline across, everything else upright, on A4', () => {
    for (const [number, { width, height }] of plan.pdf.pages.entries()) {
      const across = [plan.pdf.places.get('month-2026-10'), plan.pdf.places.get('section-timeline')].includes(
        number + 1,
      )
      expect(width / MM).toBeCloseTo(across ? 297 : 210, 0)
      expect(height / MM).toBeCloseTo(across ? 210 : 297, 0)
    }
  })

  test('has no page without words of its own', () => {
    const furniture =
      /Tarn 28 launch|Version 1, for approval|Fernhollow\.|Confidential\.|Made .*?\.|All times [^.]*\.|Page \d+ of \d+/g
    for (const { text } of plan.pdf.pages) expect(flat(text).replace(furniture, '').trim().length).toBeGreaterThan(20)
  })

  test('says plan, version, status, stamp, zone and page on every page but the cover', () => {
    const count = plan.pdf.pages.length
    plan.pdf.pages.slice(1).forEach(({ text }, at) => {
      for (const words of [
        'Tarn 28 launch',
        'Version 1, for approval',
        'Made 24 Nov 2026, 09:00',
        'Europe/Berlin',
        'Confidential',
        `Page ${at + 2} of ${count}`,
      ]) {
        expect(flat(text)).toContain(words)
      }
    })
    expect(flat(plan.pdf.pages[0]?.text ?? '')).not.toContain('Page 1 of')
  })

  test('says that the clocks change within its range, in words and on the day', () => {
    expect(flat(plan.pdf.text)).toContain('UTC+2 until 25 Oct 2026, 03:00, then UTC+1')
    const month = plan.pdf.pages[(plan.pdf.places.get('month-2026-10') ?? 0) - 1]
    expect(flat(month?.text ?? '')).toContain('25 Clocks −1 h 09:30')
  })

  test('holds no internal word, wherever it was written', () => {
    for (const secret of SECRETS) expect(flat(plan.pdf.text)).not.toContain(secret)
    // Not even in the documents on their way to the printer.
    for (const secret of SECRETS) expect(press.documents.join()).not.toContain(secret)
  })

  test('names what is approved: version, number of posts and fingerprint, with a line for every signer', () => {
    const page = flat(plan.pdf.pages[(plan.pdf.places.get('section-signoff') ?? 0) - 1]?.text ?? '')
    expect(page).toMatch(/Fingerprint ([0-9a-f]{4} ?){8}/)
    expect(page).toContain('Junia Pell')
    expect(page).toContain('Friday 16 October 2026')
  })

  test('embeds the same faces on every machine, for every alphabet and emoji, and its picture with its description', () => {
    const raw = Buffer.from(plan.bytes).toString('latin1')
    const faces = Array.from(raw.matchAll(/\/FontName ?\/[A-Z]{6}\+([\w-]+)/g), ([, name]) => name ?? '')
    for (const face of ['Inter-Regular', 'Inter-SemiBold', 'NotoSansArabic-Medium', 'NotoEmoji-Regular'])
      expect(faces).toContain(face)
    // The fingerprint is set in the system's face for code; no other word depends on the system.
    expect(faces.filter((name) => !/^(Inter|NotoSans|NotoEmoji)|Mono|Consola|Menlo|Courier/.test(name))).toEqual([])
    expect(flat(plan.pdf.text)).toContain('The pack seen from the front')
  })

  test('stays far below ten megabytes', () => {
    expect(plan.bytes.length).toBeLessThan(10_000_000)
  })
})

test('A plan for the house has the notes, checklists, text dates and tasks', async () => {
  const { pdf, pages } = await make({
    preset: 'internal',
    sections: PRESET_SECTIONS.internal,
    paper: 'letter',
    monthPages: 'portrait',
    language: 'de',
  })
  for (const secret of SECRETS.slice(0, 3)) expect(flat(pdf.text)).toContain(secret)
  expect(flat(pdf.text)).toContain('Text fällig')
  expect(pages).toBe(pdf.pages.length)
  expect(pdf.language).toBe('de')
  expect(titlesOf(pdf.bookmarks)).toEqual(expect.arrayContaining(['Zusammenfassung', 'Beitragsplan', 'Aufgaben']))
  // Letter, months upright.
  const month = pdf.pages[(pdf.places.get('month-2026-10') ?? 0) - 1]
  expect([month?.width, month?.height].map((points) => Math.round(points ?? 0))).toEqual([612, 792])
}, 300_000)

test('A plan on one page is one page, and says what does not fit on it', async () => {
  const { pdf, postsOnPages } = await make({ preset: 'onePage', sections: PRESET_SECTIONS.onePage })
  expect(pdf.pages).toHaveLength(1)
  expect(postsOnPages).toBe(POSTS)
  expect(flat(pdf.text)).toMatch(/\d+ of 40 posts do not fit on this page/)
}, 300_000)

test('Arabic runs from right to left', async () => {
  const { pdf } = await make({ language: 'ar', sections: ['cover', 'summary', 'schedule'] })
  expect(pdf.language).toBe('ar')
  expect(press.documents.at(-1)).toContain('dir="rtl"')
  // A Latin name on the cover stands on the side where an Arabic one would.
  const [cover] = pdf.pages
  expect(cover?.lefts.get('Tarn 28 launch')).toBeGreaterThan((cover?.width ?? 0) / 2 - 40)
}, 300_000)

test('The same input gives the same bytes but for the stamp', async () => {
  const sections = ['cover', 'contents', 'months', 'schedule'] as const
  const unstamped = ({ bytes }: MadePlan) =>
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/\/(CreationDate|ModDate) ?\(D:[^)]*\)/g, '')
  expect(unstamped(await make({ sections }))).toBe(unstamped(await make({ sections })))
}, 300_000)

test('What is different on one channel stands in the sheet: its text, time, fields, pictures and first comment', async () => {
  const other = await aWorkspace({ clock: aClock(Date.UTC(2026, 8, 1)) })
  const { channelIds, pictureId } = await fillForPlan(other, 1)
  const [post] = await other.db.posts.toArray()
  const [instagram = '', linkedin = ''] = channelIds
  const ref = { postId: post?.id ?? '', channelId: instagram }
  await editPosts(other.store, [ref.postId], { channelIds: [instagram, linkedin] }, 'Channels')
  await writeVariant(other.store, ref, textOf('Only for those who scroll.'), 'Instagram', 'g')
  await changePlacement(
    other.store,
    ref,
    {
      format: 'reel',
      firstComment: 'The pattern is free.',
      fields: { collaborators: ['@loomward'] },
      media: [{ mediumId: pictureId, alt: 'Hands that stitch', ratio: '9:16' }],
    },
    'Fields',
  )
  await setOwnTimes(
    other.store,
    ref.postId,
    [{ channelId: instagram, to: { date: '2026-10-21', time: '18:45', zone: 'Europe/Berlin' } }],
    'A time of its own',
  )
  const options = { campaignId: '', sections: ['schedule', 'sheets'] as const }
  const { pdf } = await make(options, other)
  const fingerprint = async () =>
    (await collectPlan(other.db, planOptions('2026-10-01', '2026-10-31', options), { workspace: '', now: 0 }))
      .fingerprint
  const before = await fingerprint()
  const [schedule = '', sheet = ''] = [/Content schedule/, /Post sheets/].map((title) =>
    flat(pdf.pages.find(({ text }) => title.test(flat(text)))?.text ?? ''),
  )
  expect(schedule).toContain('18:45')
  expect(sheet).toContain('Every seam of the pack')
  for (const words of [
    'Fernhollow instagram Reel',
    'Reel, Wed 21 Oct, 18:45 UTC+2',
    'Only for those who scroll.',
    'Collaborators: @loomward',
    'First comment: The pattern is free.',
    '9:16 · Hands that stitch',
  ])
    expect(sheet).toContain(words)
  await changePlacement(other.store, ref, { firstComment: 'The pattern costs a coin.' }, 'First comment')
  expect(await fingerprint()).not.toBe(before)
}, 300_000)

test('A cancelled plan is not made', async () => {
  const deps = { ...press.deps, db: workspace.db, workspace: 'Fernhollow', now: workspace.clock.now }
  const stop = new AbortController()
  const made = await makePlan(deps, planOptions('2026-10-01', '2026-10-31'), {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  })
  expect(made).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
})
