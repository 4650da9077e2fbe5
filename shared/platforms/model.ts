/** What a network takes, and what one post would send there. Types only: the facts stand in `networks/`, the checks beside. */
import type { NetworkId } from '../domain/channel.ts'
import type { Instant } from '../domain/time.ts'

/* ---- what would go out ---- */

export type FormatId =
  | 'feed'
  | 'carousel'
  | 'thread'
  | 'video'
  | 'reel'
  | 'short'
  | 'story'
  | 'savedStory'
  | 'spotlight'
  | 'article'
  | 'email'

/** A file as it is, read from its bytes. What is not known is left out, and what is left out is not checked. */
export interface MediaFacts {
  readonly id: string
  readonly kind: 'image' | 'video' | 'audio' | 'document'
  /** MIME type by content, never by name: `image/jpeg` */
  readonly type: string
  readonly bytes?: number
  /** Pixels as shown, after rotation. */
  readonly width?: number
  readonly height?: number
  readonly seconds?: number
  /** Frames of a moving picture; 1 or absent: it stands still. */
  readonly frames?: number
  /** How the pictures of a video are packed, `H.264`: known once it was opened. */
  readonly codec?: string
  /** Frames a second of a video. */
  readonly fps?: number
  /** Pages of a document. */
  readonly pages?: number
  /** The shape it is cut to where it is used, `4:5`; absent: it is shown whole. */
  readonly ratio?: string
  /** What a reader who cannot see it is told; '' when nobody wrote it. */
  readonly alt: string
}

/** Everything besides text and media. Which of them a format has, and what they may hold, says its row in `networks/`. */
export interface Fields {
  readonly title?: string
  readonly link?: string
  readonly linkTitle?: string
  readonly linkDescription?: string
  /** The address of a post of the network that stands in this one. */
  readonly quote?: string
  readonly tags?: readonly string[]
  readonly pollQuestion?: string
  readonly pollOptions?: readonly string[]
  readonly pollDuration?: string
  readonly collaborators?: readonly string[]
  /** People who are seen in the media, by their names on the network. */
  readonly userTags?: readonly string[]
  readonly categories?: readonly string[]
  readonly category?: string
  readonly visibility?: string
  readonly replies?: string
  readonly language?: string
  readonly contentWarning?: string
  readonly contentLabel?: string
  readonly topic?: string
  readonly board?: string
  readonly boardSection?: string
  readonly slug?: string
  readonly excerpt?: string
  readonly canonicalUrl?: string
  readonly metaTitle?: string
  readonly metaDescription?: string
  /** Who is mailed the article as well. */
  readonly emailSegment?: string
  readonly emailSubject?: string
  /** By its slug. */
  readonly newsletter?: string
  readonly subject?: string
  readonly preheader?: string
  readonly locale?: string
  readonly lifetime?: string
  /** Thumbnail, cover of a video, feature image of an article. */
  readonly cover?: MediaFacts
  readonly madeForKids?: boolean
  readonly aiGenerated?: boolean
  readonly sensitive?: boolean
  readonly shareToFeed?: boolean
  readonly saveToProfile?: boolean
  readonly comments?: boolean
  readonly duet?: boolean
  readonly stitch?: boolean
  readonly ownBrand?: boolean
  readonly brandedContent?: boolean
}
export type FieldName = keyof Fields
export type FieldValue = NonNullable<Fields[FieldName]>

/** One post of a thread; posts that are no thread are one of these. */
export interface Part {
  /** As people see it: no markup, no escapes. */
  readonly text: string
  readonly media: readonly MediaFacts[]
}

export type AccountKind = 'page' | 'profile'

/** Numbers an account has of its own (its server's, its plan's): they stand in place of the network's. */
export interface AccountLimits {
  readonly text?: number
  readonly alt?: number
  readonly media?: number
  readonly imageBytes?: number
  readonly videoBytes?: number
  readonly videoSeconds?: number
}

/** What would go to ONE channel. In a thread the content itself is the first post, `parts` are those after it. */
export interface Content extends Part {
  readonly network: NetworkId
  readonly format: FormatId
  readonly parts?: readonly Part[]
  readonly fields: Fields
  /** Said by the author below the post, once it is out. */
  readonly firstComment?: string
  readonly account?: { readonly kind?: AccountKind; readonly limits?: AccountLimits }
}

/** When it would go out, seen from now: both instants. */
export interface When {
  readonly at: Instant
  readonly now: Instant
}

/* ---- what a network says about it ---- */

export type Severity = 'error' | 'warning' | 'note'

/** Something known about a network. */
export interface Fact {
  /** Whose words these are. */
  readonly source: string
  /** No page of the network itself says so: such a fact warns, it never blocks. */
  readonly unconfirmed?: true
  /** What it means to go against it; an error when absent. */
  readonly severity?: Severity
  /** One more sentence for the reader: what then happens, or what to do. */
  readonly why?: string
}

/** A number that must not be left behind, upwards or downwards; both ends are still fine. */
export interface Bound<Of extends string> extends Fact {
  readonly of: Of
  readonly min?: number
  readonly max?: number
}

/** How a text is counted (`count.ts`). Those after `bytes` are the ways of one network each. */
export type Unit =
  | 'utf16'
  | 'codePoints'
  | 'graphemes'
  | 'bytes'
  | 'xWeight'
  | 'mastodon'
  | 'threads'
  | 'bluesky'
  | 'blueskyBytes'
/** What else is counted in a text; `longestHashtag` is in graphemes, `longestHashtagBytes` in UTF-8, both without the sign. */
export type Entity = 'hashtags' | 'longestHashtag' | 'longestHashtagBytes' | 'mentions' | 'links' | 'cashtags'

export interface TextBound extends Bound<Unit | Entity> {
  /** The number is sure, what it counts is not: an error only when even graphemes, the fewest, are too many. */
  readonly unitUnconfirmed?: true
}

export interface TextRules {
  readonly bounds: readonly TextBound[]
  /** Characters refused. */
  readonly forbids?: Fact & { readonly characters: string }
  /** Said when a link stands in the text. */
  readonly links?: Fact & { readonly sentence: string }
}

export type FieldRules = {
  /** What the screen calls it. */
  readonly label: string
  readonly required?: Fact
  /** A form asks for it only once this one is filled in. */
  readonly with?: FieldName
  /** What stands in when nobody chose. */
  readonly preset?: string
  /** What the network does while a text is empty; a form shows it there. */
  readonly empty?: string
  /** Said when it is filled in. */
  readonly caveat?: Fact & { readonly sentence: string }
  /** It needs the post to be without media, such as a link card. */
  readonly withoutMedia?: Fact
} & (
  | ({ readonly kind: 'text' } & TextRules)
  | ({ readonly kind: 'address'; readonly form?: AddressForm } & TextRules)
  | { readonly kind: 'choice'; readonly options: readonly Option[]; readonly source: string }
  | { readonly kind: 'switch' }
  | {
      readonly kind: 'list'
      readonly each?: TextRules
      /** How many, or how long together: joined by commas, those with a space in quotes. */
      readonly bounds?: readonly Bound<'items' | 'joined'>[]
    }
  | { readonly kind: 'picture'; readonly file: FileRules }
)

/** Which addresses a field takes; those of every page where it has no form. */
export interface AddressForm extends Fact {
  readonly fits: (address: string) => boolean
  /** What one looks like, `…` in place of what differs. */
  readonly example: string
  /** What it is the address of, `a post on Bluesky`. */
  readonly of: string
}

export interface Option {
  /** The network's own word. */
  readonly value: string
  readonly label: string
  /** Only such accounts have it. */
  readonly only?: Fact & { readonly account: AccountKind }
}

/** A medium as a format sorts it. A picture that moves is an animation where the format knows such a thing, else a picture. */
export type MediaKind = 'image' | 'animation' | 'video' | 'audio' | 'document'
export type FileMeasure =
  | 'bytes'
  | 'width'
  | 'height'
  | 'shortSide'
  | 'pixels'
  | 'ratio'
  | 'seconds'
  | 'bitrate'
  | 'frames'
  | 'fps'
  | 'pages'

export interface FileRules {
  /** MIME types; `video/*` is every video. */
  readonly types: Fact & { readonly of: readonly string[] }
  /** Types that some servers or versions take besides. */
  readonly someTypes?: Fact & { readonly of: readonly string[] }
  /** How a video may be packed; absent: nobody says. */
  readonly codecs?: Fact & { readonly of: readonly string[] }
  /** Ratios are width by height; a bit rate is that of the whole file, in bits a second. */
  readonly bounds: readonly Bound<FileMeasure>[]
  /** Absent: the network has none. */
  readonly alt?: Fact & { readonly bounds: readonly TextBound[] }
}

/** One set of media that goes together: so many, of these kinds. */
export interface MediaChoice extends Fact {
  readonly of: readonly MediaKind[]
  readonly min: number
  readonly max: number
  /** The most is a guess, though the choice itself is sure. */
  readonly maxUnconfirmed?: true
}

export interface FormatRules {
  readonly name: string
  /** Null: it has no text of its own. */
  readonly text: (TextRules & { readonly countedWith?: FieldName }) | null
  /** The choices a post has; none of them fitting is a finding. The first that fits counts, so what is asked about stands last. */
  readonly media: readonly [MediaChoice, ...MediaChoice[]]
  readonly files: Partial<Record<MediaKind, FileRules>>
  readonly fields: Partial<Record<FieldName, FieldRules>>
  readonly firstComment?: TextRules
  /** How many seconds before its time the network takes it over and keeps it; absent: it keeps nothing, the app must be running. */
  readonly ahead?: readonly Bound<'ahead'>[]
}

/** What no column of the table can say. */
export interface OwnRule extends Fact {
  readonly rule: string
  readonly formats?: readonly FormatId[]
  /** Where it is broken, or null. */
  readonly brokenAt: (content: Content) => Place | null
  readonly sentence: string
  readonly fix?: Fix
}

export interface NetworkRules {
  /** When the facts were read: `2026-10` */
  readonly asOf: string
  /** The first is what a new post starts with. */
  readonly formats: Partial<Record<FormatId, FormatRules>>
  readonly own?: readonly OwnRule[]
}

/* ---- what comes out ---- */

/** Where in the content; a screen makes a link of it. `part`: which post of a thread, the first being 0. */
export type Place =
  | { readonly at: 'format' }
  | { readonly at: 'text'; readonly part: number }
  | { readonly at: 'media'; readonly part: number }
  | { readonly at: 'medium'; readonly id: string }
  | { readonly at: 'alt'; readonly id: string }
  | { readonly at: 'field'; readonly name: FieldName }
  | { readonly at: 'firstComment' }
  | { readonly at: 'time' }

/** Mends the content by itself (`fixes.ts`). */
export type ContentFix =
  | { readonly kind: 'shorten'; readonly place: Place }
  | { readonly kind: 'split' }
  | { readonly kind: 'dropHashtags'; readonly place: Place; readonly keep: number }
  | { readonly kind: 'dropMedia'; readonly ids: readonly string[] }
  | { readonly kind: 'dropCharacters'; readonly place: Place; readonly characters: string }
  | { readonly kind: 'clear'; readonly place: Place }
  | { readonly kind: 'format'; readonly to: FormatId }
/** Makes a new file of a medium; whoever can draw and encode does it. */
export type MediumFix =
  | { readonly kind: 'crop'; readonly id: string; readonly ratio: number }
  | { readonly kind: 'convert'; readonly id: string; readonly type: string }
  | { readonly kind: 'compress'; readonly id: string; readonly bytes: number }
  | { readonly kind: 'resize'; readonly id: string; readonly by: number }
  | { readonly kind: 'trim'; readonly id: string; readonly seconds: number }
export type Fix = ContentFix | MediumFix

export interface Finding {
  /** Stable; for tests, and for people who switch a warning off. */
  readonly rule: string
  readonly severity: Severity
  readonly place: Place
  /** One or two sentences in plain words, the number in them. */
  readonly sentence: string
  readonly source: string
  /** Ways out, the best first; empty where only a person can help. */
  readonly fixes: readonly Fix[]
}

export interface Counter {
  readonly place: Place
  readonly unit: Unit | Entity
  readonly used: number
  readonly limit: number
  /** near: from 90 % on; over: above 100 % */
  readonly state: 'ok' | 'near' | 'over'
}
