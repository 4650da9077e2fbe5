/**
 * `npm test`: type check, lint, unit, integration and contract tests, build, end-to-end tests, in this order. It gets a
 * browser first where there is none, stops at the first step that fails, and ends with one line of counts.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findOrFetchBrowser } from '../electron/services/browser.ts'
import { NO_SANDBOX_WARNING, thisHost, withoutSandbox } from '../electron/services/sandbox.ts'
import { electronMissing } from './support/electronApp.ts'
import { projectRoot } from './support/project.ts'

const results = join(projectRoot, 'test-results')
const vitestJson = join(results, 'vitest.json')
const playwrightJson = join(results, 'e2e.json')

interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface Step {
  readonly name: string
  readonly tool: string
  readonly args: readonly string[]
}

/** The tools' own scripts, started by this very Node, so that no shell and no other Node gets in between. */
const tool = {
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  vitest: 'vitest/vitest.mjs',
  build: 'electron-vite/bin/electron-vite.js',
  playwright: '@playwright/test/cli.js',
}

const steps: readonly Step[] = [
  ...['shared', 'electron', 'renderer', 'tests'].map((folder) => ({
    name: `types of ${folder}`,
    tool: tool.tsc,
    args: ['--noEmit', '-p', folder],
  })),
  { name: 'lint', tool: tool.biome, args: ['ci'] },
  {
    name: 'unit, integration and contract tests',
    tool: tool.vitest,
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestJson}`],
  },
  { name: 'build', tool: tool.build, args: ['build', '--logLevel', 'warn'] },
  { name: 'end-to-end tests', tool: tool.playwright, args: ['test'] },
]

/** Runs a step with our output and no input. Gives its exit code. */
function run(step: Step): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(projectRoot, 'node_modules', step.tool), ...step.args], {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
}

function add(counts: Counts, more: Partial<Counts>): void {
  counts.passed += more.passed ?? 0
  counts.failed += more.failed ?? 0
  counts.skipped += more.skipped ?? 0
}

/** Counts from the reports that the two runners wrote; a runner that did not get so far has none. */
function count(): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  if (existsSync(vitestJson)) {
    const report = JSON.parse(readFileSync(vitestJson, 'utf8')) as Record<string, number>
    add(counts, {
      passed: report.numPassedTests ?? 0,
      failed: report.numFailedTests ?? 0,
      skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    })
  }
  if (existsSync(playwrightJson)) {
    const { stats } = JSON.parse(readFileSync(playwrightJson, 'utf8')) as { stats?: Record<string, number> }
    add(counts, {
      passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
      failed: stats?.unexpected ?? 0,
      skipped: stats?.skipped ?? 0,
    })
  }
  return counts
}

async function main(): Promise<number> {
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results)
  const browser = await findOrFetchBrowser((line) => console.error(line))
  if (!browser.ok) {
    console.error(browser.error)
    return 1
  }
  process.env.OUTPOST_BROWSER = browser.value
  console.log(`Browser: ${browser.value}`)
  if (withoutSandbox(thisHost())) console.log(NO_SANDBOX_WARNING)
  const missing = electronMissing()
  console.log(missing ? `Tests on Electron are skipped: ${missing}.` : 'Tests run on Electron too.')

  const ran: string[] = []
  let failed: string | null = null
  for (const step of steps) {
    console.log(`\n== ${step.name}`)
    ran.push(step.name)
    if ((await run(step)) !== 0) {
      failed = step.name
      break
    }
  }
  const counts = count()
  console.log(`\nSteps run: ${ran.join(', ')}.`)
  // A step that runs no tests fails as one.
  if (failed !== null && counts.failed === 0) counts.failed = 1
  if (failed !== null) console.log(`Failed: ${failed}.`)
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  return failed === null ? 0 : 1
}

process.exit(await main())
