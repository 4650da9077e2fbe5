/** Closing a window: the page gets a moment to write what it has, and no more than that. */
export interface Closing {
  /** The window was asked to close. True: let it. False: it will be closed when the page is ready or time is up. */
  requested(): boolean
  /** The page says that everything is written. */
  ready(): void
}

interface ClosingParts {
  /** Tells the page. */
  readonly tell: () => void
  /** Closes the window; asks `requested` again, which then says yes. */
  readonly close: () => void
  readonly patience: number
  readonly later: (job: () => void, ms: number) => void
}

export function createClosing({ tell, close, patience, later }: ClosingParts): Closing {
  let stage: 'open' | 'asked' | 'done' = 'open'
  const finish = () => {
    if (stage !== 'asked') return
    stage = 'done'
    close()
  }
  return {
    requested: () => {
      if (stage === 'done') return true
      if (stage === 'open') {
        stage = 'asked'
        tell()
        later(finish, patience)
      }
      return false
    },
    ready: finish,
  }
}
