/// <reference lib="webworker" />
import { type Assessments, assessAll, type Placings } from './assess.ts'

export interface Question {
  readonly id: number
  readonly placings: Placings
}
export interface Answer {
  readonly id: number
  readonly postId: string
  readonly assessments: Assessments
}

self.onmessage = ({ data: { id, placings } }: MessageEvent<Question>) =>
  self.postMessage({ id, postId: placings.post.id, assessments: assessAll(placings) } satisfies Answer)
