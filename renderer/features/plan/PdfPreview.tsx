import { ChevronLeft, ChevronRight, Minus, Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { OpenPdf } from '../../data/media/pdf.ts'
import { Button, cx, IconButton } from '../../ui/index.ts'
import styles from './PlanDialog.module.css'

/** CSS pixels to a PDF point at 100 %. */
const PX = 96 / 72
const ZOOMS = [0.5, 0.75, 1, 1.5, 2]
const THUMB_HEIGHT = 84

const before = (page: number) => page - 1
const after = (page: number) => page + 1
const PAGE_KEYS: Readonly<Record<string, (page: number, count: number) => number>> = {
  ArrowLeft: before,
  ArrowUp: before,
  PageUp: before,
  ArrowRight: after,
  ArrowDown: after,
  PageDown: after,
  Home: () => 1,
  End: (_, count) => count,
}

interface PdfPreviewProps {
  readonly bytes: Uint8Array
  /** Name of the part a page belongs to. */
  readonly nameOf: (page: number) => string
}

/** The very file, page by page. Arrow keys and Page Up/Down turn, Home and End jump, + and - zoom, 0 fits. */
export function PdfPreview({ bytes, nameOf }: PdfPreviewProps) {
  const pdf = usePdf(bytes)
  const [chosen, setPage] = useState(1)
  const [zoom, setZoom] = useState<number | null>(null)
  const count = pdf?.numPages ?? 0
  const page = Math.min(chosen, Math.max(1, count))
  const turn = (to: number) => setPage(Math.max(1, Math.min(count, to)))
  const step = (by: 1 | -1) => {
    const at = zoom ?? 1
    setZoom((by > 0 ? ZOOMS.find((size) => size > at) : ZOOMS.findLast((size) => size < at)) ?? at)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    const target = PAGE_KEYS[key]?.(page, count)
    const zooms = key === '+' || key === '=' || key === '-' || key === '0'
    if ((target === undefined && !zooms) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (target !== undefined) turn(target)
    else if (key === '0') setZoom(null)
    else step(key === '-' ? -1 : 1)
  }
  if (!pdf) return <div className={styles.stage} />
  return (
    <>
      <div className={styles.previewHead}>
        <p className={styles.previewTitle}>
          <strong>{nameOf(page)}</strong> page {page}, as it will print
        </p>
        <IconButton icon={Minus} label="Smaller" size="sm" onClick={() => step(-1)} />
        <Button size="sm" variant="ghost" pressed={zoom === null} onClick={() => setZoom(null)}>
          {zoom === null ? 'Fit' : `${zoom * 100} %`}
        </Button>
        <IconButton icon={Plus} label="Larger" size="sm" onClick={() => step(1)} />
        <IconButton icon={ChevronLeft} label="Previous page" size="sm" onClick={() => turn(page - 1)} />
        <span className={styles.pageOf} aria-live="polite">
          {page} of {count}
        </span>
        <IconButton icon={ChevronRight} label="Next page" size="sm" onClick={() => turn(page + 1)} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, and the keys turn the page */}
      <section className={styles.stage} tabIndex={0} aria-label="Preview" onKeyDown={onKeyDown}>
        <PageCanvas pdf={pdf} page={page} zoom={zoom} name={`${nameOf(page)}, page ${page} of ${count}`} />
      </section>
      <div className={styles.strip} role="toolbar" aria-label="Pages" onKeyDown={onKeyDown}>
        {Array.from({ length: count }, (_, at) => at + 1).map((number) => (
          <Thumb
            key={number}
            pdf={pdf}
            page={number}
            name={nameOf(number)}
            current={number === page}
            onPick={() => setPage(number)}
          />
        ))}
      </div>
    </>
  )
}

/** Opens the bytes; the file before stays open until the next one is. */
function usePdf(bytes: Uint8Array): OpenPdf | null {
  const [pdf, setPdf] = useState<OpenPdf | null>(null)
  useEffect(() => {
    let left = false
    let opened: OpenPdf | null = null
    void (async () => {
      const { openPdf } = await import('../../data/media/pdf.ts')
      const next = await openPdf(bytes)
      if (left) return void next.loadingTask.destroy()
      opened = next
      setPdf(next)
    })()
    return () => {
      left = true
      // A canvas may still be drawing from it.
      const done = opened
      if (done) setTimeout(() => void done.loadingTask.destroy(), 1000)
    }
  }, [bytes])
  return pdf
}

function useDrawing(pdf: OpenPdf, page: number, scaleFor: (width: number, height: number) => number, wanted: boolean) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scaleOf = useRef(scaleFor)
  scaleOf.current = scaleFor
  const fingerprint = scaleFor(600, 800)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the fingerprint stands for the scale
  useEffect(() => {
    if (!wanted) return
    let task: { cancel(): void } | null = null
    let left = false
    void (async () => {
      const sheet = await pdf.getPage(page)
      const paper = sheet.getViewport({ scale: 1 })
      const scale = scaleOf.current(paper.width, paper.height)
      const dots = window.devicePixelRatio || 1
      const viewport = sheet.getViewport({ scale: scale * dots })
      const target = canvas.current
      if (!target || left) return
      target.width = Math.round(viewport.width)
      target.height = Math.round(viewport.height)
      target.style.inlineSize = `${viewport.width / dots}px`
      target.style.blockSize = `${viewport.height / dots}px`
      const drawing = sheet.render({ canvas: target, viewport })
      task = drawing
      await drawing.promise
    })().catch((fault: unknown) => {
      // Turning the page stops the drawing of the one before; a file that was replaced meanwhile is gone.
      if (!left) throw fault
    })
    return () => {
      left = true
      task?.cancel()
    }
  }, [pdf, page, fingerprint, wanted])
  return canvas
}

function PageCanvas({ pdf, page, zoom, name }: { pdf: OpenPdf; page: number; zoom: number | null; name: string }) {
  const [room, setRoom] = useState({ width: 0, height: 0 })
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const stage = box.current?.parentElement
    if (!stage) return
    const watch = new ResizeObserver(() => setRoom({ width: stage.clientWidth - 48, height: stage.clientHeight - 32 }))
    watch.observe(stage)
    return () => watch.disconnect()
  }, [])
  const scale = (width: number, height: number) =>
    zoom === null ? Math.min(room.width / width, room.height / height) : zoom * PX
  const canvas = useDrawing(pdf, page, scale, room.width > 0)
  return (
    <div ref={box} className={styles.paper}>
      <canvas ref={canvas} role="img" aria-label={name} />
    </div>
  )
}

function Thumb({
  pdf,
  page,
  name,
  current,
  onPick,
}: {
  pdf: OpenPdf
  page: number
  name: string
  current: boolean
  onPick: () => void
}) {
  const button = useRef<HTMLButtonElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (!button.current) return
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), { rootMargin: '200px' })
    watch.observe(button.current)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    if (current) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  const canvas = useDrawing(pdf, page, (_, height) => THUMB_HEIGHT / height, seen)
  return (
    <button
      ref={button}
      type="button"
      className={cx(styles.thumb, current && styles.current)}
      aria-current={current ? 'page' : undefined}
      tabIndex={current ? 0 : -1}
      onClick={onPick}
    >
      <canvas ref={canvas} />
      <span>{`${page} ${name}`}</span>
    </button>
  )
}
