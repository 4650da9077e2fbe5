import { Plus } from 'lucide-react'
import { useState } from 'react'
import { NETWORKS } from '../../../../shared/domain/channel.ts'
import type { Post } from '../../../../shared/domain/post.ts'
import { editPosts } from '../../../data/commands/posts.ts'
import { ChannelMark, plural, useUndo } from '../../../parts/index.ts'
import { useCommands } from '../../../ports/commands.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { go } from '../../../ports/navigation.ts'
import { useReference } from '../../../ports/reference.tsx'
import { Button, Checkbox, IconButton, Link, Popover, toast } from '../../../ui/index.ts'
import styles from './Networks.module.css'

/** Puts a post on further channels, as many as one likes in one gesture. */
export function AddChannels({ post }: { post: Post }) {
  const { store } = useDeps()
  const { channels } = useReference()
  const { undo } = useUndo()
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const others = channels.list.filter(({ id }) => !post.channelIds.includes(id))
  const show = (next: boolean) => {
    setOpen(next)
    setChosen([])
  }
  useCommands([
    {
      id: 'write.addChannels',
      title: 'Add channels to this post',
      section: 'Write',
      words: 'network cross-post',
      run: () => show(true),
    },
  ])
  const add = async () => {
    show(false)
    // In the order of the workspace, whatever was pressed first.
    const added = others.filter(({ id }) => chosen.includes(id))
    const channelIds = [...post.channelIds, ...added.map(({ id }) => id)]
    await editPosts(store, [post.id], { channelIds }, 'Channels')
    const [only] = added
    toast({
      text: `Added ${added.length === 1 && only ? `${NETWORKS[only.network].name} ${only.name}` : plural(added.length, 'channel')}`,
      undo,
    })
  }
  return (
    <Popover
      label="Add channels"
      width={280}
      open={open}
      onOpenChange={show}
      trigger={<IconButton size="sm" icon={Plus} label="Add channels" tooltip={false} className={styles.add} />}
    >
      {others.length === 0 ? (
        <p className={styles.quiet}>
          {channels.list.length === 0 ? 'There are no channels yet.' : 'It goes to every channel there is.'}{' '}
          <Link onClick={() => go({ screen: 'settings' })}>Channels in Settings</Link>
        </p>
      ) : (
        <div className={styles.addList}>
          <Checkbox
            checked={chosen.length === others.length ? true : chosen.length > 0 ? 'mixed' : false}
            onChange={(all) => setChosen(all ? others.map(({ id }) => id) : [])}
          >
            All channels
          </Checkbox>
          <ul className={styles.addRows}>
            {others.map((channel) => (
              <li key={channel.id}>
                <Checkbox
                  checked={chosen.includes(channel.id)}
                  onChange={(on) => setChosen(on ? [...chosen, channel.id] : chosen.filter((id) => id !== channel.id))}
                >
                  <span className={styles.addRow}>
                    <ChannelMark channel={channel} signed title={NETWORKS[channel.network].name} />
                    <span className="ell">{channel.name}</span>
                  </span>
                </Checkbox>
              </li>
            ))}
          </ul>
          <Button
            variant="primary"
            unmet={chosen.length === 0 ? ['Choose at least one'] : []}
            onClick={() => void add()}
          >
            {chosen.length === 0 ? 'Add channels' : `Add ${plural(chosen.length, 'channel')}`}
          </Button>
        </div>
      )}
    </Popover>
  )
}
