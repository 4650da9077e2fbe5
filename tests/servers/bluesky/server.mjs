// The reference data server of the AT Protocol, and the reference directory of identities with its memory for a store. Asks nobody outside.
import { PDS } from '@atproto/pds'
import plc from '@did-plc/server'

const { PORT, PLC_PORT, DATA, SECRET } = process.env

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: Number(PLC_PORT) })
await directory.start()
const server = await PDS.fromEnv({
  devMode: true,
  hostname: 'localhost',
  port: Number(PORT),
  dataDirectory: DATA,
  blobstoreDiskLocation: `${DATA}/blobs`,
  didPlcUrl: `http://localhost:${PLC_PORT}`,
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  disableSsrfProtection: true,
  rateLimitsEnabled: false,
  adminPassword: SECRET,
  jwtSecret: SECRET,
  dpopSecret: SECRET,
  plcRotationKeyK256PrivateKeyHex: SECRET,
  bskyAppViewUrl: 'https://appview.invalid',
  bskyAppViewDid: 'did:example:invalid',
  bskyAppViewCdnUrlPattern: 'http://cdn.invalid/%s/%s/%s',
  modServiceUrl: 'https://moderator.invalid',
  modServiceDid: 'did:example:invalid',
})
await server.start()

process.on('SIGTERM', async () => {
  await server.destroy()
  await directory.destroy()
  process.exit(0)
})
