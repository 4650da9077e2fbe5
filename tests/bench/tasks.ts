/** What the page's thread did, task by task, from the browser's own trace. */
import type { Page } from 'playwright-core'

export interface Task {
  /** By the clock on the wall: what a person waits. */
  readonly ms: number
  /** Of a processor: what the task costs, whoever else wants the machine meanwhile. */
  readonly cpuMs: number
  /** Milliseconds since the recording began. */
  readonly at: number
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Records until `stop`, which gives the tasks of the thread that did the most: the page's. */
export async function recordTasks(page: Page): Promise<{ stop(): Promise<readonly Task[]> }> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel'],
      recordMode: 'recordUntilFull',
    },
  })
  return {
    async stop() {
      await session.send('Tracing.end')
      await ended
      await session.detach()
      const main = events.find(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      const tasks = events.filter(
        ({ name, ph, pid, tid }) =>
          ph === 'X' && name === 'ThreadControllerImpl::RunTask' && pid === main?.pid && tid === main.tid,
      )
      const first = Math.min(...tasks.map(({ ts }) => ts))
      return tasks.map(({ ts, dur = 0, tdur = 0 }) => ({ at: (ts - first) / 1000, ms: dur / 1000, cpuMs: tdur / 1000 }))
    },
  }
}
