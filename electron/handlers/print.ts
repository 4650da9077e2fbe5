import { ok } from '../../shared/lib/result.ts'
import type { Machine } from './desktop.ts'
import { type Handlers, refused } from './handlers.ts'

/** Printing a document to PDF. */
export const printHandlers = ({ desktop, log }: Machine): Pick<Handlers, 'print:pdf'> => ({
  'print:pdf': async (document) => {
    try {
      return ok({ bytes: (await desktop.printPdf(document)).toString('base64') })
    } catch (error) {
      // The browser's own words help nobody at the desk; they are kept for the one who reads the log.
      log.error('Printing failed', error)
      return refused('failed', 'The document could not be printed. Details are in the log beside your data.')
    }
  },
})
