/** Networks in memory, behind the port of the outbox. They lose answers, fail and lag as they are told. */
import type { Publisher, Renewed } from '../../renderer/sync/publisher.ts'
import type { Abilities } from '../../shared/domain/delivery.ts'
import type { Begun, CommitAnswer, Found, Seen, Step } from '../../shared/domain/publishing.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'

export interface PublishedPost {
  readonly remoteId: string
  readonly accountId: string
  readonly deliveryId: string
  readonly part: number
  /** What it was told to go under; '' where that is left to what was remembered. */
  readonly under: string
  text: string
  visibleAt: number
  removed: boolean
}

type Call = 'prepare' | 'commit' | 'find' | 'see' | 'edit' | 'remove' | 'renew'
/** What is to go wrong with a call; null: nothing. `lost`: it takes effect and the answer is lost. */
export type Fault = Trouble | 'lost' | 'throws' | null

export interface MemoryPublisher extends Publisher {
  readonly posts: PublishedPost[]
  readonly calls: { readonly call: Call; readonly deliveryId: string; readonly part: number }[]
  /** Asked before each call; of a renewal, with its account. */
  fault: (call: Call, deliveryId: string, part: number) => Fault
  /** Whether a part can be prepared without asking the network. */
  preparesAlone: boolean
  /** Runs before and after each call: a place to be killed in. */
  step: (where: string) => Promise<void>
  readonly visible: () => readonly PublishedPost[]
}

export function createMemoryPublisher(now: () => number, abilities: Partial<Abilities> = {}): MemoryPublisher {
  let made = 0
  /** What the shell writes down outside the database. */
  const begun = new Map<string, Begun>()
  const mine: Abilities = { find: true, see: false, edit: true, remove: true, schedules: null, ...abilities }
  const trouble = (fault: Fault): Trouble =>
    fault === null || fault === 'lost' || fault === 'throws' ? { kind: 'unknown', details: '' } : fault
  const guarded = async <T>(
    call: Call,
    deliveryId: string,
    part: number,
    work: () => T,
    failed: (why: Trouble) => T,
  ): Promise<T> => {
    await publisher.step(`before ${call}`)
    publisher.calls.push({ call, deliveryId, part })
    const fault = publisher.fault(call, deliveryId, part)
    const outcome = fault === null || fault === 'lost' ? work() : null
    await publisher.step(`after ${call}`)
    if (fault === 'throws') throw new Error('The network stack fell over.')
    return outcome === null || fault === 'lost' ? failed(trouble(fault)) : outcome
  }
  const failed = (why: Trouble) => ({ kind: 'trouble' as const, trouble: why })
  const postOf = (remoteId: string) => publisher.posts.find((post) => post.remoteId === remoteId && !post.removed)
  const publisher: MemoryPublisher = {
    posts: [],
    calls: [],
    fault: () => null,
    step: async () => {},
    preparesAlone: false,
    visible: () => publisher.posts.filter((post) => !post.removed && post.visibleAt <= now()),
    abilities: () => mine,
    prepare: (_account, job, part, memory) =>
      guarded<Step>(
        'prepare',
        job.deliveryId,
        part,
        () => ({ kind: 'ready', memory: { ...memory, [part]: { handle: part } } }),
        failed,
      ),
    prepareHere: async () => (publisher.preparesAlone ? { kind: 'ready', memory: { 0: { handle: 0 } } } : null),
    commit: (account, job, part, memory, commit, notAfter) => {
      const before = begun.get(job.deliveryId)
      if (before && before.commit >= commit) return Promise.resolve({ kind: 'begun-before', begun: before })
      begun.set(job.deliveryId, { deliveryId: job.deliveryId, commit, goesOut: job.publishAt ?? now() })
      return guarded<CommitAnswer>(
        'commit',
        job.deliveryId,
        part,
        () => {
          if (now() > notAfter) return failed({ kind: 'no-network', details: '' })
          if (memory[part] === undefined) throw new Error('not prepared')
          made += 1
          const remoteId = `r${made}`
          publisher.posts.push({
            remoteId,
            accountId: account.id,
            deliveryId: job.deliveryId,
            part,
            under: job.rootId ?? '',
            text: job.parts[part]?.text ?? '',
            visibleAt: Math.max(now(), job.publishAt ?? 0),
            removed: false,
          })
          return { kind: 'done', remoteId, memory }
        },
        failed,
      )
    },
    begun: async (deliveries) => deliveries.flatMap((id) => begun.get(id) ?? []),
    find: (_account, job, part) =>
      guarded<Found>(
        'find',
        job.deliveryId,
        part,
        () => {
          const post = publisher.posts.find(
            (one) => one.deliveryId === job.deliveryId && one.part === part && !one.removed,
          )
          return post ? { kind: 'there', remoteId: post.remoteId } : { kind: 'absent' }
        },
        failed,
      ),
    see: (_account, remoteId) =>
      guarded<Seen>(
        'see',
        postOf(remoteId)?.deliveryId ?? '',
        0,
        () => {
          const post = postOf(remoteId)
          return {
            kind: 'seen',
            permalink: `https://example.org/${remoteId}`,
            state: !post ? 'removed' : post.visibleAt > now() ? 'scheduled' : 'public',
            because: '',
            fingerprint: `${post?.text ?? ''} ${post?.visibleAt ?? 0}`,
            remoteId,
            ...(post && post.visibleAt > now() ? { text: post.text, publishAt: post.visibleAt } : {}),
          }
        },
        failed,
      ),
    edit: (_account, remoteId, _sent, job, part) =>
      guarded(
        'edit',
        job.deliveryId,
        part,
        () => {
          const post = postOf(remoteId)
          if (!post) return failed({ kind: 'target-gone', details: '' })
          post.text = job.parts[part]?.text ?? ''
          post.visibleAt = Math.max(now(), job.publishAt ?? 0)
          return { kind: 'done' as const }
        },
        failed,
      ),
    remove: (_account, remoteId) =>
      guarded(
        'remove',
        postOf(remoteId)?.deliveryId ?? '',
        postOf(remoteId)?.part ?? 0,
        () => {
          const post = postOf(remoteId)
          if (!post) return failed({ kind: 'target-gone', details: '' })
          post.removed = true
          if (mine.takesAlong)
            for (const one of publisher.posts) if (one.deliveryId === post.deliveryId) one.removed = true
          return { kind: 'done' as const }
        },
        failed,
      ),
    renew: ({ id, handle, name, facts }) =>
      guarded<Renewed>(
        'renew',
        id,
        0,
        () => ({ kind: 'renewed', told: { handle, name, facts, expiresAt: null } }),
        failed,
      ),
  }
  return publisher
}
