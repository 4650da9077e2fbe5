import { Flag, Images, MessageSquareText, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { purgeMedia, restoreMedia } from '../../data/commands/media.ts'
import { restorePosts } from '../../data/commands/posts.ts'
import { trashedMedia } from '../../data/media/library.ts'
import { trashedPosts } from '../../data/queries.ts'
import { ChannelSigns, formatAgo, formatWhen, plural, ScreenLayout, StatusPill, useUndo } from '../../parts/index.ts'
import { type StillOut, stillOut } from '../../parts/stillOut.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useSettings } from '../../ports/reference.tsx'
import { Button, Dialog, EmptyState, Link, Rows, SectionHead, TopBar, toast } from '../../ui/index.ts'
import { type Doomed, KEPT_DAYS, purge, restoreCampaigns } from './commands.ts'
import styles from './TrashScreen.module.css'

interface Row {
  readonly id: string
  readonly title: string
  readonly icon: ReactNode
  readonly facts: ReactNode
  readonly trashedAt: number
}

/** Where a deleted post stays, with the way to where it is deleted there. */
const StillOutOn = ({ out }: { out: StillOut | undefined }) =>
  out && (
    <Link onClick={() => go({ screen: 'outbox', deliveryId: out.deliveryId })}>still published on {out.networks}</Link>
  )

/** What was deleted, for thirty days. */
export default function TrashScreen() {
  const { db, store, clock, workspace, shell } = useDeps()
  const { zone } = useSettings()
  const { undo } = useUndo()
  const [doomed, setDoomed] = useState<(Doomed & { words: string }) | null>(null)
  const posts = useQuery((open) => trashedPosts(open), [])
  const campaigns = useQuery((open) => open.campaigns.where('trashedAt').above(0).toArray(), [])
  const media = useQuery(trashedMedia, [])
  const ids = posts?.map(({ id }) => id) ?? []
  const out = useQuery((open) => stillOut(open, ids), [ids.join()])
  if (!posts || !campaigns || !media) return <ScreenLayout>{null}</ScreenLayout>

  const postRows: Row[] = posts.map((post) => ({
    id: post.id,
    title: post.title || 'Untitled',
    icon: <MessageSquareText aria-hidden size={16} />,
    trashedAt: post.trashedAt,
    facts: (
      <>
        <ChannelSigns ids={post.channelIds} />
        <span className={styles.when}>{post.planned ? formatWhen(post.planned) : 'no date'}</span>
        <StatusPill status={post.status} />
        <StillOutOn out={out?.get(post.id)} />
      </>
    ),
  }))
  const campaignRows: Row[] = campaigns
    .toSorted((a, b) => b.trashedAt - a.trashedAt)
    .map(({ id, name, trashedAt }) => ({
      id,
      title: name,
      icon: <Flag aria-hidden size={16} />,
      facts: null,
      trashedAt,
    }))

  const restorePost = async (row: Row) => {
    await restorePosts(store, [row.id])
    toast({ text: `“${row.title}” is back.`, undo })
  }
  const restoreCampaign = async (row: Row) => {
    await restoreCampaigns(store, [row.id])
    toast({ text: `“${row.title}” is back.`, undo })
  }
  const mediaRows: Row[] = media.map(({ id, name, trashedAt }) => ({
    id,
    title: name,
    icon: <Images aria-hidden size={16} />,
    facts: null,
    trashedAt,
  }))
  const restoreFile = async (row: Row) => {
    await restoreMedia(store, [row.id])
    toast({ text: `“${row.title}” is back.`, undo })
  }
  const deleteForGood = async ({ mediaIds, ...rows }: Doomed) => {
    if (rows.postIds.length + rows.campaignIds.length > 0) await purge(store, db, rows)
    const gone = await purgeMedia(workspace, shell, mediaIds)
    const kept = mediaIds.length - gone.length
    if (kept > 0)
      toast({
        text: `${plural(kept, 'file')} ${kept === 1 ? 'stays' : 'stay'}: what lies in the trash still shows ${kept === 1 ? 'it' : 'them'}.`,
        tone: 'refused',
      })
  }
  const total = posts.length + campaigns.length + media.length
  const everything = plural(total, 'thing')
  const list = (rows: readonly Row[], restore: (row: Row) => void, asDoomed: (id: string) => Doomed) => (
    <Rows className={styles.list}>
      {rows.map((row) => (
        <li key={row.id} className={styles.row}>
          {row.icon}
          <span className={styles.title}>{row.title}</span>
          {row.facts}
          <span className={styles.since}>deleted {formatAgo(row.trashedAt, clock.now(), zone)}</span>
          <Button size="sm" aria-label={`Restore “${row.title}”`} onClick={() => restore(row)}>
            Restore
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Delete “${row.title}” for good`}
            onClick={() => setDoomed({ ...asDoomed(row.id), words: `“${row.title}”` })}
          >
            Delete for good
          </Button>
        </li>
      ))}
    </Rows>
  )

  return (
    <ScreenLayout>
      <TopBar
        title="Trash"
        sub={`kept for ${KEPT_DAYS} days`}
        end={
          total > 0 && (
            <Button
              icon={Trash2}
              onClick={() =>
                setDoomed({
                  postIds: posts.map(({ id }) => id),
                  campaignIds: campaigns.map(({ id }) => id),
                  mediaIds: media.map(({ id }) => id),
                  words: everything,
                })
              }
            >
              Empty the trash
            </Button>
          )
        }
      />
      <div className={styles.trash}>
        {total === 0 && (
          <EmptyState
            illustration="page"
            sentence={`The trash is empty. What you delete waits here for ${KEPT_DAYS} days and can be taken back.`}
          />
        )}
        {campaignRows.length > 0 && (
          <section>
            <SectionHead title="Campaigns" level={2} note={String(campaignRows.length)} />
            {list(
              campaignRows,
              (row) => void restoreCampaign(row),
              (id) => ({ postIds: [], campaignIds: [id], mediaIds: [] }),
            )}
          </section>
        )}
        {postRows.length > 0 && (
          <section>
            <SectionHead title="Posts" level={2} note={String(postRows.length)} />
            {list(
              postRows,
              (row) => void restorePost(row),
              (id) => ({ postIds: [id], campaignIds: [], mediaIds: [] }),
            )}
          </section>
        )}
        {mediaRows.length > 0 && (
          <section>
            <SectionHead title="Media" level={2} note={String(mediaRows.length)} />
            {list(
              mediaRows,
              (row) => void restoreFile(row),
              (id) => ({ postIds: [], campaignIds: [], mediaIds: [id] }),
            )}
          </section>
        )}
      </div>
      {doomed && (
        <Dialog
          open
          onOpenChange={() => setDoomed(null)}
          title={`Delete ${doomed.words} for good?`}
          description="Texts and files go too. This cannot be undone."
          footer={
            <>
              <Button onClick={() => setDoomed(null)}>Keep</Button>
              <Button
                variant="danger"
                onClick={() => {
                  setDoomed(null)
                  void deleteForGood(doomed)
                }}
              >
                Delete for good
              </Button>
            </>
          }
        />
      )}
    </ScreenLayout>
  )
}
