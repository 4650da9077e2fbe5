/**
 * `npm run bench`: the figures that must hold on a workspace of an agency's size, as one JSON object on standard output. Times are
 * medians and ratios measured in this run, so that the machine matters as little as it can.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { startTestShell } from '../support/chromiumShell.ts'
import { projectRoot, temporaryFolder } from '../support/project.ts'
import { agencyRows } from './agency.ts'
import { dragPosts, firstScreen, handOver, importFolder, monthChanges, seedWorkspace } from './measures.ts'

const plainRoot = join(projectRoot, 'out', 'bench')
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
}

async function openShell(folder: string, name: string, rendererRoot?: string) {
  const dataFolder = join(folder, name)
  const downloads = join(dataFolder, 'downloads')
  mkdirSync(downloads, { recursive: true })
  const shell = await startTestShell({ dataFolder, downloads, ...(rendererRoot ? { rendererRoot } : {}) })
  await shell.page.setViewportSize({ width: 1440, height: 900 })
  return shell
}

await buildPages()
using folder = temporaryFolder()
const rows = agencyRows(today)
const app = await openShell(folder.path, 'app')
await seedWorkspace(app.page, rows)
const javascript = await firstScreen(app.page)
const plain = await openShell(folder.path, 'plain', plainRoot)
const months = await monthChanges(app.page, plain.page, rows.posts)
await plain.close()
const drags = await dragPosts(app.page, rows.posts, today)
await app.close()
const fresh = await openShell(folder.path, 'import')
const imported = await importFolder(fresh.page, join(projectRoot, 'tests', 'fixtures', '18f-blog', 'posts'))
const handedOver = await handOver(fresh.page)
await fresh.close()

const limits = {
  monthRatio: 1.3,
  dragFrames: 1,
  dragDurableMs: 100,
  dragDurable95Ms: 100,
  importSeconds: 5,
  planSeconds: 5,
  javascriptKb: 300,
}
const held = {
  monthRatio: months.ratio <= limits.monthRatio,
  dragFrames: drags.framesToPaint <= limits.dragFrames,
  dragDurableMs: drags.durableMs <= limits.dragDurableMs,
  dragDurable95Ms: drags.durable95Ms <= limits.dragDurable95Ms,
  importSeconds: imported.seconds <= limits.importSeconds,
  planSeconds: handedOver.seconds <= limits.planSeconds,
  javascriptKb: javascript.gzipKb <= limits.javascriptKb,
}
console.log(
  JSON.stringify({ posts: rows.posts.length, months, drags, imported, handedOver, javascript, limits, held }, null, 2),
)
