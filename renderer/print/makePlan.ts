/** The plan from data to bytes. Printed twice: the first printing tells which page everything is on. */
import type { Failure } from '../../shared/contract/contract.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { WorkspaceDb } from '../data/db.ts'
import type { Shell } from '../ports/shell.ts'
import { collectPlan } from './collect.ts'
import { fetchAsset, fontFaces, type ReadAsset } from './fonts.ts'
import type { PlanOptions, SectionId } from './options.ts'
import { pictureAddresses, type Shrink, shrinkInPage } from './pictures.ts'
import { anchors, type PageNumbers } from './pieces.tsx'
import { type PlanDocument, renderPlan } from './render.tsx'
import { WORDS } from './words.ts'

export interface ReadPlan {
  readonly pages: number
  /** Named places -> page, counted from 1. */
  readonly places: PageNumbers
}

export interface PlanDeps {
  readonly db: WorkspaceDb
  readonly shell: Pick<Shell, 'printPdf'>
  readonly workspace: string
  readonly now: () => Instant
  readonly readAsset?: ReadAsset
  readonly shrink?: Shrink
  /** Reads a printed plan back. */
  readonly readPlan?: (bytes: Uint8Array) => Promise<ReadPlan>
}

export interface MadePlan {
  readonly bytes: Uint8Array
  readonly pages: number
  /** Distinct posts on the pages; equal to those in range, else making it throws. */
  readonly postsOnPages: number
  /** Printed sections with the page each begins on, 0 where nothing links to it. */
  readonly sections: readonly { readonly id: SectionId; readonly page: number }[]
}

export interface PlanRun {
  readonly signal?: AbortSignal
  readonly onProgress?: (step: 'reading' | 'printing' | 'numbering') => void
}

const CANCELLED: Failure = { kind: 'cancelled', message: 'Nothing was made.' }
/** Numbers of another width could move a line to the next page; twice is the rule, more is the exception. */
const MOST_PRINTINGS = 4

const readInPage = async (bytes: Uint8Array): Promise<ReadPlan> => (await import('./readPdf.ts')).readPlan(bytes)

/** Makes the PDF. Refusals are those of the shell, and `cancelled`. */
export async function makePlan(
  deps: PlanDeps,
  options: PlanOptions,
  { signal, onProgress }: PlanRun = {},
): Promise<Result<MadePlan, Failure>> {
  const { db, shell, workspace, now, readAsset = fetchAsset, shrink = shrinkInPage, readPlan = readInPage } = deps
  onProgress?.('reading')
  const data = await collectPlan(db, options, { workspace, now: now() })
  if (signal?.aborted) return err(CANCELLED)
  const pictures = await pictureAddresses(data.pictures, shrink)
  let numbers: PageNumbers = new Map()
  let fonts = ''
  for (let printing = 1; ; printing += 1) {
    if (signal?.aborted) return err(CANCELLED)
    onProgress?.(printing === 1 ? 'printing' : 'numbering')
    const document: PlanDocument = renderPlan({ data, options, numbers, pictures })
    fonts ||= await fontFaces(document.html, readAsset)
    const printed = await shell.printPdf({
      html: document.html.replace('<style>', () => `<style>${fonts}`),
      title: document.title,
      language: WORDS[options.language].locale.slice(0, 2),
    })
    if (!printed.ok) return printed
    if (signal?.aborted) return err(CANCELLED)
    const read = await readPlan(printed.value)
    if (sameNumbers(read.places, numbers))
      return ok({
        bytes: printed.value,
        pages: read.pages,
        postsOnPages: document.postsOnPages,
        sections: startsOf(document, read.places),
      })
    if (printing === MOST_PRINTINGS) throw new Error('The page numbers of the plan do not settle')
    numbers = read.places
  }
}

const sameNumbers = (a: PageNumbers, b: PageNumbers) =>
  a.size === b.size && [...a].every(([place, page]) => b.get(place) === page)

function startsOf({ sections }: PlanDocument, places: PageNumbers): MadePlan['sections'] {
  const firstMonth = Math.min(...[...places].flatMap(([place, page]) => (place.startsWith('month-') ? [page] : [])))
  return sections.map((id, at) => {
    const linked = id === 'months' && Number.isFinite(firstMonth) ? firstMonth : places.get(anchors.section(id))
    return { id, page: linked ?? (at === 0 ? 1 : 0) }
  })
}
