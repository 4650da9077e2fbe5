import { assertNever } from '../../shared/lib/result.ts'
import type { MoveRefusal, StatusRefusal } from '../data/commands/posts.ts'
import { formatWhen } from './format.ts'

/** Why something was not done, and what to do: one sentence. */
export function explain(refusal: MoveRefusal | StatusRefusal | { readonly kind: 'missing' }): string {
  switch (refusal.kind) {
    case 'already-published':
      return `Not moved: “${refusal.post.title || 'Untitled'}” is already out. Correct the date shown, or copy it.`
    case 'in-the-past':
      return `Not moved: ${formatWhen(refusal.to)} is already past.`
    case 'needs-date':
      return `“${refusal.post.title || 'Untitled'}” needs a date first.`
    case 'missing':
      return 'This is no longer there. Undo brings it back.'
    default:
      return assertNever(refusal)
  }
}
