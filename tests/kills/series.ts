/**
 * Kills in a row: somebody writes and makes posts by the keyboard, the browser is killed at a random moment, and after the next start
 * everything must be there that the page had called saved. What was called saved is counted here, outside the browser.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { ChromiumShell } from '../../electron/shells/chromium/shell.ts'
import { rowsOf } from '../e2e/database.ts'
import { startTestShell } from '../support/chromiumShell.ts'

/** The two ways the browser keeps IndexedDB on the disk: as it does now, and as it is going to. */
export const STORES = {
  LevelDB: [],
  SQLite: ['--enable-features=IdbSqliteOnDiskRollout:stage/UseSqliteForNewStores'],
} as const
export type Store = keyof typeof STORES

export interface Figures {
  readonly kills: number
  /** Edits that the page had called saved. */
  readonly acknowledged: number
  /** Those of them that were not there after the next start, by name. */
  readonly lost: readonly string[]
}

/** What was called saved: titles of posts, and words in the order they were typed. */
interface Acknowledged {
  readonly titles: string[]
  readonly words: string[]
}
/** Makes one edit, and notes it once it is called saved. */
type Hand = (page: Page, name: string, known: Acknowledged) => Promise<void>

const LONGEST_MS = 2_500

/** The main process of the browser, found by the folder it works in. */
export function killBrowser(dataFolder: string): void {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 16_000_000 }).split('\n')
  const folder = `--user-data-dir=${join(dataFolder, 'chromium')} `
  const main = lines.find((line) => line.includes(folder) && !line.includes('--type='))
  process.kill(Number(main?.trim().split(' ')[0]), 'SIGKILL')
}

/** Runs the series in an empty folder. `random` gives numbers from 0 to 1. */
export async function killSeries(
  folder: string,
  kills: number,
  store: Store,
  random: () => number = Math.random,
): Promise<Figures> {
  const known: Acknowledged = { titles: [], words: [] }
  const dataFolder = join(folder, 'data')
  const downloads = join(folder, 'downloads')
  mkdirSync(downloads)
  const open = () => startTestShell({ dataFolder, downloads, browserArguments: STORES[store] })
  let running = await open()
  await running.page.getByRole('button', { name: 'Start empty' }).click()
  for (let kill = 0; kill < kills; kill += 1) {
    await untilKilled(running, dataFolder, kill % 2 === 0 ? typing : collecting, `${kill}`, known, random)
    await running.close()
    running = await open()
  }
  const lost = await missing(running.page, known)
  await running.close()
  return { kills, acknowledged: known.titles.length + known.words.length, lost }
}

/** Edits and edits, until the browser is killed some time after the first that was called saved. */
async function untilKilled(
  { page }: ChromiumShell,
  dataFolder: string,
  hand: Hand,
  round: string,
  known: Acknowledged,
  random: () => number,
): Promise<void> {
  page.setDefaultTimeout(30_000)
  await (hand === typing ? toText(page) : toBoard(page))
  await hand(page, `${round}-0`, known)
  setTimeout(() => killBrowser(dataFolder), random() * LONGEST_MS)
  const closed = page.waitForEvent('close', { timeout: 30_000 })
  try {
    for (let edit = 1; ; edit += 1) await hand(page, `${round}-${edit}`, known)
  } catch (thrown) {
    await closed // anything else than the kill is a failure of the series
    if (!page.isClosed()) throw thrown
  }
}

const saved = (page: Page) => page.locator('[data-saved="saved"]').waitFor()

async function toText(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Written under fire')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Text of the post' })).toBeFocused()
}

const typing: Hand = async (page, name, { words }) => {
  await page.keyboard.type(` ${name}`)
  // A key makes the note say "Saving" at once.
  await saved(page)
  words.push(name)
}

async function toBoard(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Board', exact: true }).click()
  await page.getByRole('radio', { name: 'Posts' }).click()
  await page.getByRole('button', { name: 'New post in Idea' }).click()
}

const collecting: Hand = async (page, name, { titles }) => {
  const title = `Post ${name}`
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  // The card is there once the database has it; then the note speaks of this edit.
  await page.getByRole('button', { name: new RegExp(`^${title},`) }).waitFor()
  await saved(page)
  titles.push(title)
}

/** What was called saved and is not there. */
async function missing(page: Page, known: Acknowledged): Promise<string[]> {
  await expect(page.getByRole('button', { name: 'Start empty' })).toHaveCount(0)
  const titles = new Set((await rowsOf(page, 'posts')).map(({ title }) => title))
  const words = JSON.stringify(await rowsOf(page, 'documents'))
  return [
    ...known.titles.filter((title) => !titles.has(title)),
    ...known.words.filter((word) => !new RegExp(`\\b${word}\\b`).test(words)),
  ]
}
