/** A folder over WebDAV: Nextcloud, Apache, many web hosts. */
import type { WebDavSettings } from '../../../shared/domain/mediaHost.ts'
import { type Dialect, refusedFor } from './dialect.ts'

export function webDavDialect({ folder, user, publicBase }: WebDavSettings, secret: string): Dialect {
  const basic = `Basic ${Buffer.from(`${user}:${secret}`, 'utf8').toString('base64')}`
  return {
    at: (name) => new URL(`${folder}${name}`),
    address: (name) => `${publicBase}${name}`,
    headers: (_method, _url, _payload, headers) => ({ ...headers, authorization: basic }),
    signs: false,
    folder: new URL(folder),
    refused: ({ status, details }) => {
      const say = (field: string, reason: string) => refusedFor(field, reason, details)
      switch (status) {
        case 401:
          return say(
            'secret',
            'Your media host does not let this user in. Look at the name and the password; some want an app password.',
          )
        case 403:
          return say('user', 'This user may not put files into the folder. Allow it there, or choose another folder.')
        case 404:
        case 409:
          return say('folder', 'This folder is not there and could not be made. Look at the address.')
        case 405:
        case 501:
          return say(
            'folder',
            'No WebDAV answers at this address. Look at it: it is often another than that of the web page.',
          )
        case 413:
          return say('', 'The file is too large for your media host.')
        case 423:
          return say('', 'The file is locked at your media host. Try again later.')
        case 507:
          return say('', 'Your media host is full. Make room there, then try again.')
        default:
          return say('', 'Your media host refused the file. Look at its settings, then try again.')
      }
    },
  }
}
