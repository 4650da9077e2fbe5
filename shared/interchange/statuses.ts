import { POST_STATUSES, type PostStatus, STATUS_LOOK } from '../domain/status.ts'

const WORDS: Readonly<Record<PostStatus, string>> = {
  idea: 'idea idee idée idea pitch backlog',
  draft: 'draft drafts entwurf brouillon borrador unpublished private writing',
  review:
    'review in-review pending pending-review needs-review prufung in-prufung relecture en-relecture revision en-revision',
  changes: 'changes changes-asked changes-requested rejected anderungen korrektur modifications cambios',
  approved: 'approved ready freigegeben approuve aprobado final',
  scheduled: 'scheduled planned future queued geplant planifie programme programado',
  published: 'published publish sent posted live veroffentlicht publie publicado done',
  cancelled: 'cancelled canceled dropped abgesagt storniert annule cancelado',
}
const fold = (word: string) =>
  word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
const BY_WORD = new Map<string, PostStatus>(
  POST_STATUSES.flatMap((status) => [
    ...WORDS[status].split(' ').map((word) => [fold(word), status] as const),
    [fold(STATUS_LOOK[status].word), status] as const,
  ]),
)

/** The status a word of a file means, in English, German, French or Spanish; null: not known. */
export const statusOf = (word: string): PostStatus | null => BY_WORD.get(fold(word)) ?? null
