/** The reader of PDF files. Loaded when one is first looked at. */
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import type { Still } from './stills.ts'

GlobalWorkerOptions.workerSrc = workerUrl

export type OpenPdf = PDFDocumentProxy

/** Opens bytes; they are copied, since the reader hands them to its worker. */
export const openPdf = (bytes: Uint8Array): Promise<OpenPdf> => getDocument({ data: bytes.slice() }).promise

/** The first page as a picture, at most `longest` pixels on its longer side; null for a file nobody can open (damaged, locked). */
export async function firstPage(bytes: Blob, longest: number): Promise<Still | null> {
  const pdf = await openPdf(new Uint8Array(await bytes.arrayBuffer())).catch((thrown: unknown) => {
    // The reader's own errors all have a name; anything else is a bug.
    if (thrown instanceof Error && thrown.name !== 'Error') return null
    throw thrown
  })
  if (!pdf) return null
  try {
    const page = await pdf.getPage(1)
    const { width, height } = page.getViewport({ scale: 1 })
    const viewport = page.getViewport({ scale: longest / Math.max(width, height) })
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(viewport.width))
    canvas.height = Math.max(1, Math.round(viewport.height))
    await page.render({ canvas, viewport }).promise
    const picture = await createImageBitmap(canvas)
    return { picture, width: Math.round(width), height: Math.round(height), seconds: 0, pages: pdf.numPages }
  } finally {
    await pdf.loadingTask.destroy()
  }
}
