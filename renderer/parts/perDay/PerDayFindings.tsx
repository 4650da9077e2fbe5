import { lazy, Suspense } from 'react'
import type { Post } from '../../../shared/domain/post.ts'

const TooMany = lazy(() => import('./TooMany.tsx'))

/** Says where a network takes fewer posts in a day than are planned around this one. Its facts are loaded with it. */
export const PerDayFindings = ({ post }: { post: Post }) =>
  post.plannedAt < 0 || post.channelIds.length === 0 ? null : (
    <Suspense>
      <TooMany post={post} />
    </Suspense>
  )
