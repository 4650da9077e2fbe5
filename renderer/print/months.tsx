/** Month pages, the list of full days after them, and the plan on one page. */
import { NETWORKS } from '../../shared/domain/channel.ts'
import { POST_STATUSES } from '../../shared/domain/status.ts'
import { daysOf, type IsoDate, startOfWeek } from '../../shared/domain/time.ts'
import type { PlanPost } from './collect.ts'
import { BAR_MM, frameOf, later, layMonth, type MonthDay, type MonthPage, type MonthWeek, monthsOf } from './layout.ts'
import { anchors, as, hue, Legend, pageOf, StatusMark, signLetters, titleOf, useSheet } from './pieces.tsx'
import { PostTable } from './schedule.tsx'

export function Months({ pages }: { pages: readonly MonthPage[] }) {
  const { data, dates } = useSheet()
  return pages.map((page) => (
    <section key={page.month} className="month">
      <div className="monthHead">
        <h1 id={anchors.month(page.month)}>{dates.month(page.month)}</h1>
        <Legend posts={data.posts.filter(({ day }) => day.slice(0, 7) === page.month.slice(0, 7))} />
      </div>
      <Grid page={page} />
    </section>
  ))
}

/** Narrower columns hold time, status and one or two channels. */
const NARROW_MM = 30

function Grid({ page, linked = true }: { page: MonthPage; linked?: boolean }) {
  const { dates, words } = useSheet()
  const first = page.weeks[0]?.days ?? []
  const narrow = page.columnWidth < NARROW_MM
  return (
    <>
      <div className={narrow ? 'grid narrow' : 'grid'} {...as('table')}>
        <div className="weekdays" {...as('row')}>
          {first.map(({ date }) => (
            <div key={date} {...as('columnheader')}>
              {dates.weekday(date)}
            </div>
          ))}
        </div>
        {page.weeks.map((week) => (
          <Week key={week.days[0]?.date} week={week} height={page.weekHeight} linked={linked} narrow={narrow} />
        ))}
      </div>
      {page.withoutLane.length > 0 && (
        <p className="foot">
          {words.alsoRunning} {page.withoutLane.map(({ name }) => name).join(words.comma)}
        </p>
      )}
    </>
  )
}

interface WeekProps {
  readonly week: MonthWeek
  readonly height: number
  readonly linked: boolean
  readonly narrow: boolean
}

function Week({ week, height, linked, narrow }: WeekProps) {
  return (
    <div className="week" {...as('row')} style={{ height: `${height}mm` }}>
      {week.days.map((day, at) => (
        <Day key={day.date} day={day} first={at === 0} lanes={week.lanes} linked={linked} narrow={narrow} />
      ))}
      {week.bars.length > 0 && (
        <div className="bars" role="presentation">
          {week.bars.map((bar) => (
            <div
              key={`${bar.campaign.id} ${bar.phase} ${bar.first}`}
              className={`mbar${bar.fromBefore ? ' before' : ''}${bar.goesOn ? ' on' : ''}`}
              style={{
                ...hue(bar.campaign.hue),
                gridColumn: `${bar.first + 1} / ${bar.last + 2}`,
                gridRow: bar.lane + 1,
              }}
            >
              {bar.campaign.name} {bar.phase && <em>{bar.phase}</em>}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** `−1 h`, `+30 min`: what clocks are put forward or back by. */
function changeOf(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '−' : '+'}${size % 60 === 0 ? `${size / 60} h` : `${size} min`}`
}

interface DayProps extends Pick<WeekProps, 'linked' | 'narrow'> {
  readonly day: MonthDay
  readonly first: boolean
  readonly lanes: number
}

function Day({ day, first, lanes, linked, narrow }: DayProps) {
  const { data, dates, words, numbers } = useSheet()
  const kinds = ['day', first && 'first', day.weekend && 'weekend', !day.inMonth && 'out'].filter(Boolean).join(' ')
  const number = day.inMonth ? String(Number(day.date.slice(8))) : dates.date(day.date)
  const steps = day.inMonth ? data.zoneSteps.filter(({ until }) => until.date === day.date) : []
  const notes = [...steps.map(({ forward }) => words.clocks(changeOf(forward))), ...day.notes]
  return (
    <div className={kinds} {...as('cell')}>
      <div className="no">
        {number} {notes.length > 0 && <small>{notes.join(words.comma)}</small>}
      </div>
      {lanes > 0 && <div style={{ height: `${lanes * BAR_MM}mm` }} />}
      {day.shown.map(({ item, titleLines }) => (
        <Entry key={item.post.id} item={item} titleLines={titleLines} narrow={narrow} />
      ))}
      {day.hidden.length > 0 &&
        (linked ? (
          <a className="more" href={`#${anchors.day(day.date)}`}>
            {words.more(day.hidden.length, pageOf(numbers, anchors.day(day.date)))}
          </a>
        ) : (
          <span className="more">+{day.hidden.length}</span>
        ))}
    </div>
  )
}

function Entry({ item, titleLines, narrow }: { item: PlanPost; titleLines: number; narrow: boolean }) {
  const { data, words } = useSheet()
  const channel = data.channels.get(item.post.channelIds[0] ?? '')
  return (
    <div className="entry" style={hue(channel?.hue)} data-on-month={item.post.id}>
      <div className="line">
        <time>{item.time}</time>
        <span>{signLetters(data, item.post.channelIds, narrow ? 1 : 2)}</span>
        <StatusMark status={item.post.status} />
      </div>
      <div
        className={titleLines === 1 ? 'title one' : 'title'}
        style={{ '--lines': titleLines } as React.CSSProperties}
        dir="auto"
      >
        {titleOf(item, words)}
      </div>
    </div>
  )
}

/** Every post of the days that overflow, a table a day. */
export function FullDays({ pages }: { pages: readonly MonthPage[] }) {
  const { words, dates } = useSheet()
  const days = pages.flatMap(({ weeks }) =>
    weeks.flatMap((week) => week.days.filter(({ hidden }) => hidden.length > 0)),
  )
  if (days.length === 0) return null
  return (
    <section className="flow">
      <h1 id={anchors.section('fullDays')}>{words.fullDays}</h1>
      <p className="intro">{words.fullDaysIntro}</p>
      {days.map((day) => (
        <div key={day.date}>
          <h2 className="gap" id={anchors.day(day.date)}>
            {dates.long(day.date)}
          </h2>
          <PostTable posts={[...day.shown.map(({ item }) => item), ...day.hidden]} marker="data-on-full-day" single />
        </div>
      ))}
    </section>
  )
}

/** Objective, dates and numbers above the month; above the weeks of the range when it is longer than a month. */
export function Overview() {
  const { data, options, words, dates } = useSheet()
  const { t } = words
  const months = monthsOf(data.range)
  const frame = frameOf(options, true)
  const page = months.length === 1 && months[0] ? layMonth(data, months[0], frame, 33 + 4.6) : null
  const hidden = page?.weeks.flatMap((week) => week.days.flatMap((day) => day.hidden)) ?? []
  const name = data.campaign?.name ?? data.workspace
  const byStatus = Map.groupBy(data.posts, ({ post }) => post.status)
  const inChannel = (id: string) => data.posts.filter(({ post }) => post.channelIds.includes(id)).length
  const stones = data.campaigns
    .flatMap(({ milestones }) => milestones)
    .filter(({ on }) => on >= data.range.from && on <= data.range.to)
  return (
    <section className="wide">
      <div className="monthHead">
        <h1 id={anchors.section('overview')}>{name}</h1>
        <Legend posts={data.posts} />
      </div>
      <div className="strip">
        <div>
          <h2>{t.objective}</h2>
          <p className="strong" dir="auto">
            {data.campaign?.objective || '–'}
          </p>
          {data.campaign?.audience && <p dir="auto">{`${t.audience}: ${data.campaign.audience}`}</p>}
        </div>
        <div>
          <h2>{t.period}</h2>
          <p>{words.range(dates.full(data.range.from), dates.full(data.range.to))}</p>
          {stones.slice(0, 3).map(({ id, name: stone, on }) => (
            <p key={id}>
              <span className="strong">{dates.dayShort(on)}</span> {stone}
            </p>
          ))}
        </div>
        <div>
          <h2>{t.content}</h2>
          <p className="strong">{words.posts(data.posts.length)}</p>
          <p>
            {POST_STATUSES.filter((status) => byStatus.has(status))
              .map((status) => `${byStatus.get(status)?.length ?? 0} ${words.statuses[status]}`)
              .join(words.comma)}
          </p>
          <p>
            {[...data.channels.values()]
              .filter(({ id }) => inChannel(id) > 0)
              .map(({ id, network }) => `${NETWORKS[network].sign} ${inChannel(id)}`)
              .join(words.comma)}
          </p>
        </div>
      </div>
      {page ? <Grid page={page} linked={false} /> : <Weeks />}
      {hidden.length > 0 && (
        <p className="foot" data-not-shown={hidden.length}>
          {words.notShown(hidden.length, data.posts.length)}
        </p>
      )}
    </section>
  )
}

/** For longer ranges: how many posts each week carries, a bar a week. */
function Weeks() {
  const { data, words, dates } = useSheet()
  const weeks = new Map<IsoDate, PlanPost[]>()
  for (const day of daysOf(data.range)) {
    const start = startOfWeek(day, data.weekStart)
    if (!weeks.has(start)) weeks.set(start, [])
  }
  for (const item of data.posts) weeks.get(startOfWeek(item.day, data.weekStart))?.push(item)
  const most = Math.max(1, ...[...weeks.values()].map((list) => list.length))
  const width = 100 / weeks.size
  return (
    <div
      role="img"
      aria-label={words.posts(data.posts.length)}
      style={{ position: 'relative', height: '104mm', borderBlockEnd: '1pt solid' }}
      data-not-shown={data.posts.length}
    >
      {[...weeks].map(([start, list], at) => (
        <div
          key={start}
          style={{
            position: 'absolute',
            bottom: 0,
            insetInlineStart: `${at * width}%`,
            width: `${width}%`,
            paddingInline: '.4mm',
            textAlign: 'center',
            fontSize: '8pt',
            lineHeight: '10pt',
          }}
        >
          <div className="strong">{list.length || ''}</div>
          <div style={{ height: `${(list.length / most) * 88}mm`, background: 'var(--accent)' }} />
          <div style={{ height: '9mm', paddingBlockStart: '1mm' }}>
            {(at % Math.ceil(weeks.size / 14) === 0 && dates.date(later(start, data.range.from))) || ' '}
          </div>
        </div>
      ))}
    </div>
  )
}
