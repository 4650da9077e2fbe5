/** What both shells do to a document before they print it. */
import type { ArgsOf } from '../../shared/contract/contract.ts'

export type PrintDocument = ArgsOf<'print:pdf'>[0]

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A whole document from what the page sent: a fragment gets a head with its title and language, a document stays as it is. */
export function completeDocument({ html, title, language }: PrintDocument): string {
  if (/^\s*<!doctype html/i.test(html)) return html
  return `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body>${html}</body></html>`
}

/**
 * Lays a document out and waits for its fonts. A page may be loaded before it was ever laid out, and only layout asks for fonts:
 * printed at that moment, words whose face is still on its way are left white. The debugger's own evaluation runs where scripts
 * of the page do not.
 */
export const FONTS_READY = 'document.body.offsetHeight, document.fonts.ready.then(() => null)'
