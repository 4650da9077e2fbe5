import '../../support/indexeddb.ts'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { checkDoc } from '../../../renderer/editor/extensions.ts'
import { bundledPicture, createSample } from '../../../renderer/features/welcome/sample.ts'
import { plainText } from '../../../shared/domain/document.ts'
import { placementId } from '../../../shared/domain/placement.ts'
import { isWeekend } from '../../../shared/domain/time.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import { contentOf } from '../../../shared/platforms/content.ts'
import { blockers, validate } from '../../../shared/platforms/index.ts'
import type { createMemoryShell } from '../../support/memoryShell.ts'
import { aClock, aWorkspace } from '../../support/workspace.ts'

const TODAY = '2026-11-24'
const fromFolder = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../../assets/sample/${name}.jpg`, import.meta.url)))

async function aSample(today = TODAY) {
  const workspace = await aWorkspace({ clock: aClock(Date.parse(`${today}T08:00:00Z`)) })
  await createSample(workspace, workspace.shell, today, fromFolder)
  return workspace
}

describe('the sample workspace', () => {
  it('holds three months round today: 6 channels, 4 campaigns, people, pillars, media, days and tasks', async () => {
    const { db } = await aSample()
    const counts = await Promise.all(
      [db.channels, db.campaigns, db.people, db.pillars, db.media, db.blobs].map((table) => table.count()),
    )
    expect(counts).toEqual([6, 4, 6, 4, 14, 14])
    const posts = await db.posts.toArray()
    expect(posts.length).toBeGreaterThanOrEqual(90)
    expect(posts.length).toBeLessThanOrEqual(110)
    expect(new Set(posts.map((post) => post.title)).size).toBe(posts.length)
    const dates = posts.flatMap((post) => post.planned?.date ?? []).toSorted()
    expect(dates[0]?.slice(0, 7)).toBe('2026-10')
    expect(dates.at(-1)?.slice(0, 7)).toBe('2027-01')
    expect((await db.dayNotes.toArray()).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['note', 'holiday', 'blackout']),
    )
    expect(await db.tasks.count()).toBeGreaterThan(8)
    const words = [db.snippets, db.mentions, db.vocabulary, db.brandWords, db.personas, db.templates]
    expect(await Promise.all(words.map((table) => table.count()))).toEqual([5, 1, 1, 6, 4, 2])
  })

  it('has what a team would have: the past is out, what comes next is nearly ready, ideas have no date', async () => {
    const { db } = await aSample()
    for (const post of await db.posts.toArray()) {
      const { planned, status } = post
      if (!planned) expect(['idea', 'draft']).toContain(status)
      else if (planned.date < TODAY) expect(['published', 'cancelled']).toContain(status)
      else expect(status).not.toBe('published')
      expect(post.publishAt).toEqual(status === 'scheduled' || status === 'published' ? planned : null)
      expect(post.updatedAt).toBeLessThan(Date.parse('2026-11-24T08:00:00Z'))
    }
    const weekends = (await db.posts.toArray()).filter(({ planned }) => planned && isWeekend(planned.date))
    expect(weekends.length).toBeLessThan(8)
  })

  it('holds nothing scheduled, out or approved that its networks would refuse', async () => {
    const { db } = await aSample()
    const channels = new Map((await db.channels.toArray()).map((channel) => [channel.id, channel]))
    const placements = new Map((await db.placements.toArray()).map((placement) => [placement.id, placement]))
    const media = new Map((await db.media.toArray()).map((medium) => [medium.id, medium]))
    const refused: string[] = []
    for (const post of await db.posts.where('status').anyOf('scheduled', 'approved', 'published').toArray()) {
      for (const id of post.channelIds) {
        const channel = channels.get(id)
        if (!channel) throw new Error(`No channel ${id}.`)
        const placement = placements.get(placementId(post.id, id))
        const doc = docOf(await db.documents.get(placement?.detached ? placement.id : post.id))
        for (const { sentence } of blockers(validate(contentOf({ post, channel, placement, doc, media }))))
          refused.push(`${post.title}, ${channel.name}: ${sentence}`)
      }
    }
    expect(refused).toEqual([])
  })

  it('gives every post its own words, and every picture a description', async () => {
    const { db } = await aSample()
    const texts = (await db.documents.toArray()).map(plainText)
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts.every((text) => text.length > 20)).toBe(true)
    for (const { content } of await db.documents.toArray())
      expect(checkDoc({ type: 'doc', content })).toMatchObject({ ok: true })
    expect((await db.media.toArray()).every(({ alt }) => alt.length > 10)).toBe(true)
    const covered = (await db.posts.toArray()).filter(({ coverId }) => coverId)
    expect(covered.length).toBeGreaterThan(25)
    for (const { coverId } of covered) expect(await db.blobs.get(coverId)).toBeDefined()
  })

  it('is one entry of the log that undo does not reach, and comes back from the journal with its pictures', async () => {
    const workspace = await aSample()
    expect(workspace.store.history().undo).toBeNull()
    expect(await workspace.db.changes.count()).toBe(2)
    expect((workspace.shell as ReturnType<typeof createMemoryShell>).originals.size).toBe(14)
  })

  it('is the same on the same day', async () => {
    const shape = async () => {
      const { db } = await aSample('2026-02-03')
      return (await db.posts.toArray())
        .map(({ title, planned, status, labels, updatedAt, words }) => ({
          title,
          planned,
          status,
          labels,
          updatedAt,
          words,
        }))
        .toSorted((a, b) => a.title.localeCompare(b.title))
    }
    expect(await shape()).toEqual(await shape())
  })

  it('does without pictures that cannot be read', async () => {
    const workspace = await aWorkspace()
    await createSample(workspace, workspace.shell, TODAY, () => Promise.reject(new Error('gone')))
    expect(await workspace.db.media.count()).toBe(0)
    expect(await workspace.db.posts.count()).toBeGreaterThan(90)
    // The default loader names files that come with the app.
    expect(bundledPicture).toBeTypeOf('function')
  })
})
