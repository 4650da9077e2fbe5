import { useMemo, useState } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import {
  allowedValues,
  type Drift,
  driftOf,
  isTaggable,
  isTagged,
  replacedTag,
  suggestedTags,
  untagged,
  type Vocabulary,
  withTags,
} from '../../../shared/domain/utm.ts'
import { changeVocabulary, mendLinks } from '../../data/commands/vocabulary.ts'
import { readUsedLinks, type UsedLinks } from '../../data/usedLinks.ts'
import { formatWhen, plural, StatusPill } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { Button, Later, Link, SectionHead, Select } from '../../ui/index.ts'
import { FIELD_WORD } from './LinksSection.tsx'
import { useSay } from './parts.tsx'
import styles from './Settings.module.css'

/** Posts a line names before it says how many more there are. */
const SHOWN = 6

const KIND_WORD: Readonly<Record<Drift['kind'], string>> = {
  form: 'written another way',
  unknown: 'not in the vocabulary',
  missing: 'missing beside the others',
}

/** What the texts say and the vocabulary does not, each with the posts that say it and the way to mend them. */
export function DriftReport({ vocabulary }: { vocabulary: Vocabulary }) {
  const { campaigns } = useReference()
  const { hosts } = vocabulary
  // Reads every text, and again when one changes: nobody writes while this page is open.
  const used = useQuery(
    (db) => readUsedLinks(db, (href) => isTagged(href) || (hosts.length > 0 && isTaggable(href, { hosts }))),
    [hosts.join(' ')],
  )

  const report = useMemo(() => {
    if (!used) return null
    const allowed = allowedValues(vocabulary, campaigns.list)
    const bare = untagged(used.links, vocabulary)
    return { drifts: driftOf(used.links, allowed, vocabulary), allowed, bare }
  }, [used, vocabulary, campaigns.list])
  if (!used || !report) return <Later>{null}</Later>
  const { drifts, allowed, bare } = report
  const tagged = used.links.filter(({ href }) => isTagged(href)).length
  return (
    <section aria-label="In the texts">
      <SectionHead
        level={2}
        className={styles.sectionHead}
        title="In the texts"
        note={`${plural(tagged, 'tagged link')}, ${drifts.length === 0 ? 'all as agreed' : `${plural(drifts.length, 'thing')} not as agreed`}`}
      />
      <ul className={styles.list}>
        {drifts.map((drift) => (
          <DriftLine
            key={`${drift.field} ${drift.kind} ${drift.value}`}
            drift={drift}
            choices={allowed[drift.field]}
            used={used}
          />
        ))}
        {bare.length > 0 && (
          <Untagged textIds={[...new Set(bare.map(({ textId }) => textId))]} {...{ used, vocabulary }} />
        )}
      </ul>
    </section>
  )
}

interface DriftLineProps {
  drift: Drift
  choices: readonly string[]
  used: UsedLinks
}

function DriftLine({ drift, choices, used }: DriftLineProps) {
  const { store } = useDeps()
  const say = useSay()
  const { field, value, kind, suggestion, textIds } = drift
  const posts = postsOf(textIds, used)
  const open = posts.filter(({ status }) => status !== 'published')
  const mend = async (to: string) => {
    const done = await mendLinks(
      store,
      textIds,
      (href) => replacedTag(href, field, value, to),
      `${FIELD_WORD[field]} “${to}”`,
    )
    if (done.ok)
      say(`${plural(done.value.posts.length, 'post')} now ${done.value.posts.length === 1 ? 'says' : 'say'} “${to}”.`)
  }
  const allow = async () => {
    await changeVocabulary(
      store,
      ({ allowed }) => ({ allowed: { ...allowed, [field]: [...allowed[field], value] } }),
      `Allowed “${value}” as ${FIELD_WORD[field].toLowerCase()}`,
    )
    say(`“${value}” is allowed.`)
  }
  return (
    <li className={styles.drift}>
      <div className={styles.driftHead}>
        <span className={styles.faint}>{FIELD_WORD[field]}</span>
        {value ? <code className={styles.wrong}>{value}</code> : <span>none</span>}
        <span className={styles.faint}>{KIND_WORD[kind]}</span>
        <span className="grow" />
        {kind !== 'missing' && open.length > 0 && (
          <>
            {suggestion && (
              <Button size="sm" onClick={() => void mend(suggestion)}>
                Write “{suggestion}”
              </Button>
            )}
            <Select
              size="sm"
              label={`Another value for ${value}`}
              placeholder="Another…"
              value=""
              onChange={(to) => void mend(to)}
              options={choices
                .filter((choice) => choice !== suggestion)
                .map((choice) => ({ value: choice, label: choice }))}
            />
          </>
        )}
        {kind === 'unknown' && (
          <Button size="sm" variant="ghost" onClick={() => void allow()}>
            Allow it
          </Button>
        )}
      </div>
      <PostLinks posts={posts} />
    </li>
  )
}

/** Links of one's own sites that say nothing of where they were clicked. */
function Untagged({
  textIds,
  used,
  vocabulary,
}: {
  textIds: readonly string[]
  used: UsedLinks
  vocabulary: Vocabulary
}) {
  const { store } = useDeps()
  const { campaigns } = useReference()
  const say = useSay()
  const posts = postsOf(textIds, used)
  // Only a post of a campaign can be tagged without asking.
  const clear = textIds.filter((id) => {
    const post = used.posts.get(id)
    return post && post.status !== 'published' && campaigns.get(post.campaignId)
  })
  const tagAll = async () => {
    const tag = (href: string, post: Post) =>
      isTagged(href) || !isTaggable(href, vocabulary)
        ? href
        : withTags(href, suggestedTags(campaigns.get(post.campaignId), post.planned?.date ?? null, vocabulary))
    const done = await mendLinks(store, clear, tag, 'Tagged links')
    if (done.ok) say(`Tagged the links of ${plural(done.value.posts.length, 'post')}.`)
  }
  return (
    <li className={styles.drift}>
      <div className={styles.driftHead}>
        <span>Links to your sites without tags</span>
        <span className="grow" />
        {clear.length > 0 && (
          <Button size="sm" onClick={() => void tagAll()}>
            Tag those of campaigns
          </Button>
        )}
      </div>
      <PostLinks posts={posts} />
    </li>
  )
}

/** The posts of some texts, each once. */
const postsOf = (textIds: readonly string[], { posts }: UsedLinks): Post[] => [
  ...new Map(textIds.flatMap((id) => posts.get(id) ?? []).map((post) => [post.id, post])).values(),
]

function PostLinks({ posts }: { posts: readonly Post[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? posts : posts.slice(0, SHOWN)
  return (
    <ul className={styles.driftPosts}>
      {shown.map((post) => (
        <li key={post.id}>
          <Link onClick={() => go({ screen: 'write', postId: post.id })}>{post.title || 'Untitled'}</Link>
          <span className={styles.faint}>{post.planned ? formatWhen(post.planned) : 'No date'}</span>
          {post.status === 'published' && <StatusPill status={post.status} />}
        </li>
      ))}
      {shown.length < posts.length && (
        <li>
          <Link onClick={() => setAll(true)}>{plural(posts.length - shown.length, 'more post')}</Link>
        </li>
      )}
    </ul>
  )
}
