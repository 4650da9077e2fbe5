/**
 * What the engine does with many posts. It has a process of its own: that process is the shell and twenty networks as well, and what
 * other measures left on its heap would be counted as the engine's.
 */
import { spawnSync } from 'node:child_process'
import { temporaryFolder } from '../support/project.ts'
import { measurePlacements, measureReplay } from './publishing.ts'
import { benchShells } from './shells.ts'

async function sending(outboxRoot: string, placements: number) {
  using folder = temporaryFolder()
  const { inShell } = benchShells(folder.path)
  const sent = await inShell(
    'sent',
    (page) => measurePlacements(page, { placements, killAfter: 500, answersIn: 100, lost: 0.05 }),
    outboxRoot,
  )
  /** No network takes no time: what the engine could do at most. */
  const atFullSpeed = await inShell(
    'full speed',
    (page) => measurePlacements(page, { placements: 2_000, killAfter: 2_000, answersIn: 0, lost: 0 }),
    outboxRoot,
  )
  const replayed = await inShell('replayed', (page) => measureReplay(page, 1_500), outboxRoot)
  return { sent, atFullSpeed, replayed }
}

/** `outboxRoot`: where the built page of the outbox lies. */
export function measureSending(outboxRoot: string, placements: number): Awaited<ReturnType<typeof sending>> {
  const child = spawnSync(process.execPath, [import.meta.filename, outboxRoot, String(placements)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (child.status !== 0) throw new Error('The outbox could not be measured.')
  return JSON.parse(child.stdout)
}

const [, script, outboxRoot = '', placements] = process.argv
if (script === import.meta.filename) console.log(JSON.stringify(await sending(outboxRoot, Number(placements))))
