/** Prints documents to PDF in a window nobody sees, without scripts and in a session of its own. */
import { randomUUID } from 'node:crypto'
import { BrowserWindow, session } from 'electron'
import { ELECTRON_ORIGIN } from '../../../shared/contract/contract.ts'
import { createAssets } from '../../services/assets.ts'
import { completeDocument, FONTS_READY, type PrintDocument } from '../../services/printing.ts'
import { guardSession } from './guard.ts'
import { serveScheme } from './protocol.ts'

export function createPrinter(rendererRoot: string): (document: PrintDocument) => Promise<Buffer> {
  const jobs = new Map<string, string>()
  const printing = session.fromPartition('printing') // without "persist:" it lives in memory
  guardSession(printing)
  serveScheme(printing, createAssets(rendererRoot, jobs))
  return async (document) => {
    const id = randomUUID()
    jobs.set(id, completeDocument(document))
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: printing,
        javascript: false,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
      },
    })
    try {
      await window.loadURL(`${ELECTRON_ORIGIN}/print/${id}`)
      window.webContents.debugger.attach()
      await window.webContents.debugger.sendCommand('Runtime.evaluate', { expression: FONTS_READY, awaitPromise: true })
      window.webContents.debugger.detach()
      return await window.webContents.printToPDF({
        preferCSSPageSize: true,
        printBackground: true,
        generateTaggedPDF: document.draft !== true,
        generateDocumentOutline: document.draft !== true,
      })
    } finally {
      jobs.delete(id)
      window.destroy()
    }
  }
}
