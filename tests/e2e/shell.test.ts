import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from '../support/project.ts'
import { expect, test } from './app.ts'

/** What the page says about itself, from inside. */
const inside = (page: import('@playwright/test').Page) =>
  page.evaluate(async () => {
    const reach = (url: string) =>
      fetch(url, { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'refused',
      )
    return {
      secure: isSecureContext,
      node: 'require' in window || 'process' in window,
      elsewhere: await reach('https://example.org/'),
      thisComputer: await reach('http://127.0.0.1:1/'),
    }
  })

test('the page is alone: no Node, no network', async ({ page }) => {
  expect(await inside(page)).toEqual({
    secure: true,
    node: false,
    elsewhere: 'refused',
    thisComputer: 'refused',
  })
})

test('a frame inside the page gets no answer from the shell', async ({ page }) => {
  const heard = await page.evaluate(async () => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const inner = frame.contentWindow as unknown as { outpostDoor?: (call: string) => void }
    const answers: unknown[] = []
    Object.defineProperty(inner, 'outpostAnswers', { value: (...answer: unknown[]) => answers.push(answer) })
    inner.outpostDoor?.(JSON.stringify({ id: 1, name: 'app:info', args: [] }))
    const { outpostBridge } = window as unknown as {
      outpostBridge: { call(name: string, args: unknown[]): Promise<object> }
    }
    // Asked later, often enough, and answered.
    let own: string[] = []
    for (let asked = 0; asked < 20; asked += 1) own = Object.keys(await outpostBridge.call('app:info', []))
    return { hasDoor: inner.outpostDoor !== undefined, answers, own: own.length > 0 }
  })
  expect(heard).toEqual({ hasDoor: true, answers: [], own: true })
})

test('the window stays with the app, whatever a link says', async ({ page }) => {
  const here = new URL(page.url()).origin
  await page.evaluate(() => {
    location.href = 'https://example.org/'
  })
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'file:///etc/passwd'
    document.body.append(link)
    link.click()
  })
  await expect.poll(() => new URL(page.url()).origin).toBe(here)
  expect(await page.evaluate(() => document.getElementById('root') !== null)).toBe(true)
})

test('the app opens without breaking its own policy and without an error', async ({ app }) => {
  const page = await app.restart()
  const complaints: string[] = []
  page.on('pageerror', (fault) => complaints.push(fault.message))
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text())
  })
  await page.reload()
  await expect(page.getByRole('button').first()).toBeVisible()
  expect(complaints).toEqual([])
})

test('what the page keeps is there after a restart', async ({ app }) => {
  const write = () =>
    new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('restart-test')
      opening.onupgradeneeded = () => opening.result.createObjectStore('kept')
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const writing = opening.result.transaction('kept', 'readwrite', { durability: 'strict' })
        writing.objectStore('kept').put('still here', 'word')
        writing.oncomplete = () => resolve()
      }
    })
  const read = () =>
    new Promise<unknown>((resolve) => {
      const opening = indexedDB.open('restart-test')
      opening.onsuccess = () => {
        const reading = opening.result.transaction('kept').objectStore('kept').get('word')
        reading.onsuccess = () => resolve(reading.result)
      }
    })
  await app.page.evaluate(write)
  const page = await app.restart()
  expect(await page.evaluate(read)).toBe('still here')
})

test('a second Outpost on the same data says so and ends', async ({ app }, info) => {
  test.skip(info.project.name === 'electron', 'Electron shows it in a dialog')
  test.skip(process.platform !== 'linux', 'the display is made up on Linux only')
  const second = promisify(execFile)(
    process.execPath,
    [join(projectRoot, 'electron', 'start.ts'), '--shell', 'chromium', '--data', app.dataFolder],
    { env: { ...process.env, DISPLAY: ':99' } },
  )
  await expect(second).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is already running with the data in'),
  })
})

test('without a display, the start is a sentence with the command that needs none', async () => {
  test.skip(process.platform !== 'linux', 'other systems always have one')
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const start = promisify(execFile)(process.execPath, [join(projectRoot, 'electron', 'start.ts')], { env })
  await expect(start).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/no display.*outpost -- plan/) })
})

test('changes are in the journal file beside the profile', async ({ app }) => {
  await app.page.getByRole('button', { name: 'Start empty' }).click()
  await expect.poll(() => readdirSync(join(app.dataFolder, 'journal')).length).toBeGreaterThan(0)
})
