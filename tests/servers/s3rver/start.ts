/** s3rver: buckets that speak S3, on loopback. */
import { join } from 'node:path'
import { locked } from '../packages.ts'
import { answering, freePort, start } from '../process.ts'

export interface S3Server {
  readonly url: string
  readonly bucket: string
  readonly region: string
  readonly keyId: string
  readonly secret: string
  stop(): Promise<void>
}

/** Starts one with an empty bucket; its files go into `folder`. */
export async function startS3Server(folder: string): Promise<S3Server> {
  const home = await locked('s3rver')
  const port = await freePort()
  const bucket = 'press'
  const where = ['--address', '127.0.0.1', '--port', String(port), '--directory', join(folder, 's3')]
  const program = join(home, 'node_modules', 's3rver', 'bin', 's3rver.js')
  const server = start(
    process.execPath,
    [program, ...where, '--configure-bucket', bucket, '--silent'],
    join(folder, 's3rver.log'),
  )
  try {
    const url = `http://127.0.0.1:${port}`
    await answering(url)
    return { url, bucket, region: 'us-east-1', keyId: 'S3RVER', secret: 'S3RVER', stop: server.stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}
