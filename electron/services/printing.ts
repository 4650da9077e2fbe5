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
