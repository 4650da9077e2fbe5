/**
 * The versions of a post, read out of the change log: no copy of a text is stored for them. Pure: starts at what the post is now
 * and plays the log backwards.
 */
import type { DocNode } from '../../../shared/domain/document.ts'
import type { Post } from '../../../shared/domain/post.ts'
import type { Instant } from '../../../shared/domain/time.ts'
import type { Change } from '../../data/changes.ts'
import { apply, invert, type Patch, type Row } from '../../data/patches.ts'

/** A post with its text at one moment. */
export interface PostState {
  readonly post: Post
  readonly content: readonly DocNode[]
}

export interface Version {
  /** Id of the last change in it. */
  readonly id: string
  /** Counted from the oldest, 1. */
  readonly number: number
  /** When its last change was made. */
  readonly at: Instant
  readonly actor: string
  readonly label: string
  readonly command: string
  readonly after: PostState
  /** What it was before; null where the post was made. */
  readonly before: PostState | null
}

/** Fields that are kept by the app itself or say where a card lies: no version of their own. */
const QUIET = new Set(['updatedAt', 'order', 'excerpt', 'words', 'plannedAt'])

interface Rows {
  readonly post: Row | undefined
  readonly document: Row | undefined
}

const concerns = (patch: Patch, postId: string) =>
  patch.id === postId && (patch.table === 'posts' || patch.table === 'documents')

const step = (rows: Rows, patch: Patch): Rows =>
  patch.table === 'posts'
    ? { ...rows, post: apply(rows.post, patch) }
    : { ...rows, document: apply(rows.document, patch) }

/** The rows before a change was made. */
const before = (rows: Rows, change: Change, postId: string): Rows =>
  change.patches
    .filter((patch) => concerns(patch, postId))
    .toReversed()
    .map(invert)
    .reduce(step, rows)

const stateOf = ({ post, document }: Rows): PostState | null =>
  // Rows of these two tables are posts and documents: the log only carries what commands wrote.
  post
    ? {
        post: post as unknown as Post,
        content: (document as { content?: readonly DocNode[] } | undefined)?.content ?? [],
      }
    : null

const says = (patch: Patch): boolean =>
  patch.op !== 'set' || patch.table !== 'posts' || Object.keys(patch.after).some((field) => !QUIET.has(field))

/** What a reader would call the same: fields and text alike. */
const same = (a: PostState, b: PostState | null): boolean =>
  b !== null &&
  (a.content === b.content || JSON.stringify(a.content) === JSON.stringify(b.content)) &&
  [...new Set([...Object.keys(a.post), ...Object.keys(b.post)])].every(
    (field) =>
      QUIET.has(field) || JSON.stringify(a.post[field as keyof Post]) === JSON.stringify(b.post[field as keyof Post]),
  )

/**
 * The versions of a post, newest first. `changes` are its entries of the log, newest first, without a hole at the new end; it may
 * stop before the post was made. Changes of one gesture are one version; one that came out as it went in is none.
 */
export function versionsOf(postId: string, changes: readonly Change[], current: PostState): Version[] {
  let rows: Rows = {
    post: current.post as unknown as Row,
    document: { id: postId, content: current.content },
  }
  const made: Omit<Version, 'number'>[] = []
  let group = ''
  for (const change of changes) {
    const after = stateOf(rows)
    const earlier = before(rows, change, postId)
    rows = earlier
    const last = made.at(-1)
    if (!change.patches.some((patch) => concerns(patch, postId) && says(patch)) || !after) continue
    if (last && change.group === group) made[made.length - 1] = { ...last, before: stateOf(earlier) }
    else {
      const { id, at, actor, label, command } = change
      made.push({ id, at, actor, label, command, after, before: stateOf(earlier) })
    }
    group = change.group
  }
  const kept = made.filter((version) => !same(version.after, version.before))
  return kept.map((version, index) => ({ ...version, number: kept.length - index }))
}
