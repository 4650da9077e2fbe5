/**
 * What can go wrong between Outpost and a network, sorted by what is to be done next. Every answer of every network ends as one of
 * these or as success; the sentences are made from the kind, and words of the network that stand in one are quoted as such: all of them stand in
 * `details`. Pure.
 */
import type { Instant } from './time.ts'

/** A page without encryption, reserved for such uses (RFC 2606): a network that wants a sign-in first shows its own in its place. */
export const PLAIN_PAGE = 'http://example.com/'

/** A page for people answered: the network one is in may want a sign-in before anything gets through. */
export const isPortal = (trouble: Trouble | null): boolean => trouble?.kind === 'in-between' && trouble.by === 'portal'

/** Whether nothing got through to the network: nothing is wrong with the post, nor with its account. */
export const isOfLine = (trouble: Trouble): boolean => trouble.kind === 'no-network' || trouble.kind === 'in-between'

interface Said {
  /** The network's own words with status and code, secrets masked; '' when it said nothing. */
  readonly details: string
}

export type Trouble = Said &
  (
    | { readonly kind: 'no-network' }
    /**
     * Something between us and the network answered: a page for people, a proxy, a wrong certificate. `here`: it stood before the media host, a
     * sentence says so.
     */
    | { readonly kind: 'in-between'; readonly by: 'portal' | 'proxy' | 'certificate'; readonly here?: string }
    /** The access ran out by the clock: renew it once and repeat the step. */
    | { readonly kind: 'access-expired' }
    /**
     * The access was taken away: only a person can give it again. `stopped`: the access itself is well, and the network lets the account post
     * nothing for now; where a person sees why. `here`: the network said nothing, this computer has lost it; the reason is a sentence.
     */
    | { readonly kind: 'access-withdrawn'; readonly reason: string; readonly stopped?: string; readonly here?: true }
    /** `right`: what the account lacks, in the network's name for it. */
    | { readonly kind: 'not-permitted'; readonly right: string }
    /** `until`: by the network's own clock, carried over to ours. */
    | { readonly kind: 'rate-limited'; readonly until: Instant; readonly shared: 'account' | 'app' }
    /** `shared`: whose it is; absent: the account's. */
    | { readonly kind: 'quota-used'; readonly until: Instant; readonly of: string; readonly shared?: 'account' | 'app' }
    /** The network will never take this as it is; `field` as the findings name it, '' when it does not say. */
    | {
        readonly kind: 'refused'
        readonly field: string
        /** Quoted as the network's own where it said something (`details`) and this was not found here. */
        readonly reason: string
        /** Found here, before the network was asked. */
        readonly ours?: true
        /** Of `publishAt`: it is not taken ahead for now, as too many wait there, or it is too early, and may be later as it is. */
        readonly notYet?: true
      }
    /** It says that it has this already; `remoteId` where it says which. */
    | { readonly kind: 'duplicate'; readonly remoteId: string }
    /** A fault at the network in a step that may be repeated. `here`: it is this computer's or the media host's, a sentence says which. */
    | { readonly kind: 'server-fault'; readonly until: Instant | null; readonly here?: string }
    | { readonly kind: 'target-gone' }
    /** Our clock is off by so many milliseconds (theirs minus ours). */
    | { readonly kind: 'clock-off'; readonly by: number }
    /** The network speaks a newer language than this version of Outpost. */
    | { readonly kind: 'changed' }
    /** A handle made before the commit has run out: begin again. */
    | { readonly kind: 'begin-again' }
    /** The answer to a commit was lost: it may be out. Only ever said of a commit. */
    | { readonly kind: 'unknown' }
  )

/** Field of a refusal: what the part comes after, or comments, is not there any more. */
export const PART_BEFORE = 'partBefore'
