/** Uploads a film from the disk to the YouTube of the sandbox and says what that took, as one JSON object. Run by `publishing.ts`. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toolsFor } from '../../electron/handlers/tools.ts'
import type { Memory } from '../../electron/platforms/adapter.ts'
import { youtube } from '../../electron/platforms/youtube.ts'
import { silentLog } from '../../electron/services/log.ts'
import { createNetworkClock } from '../../electron/services/networkClock.ts'
import { createOriginals } from '../../electron/services/originals.ts'
import { createPractice } from '../../electron/services/practice.ts'
import { createVault, fileSealer } from '../../electron/services/vault.ts'
import { aJob, aPicture, deliver } from '../contract/platforms/deliver.ts'
import { inSandbox } from '../sandbox/reroute.ts'
import { temporaryFolder } from '../support/project.ts'

const [url = '', bytes = ''] = process.argv.slice(2)
const size = Number(bytes)
using folder = temporaryFolder()
mkdirSync(join(folder.path, 'films'))
const path = join(folder.path, 'films', 'film')
writeFileSync(path, '')
truncateSync(path, size)

const clock = { now: Date.now, pass: () => undefined }
const adapter = inSandbox(youtube, () => url)
const given = { accessToken: 'ya29.first-access' }
const machine = {
  log: silentLog,
  originals: createOriginals(folder.path),
  practice: createPractice(createVault(folder.path, async () => fileSealer(folder.path), silentLog)),
  networkClock: createNetworkClock(),
}
const whose = { network: 'youtube', host: '' } as const
const connected = await adapter.connect(given, toolsFor(machine, whose, given, ''))
if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected))
const { account, secrets } = connected
const tools = toolsFor(machine, whose, secrets, 'films')
const job = aJob('A long film', {
  format: 'video',
  fields: { title: 'A long film', visibility: 'public', madeForKids: false },
  parts: [
    {
      kind: 'post',
      text: 'A long film',
      html: '',
      media: [aPicture('film', size, { type: 'video/mp4', duration: 3600 })],
    },
  ],
})

gc?.()
const before = process.memoryUsage.rss()
let most = before
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, 20)
const began = performance.now()
let memory: Memory = {}
let cuts = 0
for (;;) {
  const delivered = await deliver({ adapter, job, account, tools, clock }, memory)
  memory = delivered.memory
  if (delivered.trouble === null) break
  if (++cuts > 3) throw new Error(JSON.stringify(delivered.trouble))
}
clearInterval(watch)
const seconds = Math.round((performance.now() - began) / 100) / 10
console.log(JSON.stringify({ extraMb: Math.round((most - before) / 1024 / 1024), seconds, cuts }))
