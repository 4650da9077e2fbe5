import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from '../../../shared/interchange/model.ts'

export const POSTS_FOLDER = join(import.meta.dirname, '../../fixtures/18f-blog/posts')

/** The 509 real posts, as a chosen folder gives them. */
export const postFiles = (): SourceFile[] =>
  readdirSync(POSTS_FOLDER).map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(POSTS_FOLDER, path))) }))

export const textFile = (path: string, text: string): SourceFile => ({ path, bytes: new TextEncoder().encode(text) })
