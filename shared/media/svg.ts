/**
 * A drawing made safe: read as strict XML, written anew with only what draws. Scripts, handlers, foreign content, style sheets from
 * elsewhere and every address outside the file are gone, because they are never written; what is not well formed is refused, since
 * two readers might see two different things in it. Outpost shows drawings only as pictures, where nothing of that could run; this is
 * for the places a file goes to afterwards.
 */
import { err, ok, type Result } from '../lib/result.ts'
import type { SvgFault } from './refusals.ts'

export interface SafeSvg {
  readonly text: string
  /** User units, rounded; 0 where the drawing does not say. */
  readonly width: number
  readonly height: number
  /** Something was left out. */
  readonly changed: boolean
}

interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: (Element | string)[]
}

const ELEMENTS = new Set(
  (
    'svg g defs symbol use switch path rect circle ellipse line polyline polygon text tspan textPath title desc style image ' +
    'linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix feComponentTransfer feComposite ' +
    'feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR ' +
    'feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence'
  ).split(' '),
)
const ATTRIBUTE = /^(?!on)[a-z][a-z0-9-]*$/i
const DATA_PICTURE = /^data:image\/(png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*$/
const OWN_PART = /^#[^\s"'()\\]+$/

const MOST_DEPTH = 200
/** Elements that are drawn, parts counted as often as they are used: a few nested uses can ask for millions. */
const MOST_DRAWN = 200_000

/** Reads a drawing and writes it anew. */
export function safeSvg(source: string): Result<SafeSvg, SvgFault> {
  const read = parse(source.replace(/^\ufeff/, ''))
  if (!read.ok) return read
  const { root, dropped } = read.value
  const cleaner = new Cleaner()
  const drawing = cleaner.clean(root)
  if (drawing.name !== 'svg') return err('no-drawing')
  if (drawnBy(drawing) > MOST_DRAWN) return err('too-complicated')
  const [width, height] = sizeOf(drawing)
  return ok({ text: write(drawing), width, height, changed: dropped || cleaner.changed })
}

const NAME = /[A-Za-z_][\w.:-]*/y
const SPACE = /\s*/y
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Strict XML without declared entities. Comments, instructions and a plain doctype are passed over. */
function parse(source: string): Result<{ root: Element; dropped: boolean }, SvgFault> {
  const open: Element[] = []
  let root: Element | null = null
  let at = 0
  let dropped = false

  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const found = pattern.exec(source)?.[0] ?? ''
    at += found.length
    return found
  }
  const past = (mark: string): boolean => {
    const end = source.indexOf(mark, at)
    at = end < 0 ? source.length : end + mark.length
    return end >= 0
  }
  /** Adds words to what is open; outside of the drawing only spaces may stand. */
  const addText = (words: string): boolean => {
    if (words !== '') open.at(-1)?.children.push(words)
    return open.length > 0 || words.trim() === ''
  }

  while (at < source.length) {
    if (source[at] !== '<') {
      const end = source.indexOf('<', at)
      const words = resolved(source.slice(at, end < 0 ? source.length : end))
      if (words === null) return err('entities')
      if (!addText(words)) return err('not-well-formed')
      at = end < 0 ? source.length : end
    } else if (source.startsWith('<!--', at)) {
      if (!past('-->')) return err('not-well-formed')
    } else if (source.startsWith('<![CDATA[', at)) {
      const from = at + 9
      if (!past(']]>') || !addText(source.slice(from, at - 3))) return err('not-well-formed')
    } else if (source.startsWith('<?', at)) {
      dropped ||= !source.startsWith('<?xml ', at)
      if (!past('?>')) return err('not-well-formed')
    } else if (/^<!doctype/i.test(source.slice(at, at + 9))) {
      const from = at
      if (root || !past('>')) return err('not-well-formed')
      if (source.slice(from, at).includes('[')) return err('entities')
    } else if (source[at + 1] === '/') {
      at += 2
      const name = take(NAME)
      take(SPACE)
      if (open.pop()?.name !== name || source[at] !== '>') return err('not-well-formed')
      at += 1
    } else {
      at += 1
      const name = take(NAME)
      const attributes = new Map<string, string>()
      for (;;) {
        const gap = take(SPACE)
        const end = source[at]
        if (end === '>' || end === '/') break
        const key = take(NAME)
        take(SPACE)
        if (gap === '' || key === '' || source[at] !== '=' || attributes.has(key)) return err('not-well-formed')
        at += 1
        take(SPACE)
        const quote = source[at]
        const close = quote === '"' || quote === "'" ? source.indexOf(quote, at + 1) : -1
        const raw = source.slice(at + 1, Math.max(close, 0))
        if (close < 0 || raw.includes('<')) return err('not-well-formed')
        const value = resolved(raw)
        if (value === null) return err('entities')
        attributes.set(key, value)
        at = close + 1
      }
      if (name === '') return err('not-well-formed')
      const element: Element = { name, attributes, children: [] }
      if (open.length === 0 && root) return err('not-well-formed')
      open.at(-1)?.children.push(element)
      root ??= element
      if (source[at] === '/') at += 1
      else open.push(element)
      if (source[at] !== '>') return err('not-well-formed')
      at += 1
      if (open.length > MOST_DEPTH) return err('too-complicated')
    }
  }
  if (open.length > 0) return err('not-well-formed')
  return root ? ok({ root, dropped }) : err('no-drawing')
}

/** Words with their references resolved; null for one that is not known to every reader. */
function resolved(words: string): string | null {
  let known = true
  const plain = words.replace(/&([^;&\s]*);?/g, (whole, name: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const point = code ? Number.parseInt(code[1] ?? code[2] ?? '', code[1] ? 16 : 10) : Number.NaN
    if (whole.endsWith(';') && point > 0 && point <= 0x10ffff) return String.fromCodePoint(point)
    const entity = whole.endsWith(';') && Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined
    known &&= entity !== undefined
    return entity ?? ''
  })
  return known ? plain : null
}

/** Keeps what draws. */
class Cleaner {
  changed = false

  clean({ name, attributes, children }: Element): Element {
    const kept = new Map<string, string>()
    for (const [key, value] of attributes) {
      const clean = this.attribute(name, key, value)
      if (clean !== value) this.changed = true
      if (clean !== null) kept.set(key === 'xlink:href' ? 'href' : key, clean)
    }
    if (name === 'style') return { name, attributes: kept, children: [this.css(children)] }
    const inside = children.flatMap((child): (Element | string)[] => {
      if (typeof child === 'string') return [child]
      if (ELEMENTS.has(child.name)) return [this.clean(child)]
      this.changed = true
      return []
    })
    return { name, attributes: kept, children: inside }
  }

  /** The value to be written; null for an attribute that is left out. */
  private attribute(element: string, key: string, value: string): string | null {
    // Names of namespaces say nothing to a drawing; the one it needs is written with it.
    if (key === 'xmlns' || key.startsWith('xmlns:')) return value
    if (key === 'xml:space') return value
    if (key === 'href' || key === 'xlink:href') {
      if (OWN_PART.test(value)) return value
      return element === 'image' && DATA_PICTURE.test(value) ? value : null
    }
    if (!ATTRIBUTE.test(key)) return null
    return key === 'style' ? safeCss(value) : isSafeCss(value) ? value : null
  }

  private css(children: Element['children']): string {
    const source = children.filter((child) => typeof child === 'string').join('')
    const clean = safeCss(source)
    if (clean !== source) this.changed = true
    return clean
  }
}

/** CSS that asks for nothing outside. Escapes can spell any word, so a sheet that has them is emptied. */
function safeCss(css: string): string {
  const plain = css.replace(/\/\*[\s\S]*?(\*\/|$)/g, ' ')
  if (plain.includes('\\')) return ''
  const clean = plain
    .replace(/@(?!media\b)[a-z-]+[^;{}]*(;|\{[^{}]*\}|$)/gi, ' ')
    .replace(/url\(\s*(["']?)([^"')]*)\1\s*\)/gi, (whole, _quote, target: string) =>
      OWN_PART.test(target.trim()) ? whole : 'none',
    )
  return isSafeCss(clean) ? clean : ''
}

/** Every `url(` names a part of the same file, and nothing else fetches or runs. */
const isSafeCss = (css: string): boolean =>
  !/@import|image-set|expression\s*\(|javascript:|-moz-binding|behavior\s*:|\\/i.test(css) &&
  [...css.matchAll(/url\s*\(/gi)].length === [...css.matchAll(/url\(\s*(["']?)#[^\s"'()\\]+\1\s*\)/gi)].length

/** Elements drawn in all. Infinity when a part uses itself. */
function drawnBy(drawing: Element): number {
  const parts = new Map<string, Element>()
  const collect = (element: Element) => {
    const id = element.attributes.get('id')
    if (id && !parts.has(id)) parts.set(id, element)
    for (const child of element.children) if (typeof child !== 'string') collect(child)
  }
  collect(drawing)
  const known = new Map<Element, number>()
  const weigh = (element: Element): number => {
    const before = known.get(element)
    if (before !== undefined) return before
    known.set(element, Number.POSITIVE_INFINITY)
    let sum = 1
    for (const child of element.children) if (typeof child !== 'string') sum += weigh(child)
    for (const [key, value] of element.attributes)
      for (const id of key === 'href'
        ? [value.slice(1)]
        : [...value.matchAll(/url\(\s*["']?#([^\s"'()]+)/gi)].map(([, named]) => named ?? '')) {
        const part = parts.get(id)
        if (part) sum += weigh(part)
      }
    known.set(element, sum)
    return sum
  }
  return weigh(drawing)
}

function sizeOf({ attributes }: Element): [number, number] {
  const length = (value: string | undefined) => {
    const found = /^\s*(\d+(?:\.\d+)?)(px)?\s*$/.exec(value ?? '')
    return found ? Math.round(Number(found[1])) : 0
  }
  const [, , boxWidth = 0, boxHeight = 0] = (attributes.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const box = (value: number) => (Number.isFinite(value) && value > 0 ? Math.round(value) : 0)
  const [width, height] = [length(attributes.get('width')), length(attributes.get('height'))]
  return width > 0 && height > 0 ? [width, height] : [box(boxWidth), box(boxHeight)]
}

const escapeText = (words: string) => words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const escapeValue = (words: string) =>
  escapeText(words)
    .replace(/"/g, '&quot;')
    .replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function write({ name, attributes, children }: Element, isRoot = true): string {
  const own = [...attributes].filter(([key]) => !key.startsWith('xmlns'))
  const all = isRoot ? [['xmlns', 'http://www.w3.org/2000/svg'] as const, ...own] : own
  const head = `<${name}${all.map(([key, value]) => ` ${key}="${escapeValue(value)}"`).join('')}`
  if (children.length === 0) return `${head}/>`
  return `${head}>${children.map((child) => (typeof child === 'string' ? escapeText(child) : write(child, false))).join('')}</${name}>`
}
