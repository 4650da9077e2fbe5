import { readDate } from '../../../shared/interchange/dates.ts'
import type { DateOrder, ImportProblem } from '../../../shared/interchange/model.ts'
import { formatShort } from '../../parts/index.ts'

/** The day an unclear date would be, when one post asks; a whole column is asked about by its order. */
export function dayBy(problem: ImportProblem, order: DateOrder): string | null {
  const written = problem.file.endsWith('.csv') ? undefined : /"([^"]+)"/.exec(problem.sentence)?.[1]
  const date = written ? readDate(written, { zone: 'UTC', time: '00:00', order }) : null
  return date?.kind === 'date' ? formatShort(date.wall.date) : null
}
