/** The plan from data to bytes. Printed twice: the first printing tells which page everything is on. */
import type { Failure } from '../../shared/contract/contract.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { WorkspaceDb } from '../data/db.ts'
import type { Shell } from '../ports/shell.ts'
import { collectPlan } from './collect.ts'
import { type FontFaces, fetchAsset, fontFaces, type ReadAsset } from './fonts.ts'
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
  /** Posts that are left out: they go to practice accounts only. */
  readonly practised: number
  /** Printed sections with the page each begins on, 0 where nothing links to it. */
  readonly sections: readonly { readonly id: SectionId; readonly page: number }[]
}

export type PlanStep = 'reading' | 'numbering' | 'printing'

export interface PlanRun {
  readonly signal?: AbortSignal
  readonly onProgress?: (step: PlanStep) => void
}

const CANCELLED: Failure = { kind: 'cancelled', message: 'Nothing was made.' }
/** After the draft one printing is the rule; numbers of another width could move a line to the next page. */
const MOST_PRINTINGS = 3

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
  const { locale } = WORDS[options.language]
  const first = renderPlan({ data, options, pictures })
  const fonts = await fontFaces(first.html, readAsset)
  const print = (document: PlanDocument, draft: boolean) => {
    const html = withFonts(document.html, fonts)
    return shell.printPdf({ html, title: document.title, language: locale.slice(0, 2), draft })
  }

  let numbers: PageNumbers = new Map()
  if (first.html.includes('href="#')) {
    onProgress?.('numbering')
    const draft = await print(first, true)
    if (!draft.ok) return draft
    if (signal?.aborted) return err(CANCELLED)
    numbers = (await readPlan(draft.value)).places
  }
  for (let printing = 1; ; printing += 1) {
    if (signal?.aborted) return err(CANCELLED)
    onProgress?.('printing')
    const document = renderPlan({ data, options, numbers, pictures })
    const printed = await print(document, false)
    if (!printed.ok) return printed
    if (signal?.aborted) return err(CANCELLED)
    const { pages, places } = await readPlan(printed.value)
    if (sameNumbers(places, numbers)) {
      const { postsOnPages } = document
      return ok({
        bytes: printed.value,
        pages,
        postsOnPages,
        practised: data.practised,
        sections: startsOf(document, places),
      })
    }
    if (printing === MOST_PRINTINGS) throw new Error('The page numbers of the plan do not settle')
    numbers = places
  }
}

/** Puts the faces in, and their letters before everything else: all that is laid out on the screen, nothing that is printed. */
function withFonts(html: string, { css, letters }: FontFaces): string {
  const faces = `<p class="faces">${letters}<b>${letters}</b><i>${letters}</i><u>${letters}</u></p>`
  return html.replace('<style>', () => `<style>${css}`).replace('<body>', () => `<body>${faces}`)
}

const sameNumbers = (a: PageNumbers, b: PageNumbers) =>
  a.size === b.size && [...a].every(([place, page]) => b.get(place) === page)

function startsOf({ sections }: PlanDocument, places: PageNumbers): MadePlan['sections'] {
  const firstMonth = [...places]
    .flatMap(([place, page]) => (place.startsWith('month-') ? [page] : []))
    .sort((a, b) => a - b)[0]
  const pageOf = (id: SectionId, at: number) =>
    (id === 'months' ? firstMonth : places.get(anchors.section(id))) ?? (at === 0 ? 1 : 0)
  return sections.map((id, at) => {
    const next = sections[at + 1]
    // Nothing links to the list of contents; it is one page before what follows it.
    const page = id === 'contents' && next ? Math.max(0, pageOf(next, at + 1) - 1) : pageOf(id, at)
    return { id, page }
  })
}
