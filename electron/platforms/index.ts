/** Every network Outpost publishes to by itself; a line each. */
import type { Adapter } from './adapter.ts'
import { bluesky } from './bluesky.ts'
import { facebook } from './facebook.ts'
import { ghost } from './ghost.ts'
import { instagram } from './instagram.ts'
import { linkedin } from './linkedin.ts'
import { mastodon } from './mastodon.ts'
import { pinterest } from './pinterest.ts'
import { snapchat } from './snapchat.ts'
import { threads } from './threads.ts'
import { tiktok } from './tiktok.ts'
import { wordpress } from './wordpress.ts'
import { x } from './x.ts'
import { youtube } from './youtube.ts'

export const ADAPTERS: readonly Adapter[] = [
  facebook,
  instagram,
  youtube,
  linkedin,
  snapchat,
  x,
  tiktok,
  threads,
  pinterest,
  bluesky,
  mastodon,
  wordpress,
  ghost,
]
