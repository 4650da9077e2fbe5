/** The rules of the networks, asked off the page's thread, and the marks of the posts in sight. Loaded when first asked for. */
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { postIdIn } from '../../shared/domain/placement.ts'
import type { Post } from '../../shared/domain/post.ts'
import type { PostStatus } from '../../shared/domain/status.ts'
import type { FoundOn, Verdict } from '../../shared/platforms/assess.ts'
import type { Rules } from '../data/rules/rules.ts'
import { useDeps } from './deps.tsx'

interface Open {
  readonly name: string
  readonly rules: Promise<Rules & { dispose(): void }>
}
let open: Open | undefined

/** The rules over a workspace: one worker for the whole window, begun by the first who asks. */
export function rulesOf(dbName: string): Promise<Rules> {
  if (open?.name !== dbName) {
    closeRules()
    open = {
      name: dbName,
      rules: import('../data/rules/rules.ts').then(({ createRules }) => createRules(dbName, outdated)),
    }
  }
  return open.rules
}

/** Ends them, so that the database can be closed or deleted. */
export function closeRules(): void {
  void open?.rules.then((rules) => rules.dispose())
  open = undefined
  wanted.clear()
  due.clear()
  clearTimeout(timer)
  useMarks.setState({ marks: NO_MARKS })
}

/* ---- marks: what stands in the way of the posts in sight ---- */

/** What is found on a post that keeps it from going out; an empty list says that nothing does. */
type Marks = ReadonlyMap<string, readonly FoundOn[]>
const NO_MARKS: Marks = new Map()
const NOTHING: readonly FoundOn[] = []
const useMarks = create<{ readonly marks: Marks }>()(() => ({ marks: NO_MARKS }))

/** What is drawn stays quiet as long before it is asked about, in milliseconds: whoever scrolls or types goes first. */
const QUIET_MS = 400
/** Marks kept of posts that are out of sight again, so that turning back finds them. */
const KEPT = 3_000

/** How many places on the screen show a post. */
const wanted = new Map<string, number>()
const due = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined

function ask(dbName: string): void {
  clearTimeout(timer)
  timer = setTimeout(() => void mark(dbName), QUIET_MS)
}

async function mark(dbName: string): Promise<void> {
  const ids = [...due].filter((id) => wanted.has(id))
  due.clear()
  if (ids.length === 0) return
  const verdicts = await (await rulesOf(dbName)).verdicts(ids)
  if (open?.name !== dbName) return
  const { marks } = useMarks.getState()
  const kept = marks.size > KEPT ? [...marks].filter(([id]) => wanted.has(id)) : marks
  useMarks.setState({
    marks: new Map([...kept, ...verdicts.map((verdict) => [verdict.postId, stopsOf(verdict)] as const)]),
  })
}

const stopsOf = ({ found }: Verdict) => found.filter(({ finding }) => finding.severity === 'error')

/** The old mark stands until the new one is there. */
function outdated(ids: readonly string[] | null): void {
  const { marks } = useMarks.getState()
  const stale = ids ?? [...marks.keys()]
  const unseen = stale.filter((id) => !wanted.has(id) && marks.has(id))
  if (unseen.length > 0) {
    const kept = new Map(marks)
    for (const id of unseen) kept.delete(id)
    useMarks.setState({ marks: kept })
  }
  for (const id of stale) if (wanted.has(id)) due.add(id)
  if (due.size > 0 && open) ask(open.name)
}

function want(dbName: string, id: string): () => void {
  wanted.set(id, (wanted.get(id) ?? 0) + 1)
  if (!useMarks.getState().marks.has(id)) {
    due.add(id)
    ask(dbName)
  }
  return () => {
    const left = (wanted.get(id) ?? 1) - 1
    if (left > 0) wanted.set(id, left)
    else wanted.delete(id)
  }
}

/** An idea is nothing yet that could be refused; what is out or cancelled goes nowhere. */
const MARKED: ReadonlySet<PostStatus> = new Set(['draft', 'review', 'changes', 'approved', 'scheduled'])

/** The same as `useMark`, this moment, for what is written only when somebody comes near. */
export const markOf = ({ id, channelIds }: Pick<Post, 'id' | 'channelIds'>): readonly FoundOn[] =>
  ofChannels(useMarks.getState().marks.get(postIdIn(id) ?? id) ?? NOTHING, channelIds)

/** What keeps a post that is in sight from going out; empty while that is not known, and where nothing does. */
export function useMark({ id, status, channelIds }: Pick<Post, 'id' | 'status' | 'channelIds'>): readonly FoundOn[] {
  const { db } = useDeps()
  const postId = postIdIn(id) ?? id
  const counts = MARKED.has(status) && channelIds.length > 0
  useEffect(() => (counts ? want(db.name, postId) : undefined), [db.name, postId, counts])
  const found = useMarks(({ marks }) => (counts && marks.get(postId)) || NOTHING)
  return useMemo(() => ofChannels(found, channelIds), [found, channelIds])
}

/** A card may be one channel of its post, or the post without it. */
const ofChannels = (found: readonly FoundOn[], channelIds: readonly string[]) =>
  found.length > 0 ? found.filter(({ channelId }) => channelIds.includes(channelId)) : found
