import { describe, expect, it } from 'vitest'
import { createCampaign, createTask } from '../../../renderer/data/commands/campaigns.ts'
import { writeVariant } from '../../../renderer/data/commands/placements.ts'
import { createPost, setStatus, trashPosts } from '../../../renderer/data/commands/posts.ts'
import {
  addTemplate,
  createPlannedCampaign,
  keepCampaignAsTemplate,
  keepPostAsTemplate,
} from '../../../renderer/data/commands/templates.ts'
import { changeVocabulary, mendLinks } from '../../../renderer/data/commands/vocabulary.ts'
import { addRow, editRow } from '../../../renderer/data/commands/workspace.ts'
import { postsOfCampaign } from '../../../renderer/data/queries.ts'
import { unsealed } from '../../../renderer/data/sums.ts'
import { readUsedLinks } from '../../../renderer/data/usedLinks.ts'
import { bringIn } from '../../../renderer/features/transfer/bringIn.ts'
import { readFiles } from '../../../renderer/features/transfer/reading.ts'
import type { Doc } from '../../../shared/domain/document.ts'
import { linksOf } from '../../../shared/domain/links.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { campaignFrom, EMPTY_DRAFT } from '../../../shared/domain/template.ts'
import { DEFAULT_VOCABULARY, isTagged, replacedTag } from '../../../shared/domain/utm.ts'
import { newId } from '../../../shared/lib/ids.ts'
import { exportedFile } from '../../support/exporting.ts'
import { createMemoryShell } from '../../support/memoryShell.ts'
import { aMovingClock, aWorkspace, type TestWorkspace } from '../../support/workspace.ts'

const WRONG = 'https://fernhollow.example/tarn28?utm_campaign=Tarn_28'
const RIGHT = 'https://fernhollow.example/tarn28?utm_campaign=tarn-28'
const linked = (text: string, href: string): Doc => ({
  type: 'doc',
  content: [
    { type: 'paragraph', content: [{ type: 'text', text: 'Untouched' }] },
    { type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }] },
  ],
})
const mend = (href: string) => replacedTag(href, 'campaign', 'Tarn_28', 'tarn-28')
const planned = { date: '2026-11-27', time: '09:00', zone: 'Europe/Berlin' }

describe('the vocabulary of links', () => {
  it('has a row from its first change on; each change is one undo', async () => {
    const { store, db } = await aWorkspace()
    expect(await db.vocabulary.count()).toBe(0)
    await changeVocabulary(store, () => ({ hosts: ['fernhollow.example'] }), 'Sites')
    await changeVocabulary(store, ({ campaigns }) => ({ campaigns: { ...campaigns, tarn: 'tarn28' } }), 'Value')
    expect(unsealed((await db.vocabulary.get('utm')) ?? {})).toEqual({
      ...DEFAULT_VOCABULARY,
      hosts: ['fernhollow.example'],
      campaigns: { tarn: 'tarn28' },
    })
    await store.undo()
    expect((await db.vocabulary.get('utm'))?.campaigns).toEqual({})
    await store.undo()
    expect(await db.vocabulary.count()).toBe(0)
  })
})

describe('links that drifted', () => {
  async function drifted() {
    const workspace = await aWorkspace()
    const { store } = workspace
    const ids = {
      draft: await createPost(store, { title: 'Draft', channelIds: ['x'] }, linked('the shop', WRONG)),
      out: await createPost(store, { title: 'Out', planned, status: 'draft' }, linked(WRONG, WRONG)),
      gone: await createPost(store, { title: 'Gone' }, linked('the shop', WRONG)),
    }
    await writeVariant(store, { postId: ids.draft, channelId: 'x' }, linked(WRONG, WRONG), 'X', 'g')
    await setStatus(store, [ids.out], 'published', 'Published')
    await trashPosts(store, [ids.gone])
    return { ...workspace, ids, own: placementId(ids.draft, 'x') }
  }

  it('are read from texts of posts and of their channels, not from the trash', async () => {
    const { db, ids, own } = await drifted()
    const { links, posts } = await readUsedLinks(db, isTagged)
    expect(links.map(({ textId }) => textId).toSorted()).toEqual([ids.draft, ids.out, own].toSorted())
    expect(posts.get(own)?.title).toBe('Draft')
  })

  it('are mended in all texts at once, what is out stays as it went out, and one undo takes all back', async () => {
    const { store, db, ids, own } = await drifted()
    const before = await db.documents.toArray()
    const result = await mendLinks(store, [ids.draft, ids.out, own], mend, 'Campaign “tarn-28”')
    expect(result).toMatchObject({ ok: true, value: { posts: [{ title: 'Draft' }], out: 1 } })
    const hrefs = async (id: string) => linksOf({ content: (await db.documents.get(id))?.content ?? [] })
    expect([await hrefs(ids.draft), await hrefs(own), await hrefs(ids.out)]).toEqual([[RIGHT], [RIGHT], [WRONG]])
    expect((await db.posts.get(ids.draft))?.excerpt).toContain('the shop')
    expect((await db.placements.get(own))?.excerpt).toContain(RIGHT)
    const latest = await db.changes.orderBy('id').last()
    expect(latest?.label).toBe('Campaign “tarn-28” in “Draft”')
    await store.undo()
    expect(await db.documents.toArray()).toEqual(before)
  })
})

describe('templates', () => {
  it('of a post keep its words, and are gone with one undo', async () => {
    const { store, db } = await aWorkspace()
    const id = await createPost(store, { title: 'Three pockets', labels: ['tarn'] }, linked('shop', RIGHT))
    await keepPostAsTemplate(store, id)
    const [template] = await db.templates.toArray()
    expect(template).toMatchObject({
      kind: 'post',
      name: 'Three pockets',
      post: { title: 'Three pockets', labels: ['tarn'], content: linked('shop', RIGHT).content },
    })
    await store.undo()
    expect(await db.templates.count()).toBe(0)
  })

  it('of a campaign make that campaign again round another launch day: brief, phases, tasks, posts, as one undo', async () => {
    const clock = aMovingClock()
    const { store, db } = await aWorkspace({ clock })
    const campaignId = await createCampaign(
      store,
      {
        name: 'Tarn 28',
        launchOn: '2026-11-27',
        phases: [{ id: 'p', name: 'Tease', from: '2026-11-20', to: '2026-11-26' }],
      },
      linked('brief', RIGHT),
    )
    await createTask(store, { title: 'Pictures', campaignId, dueOn: '2026-11-25' })
    await createPost(store, { title: 'We open', campaignId, planned }, linked('shop', RIGHT))
    await keepCampaignAsTemplate(store, db, campaignId)
    const [template] = await db.templates.toArray()
    if (template?.kind !== 'campaign') throw new Error('no template')
    const made = campaignFrom(
      template.campaign,
      { name: 'Winter', launchOn: '2027-01-15', hue: 'sky', ownerId: '', zone: planned.zone, now: clock.now() },
      { campaign: () => '', channel: () => '', owner: () => '', date: (date) => date },
      newId,
    )
    const id = await createPlannedCampaign(store, made)
    expect(await db.campaigns.get(id)).toMatchObject({
      name: 'Winter',
      launchOn: '2027-01-15',
      phases: [{ name: 'Tease', from: '2027-01-08', to: '2027-01-14' }],
    })
    expect((await db.documents.get(id))?.content).toEqual(linked('brief', RIGHT).content)
    expect(await db.tasks.where('campaignId').equals(id).toArray()).toMatchObject([
      { title: 'Pictures', dueOn: '2027-01-13', done: false },
    ])
    const [post] = await postsOfCampaign(db, id)
    expect(post).toMatchObject({ title: 'We open', planned: { date: '2027-01-15', time: '09:00' }, words: 2 })
    expect((await db.documents.get(post?.id ?? ''))?.content).toEqual(linked('shop', RIGHT).content)
    await store.undo()
    expect(await db.campaigns.count()).toBe(1)
    expect(await db.posts.count()).toBe(1)
    expect(await db.tasks.count()).toBe(1)
  })
})

async function withEverything(workspace: TestWorkspace) {
  const { store } = workspace
  const campaignId = await createCampaign(store, { name: 'Tarn 28' })
  const snippet = { kind: 'snippet', name: 'Offer', text: 'Bring {thing}', order: 1 } as const
  await addRow(store, 'snippets', snippet, 'Added')
  await addRow(
    store,
    'mentions',
    { name: 'Mend Bar', neutral: 'mendbar', handles: { x: 'mendbar' }, note: '' },
    'Added',
  )
  await addRow(
    store,
    'brandWords',
    { say: 'keep', not: ['must-have'], reason: 'Nobody must.', matchCase: false, order: 1 },
    'Added',
  )
  const personaId = await addRow(
    store,
    'personas',
    { name: 'Hikers', role: '', needs: '', doubts: '', networks: ['x'], hours: '', tone: '', order: 1 },
    'Added',
  )
  await store.change({ command: 'test', label: 'Test' }, async (tx) => {
    await tx.update('campaigns', campaignId, { personaIds: [personaId] })
    return { ok: true, value: null }
  })
  await changeVocabulary(store, () => ({ campaigns: { [campaignId]: 'tarn28' } }), 'Value')
  await addTemplate(store, {
    kind: 'post',
    name: 'Teaser',
    post: { ...EMPTY_DRAFT, title: '{campaign}', content: linked('shop', RIGHT).content },
  })
  return { campaignId, personaId }
}
const NAMES = ['snippets', 'mentions', 'brandWords', 'personas', 'templates', 'vocabulary', 'campaigns'] as const
const rowsOf = async ({ db }: TestWorkspace) =>
  Object.fromEntries(
    await Promise.all(NAMES.map(async (name) => [name, (await db.table(name).toArray()).map(unsealed)])),
  )

describe('what a workspace says', () => {
  it('goes to the trash and comes back with undo', async () => {
    const { store, db } = await aWorkspace()
    const id = await addRow(store, 'snippets', { kind: 'hashtags', name: 'House', text: '#a', order: 1 }, 'Added')
    await editRow(store, 'snippets', id, { trashedAt: 5 }, 'Deleted')
    expect(await db.snippets.where('trashedAt').equals(0).count()).toBe(0)
    await store.undo()
    expect(await db.snippets.where('trashedAt').equals(0).count()).toBe(1)
  })

  it('comes back from the journal when the browser lost the database', async () => {
    const shell = createMemoryShell()
    const first = await aWorkspace({ shell })
    await withEverything(first)
    const before = await rowsOf(first)
    first.close()
    await first.db.delete()
    expect(await rowsOf(await aWorkspace({ shell, entry: first.entry }))).toEqual(before)
  })

  const exportOf = async ({ db, clock }: TestWorkspace) =>
    exportedFile(db, { format: 'json' }, { name: 'Fernhollow', now: clock.now(), settings: { zone: 'Europe/Berlin' } })
  const bring = async (into: TestWorkspace, path: string, bytes: Uint8Array) => {
    const reading = readFiles([{ path, bytes }], { zone: 'Europe/Berlin', time: '09:00' })
    expect(reading.problems).toEqual([])
    const { workspace, shell, clock } = { workspace: into, ...into }
    await bringIn(
      { workspace, shell, clock },
      { ...reading, from: path, zone: 'Europe/Berlin', channelId: '', campaignId: '', files: [] },
      () => {},
      new AbortController().signal,
    )
  }

  it('is carried by an export whole, and an export brought in twice is not two of everything', async () => {
    const first = await aWorkspace()
    await withEverything(first)
    await createPost(first.store, { title: 'One' })
    const { name, bytes } = await exportOf(first)
    const second = await aWorkspace()
    await bring(second, name, bytes)
    expect(await rowsOf(second)).toEqual(await rowsOf(first))
    await bring(second, name, bytes)
    expect(await rowsOf(second)).toEqual(await rowsOf(first))
  })

  it('of the same name here is used in the place of what a file brings, and campaigns keep their values', async () => {
    const first = await aWorkspace()
    await withEverything(first)
    const { name, bytes } = await exportOf(first)
    const second = await aWorkspace()
    const campaignId = await createCampaign(second.store, { name: 'tarn 28' })
    await bring(second, name, bytes)
    expect(await second.db.campaigns.count()).toBe(1)
    expect((await second.db.vocabulary.get('utm'))?.campaigns).toEqual({ [campaignId]: 'tarn28' })
  })
})
