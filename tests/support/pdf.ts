/** Printing in a real browser as the shells do, and reading the file back as a viewer does. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { StructTreeContent, StructTreeNode, TextItem } from 'pdfjs-dist/types/src/display/api.d.ts'
import { findBrowser } from '../../electron/services/browser.ts'
import { silentLog } from '../../electron/services/log.ts'
import { thisHost, withoutSandbox } from '../../electron/services/sandbox.ts'
import { createPrinter } from '../../electron/shells/chromium/printer.ts'
import type { PlanDeps, ReadPlan } from '../../renderer/print/makePlan.ts'
import { err, ok } from '../../shared/lib/result.ts'
import { projectRoot } from './project.ts'

const require = createRequire(import.meta.url)
const pdfjsFolder = dirname(require.resolve('pdfjs-dist/package.json'))
const pdfjs = (): Promise<typeof import('pdfjs-dist')> => import('pdfjs-dist/legacy/build/pdf.mjs')

export interface Bookmark {
  readonly title: string
  readonly page: number
  readonly items: readonly Bookmark[]
}

export interface PdfPage {
  /** Text in the order of the file, runs joined as a viewer copies them. */
  readonly text: string
  /** Words of a run -> where its box begins, in points from the left edge. */
  readonly lefts: ReadonlyMap<string, number>
  /** points */
  readonly width: number
  readonly height: number
  /** Roles of the tags on the page, in reading order; empty unless asked for. */
  readonly tags: readonly string[]
}

export interface ReadPdf {
  readonly pages: readonly PdfPage[]
  readonly text: string
  readonly bookmarks: readonly Bookmark[]
  readonly marked: boolean
  readonly title: string
  readonly language: string
  readonly places: ReadonlyMap<string, number>
}

const open = async (bytes: Uint8Array) => {
  const { getDocument } = await pdfjs()
  return getDocument({
    data: bytes.slice(),
    standardFontDataUrl: `${join(pdfjsFolder, 'standard_fonts')}/`,
    cMapUrl: `${join(pdfjsFolder, 'cmaps')}/`,
    verbosity: 0,
  }).promise
}
type Pdf = Awaited<ReturnType<typeof open>>
type Ref = Parameters<Pdf['getPageIndex']>[0]

/** What makePlan asks of a reader, over the build for Node. */
export async function readPlaces(bytes: Uint8Array): Promise<ReadPlan> {
  const pdf = await open(bytes)
  const places = new Map<string, number>()
  for (const [name, place] of await pdf.getDestinations()) places.set(name, (await pdf.getPageIndex(place[0])) + 1)
  const read = { pages: pdf.numPages, places }
  await pdf.loadingTask.destroy()
  return read
}

/** `tags`: also reads the tags, which takes longer than everything else. */
export async function readPdf(bytes: Uint8Array, tags = false): Promise<ReadPdf> {
  const pdf = await open(bytes)
  const pages: PdfPage[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    const runs = items.filter((item): item is TextItem => 'str' in item)
    const view = page.getViewport({ scale: 1 })
    pages.push({
      text: runs.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join(''),
      lefts: new Map(runs.map(({ str, transform }) => [str, Number(transform[4])])),
      width: view.width,
      height: view.height,
      tags: tags ? rolesOf(await page.getStructTree()) : [],
    })
  }
  const { info } = await pdf.getMetadata()
  const facts = info as { Title?: string; Language?: string }
  const outline = await pdf.getOutline()
  const read: ReadPdf = {
    pages,
    text: pages.map(({ text }) => text).join('\n'),
    bookmarks: await bookmarksOf(pdf, outline ?? []),
    marked: ((await pdf.getMarkInfo()) as unknown as ReadonlyMap<string, boolean> | null)?.get('Marked') === true,
    title: facts.Title ?? '',
    language: facts.Language ?? '',
    places: (await readPlaces(bytes)).places,
  }
  await pdf.loadingTask.destroy()
  return read
}

function rolesOf(node: StructTreeNode | StructTreeContent | null): string[] {
  if (!node || !('children' in node)) return []
  return [node.role, ...node.children.flatMap(rolesOf)]
}

type Outline = Awaited<ReturnType<Pdf['getOutline']>>
async function bookmarksOf(pdf: Pdf, items: Outline): Promise<Bookmark[]> {
  const found: Bookmark[] = []
  for (const item of items) {
    const place = typeof item.dest === 'string' ? await pdf.getDestination(item.dest) : item.dest
    const page = place ? (await pdf.getPageIndex(place[0] as Ref)) + 1 : 0
    found.push({ title: item.title, page, items: await bookmarksOf(pdf, item.items) })
  }
  return found
}

/** The words of a page without regard to where lines end. */
export const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

function fileOf(url: string): string {
  const [path = ''] = url.split('?')
  const outside = path.replace(/^\/@fs(?=\/)/, '')
  return outside !== path && !outside.startsWith(projectRoot)
    ? outside
    : join(projectRoot, outside.replace(projectRoot, ''))
}

export interface PrintPress {
  readonly deps: Pick<PlanDeps, 'shell' | 'readAsset' | 'readPlan' | 'shrink'>
  /** Documents sent to it. */
  readonly documents: string[]
  close(): Promise<void>
}

/** The chromium shell's printer, and what stands in for the page around it. */
export async function aPrintPress(): Promise<PrintPress> {
  const executable = await findBrowser()
  if (executable === null) throw new Error('No browser found. `npm test` fetches one.')
  const printer = createPrinter({
    executable,
    noSandbox: withoutSandbox(thisHost()),
    rendererRoot: join(projectRoot, 'out', 'renderer'),
    log: silentLog,
  })
  const documents: string[] = []
  return {
    documents,
    deps: {
      shell: {
        async printPdf(document) {
          documents.push(document.html)
          try {
            return ok(new Uint8Array(await printer.print(document)))
          } catch (error) {
            return err({ kind: 'failed', message: String(error) })
          }
        },
      },
      // Vite names files by their path below the project, those of a linked folder of packages by where they really lie.
      readAsset: async (url) => new Uint8Array(await readFile(fileOf(url))),
      readPlan: readPlaces,
      shrink: async () => null,
    },
    close: () => printer.close(),
  }
}
