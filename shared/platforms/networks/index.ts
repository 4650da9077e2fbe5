/** Every network's row. */
import type { NetworkId } from '../../domain/channel.ts'
import type { NetworkRules } from '../model.ts'

const pending: NetworkRules = {
  asOf: '2026-10',
  formats: { feed: { name: 'Post', text: { bounds: [] }, media: [], files: {}, fields: {} } },
}

export const RULES: Readonly<Record<NetworkId, NetworkRules>> = {
  facebook: pending,
  instagram: pending,
  youtube: pending,
  linkedin: pending,
  snapchat: pending,
  x: pending,
  bluesky: pending,
  mastodon: pending,
  threads: pending,
  tiktok: pending,
  pinterest: pending,
  wordpress: pending,
  ghost: pending,
  newsletter: pending,
}
