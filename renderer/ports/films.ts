/** Films are made one after the other: what is due before what is made ahead. */
import { create } from 'zustand'
import type { FilmMade } from '../data/media/films.ts'

/** The film that is being made in this window; null while there is none. */
interface Making {
  /** For which delivery; '' where it is for none. */
  readonly deliveryId: string
  readonly name: string
  /** 0 to 100. */
  readonly percent: number
}
export const useFilmMaking = create<{ readonly making: Making | null }>()(() => ({ making: null }))

/** `“quay.mov” is being converted: 40 %.` */
export const makingWords = ({ name, percent }: Making): string => `“${name}” is being converted: ${percent} %.`

/** Says how far it is; null: it is no longer made. */
export function tellMaking(making: Making | null): void {
  const { making: before } = useFilmMaking.getState()
  const isNews = making?.percent !== before?.percent || making?.deliveryId !== before?.deliveryId
  if (isNews) useFilmMaking.setState({ making })
}

interface Turn {
  readonly urgent: boolean
  readonly giveWay: AbortController
  readonly begin: PromiseWithResolvers<void>
}
let current: Turn | null = null
let waiting: Turn[] = []

/**
 * Does the work when its turn has come. What is urgent goes first: the work of one that is not is stopped for it, and begun anew afterwards.
 * `signal` of `work`: it is to stop.
 */
export async function inTurn(
  urgent: boolean,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<FilmMade>,
): Promise<FilmMade> {
  for (;;) {
    const turn: Turn = { urgent, giveWay: new AbortController(), begin: Promise.withResolvers() }
    await come(turn)
    try {
      const made = await work(AbortSignal.any([signal, turn.giveWay.signal]))
      if (made.kind !== 'stopped' || signal.aborted || !turn.giveWay.signal.aborted) return made
    } finally {
      leave()
    }
  }
}

function come(turn: Turn): Promise<void> {
  if (!current) {
    current = turn
    return Promise.resolve()
  }
  if (turn.urgent && !current.urgent) current.giveWay.abort()
  const others = waiting.filter(({ urgent }) => urgent || !turn.urgent)
  waiting = [...others, turn, ...waiting.filter((one) => !others.includes(one))]
  return turn.begin.promise
}

function leave(): void {
  current = waiting.shift() ?? null
  current?.begin.resolve()
}
