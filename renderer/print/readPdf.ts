/** Reads a printed plan back, and draws its pages for the preview. Loaded when first needed. */
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import type { ReadPlan } from './makePlan.ts'

GlobalWorkerOptions.workerSrc = workerUrl

export type OpenPdf = PDFDocumentProxy

/** Opens bytes; they are copied, since the reader hands them to its worker. */
export const openPdf = (bytes: Uint8Array): Promise<OpenPdf> => getDocument({ data: bytes.slice() }).promise

/** Pages and where the named places are. */
export async function readPlan(bytes: Uint8Array): Promise<ReadPlan> {
  const pdf = await openPdf(bytes)
  try {
    return { pages: pdf.numPages, places: await placesOf(pdf) }
  } finally {
    await pdf.loadingTask.destroy()
  }
}

/** Named places -> page, counted from 1. */
async function placesOf(pdf: OpenPdf): Promise<ReadonlyMap<string, number>> {
  const places = new Map<string, number>()
  for (const [name, place] of await pdf.getDestinations()) places.set(name, (await pdf.getPageIndex(place[0])) + 1)
  return places
}
