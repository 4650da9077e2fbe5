/** Cover, summary, contents and the tables about strategy. */
import { NETWORKS } from '../../shared/domain/channel.ts'
import { POST_STATUSES } from '../../shared/domain/status.ts'
import { addDays, daysBetween, daysOf, startOfWeek } from '../../shared/domain/time.ts'
import type { PlanData } from './collect.ts'
import type { PlanState } from './options.ts'
import { anchors, hue, pageOf, Section, Signs, StatusMark, useSheet } from './pieces.tsx'
import { RichText } from './sheets.tsx'
import type { Words } from './words.ts'

/** What the running head says about the version. */
export const stampOf = ({ t, states, comma }: Words, version: number, state: PlanState) =>
  `${t.version} ${version}${comma}${states[state]}`

export function Cover({ period }: { period: string }) {
  const { data, options, words, dates } = useSheet()
  const { t } = words
  const name = data.campaign?.name ?? data.workspace
  const facts: [string, string][] = [
    [t.status, words.states[options.state]],
    [t.version, String(options.version)],
    [t.made, madeOn(data.madeAt, data.zone, words.locale)],
    [t.content, words.posts(data.posts.length)],
    [t.preparedBy, data.author],
    [t.answerBy, options.answerBy ? dates.long(options.answerBy) : ''],
    [t.times, data.zone],
  ]
  return (
    <section className="cover">
      <div className="coverArt">
        <Rhythm />
      </div>
      <div className="coverText">
        {name !== data.workspace && <div className="by">{data.workspace}</div>}
        <h1 className={name.length > 36 ? 'long' : undefined} dir="auto">
          {name}
        </h1>
        <p className="sub">{`${words.contentPlan}${words.comma}${period}`}</p>
        <dl>
          {facts
            .filter(([, value]) => value !== '')
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd dir="auto">{value.slice(0, 1).toLocaleUpperCase(words.locale) + value.slice(1)}</dd>
              </div>
            ))}
        </dl>
      </div>
    </section>
  )
}

/** The stamp of a document: when it was made, by the clock of the workspace. */
export const madeOn = (at: number, zone: string, locale: string) =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at)

/** The rhythm of the plan as the picture of its cover: a square a day, darker with more posts. */
function Rhythm() {
  const { data } = useSheet()
  const counts = new Map<string, number>()
  for (const { day } of data.posts) counts.set(day, (counts.get(day) ?? 0) + 1)
  const first = startOfWeek(data.range.from, data.weekStart)
  const weeks = Math.ceil((daysBetween(first, data.range.to) + 1) / 7)
  const side = Math.min(13, 174 / weeks)
  const gap = side * 0.12
  const most = Math.max(1, ...counts.values())
  return (
    <svg
      width={`${weeks * side}mm`}
      height={`${7 * side}mm`}
      viewBox={`0 0 ${weeks * side} ${7 * side}`}
      aria-hidden="true"
    >
      {daysOf({ from: first, to: addDays(first, weeks * 7 - 1) }).map((day, at) => {
        const inside = day >= data.range.from && day <= data.range.to
        const share = Math.sqrt((counts.get(day) ?? 0) / most)
        const fill =
          share > 0
            ? `color-mix(in oklab, var(--accent) ${Math.round(25 + share * 75)}%, #fff)`
            : inside
              ? '#fff'
              : 'none'
        return (
          <rect
            key={day}
            x={Math.floor(at / 7) * side}
            y={(at % 7) * side}
            width={side - gap}
            height={side - gap}
            rx={gap}
            style={{ fill, opacity: share > 0 ? 1 : 0.55 }}
          />
        )
      })}
    </svg>
  )
}

export function Summary({ period, zoneWords }: { period: string; zoneWords: string }) {
  const { data, options, words, dates } = useSheet()
  const { t } = words
  const { campaign } = data
  const facts: [string, string][] = [
    [t.audience, campaign?.audience ?? ''],
    [t.period, period],
    [t.launch, campaign?.launchOn ? dates.long(campaign.launchOn) : ''],
    [t.owner, data.people.get(campaign?.ownerId ?? '')?.name ?? ''],
    [t.content, data.posts.length === 0 ? words.noPosts : words.posts(data.posts.length)],
    [t.campaigns, campaign ? '' : data.campaigns.map(({ name }) => name).join(words.comma)],
    [
      t.milestones,
      data.campaigns
        .flatMap(({ milestones }) => milestones.map(({ name, on }) => `${dates.dayShort(on)} ${name}`))
        .join('; '),
    ],
    [t.times, zoneWords],
  ]
  const statuses = POST_STATUSES.map((status) => ({
    status,
    count: data.posts.filter(({ post }) => post.status === status).length,
  })).filter(({ count }) => count > 0)
  const channels = channelCounts(data)
  return (
    <Section id={anchors.section('summary')} title={words.sections.summary}>
      {campaign?.objective && (
        <p className="lead" dir="auto">
          {campaign.objective}
        </p>
      )}
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
      </dl>
      <div className={channels.length > 0 ? 'twin' : undefined}>
        {statuses.length > 0 && (
          <div>
            <h2>{t.byStatus}</h2>
            <table>
              <thead>
                <tr>
                  <th>{t.status}</th>
                  <th style={{ width: '30mm' }}>{t.share}</th>
                  <th className="end" style={{ width: '16mm' }}>
                    {t.postsHead}
                  </th>
                </tr>
              </thead>
              <tbody>
                {statuses.map(({ status, count }) => (
                  <tr key={status}>
                    <td>
                      <StatusMark status={status} word />
                    </td>
                    <td>
                      <Bar share={count / data.posts.length} />
                    </td>
                    <td className="end num">{count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {channels.length > 0 && (
          <div>
            <h2>{t.byChannel}</h2>
            <table>
              <thead>
                <tr>
                  <th>{t.channel}</th>
                  <th style={{ width: '24mm' }}>{t.share}</th>
                  <th className="end" style={{ width: '16mm' }}>
                    {t.postsHead}
                  </th>
                </tr>
              </thead>
              <tbody>
                {channels.map(({ id, name, count }) => (
                  <tr key={id}>
                    <td>
                      <ChannelName id={id} name={name} />
                    </td>
                    <td>
                      <Bar share={count / data.posts.length} />
                    </td>
                    <td className="end num">{count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      {options.state === 'forApproval' && (
        <div className="ask">
          <h3>{t.ask}</h3>
          <p>{t.askText}</p>
          {options.answerBy && (
            <p className="strong">
              {t.answerBy} {dates.long(options.answerBy)}
            </p>
          )}
        </div>
      )}
    </Section>
  )
}

/** Its sign, its name; posts that are on no channel have neither. A handle keeps its @ in front in any script. */
function ChannelName({ id, name }: { id: string; name: string }) {
  const { words } = useSheet()
  if (!id) return words.t.withoutDateOrChannel
  return (
    <span className="named">
      <Signs ids={[id]} /> <bdi>{name}</bdi>
    </span>
  )
}

const Bar = ({ share }: { share: number }) => (
  <span className="bar" role="presentation">
    <i style={{ width: `${Math.min(100, share * 100)}%` }} />
  </span>
)

/** Posts by channel, in the order of the workspace; posts without one come last, under ''. None when no post has a channel. */
export function channelCounts({ posts, channels }: Pick<PlanData, 'posts' | 'channels'>) {
  const rows = [...channels.values()]
    .sort((a, b) => a.order - b.order)
    .map(({ id, name, network }) => ({
      id,
      name,
      network: NETWORKS[network].name,
      count: posts.filter(({ post }) => post.channelIds.includes(id)).length,
    }))
    .filter(({ count }) => count > 0)
  const without = posts.filter(({ post }) => !post.channelIds.some((id) => channels.has(id))).length
  return rows.length > 0 && without > 0 ? [...rows, { id: '', name: '', network: '', count: without }] : rows
}

const percents = ({ locale }: Words) => new Intl.NumberFormat(locale, { style: 'percent' })

export interface ContentsEntry {
  readonly anchor: string
  readonly label: string
  readonly sub?: boolean
}

export function Contents({ entries }: { entries: readonly ContentsEntry[] }) {
  const { words, numbers } = useSheet()
  return (
    <Section id={anchors.section('contents')} title={words.sections.contents}>
      <ul className="toc">
        {entries.map(({ anchor, label, sub }) => (
          <li key={anchor} className={sub ? 'sub' : undefined}>
            <a href={`#${anchor}`}>
              <span className="label">{label}</span>
              <span className="num">{pageOf(numbers, anchor)}</span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function Brief() {
  const { data, words } = useSheet()
  return (
    <Section id={anchors.section('brief')} title={words.sections.brief}>
      <div className="text" style={{ marginBlockStart: '5mm' }}>
        <RichText content={data.brief} />
      </div>
    </Section>
  )
}

export function Messages() {
  const { data, words } = useSheet()
  return (
    <Section id={anchors.section('messages')} title={words.sections.messages} kind="flow">
      {data.campaigns
        .filter(({ keyMessages }) => keyMessages.length > 0)
        .map(({ id, name, keyMessages }) => (
          <div key={id}>
            {data.campaigns.length > 1 && <h2 className="gap">{name}</h2>}
            <ol className="numbered">
              {keyMessages.map((message) => (
                <li key={message}>
                  <span dir="auto">{message}</span>
                </li>
              ))}
            </ol>
          </div>
        ))}
    </Section>
  )
}

export function Channels() {
  const { data, words } = useSheet()
  const { t } = words
  const weeks = (daysBetween(data.range.from, data.range.to) + 1) / 7
  const figure = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 1 })
  const percent = percents(words)
  return (
    <Section id={anchors.section('channels')} title={words.sections.channels} kind="flow entire">
      <table>
        <thead>
          <tr>
            <th>{t.channel}</th>
            <th style={{ width: '34mm' }}>{t.cadence}</th>
            <th colSpan={2} style={{ width: '54mm' }}>
              {t.share}
            </th>
            <th className="end" style={{ width: '22mm' }}>
              {t.postsHead}
            </th>
          </tr>
        </thead>
        <tbody>
          {channelCounts(data).map(({ id, name, network, count }) => (
            <tr key={id}>
              <td>
                <span className="strong">
                  <ChannelName id={id} name={name} />
                </span>
                {network && network !== name && (
                  <>
                    {' '}
                    <bdi className="faint">{network}</bdi>
                  </>
                )}
              </td>
              <td>{words.perWeek(figure.format(count / weeks))}</td>
              <td style={{ width: '40mm' }}>
                <Bar share={count / data.posts.length} />
              </td>
              <td className="end num">{percent.format(count / data.posts.length)}</td>
              <td className="end num">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

export function Pillars() {
  const { data, words } = useSheet()
  const { t } = words
  const percent = percents(words)
  const rows = [...data.pillars.values()]
    .map((pillar) => ({ pillar, count: data.posts.filter(({ post }) => post.pillarId === pillar.id).length }))
    .filter(({ pillar, count }) => count > 0 || pillar.trashedAt === 0)
  return (
    <Section id={anchors.section('pillars')} title={words.sections.pillars} kind="flow entire">
      <table>
        <thead>
          <tr>
            <th style={{ width: '40mm' }}>{t.pillar}</th>
            <th>{t.purpose}</th>
            <th colSpan={2} style={{ width: '42mm' }}>
              {t.share}
            </th>
            <th className="end" style={{ width: '20mm' }}>
              {t.shareAimed}
            </th>
            <th className="end" style={{ width: '18mm' }}>
              {t.postsHead}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ pillar, count }) => (
            <tr key={pillar.id} style={hue(pillar.hue)}>
              <td className="strong" dir="auto">
                {pillar.name}
              </td>
              <td dir="auto">{pillar.purpose || '–'}</td>
              <td style={{ width: '28mm' }}>
                <Bar share={count / Math.max(1, data.posts.length)} />
              </td>
              <td className="end num">{percent.format(count / Math.max(1, data.posts.length))}</td>
              <td className="end num">{pillar.share > 0 ? percent.format(pillar.share / 100) : '–'}</td>
              <td className="end num">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
