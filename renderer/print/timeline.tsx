/** Campaigns, phases, milestones and posts against the days of the range. */
import { addDays, daysBetween, type IsoDate, monthOf, startOfWeek } from '../../shared/domain/time.ts'
import { earlier, later, monthsOf } from './layout.ts'
import { anchors, hue, Section, useSheet } from './pieces.tsx'

const LABEL_MM = 46

export function Timeline() {
  const { data, words, dates } = useSheet()
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
  const free = data.posts.some(({ post }) => !data.campaigns.some(({ id }) => id === post.campaignId))
  return (
    <Section id={anchors.section('timeline')} title={words.sections.timeline} kind="wide">
      <p className="intro">{words.range(dates.full(from), dates.full(to))}</p>
      <table className="gantt">
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
          {data.campaigns.flatMap((campaign) => {
            const { id, name, startOn, endOn, phases, milestones } = campaign
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
              ...phases
                .filter((phase) => touches(phase.from, phase.to))
                .map((phase) => (
                  <tr className="phase" key={phase.id}>
                    <th className="row" scope="row" dir="auto">
                      {phase.name}{' '}
                      <span className="faint">{`${dates.date(phase.from)} – ${dates.date(phase.to)}`}</span>
                    </th>
                    <td>
                      <div className="track" style={hue(campaign.hue)}>
                        {grid}
                        <span className="span" style={span(phase.from, phase.to)} />
                      </div>
                    </td>
                  </tr>
                )),
              ...milestones
                .filter(({ on }) => touches(on, on))
                .map((stone) => (
                  <tr className="phase" key={stone.id}>
                    <th className="row" scope="row" dir="auto">
                      {stone.name} <span className="faint">{dates.date(stone.on)}</span>
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
