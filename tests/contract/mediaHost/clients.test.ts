/** Clients that nobody here wrote hold the servers in small to what hosts really speak; and Amazon's published examples hold ours. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from 'webdav'
import { sha256, signedAddress, signedHeaders } from '../../../electron/services/mediaHost/sigv4.ts'
import { DAV, type HostSandbox, S3, startS3, startWebDav } from '../../sandbox/mediaHost.ts'
import type { Clock } from '../../sandbox/server.ts'

const clock: Clock = { now: Date.now, pass: () => undefined }

describe('Amazon’s own client', () => {
  let sandbox: HostSandbox
  beforeAll(async () => {
    sandbox = await startS3({ clock })
  })
  afterAll(() => sandbox.close())
  const client = (secretAccessKey: string) =>
    new S3Client({
      endpoint: sandbox.url,
      region: S3.region,
      forcePathStyle: true,
      credentials: { accessKeyId: S3.keyId, secretAccessKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
      maxAttempts: 1,
    })
  const file = { Bucket: S3.bucket, Key: 'a folder/Über (1).jpg' }

  it('puts, finds, reads and deletes', async () => {
    const s3 = client(S3.secret)
    await s3.send(new PutObjectCommand({ ...file, Body: Buffer.from('bytes'), ContentType: 'image/jpeg' }))
    expect(await s3.send(new HeadObjectCommand(file))).toMatchObject({ ContentLength: 5, ContentType: 'image/jpeg' })
    const read = await s3.send(new GetObjectCommand(file))
    expect(await read.Body?.transformToString()).toBe('bytes')
    await s3.send(new DeleteObjectCommand(file))
    await expect(s3.send(new GetObjectCommand(file))).rejects.toMatchObject({ name: 'NoSuchKey' })
  })

  it('reads its refusals', async () => {
    const put = new PutObjectCommand({ ...file, Body: 'bytes' })
    await expect(client('wrong').send(put)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
    await expect(
      client(S3.secret).send(new PutObjectCommand({ ...file, Bucket: 'none', Body: '' })),
    ).rejects.toMatchObject({
      name: 'NoSuchBucket',
    })
  })
})

it('a WebDAV client makes a folder, puts, reads and deletes', async () => {
  const sandbox = await startWebDav({ clock })
  const dav = createClient(`${sandbox.url}/dav`, { username: DAV.user, password: DAV.password })
  await expect(dav.putFileContents('/press/one.jpg', 'bytes')).rejects.toMatchObject({ status: 409 })
  await dav.createDirectory('/press/')
  expect(await dav.putFileContents('/press/one.jpg', 'bytes')).toBe(true)
  expect(await dav.getFileContents('/press/one.jpg', { format: 'text' })).toBe('bytes')
  await dav.deleteFile('/press/one.jpg')
  expect(sandbox.files.size).toBe(0)
  await sandbox.close()
})

/** "Authenticating Requests (AWS Signature Version 4)", examples of the Amazon S3 API Reference. */
describe('Amazon’s published examples', () => {
  const signing = {
    region: 'us-east-1',
    keyId: 'AKIAIOSFODNN7EXAMPLE',
    secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    at: Date.UTC(2013, 4, 24),
  }
  const at = (path: string) => new URL(`https://examplebucket.s3.amazonaws.com/${path}`)
  const signatureOf = (text: string) => /Signature=([0-9a-f]+)/.exec(text)?.[1]

  it('a file that is read in part', () => {
    const headers = signedHeaders({ method: 'GET', url: at('test.txt') }, sha256(''), { range: 'bytes=0-9' }, signing)
    expect(signatureOf(headers.authorization ?? '')).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    )
  })

  it('a file that is put', () => {
    const headers = signedHeaders(
      { method: 'PUT', url: at('test%24file.text') },
      sha256('Welcome to Amazon S3.'),
      { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      signing,
    )
    expect(signatureOf(headers.authorization ?? '')).toBe(
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    )
  })

  it('an address that lets in for a day', () => {
    expect(signatureOf(signedAddress(at('test.txt'), 86_400, signing))).toBe(
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    )
  })
})
