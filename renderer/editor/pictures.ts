/** How a picture and a passage of source HTML are drawn inside the editor: plain DOM, so that typing costs nothing. */
import type { AnyExtension, NodeViewRendererProps } from '@tiptap/core'
import styles from './Editor.module.css'
import { HtmlBlock, Picture } from './extensions.ts'

/** Where stored pictures come from. `release` gives the address back when it is no longer shown. */
export interface PictureSource {
  open(mediumId: string): Promise<{ readonly url: string; release(): void } | null>
}

export interface KeptPicture {
  readonly mediumId: string
  readonly src: string
  readonly alt: string
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '')
const IN_TEXT = /^data:image\/(png|jpe?g|gif|webp|avif);base64,/i

/** Pictures on this computer are shown; an address on the web is shown as words, since asking for it would tell someone. */
export const pictureWithView = (source: PictureSource): AnyExtension =>
  Picture.extend({
    addNodeView: () => (props: NodeViewRendererProps) => {
      const dom = document.createElement('span')
      let shown = ''
      let release: (() => void) | null = null
      let gone = false
      const drop = () => {
        release?.()
        release = null
      }
      const showImage = (url: string, alt: string) => {
        const image = document.createElement('img')
        image.src = url
        image.alt = alt
        image.draggable = false
        dom.className = styles.picture ?? ''
        dom.replaceChildren(image)
      }
      const showWords = (attrs: Readonly<Record<string, unknown>>) => {
        const alt = document.createElement('span')
        alt.className = styles.missingAlt ?? ''
        alt.textContent = words(attrs.alt) || 'Picture without a description'
        const address = document.createElement('span')
        address.className = styles.missingAddress ?? ''
        address.textContent = words(attrs.src) || 'Not on this computer'
        dom.className = styles.missing ?? ''
        dom.replaceChildren(alt, address)
      }
      const draw = (attrs: Readonly<Record<string, unknown>>) => {
        const mediumId = words(attrs.mediumId)
        const src = words(attrs.src)
        const wanted = `${mediumId}|${src}`
        const image = dom.querySelector('img')
        if (shown === wanted && image) image.alt = words(attrs.alt)
        if (shown === wanted && (image || mediumId)) return
        shown = wanted
        drop()
        if (!mediumId) return IN_TEXT.test(src) ? showImage(src, words(attrs.alt)) : showWords(attrs)
        void source.open(mediumId).then((opened) => {
          if (gone || shown !== wanted) return opened?.release()
          if (!opened) return showWords(attrs)
          release = () => opened.release()
          showImage(opened.url, words(attrs.alt))
        })
      }
      draw(props.node.attrs)
      return {
        dom,
        update(node) {
          if (node.type !== props.node.type) return false
          draw(node.attrs)
          return true
        },
        destroy() {
          gone = true
          drop()
        },
        ignoreMutation: () => true,
      }
    },
  })

export const htmlBlockWithView = (): AnyExtension =>
  HtmlBlock.extend({
    addNodeView: () => (props: NodeViewRendererProps) => {
      const dom = document.createElement('div')
      dom.className = styles.htmlBlock ?? ''
      const label = document.createElement('span')
      label.className = styles.htmlLabel ?? ''
      label.textContent = 'HTML, kept as it is'
      const code = document.createElement('pre')
      code.textContent = words(props.node.attrs.html).trim()
      dom.append(label, code)
      return { dom, ignoreMutation: () => true }
    },
  })
