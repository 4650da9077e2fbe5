/** What a person typed about a media host, made into what is worked with, or a sentence at the field that is wrong. */
import type { HostSettings } from '../../../shared/domain/mediaHost.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { serverAddress } from '../../platforms/shared/host.ts'

export interface Wrong {
  /** Of the settings; '' for none. */
  readonly field: string
  readonly sentence: string
}

const wrong = (field: string, sentence: string) => err<Wrong>({ field, sentence })
const slashed = (text: string): string => (text.endsWith('/') ? text : `${text}/`)

function address(field: string, typed: string): Result<string, Wrong> {
  const read = serverAddress(typed)
  return read.ok ? read : wrong(field, read.error)
}

/** The base of public addresses; `otherwise` where nothing was typed. */
function publicBase(typed: string, otherwise: string): Result<string, Wrong> {
  if (typed.trim() === '') return ok(otherwise)
  const read = address('publicBase', typed)
  return read.ok ? ok(slashed(read.value)) : read
}

export function settingsFrom(typed: HostSettings): Result<HostSettings, Wrong> {
  switch (typed.kind) {
    case 's3': {
      const endpoint = address('endpoint', typed.endpoint)
      if (!endpoint.ok) return endpoint
      const bucket = typed.bucket.trim()
      if (!/^[a-zA-Z0-9][\w.-]{1,254}$/.test(bucket))
        return wrong('bucket', 'This is not the name of a bucket: letters, digits, dots and hyphens.')
      const region = typed.region.trim()
      if (!/^[\w-]+$/.test(region))
        return wrong('region', 'A region is a word such as eu-central-1; some services say auto.')
      const keyId = typed.keyId.trim()
      if (!/^[\x21-\x7e]+$/.test(keyId) || /[,/]/.test(keyId)) return wrong('keyId', 'Copy the id of the access key.')
      const folder = typed.prefix.trim().replace(/^\/+|\/+$/g, '')
      const base = typed.links === 'signed' ? ok('') : publicBase(typed.publicBase, '')
      if (!base.ok) return base
      const prefix = folder === '' ? '' : `${folder}/`
      return ok({ ...typed, endpoint: endpoint.value, bucket, region, keyId, prefix, publicBase: base.value })
    }
    case 'webdav': {
      const folder = address('folder', typed.folder)
      if (!folder.ok) return folder
      const user = typed.user.trim()
      if (user === '' || user.includes(':')) return wrong('user', 'Write the name of the user, without a colon.')
      if (typed.publicBase.trim() === '')
        return wrong('publicBase', 'Write where everybody finds what lies in this folder, without a password.')
      const base = publicBase(typed.publicBase, '')
      return base.ok ? ok({ ...typed, folder: slashed(folder.value), user, publicBase: base.value }) : base
    }
    case 'server': {
      const template = typed.template.trim()
      if (template.split('{name}').length !== 2)
        return wrong('template', 'Write {name} where the name of a file goes, once.')
      const [before = '', after = ''] = template.split('{name}')
      const read = address('template', before)
      if (!read.ok) return read
      // The letter stands in: what ends in a slash loses it as an address.
      const whole = address('template', `${before}n${after}`)
      if (!whole.ok) return whole
      const origin = /^[a-z]+:\/\//i.test(before) ? '' : 'https://'
      const base = publicBase(typed.publicBase, before.endsWith('/') && after === '' ? slashed(read.value) : '')
      if (!base.ok) return base
      if (base.value === '') return wrong('publicBase', 'Write what the public address of a file begins with.')
      return ok({ ...typed, template: `${origin}${template}`, publicBase: base.value })
    }
  }
}

/** What a secret is given to: it goes nowhere else. */
export function targetOf(settings: HostSettings): string {
  switch (settings.kind) {
    case 's3': {
      const { endpoint, bucket, prefix, style, keyId } = settings
      return JSON.stringify(['s3', endpoint, bucket, prefix, style, keyId])
    }
    case 'webdav':
      return JSON.stringify(['webdav', settings.folder, settings.user])
    case 'server':
      return JSON.stringify(['server', settings.template])
  }
}
