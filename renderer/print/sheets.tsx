/** One sheet a post: its words, its picture and who stands for it. */
import { type DocNode, type Mark, mediumIn, sourceIn } from '../../shared/domain/document.ts'
import type { PlacedMedium } from '../../shared/domain/placement.ts'
import type { PostSource } from '../../shared/domain/post.ts'
import { rawOf } from '../../shared/interchange/model.ts'
import { docToHtml } from '../editor/toHtml.ts'
import type { PlanPost } from './collect.ts'
import { anchors, Box, personName, Section, Signs, StatusMark, titleOf, useSheet } from './pieces.tsx'
import { type PlanPlace, placeName } from './places.ts'
import { type Said, saidByHtml, saidInLine } from './source.ts'
import type { Words } from './words.ts'

/** Up to here a sheet stays on one page; longer texts flow over pages. */
const WHOLE_WORDS = 260
/** What one channel adds, about. */
const PLACE_WORDS = 60

export function Sheets() {
  const { data, words } = useSheet()
  return (
    <Section id={anchors.section('sheets')} title={words.sections.sheets}>
      {data.posts.map((item) => (
        <PostSheet key={item.post.id} item={item} />
      ))}
    </Section>
  )
}

function PostSheet({ item }: { item: PlanPost }) {
  const { data, words, dates, options, pictures } = useSheet()
  const { t } = words
  const { post } = item
  const internal = options.preset === 'internal'
  const pictured = pictures.has(post.coverId)
  const facts: [string, string][] = [
    [
      t.channelsHead,
      post.channelIds
        .map((id) => data.channels.get(id)?.name ?? '')
        .filter(Boolean)
        .join(words.comma),
    ],
    [t.owner, personName(data, post.ownerId)],
    [
      t.author,
      post.authorIds
        .map((id) => personName(data, id))
        .filter((name) => name !== personName(data, post.ownerId))
        .join(words.comma),
    ],
    [
      t.campaign,
      options.campaignId === '' ? (data.campaigns.find(({ id }) => id === post.campaignId)?.name ?? '') : '',
    ],
    [t.pillar, data.pillars.get(post.pillarId)?.name ?? ''],
    [t.labels, post.labels.join(words.comma)],
    [t.words, post.words > 0 ? new Intl.NumberFormat(words.locale).format(post.words) : ''],
    [t.internalDue, internal && post.dueOn ? dates.dayShort(post.dueOn) : ''],
  ]
  const about = (
    <div className="about">
      {post.channelIds.length > 0 && <Signs ids={post.channelIds} />}
      <dl>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
      </dl>
    </div>
  )
  return (
    <article className={post.words + item.places.length * PLACE_WORDS <= WHOLE_WORDS ? 'sheet whole' : 'sheet'}>
      <header>
        <h2 id={anchors.post(post.id)} dir="auto">
          {titleOf(item, words)}
        </h2>
        <span className="soft">
          <StatusMark status={post.status} word />
        </span>
        <span className="when">
          {`${dates.dayShort(item.day)}${words.comma}${item.time}`} <span className="faint">{item.offset}</span>
        </span>
      </header>
      <div className={pictured ? 'body pictured' : 'body'}>
        <div className="side">
          <Cover id={post.coverId} said={post.media[0]?.alt} />
          {!pictured && about}
        </div>
        <div className="text">
          {post.summary && (
            <p className="summary" dir="auto">
              {post.summary}
            </p>
          )}
          <RichText content={pictured ? without(item.content, post.coverId) : item.content} source={post.source} />
          <Pictures media={post.media.filter(({ mediumId }) => mediumId !== post.coverId)} />
          {item.places.map((place) => (
            <Place key={place.channelId} place={place} source={post.source} />
          ))}
          {pictured && about}
          {internal && post.notes && (
            <div className="internal">
              <p className="strong">{t.notes}</p>
              <p dir="auto">{post.notes}</p>
            </div>
          )}
          {internal && post.checklist.length > 0 && (
            <div className="internal">
              <p className="strong">{t.checklist}</p>
              <ul>
                {post.checklist.map(({ id, text, done }) => (
                  <li key={id} dir="auto">
                    <Box done={done} label={done ? t.done : t.open} />
                    {text}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </div>
    </article>
  )
}

/** What is different on one channel. */
function Place({ place, source }: { place: PlanPlace; source: PostSource | null }) {
  const { data, words, dates } = useSheet()
  const channel = data.channels.get(place.channelId)
  if (!channel) return null
  const { when, format, fields, content, firstComment, media } = place
  const time = when && `${dates.dayShort(when.day)}${words.comma}${when.time} ${when.offset}`
  return (
    <section className="place">
      <h3>
        <Signs ids={[place.channelId]} />
        <bdi>{placeName(channel)}</bdi>
        <span className="soft">{[format, time].filter(Boolean).join(words.comma)}</span>
      </h3>
      {content && <RichText content={content} source={source} />}
      {media && <Pictures media={media} />}
      {(fields.length > 0 || firstComment !== '') && (
        <dl>
          {[...fields, ...(firstComment ? [[words.t.firstComment, firstComment] as const] : [])].map(
            ([label, value]) => (
              <div key={label} className={value ? undefined : 'on'}>
                <dt>{label}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ),
          )}
        </dl>
      )}
    </section>
  )
}

/** Pictures in a row, each with what it shows in words; films, audio and documents by their names. */
function Pictures({ media }: { media: readonly PlacedMedium[] }) {
  const { data, pictures } = useSheet()
  if (media.length === 0) return null
  return (
    <ul className="pictures">
      {media.map(({ mediumId, alt, ratio }) => {
        const picture = data.pictures.get(mediumId)
        const src = pictures.get(mediumId)
        const words = alt || picture?.alt || ''
        return (
          <li key={mediumId}>
            {src && <img src={src} alt={words} />}
            <p className="alt" dir="auto">
              {[src ? '' : (picture?.name ?? mediumId), ratio, words].filter(Boolean).join(' · ')}
            </p>
          </li>
        )
      })}
    </ul>
  )
}

function Cover({ id, said = '' }: { id: string; said?: string | undefined }) {
  const { data, pictures, words } = useSheet()
  if (!id) return null
  const picture = data.pictures.get(id)
  const src = pictures.get(id)
  if (!src) return <p className="picture-missing">{words.missingPicture(picture?.name ?? id)}</p>
  const alt = said || picture?.alt || ''
  return (
    <>
      <img src={src} alt={alt} />
      {alt && (
        <p className="alt" dir="auto">
          {alt}
        </p>
      )}
    </>
  )
}

/** A text without a picture that already stands beside it. */
const without = (content: readonly DocNode[], mediumId: string): DocNode[] =>
  content
    .filter((node) => node.type !== 'image' || mediumIn(node.attrs) !== mediumId)
    .map((node) => (node.content ? { ...node, content: without(node.content, mediumId) } : node))

/** A stored text on paper: headings below those of the plan, links only where a reader can follow them, no source code. */
export function RichText({ content, source = null }: { content: readonly DocNode[]; source?: PostSource | null }) {
  const { data, pictures, words } = useSheet()
  const nameOf = (id: string) => data.pictures.get(id)?.name
  const paper: Paper = { words, nameOf, pictures, imported: source?.kind === 'markdown' ? rawOf({ source }) : null }
  const html = docToHtml({ type: 'doc', content: content.flatMap((node) => forPaper(node, paper)) }, (attrs) =>
    typeof attrs.mediumId === 'string' ? (pictures.get(attrs.mediumId) ?? null) : null,
  )
  // biome-ignore lint/security/noDangerouslySetInnerHtml: docToHtml writes only nodes, marks and addresses the app knows, all escaped
  return <div dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
}

const followable = (mark: Mark) => mark.type !== 'link' || /^(https?:|mailto:)/i.test(String(mark.attrs?.href ?? ''))

interface Paper {
  readonly words: Words
  readonly nameOf: (id: string) => string | undefined
  readonly pictures: ReadonlyMap<string, string>
  /** Of an imported text, the pieces of HTML that stand in its lines; null: written here, where braces are meant. */
  readonly imported: readonly string[] | null
}

function forPaper(node: DocNode, paper: Paper): DocNode[] {
  const marks = node.marks?.filter(followable)
  if (node.type === 'htmlBlock') {
    const lines = saidByHtml(String(node.attrs?.html ?? ''))
    return lines.map((line) => ({ type: 'paragraph', content: line.map((said) => nodeOf(said, paper)) }))
  }
  if (node.type === 'text' && paper.imported && !marks?.some(({ type }) => type === 'code')) {
    return saidInLine(node.text ?? '', paper.imported).map((said) => ({ ...nodeOf(said, paper), marks }))
  }
  if (node.type === 'image') {
    const id = mediumIn(node.attrs)
    if (paper.pictures.has(id)) return [{ ...node, marks }]
    const name = paper.nameOf(id) || sourceIn(node.attrs).split('/').at(-1) || id
    return [{ ...nodeOf({ kind: 'picture', name, alt: String(node.attrs?.alt ?? '') }, paper), marks }]
  }
  const content = node.type === 'codeBlock' ? node.content : node.content?.flatMap((child) => forPaper(child, paper))
  const attrs =
    node.type === 'heading' ? { ...node.attrs, level: Math.min(6, Number(node.attrs?.level ?? 1) + 3) } : node.attrs
  return [{ ...node, ...(attrs ? { attrs } : {}), ...(marks ? { marks } : {}), ...(content ? { content } : {}) }]
}

/** Words, or the name of a picture that is not there. */
const nodeOf = (said: Said, { words }: Paper): DocNode =>
  said.kind === 'words'
    ? { type: 'text', text: said.text }
    : {
        type: 'image',
        attrs: { alt: `${words.missingPicture(said.name)}${said.alt ? ` (${said.alt})` : ''}` },
      }
