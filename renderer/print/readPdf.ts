/** Reads a printed plan back. Loaded when first needed. */
import { type OpenPdf, openPdf } from '../data/media/pdf.ts'
import type { ReadPlan } from './makePlan.ts'

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
