import type { Post } from '../../../shared/domain/post.ts'
import { tooManyAround } from '../../data/rules/perDay.ts'
import { useQuery } from '../../ports/live.ts'
import { useReference } from '../../ports/reference.tsx'
import { Finding } from '../../ui/index.ts'
import { foundWords } from '../useUnfit.ts'

/** Asked again when what is planned around the post changes: a day to each side is watched, no more. */
export default function TooMany({ post }: { post: Post }) {
  const reference = useReference()
  const found = useQuery((db) => tooManyAround(db, post.id), [post.id]) ?? []
  return found.map((one) => (
    <Finding
      key={`${one.channelId} ${one.finding.rule}`}
      tone={one.finding.severity}
      text={foundWords(one, post, reference)}
    />
  ))
}
