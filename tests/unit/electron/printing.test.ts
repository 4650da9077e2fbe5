/**
 * That a document is printed only when its fonts are there. Chromium loads the faces of a visible line before it says "load" on
 * nearly every run, so a real printing is right by luck too; what is checked here is the order of calls, which luck cannot mend.
 */
import { describe, expect, it, vi } from 'vitest'
import { silentLog } from '../../../electron/services/log.ts'
import { FONTS_READY } from '../../../electron/services/printing.ts'
import { createPrinter as createChromiumPrinter } from '../../../electron/shells/chromium/printer.ts'
import { createPrinter as createElectronPrinter } from '../../../electron/shells/electron/printer.ts'

const press = vi.hoisted(() => {
  const steps: string[] = []
  return {
    steps,
    /** A step that takes a while: begun and ended are two entries. */
    slowly: async (step: string) => {
      steps.push(`${step} begun`)
      await new Promise((resolve) => setTimeout(resolve, 20))
      steps.push(`${step} ended`)
    },
    print: async () => {
      steps.push('printed')
      return Buffer.from('%PDF')
    },
  }
})

vi.mock('../../../electron/shells/chromium/launch.ts', () => ({
  serve: async () => undefined,
  launchPrinter: async () => ({
    on: () => undefined,
    browser: () => null,
    newPage: async () => ({
      goto: () => press.slowly('load'),
      setDefaultTimeout: () => undefined,
      evaluate: (expression: string) => press.slowly(expression),
      pdf: press.print,
      close: async () => undefined,
    }),
  }),
}))
vi.mock('../../../electron/shells/electron/guard.ts', () => ({ guardSession: () => undefined }))
vi.mock('../../../electron/shells/electron/protocol.ts', () => ({ serveScheme: () => undefined }))
vi.mock('electron', () => ({
  session: { fromPartition: () => ({}) },
  BrowserWindow: class {
    webContents = {
      debugger: {
        attach: () => undefined,
        detach: () => undefined,
        sendCommand: async (
          _name: string,
          { expression, awaitPromise }: { expression: string; awaitPromise: boolean },
        ) => {
          const answer = press.slowly(expression)
          return awaitPromise ? answer : undefined
        },
      },
      printToPDF: press.print,
    }
    loadURL = () => press.slowly('load')
    destroy = () => undefined
  },
}))

const document = { html: '<p>Words</p>', title: 'Plan', language: 'en' }
const inOrder = ['load begun', 'load ended', `${FONTS_READY} begun`, `${FONTS_READY} ended`, 'printed']

describe('a document is loaded, its fonts are awaited, then it is printed', () => {
  it('by the chromium shell', async () => {
    press.steps.length = 0
    const printer = createChromiumPrinter({ executable: '', noSandbox: false, rendererRoot: '', log: silentLog })
    await printer.print(document)
    await printer.close()
    expect(press.steps).toEqual(inOrder)
  })

  it('by Electron', async () => {
    press.steps.length = 0
    await createElectronPrinter('')(document)
    expect(press.steps).toEqual(inOrder)
  })

  it('where asking for the fonts lays the page out first', () => {
    expect(FONTS_READY).toMatch(/offsetHeight.*document\.fonts\.ready/)
  })
})
