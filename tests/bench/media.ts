/**
 * The figures of the media library: a thousand pictures brought in while the page stays free, and a library of thirty thousand opened
 * and scrolled. Shaped like the other measures, to be called by the run.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { plainMedium } from '../../shared/domain/medium.ts'
import { median, p95, round, seedWorkspace } from './measures.ts'
import { recordTasks } from './tasks.ts'

const FILES = 30_000
const PICTURES = 1_000

/** A library of an agency's size: rows and small pictures, as they lie there after years. */
function libraryRows() {
  const folders = ['', 'Tarn 28', 'Tarn 28/Studio', 'Mend', 'Mend/Tables', 'Walks', 'Winter']
  const media = Array.from({ length: FILES }, (_, at) =>
    plainMedium({
      id: `medium-${String(at).padStart(5, '0')}`,
      name: `shot-${String(at).padStart(5, '0')}.jpg`,
      type: 'image/jpeg',
      size: 2_000_000 + ((at * 7919) % 4_000_000),
      width: at % 3 ? 4000 : 3000,
      height: at % 3 ? 3000 : 4000,
      hash: `hash-${at}`,
      folder: folders[at % folders.length] ?? '',
      labels: at % 4 === 0 ? ['autumn'] : [],
      rating: at % 6,
      alt: at % 5 ? 'What is to be seen, in a sentence of some length.' : '',
      createdAt: 1_700_000_000_000 + at * 60_000,
    }),
  )
  return { media }
}

/** Small pictures for rows of the library, put by the page itself: bytes do not travel. Call after the rows are there. */
async function seedThumbs(page: Page, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += 3000) {
    await page.evaluate(
      async (part) => {
        const canvas = new OffscreenCanvas(480, 360)
        const pen = canvas.getContext('2d')
        if (!pen) throw new Error('no canvas')
        const pictures = await Promise.all(
          Array.from({ length: 12 }, async (_, hue) => {
            for (let line = 0; line < 60; line += 1) {
              pen.fillStyle = `hsl(${hue * 30 + line} 40% ${30 + line / 2}%)`
              pen.fillRect(0, line * 6, 480, 6)
            }
            return (await canvas.convertToBlob({ type: 'image/webp', quality: 0.78 })).arrayBuffer()
          }),
        )
        const name = (await indexedDB.databases()).find((database) => database.name?.startsWith('outpost-'))?.name ?? ''
        const db = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name)
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
        await new Promise<void>((resolve, reject) => {
          const transaction = db.transaction('thumbs', 'readwrite')
          part.forEach((id, index) => {
            transaction.objectStore('thumbs').put({ id, type: 'image/webp', turn: 0, bytes: pictures[index % 12] })
          })
          transaction.oncomplete = () => resolve()
          transaction.onerror = () => reject(transaction.error)
        })
        db.close()
      },
      ids.slice(at, at + 3000),
    )
  }
}

/**
 * A library of thirty thousand, seeded on a page that shows the welcome: from the press on "Media" until its pictures are painted, by the clock
 * and as the page's own work; medians of a few openings. Then the frames of a long scroll.
 */
export async function measureLibrary(page: Page) {
  const rows = libraryRows()
  await seedWorkspace(page, rows)
  await seedThumbs(
    page,
    rows.media.map(({ id }) => id),
  )
  await page.reload()
  const opened: number[] = []
  const cpu: number[] = []
  for (let turn = 0; turn < 5; turn += 1) {
    await page.getByRole('navigation').getByRole('button', { name: 'Today', exact: true }).click()
    await page.getByRole('heading', { name: /^Media/ }).waitFor({ state: 'detached' })
    const recording = await recordTasks(page)
    opened.push(
      await page.evaluate(async () => {
        const button = [...document.querySelectorAll<HTMLElement>('nav button')].find(
          ({ textContent }) => textContent === 'Media',
        )
        const start = performance.now()
        button?.click()
        await new Promise<void>((resolve) => {
          const look = () => {
            const pictures = document.querySelectorAll<HTMLImageElement>('[data-medium] img')
            if (pictures.length > 8 && [...pictures].slice(0, 8).every(({ complete }) => complete))
              return requestAnimationFrame(() => setTimeout(resolve))
            requestAnimationFrame(look)
          }
          look()
        })
        return performance.now() - start
      }),
    )
    cpu.push((await recording.stop()).reduce((sum, { cpuMs }) => sum + cpuMs, 0))
  }
  const frames = await page.evaluate(async () => {
    const list = document.querySelector('[role="listbox"]')
    if (!list) throw new Error('no list')
    const took: number[] = []
    let last = performance.now()
    for (let step = 0; step < 180; step += 1) {
      list.scrollTop += 90
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const now = performance.now()
      took.push(now - last)
      last = now
    }
    // Far away at once: the pictures there are soon there.
    list.scrollTop = list.scrollHeight / 2
    const jumped = performance.now()
    await new Promise<void>((resolve) => {
      const look = () => {
        const box = list.getBoundingClientRect()
        const inSight = [...list.querySelectorAll<HTMLElement>('[data-medium]')].filter((tile) => {
          const { top, bottom } = tile.getBoundingClientRect()
          return bottom > box.top && top < box.bottom
        })
        if (inSight.length > 0 && inSight.every((tile) => tile.querySelector('img')?.complete)) return resolve()
        requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    return { took, jumpMs: performance.now() - jumped, tiles: list.querySelectorAll('[data-medium]').length }
  })
  return {
    files: FILES,
    openMs: round(median(opened)),
    openCpuMs: round(median(cpu)),
    frameMs: round(median(frames.took)),
    frame95Ms: round(p95(frames.took)),
    jumpMs: round(frames.jumpMs),
    tilesInPage: frames.tiles,
  }
}

/** A folder of pictures as cameras write them: three megapixels each, all of them different. Encoded by the page. */
async function writePictures(page: Page, folder: string, count = PICTURES): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (let at = 0; at < count; at += 20) {
    const made = await page.evaluate(
      async ([from, to]) => {
        const canvas = new OffscreenCanvas(2048, 1536)
        const pen = canvas.getContext('2d')
        if (!pen) throw new Error('no canvas')
        const pictures: string[] = []
        for (let index = from; index < to; index += 1) {
          for (let line = 0; line < 96; line += 1) {
            pen.fillStyle = `hsl(${(index * 7 + line * 3) % 360} 45% ${25 + (line % 50)}%)`
            pen.fillRect(0, line * 16, 2048, 16)
            pen.fillStyle = `hsl(${(index * 11 + line) % 360} 60% 60%)`
            pen.fillRect((index * 37 + line * 61) % 2000, line * 16, 48, 16)
          }
          const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
          const bytes = new Uint8Array(await blob.arrayBuffer())
          let text = ''
          for (let part = 0; part < bytes.length; part += 32_768)
            text += String.fromCharCode(...bytes.subarray(part, part + 32_768))
          pictures.push(btoa(text))
        }
        return pictures
      },
      [at, Math.min(count, at + 20)] as const,
    )
    await Promise.all(
      made.map((text, index) => writeFile(join(folder, `shot-${at + index}.jpg`), Buffer.from(text, 'base64'))),
    )
  }
  return folder
}

/** Drops a file or folder of the disk on the middle of the page, as a file manager does. */
async function drop(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data })
  await session.detach()
}

/**
 * A folder of pictures dropped on the real screen: how long they take, and the longest task of the page meanwhile. On a page that shows
 * the welcome. A folder chosen in the browser's dialog costs one task more, before any line of ours runs: the browser makes its list of
 * all files at once (26 ms of a processor for a thousand, up to 200 by the clock while both cores are busy).
 */
export async function measureAdding(page: Page, folder: string, count = PICTURES) {
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.locator('[data-day]').first().waitFor()
  await writePictures(page, folder, count)
  await page.getByRole('navigation').getByRole('button', { name: 'Media', exact: true }).click()
  await page.getByRole('heading', { name: /^Media/ }).waitFor()
  const recording = await recordTasks(page)
  const start = Date.now()
  await drop(page, folder)
  await page
    .locator('[data-toast]')
    .filter({ hasText: `Added ${count.toLocaleString('en')} files` })
    .waitFor({ timeout: 600_000 })
  const seconds = round((Date.now() - start) / 1000)
  const tasks = await recording.stop()
  return {
    pictures: count,
    seconds,
    longestTaskMs: round(Math.max(...tasks.map(({ ms }) => ms))),
    longestTaskCpuMs: round(Math.max(...tasks.map(({ cpuMs }) => cpuMs))),
    tasksOver100Ms: tasks.filter(({ ms }) => ms > 100).length,
    cpuSeconds: round(tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000),
  }
}
