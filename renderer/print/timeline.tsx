/** Campaigns, phases, milestones and posts against the days of the range. */
import { addDays, daysBetween, type IsoDate, monthOf, startOfWeek } from '../../shared/domain/time.ts'
import { earlier, frameOf, later, monthsOf } from './layout.ts'
import { anchors, hue, Section, useSheet } from './pieces.tsx'

const LABEL_MM = 46
/** Heading, period and the row of months. */
const HEAD_MM = 36
/** Few rows spread over the page, many keep what their words need. */
const SMALLEST_ROW_MM = 7
const LARGEST_ROW_MM = 11

export function Timeline() {
  const { data, options, words, dates } = useSheet()
  const { from, to } = data.range
  const days = daysBetween(from, to) + 1
  const at = (date: IsoDate) => `${(daysBetween(from, date) / days) * 100}%`
  const span = (first: IsoDate, last: IsoDate) => {
    const start = later(first, from)
    const end = earlier(last, to)
    return { insetInlineStart: at(start), width: `${((daysBetween(start, end) + 1) / days) * 100}%` }
  }
  const touches = (first: IsoDate, last: IsoDate) => first <= to && last >= from
  const weeks: IsoDate[] = []
  for (let week = startOfWeek(from, data.weekStart); week <= to; week = addDays(week, 7))
    if (week >= from) weeks.push(week)
  const months = monthsOf(data.range)
  const every = Math.max(1, Math.ceil(weeks.length / 22))
  const rules = days > 200 ? months.filter((month) => month > from) : weeks
  const grid = rules.map((date) => <span key={date} className="rule" style={{ insetInlineStart: at(date) }} />)
  const ticks = (campaignId: string) =>
    data.posts
      .filter(({ post }) => post.campaignId === campaignId)
      .map(({ post, day }) => (
        <span key={post.id} className="post" style={{ insetInlineStart: `calc(${at(day)} + ${50 / days}%)` }} />
      ))
  const shown = data.campaigns.map((campaign) => ({
    campaign,
    phases: campaign.phases.filter((phase) => touches(phase.from, phase.to)),
    stones: campaign.milestones.filter(({ on }) => touches(on, on)),
  }))
  const free = data.posts.some(({ post }) => !data.campaigns.some(({ id }) => id === post.campaignId))
  const rows = shown.reduce((sum, { phases, stones }) => sum + 1 + phases.length + stones.length, free ? 1 : 0)
  const room = frameOf(options, true).height - HEAD_MM
  const rowHeight = Math.min(LARGEST_ROW_MM, Math.max(SMALLEST_ROW_MM, Math.floor((room / rows) * 10) / 10))
  return (
    <Section id={anchors.section('timeline')} title={words.sections.timeline} kind="wide">
      <p className="intro">{words.range(dates.full(from), dates.full(to))}</p>
      <table className="gantt" style={{ '--row': `${rowHeight}mm` } as React.CSSProperties}>
        <thead>
          <tr>
            <th style={{ width: `${LABEL_MM}mm` }}>{words.t.campaign}</th>
            <th>
              <div className="track" style={{ height: '9mm' }}>
                {months.map((month) => {
                  const start = later(month, from)
                  const room = daysBetween(start, earlier(monthOf(month).to, to)) / days
                  return room > 0.045 ? (
                    <span key={month} className="mon" style={{ insetInlineStart: at(start) }}>
                      {room > 0.12 ? dates.month(month) : dates.monthName(month)}
                    </span>
                  ) : null
                })}
                {days <= 200 &&
                  weeks
                    .filter((_, index) => index % every === 0)
                    .map((week) => (
                      <span key={week} className="tick" style={{ insetInlineStart: at(week) }}>
                        {Number(week.slice(8))}
                      </span>
                    ))}
              </div>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.flatMap(({ campaign, phases, stones }) => {
            const { id, name, startOn, endOn } = campaign
            const runs = startOn && touches(startOn, endOn ?? startOn)
            return [
              <tr key={id}>
                <th className="row" scope="row" dir="auto">
                  {name}
                </th>
                <td>
                  <div className="track" style={hue(campaign.hue)}>
                    {grid}
                    {runs && startOn && <span className="span" style={span(startOn, endOn ?? startOn)} />}
                    {ticks(id)}
                  </div>
                </td>
              </tr>,
              ...phases.map((phase) => (
                <tr className="phase" key={phase.id}>
                  <th className="row" scope="row">
                    <bdi>{phase.name}</bdi>{' '}
                    <bdi className="faint">{`${dates.date(phase.from)} – ${dates.date(phase.to)}`}</bdi>
                  </th>
                  <td>
                    <div className="track" style={hue(campaign.hue)}>
                      {grid}
                      <span className="span" style={span(phase.from, phase.to)} />
                    </div>
                  </td>
                </tr>
              )),
              ...stones.map((stone) => (
                <tr className="phase" key={stone.id}>
                  <th className="row" scope="row">
                    <bdi>{stone.name}</bdi> <bdi className="faint">{dates.date(stone.on)}</bdi>
                  </th>
                  <td>
                    <div className="track">
                      {grid}
                      <span className="stone" style={{ insetInlineStart: `calc(${at(stone.on)} + ${50 / days}%)` }} />
                    </div>
                  </td>
                </tr>
              )),
            ]
          })}
          {free && (
            <tr>
              <th className="row" scope="row">
                {words.t.noCampaign}
              </th>
              <td>
                <div className="track">
                  {grid}
                  {data.posts
                    .filter(({ post }) => !data.campaigns.some(({ id }) => id === post.campaignId))
                    .map(({ post, day }) => (
                      <span
                        key={post.id}
                        className="post"
                        style={{ insetInlineStart: `calc(${at(day)} + ${50 / days}%)` }}
                      />
                    ))}
                </div>
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </Section>
  )
}
