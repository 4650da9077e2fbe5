/** The table of posts, wherever paper has one. */
import { addDays, startOfWeek, weekNumber } from '../../shared/domain/time.ts'
import type { PlanPost } from './collect.ts'
import type { PlanLanguage } from './options.ts'
import { anchors, personName, Signs, StatusMark, titleOf, useSheet } from './pieces.tsx'

/** A short date stands on one line: German writes more dots, Arabic has no short weekdays. */
const DATE_WIDTH: Readonly<Record<PlanLanguage, string>> = {
  en: '22mm',
  de: '26mm',
  fr: '25mm',
  es: '23mm',
  ar: '31mm',
}

interface PostTableProps {
  readonly posts: readonly PlanPost[]
  /** Attribute that names the post in its row, so that what was printed can be counted. */
  readonly marker: 'data-on-schedule' | 'data-on-full-day'
  /** One day: no headings for weeks. */
  readonly single?: boolean
}

export function PostTable({ posts, marker, single = false }: PostTableProps) {
  const { data, options, words, dates } = useSheet()
  const { t } = words
  const withCampaign = options.campaignId === '' && data.campaigns.length > 0
  const withChannels = posts.some(({ post }) => post.channelIds.length > 0)
  const linked = options.sections.includes('sheets')
  const columns = 5 + (withChannels ? 1 : 0)
  // An offset of half an hour needs the room, all others leave it to the titles.
  const time = posts.some(({ offset }) => offset.includes(':')) ? '29mm' : '24mm'
  const weekOf = (day: string) => startOfWeek(day, data.weekStart)
  return (
    <table className="posts">
      <thead>
        <tr>
          <th style={{ width: DATE_WIDTH[options.language] }}>{t.date}</th>
          <th style={{ width: time }}>{t.time}</th>
          {withChannels && <th style={{ width: '23mm' }}>{t.channelsHead}</th>}
          <th>{withCampaign ? `${t.post}${words.comma}${t.campaign}` : t.post}</th>
          <th style={{ width: '28mm' }}>{t.owner}</th>
          <th style={{ width: '30mm' }}>{t.status}</th>
        </tr>
      </thead>
      <tbody>
        {posts.flatMap((item, at) => {
          const { post, day, offset } = item
          const before = posts[at - 1]
          const newWeek = !single && (!before || weekOf(before.day) !== weekOf(day))
          const owner = personName(data, post.ownerId)
          const title = titleOf(item, words)
          const campaign = withCampaign ? data.campaigns.find(({ id }) => id === post.campaignId) : undefined
          return [
            newWeek && (
              <tr className="weekRow" key={`week ${day}`}>
                {/* The middle of a week belongs to the same ISO week, whichever day it starts on. */}
                <th colSpan={columns}>{words.week(weekNumber(addDays(weekOf(day), 3)))}</th>
              </tr>
            ),
            <tr key={post.id} {...{ [marker]: post.id }}>
              <td className={before?.day === day && !newWeek ? 'again' : undefined}>
                <time>{dates.dayShort(day)}</time>
              </td>
              <td className="when">
                <time>{item.time}</time> <span className="faint">{offset}</span>
              </td>
              {withChannels && (
                <td>
                  <Signs
                    ids={post.channelIds.filter(
                      (id) => !item.places.some((place) => place.when && place.channelId === id),
                    )}
                  />
                </td>
              )}
              <td className="title" dir="auto">
                {linked ? <a href={`#${anchors.post(post.id)}`}>{title}</a> : title}
                {campaign && (
                  <div className="of" dir="auto">
                    {campaign.name}
                  </div>
                )}
                {item.places.map(
                  ({ channelId, when }) =>
                    when && (
                      <div key={channelId} className="apart">
                        <Signs ids={[channelId]} />
                        {when.day !== day && `${dates.dayShort(when.day)}${words.comma}`}
                        {when.time}
                      </div>
                    ),
                )}
              </td>
              <td dir="auto">{owner || '–'}</td>
              <td>
                <StatusMark status={post.status} word />
              </td>
            </tr>,
          ]
        })}
      </tbody>
    </table>
  )
}
