/** Prints documents to PDF. Only a headless browser can, so one is started when needed and kept for a minute. */
import { randomUUID } from 'node:crypto'
import type { BrowserContext } from 'playwright-core'
import { CHROMIUM_ORIGIN } from '../../../shared/contract/contract.ts'
import { createAssets } from '../../services/assets.ts'
import type { Log } from '../../services/log.ts'
import { completeDocument, FONTS_READY, type PrintDocument } from '../../services/printing.ts'
import { launchPrinter, serve } from './launch.ts'

const KEPT_MS = 60_000
/** A year of posts takes seconds; this is for a machine that is busy with something else. */
const LONGEST_MS = 300_000

export interface Printer {
  print(document: PrintDocument): Promise<Buffer>
  close(): Promise<void>
}

interface PrinterOptions {
  readonly executable: string
  readonly noSandbox: boolean
  readonly rendererRoot: string
  readonly log: Log
}

export function createPrinter({ executable, noSandbox, rendererRoot, log }: PrinterOptions): Printer {
  const jobs = new Map<string, string>()
  let running: Promise<BrowserContext> | null = null
  let leaving: NodeJS.Timeout | undefined

  async function start(): Promise<BrowserContext> {
    const context = await launchPrinter(executable, noSandbox)
    await serve(context, createAssets(rendererRoot, jobs), log)
    context.on('close', () => {
      running = null
    })
    return context
  }

  async function close(): Promise<void> {
    clearTimeout(leaving)
    const context = running
    running = null
    await (await context)?.browser()?.close()
  }

  return {
    async print(document) {
      clearTimeout(leaving)
      running ??= start()
      const starting = running
      starting.catch(() => {
        running = null // the caller gets the fault; the next one starts afresh
      })
      const context = await starting
      const id = randomUUID()
      jobs.set(id, completeDocument(document))
      const page = await context.newPage()
      try {
        await page.goto(`${CHROMIUM_ORIGIN}/print/${id}`, { waitUntil: 'load', timeout: LONGEST_MS })
        page.setDefaultTimeout(LONGEST_MS)
        await page.evaluate(FONTS_READY)
        const whole = document.draft !== true
        return await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: whole, outline: whole })
      } finally {
        jobs.delete(id)
        await page.close()
        if (jobs.size === 0) {
          leaving = setTimeout(() => {
            close().catch((error: unknown) => log.error('The printing browser did not end', error))
          }, KEPT_MS)
          leaving.unref()
        }
      }
    },
    close,
  }
}
