/**
 * `npm run -s outpost -- plan ...`: the app's main job without a window, for scripts. The very page runs, headless, on a
 * temporary workspace. One line of JSON on standard output; sentences go to standard error.
 * Exit codes: 0 done, 1 the job failed, 2 the command line asks for something that cannot be done.
 */
import { rmSync } from 'node:fs'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TaskSummary } from '../shared/contract/contract.ts'
import { err, ok, type Result } from '../shared/lib/result.ts'
import { asksForHelp, checkPlaces, type PlanOrder, parsePlanOrder, USAGE } from './services/arguments.ts'
import { findOrFetchBrowser } from './services/browser.ts'
import { explainFault } from './services/failures.ts'
import { createLog } from './services/log.ts'
import { ensureBuilt, projectVersion, rendererRoot } from './services/project.ts'
import { NO_SANDBOX_WARNING, rootRefusal, thisHost, withoutSandbox } from './services/sandbox.ts'
import { startChromiumShell } from './shells/chromium/shell.ts'

/** Half an hour: past that the page hangs, however large the folder is. */
const LONGEST_MS = 30 * 60_000

/** A page whose scripts are missing or broken says nothing at all; one that runs asks for its task at once. */
const LONGEST_START_MS = 60_000

/** Profile, workspace and journal of a large import. */
const LEAST_ROOM_MB = 200

/** How long a browser that is just starting may take to be there, so that it can be ended in order. */
const LONGEST_LEAVING_MS = 5_000

const say = (line: string) => console.error(line)

async function main(): Promise<number> {
  const began = performance.now()
  if (asksForHelp(process.argv.slice(2))) {
    console.log(`Usage: ${USAGE}`)
    return 0
  }
  const order = parsePlanOrder(process.argv.slice(2), process.cwd())
  if (!order.ok) return fail(order.error, 2)
  const places = await checkPlaces(order.value)
  if (!places.ok) return fail(places.error, 2)
  const refusal = rootRefusal(thisHost())
  if (refusal) return fail(refusal, 1)
  const built = await ensureBuilt(say)
  if (!built.ok) return fail(built.error, 1)
  const browser = await findOrFetchBrowser(say)
  if (!browser.ok) return fail(browser.error, 1)

  const workplace = await makeWorkplace(tmpdir())
  if (!workplace.ok) return fail(workplace.error, 1)
  const temporary = workplace.value
  try {
    const result = await run(order.value, browser.value, temporary)
    if (!result.ok) return fail(result.error, 1)
    const { posts, inRange, pages, problems } = result.value
    const seconds = Math.round((performance.now() - began) / 10) / 100
    console.log(JSON.stringify({ posts, inRange, pages, problems, seconds }))
    return 0
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** A folder for the temporary workspace. A browser whose disk fills up says nothing and waits, so its room is looked at before. */
async function makeWorkplace(place: string): Promise<Result<string, string>> {
  try {
    const { bavail, bsize } = await statfs(place)
    const free = Math.floor((bavail * bsize) / 1_000_000)
    if (free < LEAST_ROOM_MB) {
      return err(
        `${place} has ${free} MB left, and the plan needs ${LEAST_ROOM_MB} MB there while it is made. Free some space, or name another folder in TMPDIR.`,
      )
    }
    return ok(await mkdtemp(join(place, 'outpost-plan-')))
  } catch (error) {
    return err(
      `${explainFault(error, `The folder for temporary files, ${place},`).message} Name another one in TMPDIR.`,
    )
  }
}

function fail(sentence: string, code: number): number {
  say(sentence)
  return code
}

async function run(order: PlanOrder, executable: string, folder: string): Promise<Result<TaskSummary, string>> {
  const noSandbox = withoutSandbox(thisHost())
  if (noSandbox) say(NO_SANDBOX_WARNING)
  const finished = Promise.withResolvers<Result<TaskSummary, string>>()
  const waking = setTimeout(
    () =>
      finished.resolve(err('The page did not start. Remove the folder “out” and try again, so that it is built anew.')),
    LONGEST_START_MS,
  )
  // Listened to from here on: a browser takes seconds to start, and is not to outlive a Ctrl-C in them.
  const stop = () => finished.resolve(err('Stopped.'))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const starting = startChromiumShell({
    executable,
    headless: true,
    noSandbox,
    dataFolder: join(folder, 'data'),
    rendererRoot,
    downloads: folder,
    version: projectVersion(),
    log: createLog(join(folder, 'log')),
    task: { ...order, taken: () => clearTimeout(waking), done: finished.resolve },
    onFault: (sentence) => finished.resolve(err(sentence)),
  })
  const started = await Promise.race([starting, finished.promise.then(() => null)])
  if (started === null) return leaveEarly(starting, finished.promise, folder)
  if (!started.ok) {
    clearTimeout(waking)
    return started
  }
  const { closed, close } = started.value
  void closed.then(() => finished.resolve(err('The browser ended before the plan was done.')))
  const patience = setTimeout(() => finished.resolve(err('The plan was not done within half an hour.')), LONGEST_MS)
  const result = await finished.promise
  clearTimeout(patience)
  clearTimeout(waking)
  await close()
  return result
}

/** Ends a shell that may not be there yet. One that hangs is ended with this process, and what it wrote meanwhile is removed then. */
async function leaveEarly(
  starting: ReturnType<typeof startChromiumShell>,
  result: Promise<Result<TaskSummary, string>>,
  folder: string,
): Promise<Result<TaskSummary, string>> {
  const ended = starting.then((started) => (started.ok ? started.value.close() : undefined))
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, LONGEST_LEAVING_MS))])
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  return result
}

process.exit(await main())
