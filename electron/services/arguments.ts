/** Reading the command line of `outpost plan`. Bad input is answered with one sentence. */
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Failure, HeadlessTask } from '../../shared/contract/contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { whyNotWritable } from './files.ts'

export const USAGE =
  'outpost plan --import DIR --from YYYY-MM-DD --to YYYY-MM-DD --pdf FILE [--json FILE] [--paper a4|letter]'

export interface PlanOrder {
  readonly task: HeadlessTask
  readonly targets: { readonly pdf: string; readonly json?: string }
}

/** Asked for the usage, whatever else stands on the line. */
export const asksForHelp = (argv: readonly string[]): boolean => argv.some((word) => word === '--help' || word === '-h')

/** A day that the calendar has; 31 February is none. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** What was ordered; nothing on the disk is looked at. Relative paths start at `cwd`. */
export function parsePlanOrder(argv: readonly string[], cwd: string): Result<PlanOrder, string> {
  const string = { type: 'string' } as const
  let parsed: {
    values: Partial<Record<'import' | 'from' | 'to' | 'pdf' | 'json' | 'paper', string>>
    positionals: string[]
    tokens: { kind: string; name?: string }[]
  }
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      tokens: true,
      options: { import: string, from: string, to: string, pdf: string, json: string, paper: string },
    })
  } catch (error) {
    // Node's sentence names the option; the advice about "--" that may follow does not help here.
    const words = error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? '') : String(error)
    const empty = /^Option '(--[a-z]+).*' argument (?:is ambiguous|missing)/.exec(words)?.[1]
    return err(`${empty ? `${empty} has no value` : words}. Usage: ${USAGE}`)
  }
  const { values, positionals, tokens } = parsed
  if (positionals[0] !== 'plan') {
    return err(
      positionals[0] === undefined ? `Usage: ${USAGE}` : `There is no command ${positionals[0]}. Usage: ${USAGE}`,
    )
  }
  if (positionals[1] !== undefined) return err(`${positionals[1]} was not expected. Usage: ${USAGE}`)
  const given = tokens.flatMap(({ kind, name }) => (kind === 'option' && name ? [name] : []))
  const twice = given.find((name, at) => given.indexOf(name) !== at)
  if (twice !== undefined) return err(`--${twice} is given twice.`)
  for (const name of ['import', 'from', 'to', 'pdf'] as const) {
    if (!values[name]) return err(`--${name} is missing. Usage: ${USAGE}`)
  }
  const { import: folder = '', from = '', to = '', pdf = '', json, paper = 'a4' } = values
  if (!isDay(from)) return err(`--from takes a day like 2026-01-31, not ${from}.`)
  if (!isDay(to)) return err(`--to takes a day like 2026-01-31, not ${to}.`)
  if (to < from) return err(`--to ${to} is before --from ${from}.`)
  if (paper !== 'a4' && paper !== 'letter') return err(`--paper takes a4 or letter, not ${paper}.`)
  const folderName = [pdf, json ?? ''].find((path) => /[\\/]$/.test(path))
  if (folderName !== undefined) return err(`${folderName} names a folder; a file is to be written.`)
  // A slip of the keys must not replace a post by a plan.
  if (!/\.pdf$/i.test(pdf)) return err(`--pdf takes a file that ends in .pdf, not ${pdf}.`)
  if (json !== undefined && !/\.json$/i.test(json)) return err(`--json takes a file that ends in .json, not ${json}.`)
  const at = (path: string) => resolve(cwd, path)
  return ok({
    task: { kind: 'plan', folder: at(folder), from, to, paper, json: json !== undefined },
    targets: json === undefined ? { pdf: at(pdf) } : { pdf: at(pdf), json: at(json) },
  })
}

/** Looks before the work begins whether the folder can be read and the results can be written. */
export async function checkPlaces({ task, targets }: PlanOrder): Promise<Result<null, string>> {
  const folder = await stat(task.folder).catch((error: NodeJS.ErrnoException) => error)
  if (folder instanceof Error) {
    return err(
      folder.code === 'EACCES'
        ? `There is no permission to read ${task.folder}.`
        : `The folder ${task.folder} is not there.`,
    )
  }
  if (!folder.isDirectory()) return err(`${task.folder} is not a folder.`)
  if (!(await may(task.folder, constants.R_OK | constants.X_OK)))
    return err(`There is no permission to read ${task.folder}.`)
  for (const target of Object.values(targets)) {
    const place = dirname(target)
    const holder = await stat(place).catch(() => null)
    if (!holder?.isDirectory()) return err(`The folder ${place} for ${target} is not there.`)
    const old = await stat(target).catch(() => null)
    if (old?.isDirectory()) return err(`${target} is a folder, so no file can be written there.`)
    if (!(await may(place, constants.W_OK | constants.X_OK)) || (old && !(await may(target, constants.W_OK)))) {
      return err(`There is no permission to write ${target}.`)
    }
    const refusal = await whyNotWritable(place)
    if (refusal) return err(`${target} cannot be written${WHY[refusal.kind] ?? ''}.`)
  }
  return ok(null)
}

/** Ends of the sentence "... cannot be written". */
const WHY: Readonly<Partial<Record<Failure['kind'], string>>> = {
  'disk-full': ', because the disk is full',
  'no-permission': ', because its folder takes no files',
  'not-found': ', because its folder takes no files',
}

const may = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  )
