/** A server of one's own that takes files by PUT and deletes them by DELETE, for whoever has its token. */
import type { ServerSettings } from '../../../shared/domain/mediaHost.ts'
import { type Dialect, refusedFor } from './dialect.ts'

export function serverDialect({ template, publicBase }: ServerSettings, secret: string): Dialect {
  return {
    at: (name) => new URL(template.replace('{name}', name)),
    address: (name) => `${publicBase}${name}`,
    headers: (_method, _url, _payload, headers) => ({ ...headers, authorization: `Bearer ${secret}` }),
    signs: false,
    folder: null,
    refused: ({ status, details }) => {
      const say = (field: string, reason: string) => refusedFor(field, reason, details)
      switch (status) {
        case 401:
        case 403:
          return say(
            'secret',
            'Your server does not take this token. Copy it again, or allow it to put and delete files.',
          )
        case 404:
        case 409:
          return say('template', 'Your server knows no such place. Look at the address files are put at.')
        case 405:
        case 501:
          return say(
            'template',
            'Your server takes no files by PUT there. Look at the address, or allow PUT and DELETE.',
          )
        case 413:
          return say('', 'The file is too large for your server. Raise the size it takes.')
        case 507:
          return say('', 'Your server is full. Make room there, then try again.')
        default:
          return say('', 'Your server refused the file. Look at its log, then try again.')
      }
    },
  }
}
