import type { Page } from 'playwright-core'
import { blankPost } from '../../renderer/data/commands/posts.ts'
import { blankChannel, type NetworkId } from '../../shared/domain/channel.ts'
import { agencyRows } from './agency.ts'
import { median, p95, round, seedWorkspace } from './measures.ts'

const WORDS = 6_000
const PARAGRAPH = 60
const KEYS = 240
/** Between two keys, in milliseconds: a quick hand. What the page does in between counts for the key before. */
const BEAT = 60
const NETWORK_IDS: readonly NetworkId[] = ['instagram', 'linkedin', 'x', 'bluesky', 'wordpress']
const SENTENCE = 'Every seam of this pack can be opened, mended and closed again by hand.'

/** A post of 6,000 words on five channels, two of them with texts of their own. */
function longPost() {
  const words = Array.from({ length: Math.ceil(WORDS / SENTENCE.split(' ').length) }, () => SENTENCE)
    .join(' ')
    .split(' ')
    .slice(0, WORDS)
  const content = Array.from({ length: WORDS / PARAGRAPH }, (_, at) => ({
    type: 'paragraph',
    content: [{ type: 'text', text: words.slice(at * PARAGRAPH, (at + 1) * PARAGRAPH).join(' ') }],
  }))
  const channels = NETWORK_IDS.map((network, order) =>
    blankChannel(network, { id: network, name: `@${network}`, order, zone: 'Europe/Berlin' }),
  )
  const post = blankPost(Date.now(), { id: 'long', title: 'A long read', words: WORDS, channelIds: NETWORK_IDS })
  return { channels, post, document: { id: post.id, content } }
}

/** The same post in the workspace of an agency: what lies around it must cost nothing. */
function rowsAround() {
  const { channels, post, document } = longPost()
  const { channels: others, posts, documents, ...rest } = agencyRows(new Date().toISOString().slice(0, 10))
  return { ...rest, channels: [...channels, ...others], posts: [post, ...posts], documents: [document, ...documents] }
}

/**
 * Types in the middle of a long text with five networks open beside it. Script of the page's thread, in milliseconds a key, by the
 * browser's own account: the key, and all that was put off until after it. On a page that shows the welcome.
 */
export async function measureTyping(page: Page) {
  await seedWorkspace(page, rowsAround())
  await page.evaluate(() => {
    const place = { state: { place: { screen: 'write', postId: 'long' }, view: 'month', date: null }, version: 0 }
    localStorage.setItem('outpost-place', JSON.stringify(place))
  })
  await page.reload()
  const text = page.getByRole('textbox', { name: 'Text of the post' })
  await text.waitFor()
  const cards = page.getByRole('complementary').locator('h3 > button')
  await page.getByRole('complementary').getByText('/ 280').first().waitFor()
  for (const card of await cards.all()) {
    if ((await card.getAttribute('aria-expanded')) === 'false') await card.click()
  }
  await text
    .locator('p')
    .nth(WORDS / PARAGRAPH / 2)
    .click()

  const session = await page.context().newCDPSession(page)
  // Time of the processor, not of the clock: who else wants the machine meanwhile says nothing about the page.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const scripted = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000
  }
  const perKey: number[] = []
  let before = await scripted()
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press(key % 6 === 5 ? ' ' : 'abcdefgh'.charAt(key % 8))
    await new Promise((resolve) => setTimeout(resolve, BEAT))
    const after = await scripted()
    perKey.push(after - before)
    before = after
  }
  await session.detach()
  return {
    words: WORDS,
    channels: NETWORK_IDS.length,
    keys: KEYS,
    scriptMs: round(median(perKey)),
    script95Ms: round(p95(perKey)),
    longestMs: round(Math.max(...perKey)),
  }
}
