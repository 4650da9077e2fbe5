/** Every network's row. */
import type { NetworkId } from '../../domain/channel.ts'
import type { NetworkRules } from '../model.ts'
import { bluesky } from './bluesky.ts'
import { facebook } from './facebook.ts'
import { ghost } from './ghost.ts'
import { instagram } from './instagram.ts'
import { linkedin } from './linkedin.ts'
import { mastodon } from './mastodon.ts'
import { newsletter } from './newsletter.ts'
import { pinterest } from './pinterest.ts'
import { snapchat } from './snapchat.ts'
import { threads } from './threads.ts'
import { tiktok } from './tiktok.ts'
import { wordpress } from './wordpress.ts'
import { x } from './x.ts'
import { youtube } from './youtube.ts'

export const RULES: Readonly<Record<NetworkId, NetworkRules>> = {
  facebook,
  instagram,
  youtube,
  linkedin,
  snapchat,
  x,
  bluesky,
  mastodon,
  threads,
  tiktok,
  pinterest,
  wordpress,
  ghost,
  newsletter,
}
