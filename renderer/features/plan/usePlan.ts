/** Makes the plan again, a moment after the choices last changed; the one before stays on view meanwhile. */
import { useEffect, useRef, useState } from 'react'
import { useDeps } from '../../ports/deps.tsx'
import type { MadePlan, PlanStep } from '../../print/makePlan.ts'
import type { PlanOptions } from '../../print/options.ts'

export interface PlanState {
  readonly made: MadePlan | null
  /** What is being done; null when it is done. */
  readonly step: PlanStep | null
  /** A sentence, when it could not be made. */
  readonly fault: string | null
  /** The choices changed since `made`. */
  readonly stale: boolean
}

const QUIET_MS = 450

export function usePlan(options: PlanOptions): PlanState & { cancel: () => void; again: () => void } {
  const { db, shell, workspace, clock } = useDeps()
  const [state, setState] = useState<PlanState>({ made: null, step: null, fault: null, stale: true })
  const [round, setRound] = useState(0)
  const running = useRef<AbortController | null>(null)
  // One printing at a time: the printer is another program, and what it has begun it finishes.
  const queue = useRef<Promise<void>>(Promise.resolve())
  const wanted = JSON.stringify(options)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` stands for the options, `round` for "again"
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    running.current = controller
    setState((before) => ({ ...before, stale: true, fault: null }))
    const make = async () => {
      if (signal.aborted) return
      setState((before) => ({ ...before, step: 'reading' }))
      try {
        const { makePlan } = await import('../../print/makePlan.ts')
        const deps = { db, shell, workspace: workspace.entry.name, now: clock.now }
        const result = await makePlan(deps, options, {
          signal,
          onProgress: (step) => !signal.aborted && setState((before) => ({ ...before, step })),
        })
        if (signal.aborted) return
        if (result.ok) setState({ made: result.value, step: null, fault: null, stale: false })
        else setState((before) => ({ ...before, step: null, fault: result.error.message }))
      } catch (bug) {
        if (!signal.aborted)
          setState((before) => ({
            ...before,
            step: null,
            fault: 'The plan could not be made. This is a fault in Outpost; the details are in the log.',
          }))
        throw bug
      }
    }
    const timer = setTimeout(() => {
      queue.current = queue.current.catch(() => undefined).then(make)
    }, QUIET_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [wanted, round])

  return {
    ...state,
    cancel: () => {
      running.current?.abort()
      setState((before) => ({ ...before, step: null }))
    },
    again: () => setRound((before) => before + 1),
  }
}
