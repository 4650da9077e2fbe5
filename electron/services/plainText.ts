/** What others wrote as HTML, as text: a hostile page is text here, and nothing of it is run or loaded. */
import { decodeHTMLStrict } from 'entities/decode'

/** Entities as letters, control characters and runs of space as one space. */
export const plainOfAttribute = (text: string): string =>
  decodeHTMLStrict(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s\uFFFD]+/gu, ' ')
    .trim()

/** The text of a piece of HTML, its paragraphs and lines kept. */
export const plainOfHtml = (html: string): string =>
  decodeHTMLStrict(
    html
      .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?<br\b[^<>]*> ?/gi, '\n')
      .replace(/<\/(?:p|div|li|blockquote|h[1-6]|pre)\s*>\s*/gi, '\n\n')
      .replace(/<[^<>]*>/g, ''),
  )
    .replace(/\n{3,}/g, '\n\n')
    .trim()
