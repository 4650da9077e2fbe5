/** Faults of the file system in words a user can act on. */
import type { Failure } from '../../shared/contract/contract.ts'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Whether a disk had no room. */
export const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error))

/** Says what went wrong with `path` ("the file", "the folder" ...). A fault without a code is a bug and is thrown on. */
export function explainFault(error: unknown, path: string): Failure {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'not-found', message: `${path} is not there.` }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { kind: 'no-permission', message: `Outpost has no permission to use ${path}.` }
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        kind: 'disk-full',
        message: `The disk is full, so ${path} was not written. Free some space and try again.`,
      }
    case 'ENAMETOOLONG':
      return { kind: 'failed', message: `The name of ${path} is too long for this disk.` }
    case 'EEXIST':
      return { kind: 'failed', message: `Something else is in the way of ${path}.` }
    case 'EISDIR':
      return { kind: 'failed', message: `${path} is a folder, not a file.` }
    case '':
      throw error
    default:
      return { kind: 'failed', message: `${path} could not be used (${codeOf(error)}).` }
  }
}
