/** What a notification of the system is here: it is shown, and may be clicked. */
export interface Notice {
  on(event: 'click' | 'close', listener: () => void): unknown
  show(): void
}

/** More than this stand nowhere, and the oldest are let go of. */
const MOST = 50

/** Shows notices, and keeps them until they are clicked or closed: one that nobody holds is collected, and its click lost. */
export function createNotices(
  make: (words: { readonly title: string; readonly body: string }) => Notice,
  clicked: (target: string) => void,
) {
  const shown = new Set<Notice>()
  return {
    show(title: string, body: string, target: string): void {
      const notice = make({ title, body })
      notice.on('click', () => {
        shown.delete(notice)
        clicked(target)
      })
      notice.on('close', () => shown.delete(notice))
      shown.add(notice)
      const [oldest] = shown
      if (oldest && shown.size > MOST) shown.delete(oldest)
      notice.show()
    },
    kept: () => shown.size,
  }
}
