/** The style sheet of a plan: page boxes by its options, values from the tokens, the rest from plan.css. */

import tokensCss from '../styles/tokens.css?raw'
import { PAPER_MM, type PlanOptions } from './options.ts'
import planCss from './plan.css?raw'

/** The families the app carries (fonts.ts), then those of the three systems for alphabets it does not. */
const CARRIED = ['"Noto Sans Arabic"', '"Noto Sans Hebrew"', '"Noto Emoji"', '"Noto Sans SC"', '"Noto Sans KR"']
const FALLBACK = [
  'Inter',
  ...CARRIED,
  '"Segoe UI"',
  '"Noto Sans"',
  '"Nirmala UI"',
  '"Leelawadee UI"',
  'sans-serif',
].join(', ')

/** The paper's part of the tokens; `light-dark()` in them is settled by the page's own colour scheme. */
const tokens = (tokensCss.match(/--(?:paper|print|hue)-[\w-]+:\s*[^;]+;/g) ?? []).join('\n')

const cssText = (text: string) =>
  `"${text
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\n\r\f]+/g, ' ')
    .replace(/</g, '\\3c ')}"`
const box = (name: string, content: string, rule: string) =>
  `@${name} { content: ${content}; font-family: ${FALLBACK}; font-size: 8pt; line-height: 11pt; ${rule} }`
const none = ['top-left', 'top-right', 'bottom-left', 'bottom-right']
  .map((name) => `@${name} { content: none }`)
  .join(' ')

export interface Furniture {
  readonly plan: string
  readonly stamp: string
  readonly foot: string
  readonly page: readonly [before: string, between: string]
  readonly rtl: boolean
}

/** Everything but the fonts, which makePlan puts in front. */
export function planStyles(options: PlanOptions, furniture: Furniture): string {
  const { width, height } = PAPER_MM[options.paper]
  const upright = `${width}mm ${height}mm`
  const turned = `${height}mm ${width}mm`
  const [start, end] = furniture.rtl ? ['right', 'left'] : ['left', 'right']
  const wide = `size: ${turned}; margin: 20mm 12mm 15mm; @top-left { padding-bottom: 4mm } @top-right { padding-bottom: 4mm } @bottom-left { padding-top: 3mm } @bottom-right { padding-top: 3mm }`
  const [before, between] = furniture.page
  return `:root {
${tokens}
--font: ${FALLBACK};
--font-mono: "DejaVu Sans Mono", "Cascadia Mono", Menlo, Consolas, ${CARRIED.join(', ')}, monospace;
--side: ${start};
--accent: ${/^#[0-9a-f]{6}$/i.test(options.accent) ? options.accent : 'var(--paper-accent)'};
}
@page {
size: ${upright}; margin: 24mm 18mm 20mm;
${box(`top-${start}`, cssText(furniture.plan), 'font-weight: 600; color: #171f23; vertical-align: bottom; padding-bottom: 5mm;')}
${box(`top-${end}`, cssText(furniture.stamp), 'color: #444d52; vertical-align: bottom; padding-bottom: 5mm;')}
${box(`bottom-${start}`, cssText(furniture.foot), 'color: #5c6569; vertical-align: top; padding-top: 4mm; width: 78%;')}
${box(`bottom-${end}`, `${cssText(before)} counter(page) ${cssText(between)} counter(pages)`, 'font-weight: 600; color: #171f23; vertical-align: top; padding-top: 4mm; white-space: nowrap;')}
}
@page wide { ${wide} }
@page month { ${options.monthPages === 'landscape' ? wide : ''} }
@page cover { margin: 0; ${none} }
.cover { inline-size: ${width}mm; block-size: ${height}mm; }
${planCss}`
}
