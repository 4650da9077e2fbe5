import type { Migration } from './index.ts'

const ADDED = {
  kind: 'profile',
  handle: '',
  address: '',
  avatarId: '',
  quiet: null,
  quietOnHolidays: false,
  perDay: 0,
  grace: 120,
}

/** Channels say more: handle, server, picture, quiet hours, most a day, how late a post may still go out. */
export const channels: Migration = {
  version: 5,
  stores: {},
  complete: {
    channels: (row) =>
      'grace' in row ? row : { ...ADDED, ...row, kind: row.network === 'linkedin' ? 'page' : 'profile' },
  },
}
