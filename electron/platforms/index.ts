/** Every network Outpost publishes to by itself; a line each. */
import type { Adapter } from './adapter.ts'
import { bluesky } from './bluesky.ts'
import { ghost } from './ghost.ts'
import { mastodon } from './mastodon.ts'
import { wordpress } from './wordpress.ts'

export const ADAPTERS: readonly Adapter[] = [bluesky, mastodon, wordpress, ghost]
