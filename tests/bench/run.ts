/**
 * `npm run bench`: the figures that must hold on a workspace of an agency's size, as one JSON object on standard output. Times are
 * medians and ratios measured in this run, so that the machine matters as little as it can.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { projectRoot, temporaryFolder } from '../support/project.ts'
import { agencyRows } from './agency.ts'
import { dragPosts, firstScreen, handOver, importFolder, monthChanges, seedWorkspace } from './measures.ts'
import { measureAdding, measureLibrary } from './media.ts'
import { measureFilm } from './publishing.ts'
import { checkOnePost } from './rules.ts'
import { measureSending } from './sending.ts'
import { benchShells } from './shells.ts'
import { measureTyping } from './typing.ts'

const plainRoot = join(projectRoot, 'out', 'bench')
const outboxRoot = join(projectRoot, 'out', 'bench-outbox')
/** All of them: fewer say the same sooner. */
const placements = Number(process.env.OUTPOST_PLACEMENTS ?? 10_000)
const today = new Date().toISOString().slice(0, 10)

async function buildPages(): Promise<void> {
  const vite = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: projectRoot,
    stdio: ['ignore', 2, 2],
  })
  if (built.status !== 0) throw new Error('The app could not be built.')
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(projectRoot, 'tests', 'bench', 'plain'),
    plugins: [react()],
    build: { outDir: plainRoot, emptyOutDir: true, target: 'chrome140', minify: true },
  })
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(projectRoot, 'tests', 'bench', 'outbox'),
    build: { outDir: outboxRoot, emptyOutDir: true, target: 'chrome140', minify: true },
  })
}

await buildPages()
using folder = temporaryFolder()
const { openShell, inShell } = benchShells(folder.path)

const rows = agencyRows(today)
const plan = await inShell('plan', async (page) => {
  await seedWorkspace(page, rows)
  const javascript = await firstScreen(page)
  const plain = await openShell('plain', plainRoot)
  const months = await monthChanges(page, plain.page, rows.posts)
  await plain.close()
  return { javascript, months, drags: await dragPosts(page, rows.posts, today) }
})
const { imported, handedOver } = await inShell('import', async (page) => {
  const imported = await importFolder(page, join(projectRoot, 'tests', 'fixtures', '18f-blog', 'posts'))
  return { imported, handedOver: await handOver(page) }
})
const rules = checkOnePost()
const typing = await inShell('typing', measureTyping)
const library = await inShell('library', measureLibrary)
const adding = await inShell('adding', (page) => measureAdding(page, join(folder.path, 'pictures')))
const { sent, atFullSpeed, replayed } = measureSending(outboxRoot, placements)
const film = await measureFilm()

/** What is measured and the most it may be. */
const figures: Readonly<Record<string, readonly [measured: number, limit: number]>> = {
  monthRatio: [plan.months.ratio, 1.3],
  dragFrames: [plan.drags.framesToPaint, 1],
  dragDurableMs: [plan.drags.durableMs, 100],
  dragDurable95Ms: [plan.drags.durable95Ms, 100],
  importSeconds: [imported.seconds, 5],
  planSeconds: [handedOver.seconds, 5],
  javascriptKb: [plan.javascript.gzipKb, 300],
  rulesMs: [rules.ms, 1],
  typingScript95Ms: [typing.script95Ms, 16],
  libraryMs: [library.openMs, 300],
  addingLongestTaskMs: [adding.longestTaskMs, 100],
  engineMsPerPlacement: [sent.engineMs, 2],
  engineGrownMb: [sent.grownMb, 50],
  /** Without a kill in between, after which a page begins with nothing. */
  engineGrownUnkilledMb: [atFullSpeed.grownMb, 50],
  placementsTwice: [sent.doubles, 0],
  placementsLost: [sent.lost, 0],
  replaySeconds: [replayed.seconds, 10],
  replayWrong: [replayed.wrong, 0],
  filmExtraMb: [film.extraMb, 64],
  filmSentAgainBytes: [film.sentAgainBytes, 0],
  /** It was cut, and is there whole. */
  filmMissing: [film.cuts >= 1 && film.films === 1 ? 0 : 1, 0],
}
const limits = Object.fromEntries(Object.entries(figures).map(([name, [, limit]]) => [name, limit]))
const held = Object.fromEntries(Object.entries(figures).map(([name, [measured, limit]]) => [name, measured <= limit]))
console.log(
  JSON.stringify(
    {
      posts: rows.posts.length,
      ...plan,
      imported,
      handedOver,
      rules,
      typing,
      library,
      adding,
      sent,
      atFullSpeed,
      replayed,
      film,
      limits,
      held,
    },
    null,
    2,
  ),
)
if (Object.values(held).includes(false)) process.exitCode = 1
