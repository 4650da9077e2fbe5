/** The kit as a folder, which the shell makes. */
import { safeFileName } from '../../../shared/lib/fileName.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { shelfOf } from '../../data/workspace.ts'
import type { Deps } from '../../ports/deps.tsx'
import { convertFor } from '../../ports/sentMedia.ts'
import { type KitFile, kitText } from './kit.ts'
import type { KitFacts } from './queries.ts'

type Owner = Pick<Deps, 'db' | 'workspace' | 'shell'>
type Facts = Pick<KitFacts, 'kit' | 'content' | 'delivery' | 'channel'>

export interface SavedKit {
  readonly path: string
  /** Why a file is not in it, in a sentence each. */
  readonly missing: readonly string[]
}

/** Makes its files what the network takes, and the folder; a file that cannot be made is missing there, and told. `day`: in its name. */
export async function saveKit(
  deps: Owner,
  facts: Facts,
  title: string,
  day: string,
): Promise<Result<SavedKit, string>> {
  const { kit, channel } = facts
  const lying: Lying[] = []
  const files: KitFile[] = []
  const missing: string[] = []
  for (const file of kit.files) {
    const made = await kitMedium(deps, facts, file)
    if (!made.ok) {
      missing.push(made.error)
      continue
    }
    lying.push(made.value)
    files.push({ ...file, name: made.value.name })
  }
  const saved = await (await deps.shell.publishing()).saveKit({
    name: `${day} ${title}, ${channel.name}`,
    text: kitText({ ...kit, files }, title, channel.name, missing),
    shelf: shelfOf(deps.workspace).shelf,
    files: lying,
  })
  return saved.ok ? ok({ path: saved.value.path, missing }) : err(`The kit was not saved: ${saved.error.message}`)
}

/** A file on the shelf, with the name it gets in the folder. */
interface Lying {
  readonly id: string
  readonly name: string
  readonly size: number
}

async function kitMedium(
  deps: Owner,
  { content, delivery }: Facts,
  { facts, name }: KitFile,
): Promise<Result<Lying, string>> {
  const sent = await convertFor(deps, content, facts, { deliveryId: delivery.id })
  if ('kind' in sent)
    return err(
      `${sent.kind === 'refused' ? sentence(sent.reason) : `“${name}” could not be made ready.`} Mend it in the post, or leave it out.`,
    )
  return ok({ id: sent.id, name: withEnding(name, sent.type), size: sent.size })
}

const sentence = (reason: string) => `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'video/mp4': ['mp4', 'm4v'],
}
/** A file that was made another type gets the ending of it. */
function withEnding(name: string, type: string): string {
  const fitting = ENDINGS[type]
  const dot = name.lastIndexOf('.')
  const ending = name.slice(dot + 1).toLowerCase()
  return !fitting || fitting.includes(ending)
    ? name
    : safeFileName(`${dot > 0 ? name.slice(0, dot) : name}.${fitting[0]}`)
}
