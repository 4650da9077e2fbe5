/** The editorial life of a post, and how each state is shown: one vocabulary for chips, lists, boards and paper. */
export const POST_STATUSES = [
  'idea',
  'draft',
  'review',
  'changes',
  'approved',
  'scheduled',
  'published',
  'cancelled',
] as const
export type PostStatus = (typeof POST_STATUSES)[number]

export type Tone = 'neutral' | 'amber' | 'rust' | 'moss' | 'blue' | 'violet' | 'red' | 'green'

export interface StatusLook {
  readonly word: string
  /** lucide icon name */
  readonly icon: string
  readonly tone: Tone
  /** One letter for paper in black and white. */
  readonly letter: string
}

export const STATUS_LOOK: Readonly<Record<PostStatus, StatusLook>> = {
  idea: { word: 'Idea', icon: 'lightbulb', tone: 'neutral', letter: 'I' },
  draft: { word: 'Draft', icon: 'circle-dashed', tone: 'neutral', letter: 'D' },
  review: { word: 'In review', icon: 'eye', tone: 'amber', letter: 'R' },
  changes: { word: 'Changes asked', icon: 'message-square-x', tone: 'rust', letter: 'C' },
  approved: { word: 'Approved', icon: 'circle-check', tone: 'moss', letter: 'A' },
  scheduled: { word: 'Scheduled', icon: 'clock', tone: 'blue', letter: 'S' },
  published: { word: 'Published', icon: 'check-check', tone: 'green', letter: 'P' },
  cancelled: { word: 'Cancelled', icon: 'circle-slash', tone: 'neutral', letter: 'X' },
}

/** What needs a person first; used for "+n more" and for lists by need. Lower comes first. */
export const STATUS_NEED: Readonly<Record<PostStatus, number>> = {
  changes: 0,
  review: 1,
  draft: 2,
  idea: 3,
  approved: 4,
  scheduled: 5,
  published: 6,
  cancelled: 7,
}

/** Whether a post is meant to be out, now or at its time: what is more than a plan. */
export const isCommitted = (status: PostStatus): boolean => status === 'scheduled' || status === 'published'
