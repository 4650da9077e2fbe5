import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { channelWords, NETWORKS } from '../../../../shared/domain/channel.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { channelSign } from '../../../parts/index.ts'
import { useReference } from '../../../ports/reference.tsx'
import { CallSign, cx, TabPanel, Tabs } from '../../../ui/index.ts'
import { AddChannels } from './AddChannels.tsx'
import styles from './Networks.module.css'
import { channelsOf, usePlacements } from './NetworksProvider.tsx'
import { BASE, showText, useWriting } from './state.ts'
import { worstOf } from './words.ts'

/** More names than this do not fit beside each other: then only the call signs stand there. */
const NAMES = 4

/** The texts of a post: the base, and one for each channel. */
export function TextTabs({ post, tab, children }: { post: Post; tab: string; children: ReactNode }) {
  const channels = channelsOf(post, useReference())
  const placements = usePlacements()
  return (
    <Tabs
      label="Texts"
      value={tab}
      onChange={showText}
      className={cx(styles.texts, channels.length > NAMES && styles.many)}
      end={<AddChannels post={post} />}
      tabs={[
        { value: BASE, label: 'Base text' },
        ...channels.map((channel) => ({
          value: channel.id,
          mark: <CallSign sign={channelSign(channel)} hue={channel.hue} />,
          label: (
            <>
              <span className={styles.tabName} title={`${NETWORKS[channel.network].name}: ${channel.name}`}>
                {channelWords(channel, channels)}
              </span>
              {placements?.own.has(channel.id) && (
                <span className={styles.dot} title="Has a text of its own">
                  <span className="vh">, own text</span>
                </span>
              )}
              <Worst channelId={channel.id} />
            </>
          ),
        })),
      ]}
    >
      <TabPanel value={tab} className={styles.panel}>
        {children}
      </TabPanel>
    </Tabs>
  )
}

/** Redraws by itself when what is wrong changes. */
function Worst({ channelId }: { channelId: string }) {
  const worst = useWriting(({ findings }) => worstOf(findings[channelId] ?? []))
  if (worst === null) return null
  const Icon = worst === 'error' ? CircleAlert : TriangleAlert
  return (
    <Icon
      role="img"
      aria-label={worst === 'error' ? ', cannot go out' : ', worth a look'}
      size={14}
      className={styles[worst]}
    />
  )
}
