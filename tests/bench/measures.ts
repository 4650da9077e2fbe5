import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import type { Post } from '../../shared/domain/post.ts'
import { addDays, type IsoDate, instantsOf, monthGrid, monthOf } from '../../shared/domain/time.ts'

const ZONE = 'Europe/Berlin'
export const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
export const p95 = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
export const round = (value: number) => Math.round(value * 10) / 10

/** Helpers inside the page, set up before anything is measured. */
const inPage = () => {
  const painted = () =>
    new Promise<void>((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve()
        port2.postMessage(null)
      }),
    )
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      if (holds()) return resolve()
      const observer = new MutationObserver(() => {
        if (!holds()) return
        observer.disconnect()
        resolve()
      })
      observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true })
    })
  Object.assign(window, { bench: { painted, until } })
}
interface InPage {
  bench: {
    painted(): Promise<void>
    until(holds: () => boolean): Promise<void>
    dropped: Promise<{ frames: number; durable: number }>
    imported: Promise<{ read: number; pressed: number; written: number }>
  }
}
interface Yardstick {
  plainGive(month: string, events: { title: string; at: number }[]): void
  plainShow(month: string): Promise<number>
}

/** Starts an empty workspace through the real page, then fills its tables. */
export async function seedWorkspace(page: Page, rows: Readonly<Record<string, readonly unknown[]>>): Promise<void> {
  await page.addInitScript(inPage)
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  for (const [table, list] of Object.entries(rows)) {
    for (let at = 0; at < list.length; at += 3000) {
      await page.evaluate(
        async ({ table, part }) => {
          const name =
            (await indexedDB.databases()).find((database) => database.name?.startsWith('outpost-'))?.name ?? ''
          const db = await new Promise<IDBDatabase>((resolve, reject) => {
            const request = indexedDB.open(name)
            request.onsuccess = () => resolve(request.result)
            request.onerror = () => reject(request.error)
          })
          await new Promise<void>((resolve, reject) => {
            const transaction = db.transaction(table, 'readwrite')
            for (const row of part) transaction.objectStore(table).put(row)
            transaction.oncomplete = () => resolve()
            transaction.onerror = () => reject(transaction.error)
          })
          db.close()
        },
        { table, part: list.slice(at, at + 3000) },
      )
    }
  }
}

/** All JavaScript that arrives until the calendar stands, compressed as a server would. */
export async function firstScreen(page: Page): Promise<{ gzipKb: number; files: number }> {
  const sizes: Promise<number>[] = []
  const note = (response: { url(): string; body(): Promise<Buffer> }) => {
    if (/\.js(\?|$)/.test(response.url())) sizes.push(response.body().then((body) => gzipSync(body).length))
  }
  page.on('response', note)
  await page.reload()
  await page.locator('[data-post]').first().waitFor()
  page.off('response', note)
  const all = await Promise.all(sizes)
  return { gzipKb: round(all.reduce((sum, size) => sum + size, 0) / 1000), files: all.length }
}

/** Turns month pages in the app and in plain react-big-calendar, one after the other, so that both see the same machine. */
export async function monthChanges(app: Page, plain: Page, posts: readonly Post[]) {
  await app.bringToFront()
  const months = Array.from({ length: 14 }, (_, index) =>
    monthOf(addDays('2025-03-15', index * 30)).from.slice(0, 7),
  ).filter((month, index, all) => all.indexOf(month) === index)
  for (const month of months) {
    const { from, to } = instantsOf(monthGrid(`${month}-15`, 1), ZONE)
    const events = posts
      .filter(({ plannedAt }) => plannedAt >= from && plannedAt < to)
      .map(({ title, plannedAt }) => ({ title, at: plannedAt }))
    await plain.evaluate(({ month, events }) => (window as unknown as Yardstick).plainGive(month, events), {
      month,
      events,
    })
  }
  await app.evaluate((date) => {
    const place = JSON.parse(localStorage.getItem('outpost-place') ?? '{}')
    localStorage.setItem('outpost-place', JSON.stringify({ ...place, state: { ...place.state, view: 'month', date } }))
  }, `${months[0]}-15`)
  await app.reload()
  await app
    .locator(`[data-day="${months[0]}-15"] [data-post], [data-day="${months[0]}-16"] [data-post]`)
    .first()
    .waitFor()

  const appTimes: number[] = []
  const plainTimes: number[] = []
  const shownAt: number[] = []
  app.setDefaultTimeout(20_000)
  for (const month of months.slice(1)) {
    plainTimes.push(await plain.evaluate((month) => (window as unknown as Yardstick).plainShow(month), month))
    const took = await app.evaluate(async (month) => {
      const { painted, until } = (window as unknown as InPage).bench
      const there = () => document.querySelectorAll(`[data-day^="${month}-1"] [data-post]`).length > 5
      const start = performance.now()
      ;(document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key: 'PageDown', code: 'PageDown', bubbles: true, cancelable: true }),
      )
      await until(there)
      await painted()
      return { ms: performance.now() - start, chips: document.querySelectorAll('[data-post]').length }
    }, month)
    appTimes.push(took.ms)
    shownAt.push(took.chips)
  }
  // The first turns warm up both.
  const ours = median(appTimes.slice(2))
  const theirs = median(plainTimes.slice(2))
  return {
    ours: round(ours),
    ours95: round(p95(appTimes.slice(2))),
    plain: round(theirs),
    ratio: Math.round((ours / theirs) * 100) / 100,
    turns: appTimes.length - 2,
    chipsShown: median(shownAt),
  }
}

/** Drags real posts with a real pointer: frames until the chip stands at its new day, time until "Saved" is true of it. */
export async function dragPosts(page: Page, posts: readonly Post[], today: IsoDate) {
  const month = monthOf(addDays(monthOf(today).to, 1))
  await page.evaluate(
    (date) => {
      const place = JSON.parse(localStorage.getItem('outpost-place') ?? '{}')
      localStorage.setItem(
        'outpost-place',
        JSON.stringify({ ...place, state: { ...place.state, view: 'month', date } }),
      )
    },
    addDays(month.from, 14),
  )
  await page.reload()
  await page.locator('[data-post]').first().waitFor()
  const movable = new Set(
    posts
      .filter(
        ({ status, planned }) =>
          status !== 'published' && planned && planned.date >= month.from && planned.date <= month.to,
      )
      .map(({ id }) => id),
  )
  const frames: number[] = []
  const durable: number[] = []
  for (let round = 0; round < 24; round += 1) {
    const from = addDays(month.from, 7 + (round % 5))
    const to = addDays(month.from, 14 + (round % 5))
    const chips = page.locator(`[data-day="${from}"] [data-post]`)
    const ids = await chips.evaluateAll((list) => list.map((chip) => (chip as HTMLElement).dataset.post ?? ''))
    const id = ids.find((candidate) => movable.has(candidate))
    if (!id) continue
    const source = await page.locator(`[data-day="${from}"] [data-post="${id}"]`).boundingBox()
    const target = await page.locator(`[data-day="${to}"]`).first().boundingBox()
    if (!source || !target) continue
    await page.mouse.move(source.x + source.width / 2, source.y + source.height / 2)
    await page.mouse.down()
    await page.mouse.move(source.x + source.width / 2 + 20, source.y + 30, { steps: 4 })
    await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 6 })
    await page.evaluate(
      ({ id, from, to }) => {
        ;(window as unknown as InPage).bench.dropped = new Promise((resolve) => {
          const cell = (day: string) => document.querySelector(`[data-day="${day}"]`)
          const target = cell(to)?.textContent
          // A full day shows the newcomer in its "+n more" only; either way its words change.
          const moved = () => !cell(from)?.querySelector(`[data-post="${id}"]`) && cell(to)?.textContent !== target
          const status = document.querySelector('[data-saved]')
          const start = { at: 0 }
          let frames = 0
          let durable = 0
          const finish = () => frames > 0 && durable > 0 && resolve({ frames, durable })
          const watch = (frame: number) => {
            if (moved() || frame > 60) {
              frames = frame
              finish()
            } else requestAnimationFrame(() => watch(frame + 1))
          }
          const saved = new MutationObserver(() => {
            if (start.at === 0 || status?.getAttribute('data-saved') !== 'saved') return
            saved.disconnect()
            durable = performance.now() - start.at
            finish()
          })
          if (status) saved.observe(status, { attributes: true })
          const onUp = () => {
            start.at = performance.now()
            requestAnimationFrame(() => watch(1))
          }
          addEventListener('pointerup', onUp, { once: true, capture: true })
          setTimeout(() => resolve({ frames: 60, durable: 5000 }), 5000)
        })
      },
      { id, from, to },
    )
    await page.mouse.up()
    const { frames: shown, durable: saved } = await page.evaluate(() => (window as unknown as InPage).bench.dropped)
    frames.push(shown)
    durable.push(saved)
  }
  return {
    drags: frames.length,
    framesToPaint: median(frames),
    durableMs: round(median(durable)),
    durable95Ms: round(p95(durable)),
  }
}

/** Brings the real posts in through the real screen; waiting for a person is not counted. */
export async function importFolder(
  page: Page,
  folder: string,
): Promise<{ posts: number; seconds: number; readSeconds: number; writeSeconds: number }> {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Bring in posts')
  await page.getByRole('option', { name: 'Bring in posts' }).first().click()
  const folderField = page.getByLabel('Folder of posts')
  await folderField.waitFor({ state: 'attached' })
  await watchImport(page)
  const start = Date.now()
  await folderField.setInputFiles(folder)
  await page.getByRole('button', { name: /^Bring in 509/ }).click()
  const { read, pressed, written } = await page.evaluate(() => (window as unknown as InPage).bench.imported)
  const readSeconds = (read - start) / 1000
  const writeSeconds = (written - pressed) / 1000
  return { posts: 509, seconds: round(readSeconds + writeSeconds), readSeconds, writeSeconds }
}

/** A plan of 206 of the posts just brought in, without the sheets of whole texts: from the last choice until it can be saved. */
export async function handOver(page: Page): Promise<{ posts: number; pages: number; seconds: number }> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Plan to PDF')
  await page.getByRole('option', { name: 'Plan to PDF' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Plan to PDF' })
  const save = dialog.getByRole('button', { name: /Save PDF/ })
  const isMade = () => save.and(dialog.locator(':not([aria-disabled="true"])')).waitFor({ timeout: 90_000 })
  for (const [field, day] of [
    ['From', '2014-06-01'],
    ['To', '2016-03-31'],
  ] as const) {
    await dialog.getByLabel(field, { exact: true }).fill(day)
    await dialog.getByLabel(field, { exact: true }).press('Enter')
  }
  await isMade()
  await dialog.getByRole('checkbox', { name: 'Post sheets' }).click()
  const start = Date.now()
  await isMade()
  const seconds = (Date.now() - start) / 1000
  const made = (await dialog.getByText(/\d+ pages?, .*made here/).textContent()) ?? ''
  return { posts: 206, pages: Number(/(\d+) pages?/.exec(made)?.[1]), seconds: round(seconds) }
}

/** Notes on the page's own clock when the check stands on the screen, when its button is pressed and when the import is told. */
async function watchImport(page: Page): Promise<void> {
  await page.evaluate(() => {
    const drawn = (isThere: () => boolean) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!isThere()) return
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(Date.now())))
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
      })
    const watch = async () => {
      const read = await drawn(() =>
        [...document.querySelectorAll('button')].some(({ textContent }) => /^Bring in 509/.test(textContent)),
      )
      const written = drawn(() =>
        [...document.querySelectorAll('li')].some(({ textContent }) => /Brought in [\d,]+ posts/.test(textContent)),
      )
      const pressed = await new Promise<number>((resolve) =>
        addEventListener('click', () => resolve(Date.now()), { capture: true, once: true }),
      )
      return { read, pressed, written: await written }
    }
    const page = window as unknown as InPage
    page.bench = { ...page.bench, imported: watch() }
  })
}
