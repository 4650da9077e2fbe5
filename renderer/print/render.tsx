/** A plan as one self-contained HTML document for the printer. Pure: the same input gives the same text. */
import { Fragment, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { NETWORKS } from '../../shared/domain/channel.ts'
import { monthOf } from '../../shared/domain/time.ts'
import { Appendix, hasAppendix, SignOff, Tasks, Team, teamOf } from './back.tsx'
import type { PlanData } from './collect.ts'
import {
  Brief,
  Channels,
  Contents,
  type ContentsEntry,
  Cover,
  channelCounts,
  Messages,
  madeOn,
  Pillars,
  Summary,
  stampOf,
} from './front.tsx'
import { frameOf, layMonth, type MonthPage, monthsOf, spansOf } from './layout.ts'
import { FullDays, Months, Overview } from './months.tsx'
import type { PlanOptions, SectionId } from './options.ts'
import { anchors, hue, type PageNumbers, Section, type Sheet, SheetProvider, useSheet } from './pieces.tsx'
import { PostTable } from './schedule.tsx'
import { Sheets } from './sheets.tsx'
import { planStyles } from './styles.ts'
import { Timeline } from './timeline.tsx'
import { createDates, WORDS, type Words } from './words.ts'

export interface PlanDocument {
  readonly html: string
  readonly title: string
  /** Distinct posts on month pages or schedule, counted in the finished document; the range's number when no such page was asked for. */
  readonly postsOnPages: number
  /** Those that had something to print, in order. */
  readonly sections: readonly SectionId[]
}

export interface RenderInput {
  readonly data: PlanData
  readonly options: PlanOptions
  readonly numbers?: PageNumbers
  readonly pictures?: ReadonlyMap<string, string>
}

/** Whether a section has something to print. */
export function hasContent(section: SectionId, data: PlanData): boolean {
  const has: Readonly<Record<SectionId, () => boolean>> = {
    cover: () => true,
    overview: () => true,
    summary: () => true,
    contents: () => true,
    brief: () => data.brief.some(({ content, type }) => (content ?? []).length > 0 || type === 'horizontalRule'),
    messages: () => data.campaigns.some(({ keyMessages }) => keyMessages.length > 0),
    channels: () => channelCounts(data).length > 0,
    pillars: () => data.posts.some(({ post }) => data.pillars.has(post.pillarId)),
    timeline: () =>
      data.campaigns.some((campaign) =>
        spansOf(campaign).some(({ from, to }) => from <= data.range.to && to >= data.range.from),
      ),
    months: () => data.posts.length > 0,
    schedule: () => data.posts.length > 0,
    sheets: () => data.posts.length > 0,
    tasks: () => data.tasks.length > 0,
    team: () => teamOf(data).length > 0,
    signoff: () => true,
    appendix: () => hasAppendix(data),
  }
  return has[section]()
}

/** Throws when a month page or the schedule does not carry every post in range: a plan that loses posts must not leave the house. */
export function renderPlan({ data, options, numbers = new Map(), pictures = new Map() }: RenderInput): PlanDocument {
  const words = WORDS[options.language]
  const dates = createDates(words)
  const period = words.range(dates.full(data.range.from), dates.full(data.range.to))
  const name = data.campaign?.name ?? data.workspace
  const title = `${name}: ${words.contentPlan}${words.comma}${period}`
  const zoneWords = zoneSentence(data, words, dates.full)
  const sections = options.sections.filter((section) => hasContent(section, data))
  const pages = sections.includes('months') ? monthPages(data, options) : []
  const sheet: Sheet = { data, options: { ...options, sections }, words, dates, numbers, pictures }

  const draw: Readonly<Record<SectionId, () => ReactElement>> = {
    cover: () => <Cover period={period} />,
    overview: () => <Overview />,
    summary: () => <Summary period={period} zoneWords={zoneWords} />,
    contents: () => <Contents entries={contentsOf(sections, pages, sheet)} />,
    brief: () => <Brief />,
    messages: () => <Messages />,
    channels: () => <Channels />,
    pillars: () => <Pillars />,
    timeline: () => <Timeline />,
    months: () => (
      <>
        <Months pages={pages} />
        <FullDays pages={pages} />
      </>
    ),
    schedule: () => <Schedule period={period} zoneWords={zoneWords} />,
    sheets: () => <Sheets />,
    tasks: () => <Tasks />,
    team: () => <Team />,
    signoff: () => <SignOff period={period} />,
    appendix: () => <Appendix />,
  }
  const foot = [
    data.workspace === name ? '' : `${data.workspace}.`,
    options.confidential ? `${words.t.confidential}.` : '',
    options.preset === 'internal' ? `${words.t.internal}.` : '',
    words.made(madeOn(data.madeAt, data.zone, words.locale)),
    words.zoneSteady(data.zone, [...data.zoneSteps.map(({ offset }) => offset), data.zoneLast].join(words.comma)),
  ]
  const styles = planStyles(options, {
    plan: name,
    stamp: stampOf(words, options.version, options.state),
    foot: foot.filter(Boolean).join(' '),
    page: words.page,
    rtl: words.rtl,
  })
  const body = renderToStaticMarkup(
    <SheetProvider value={sheet}>
      {sections.map((section) => (
        <Fragment key={section}>{draw[section]()}</Fragment>
      ))}
    </SheetProvider>,
  )
  const head = renderToStaticMarkup(
    <head>
      <meta charSet="utf-8" />
      <title>{title}</title>
    </head>,
  ).replace('</head>', `<style>${styles}</style></head>`)
  const html = `<!doctype html><html lang="${words.locale.slice(0, 2)}" dir="${words.rtl ? 'rtl' : 'ltr'}">${head}<body>${body}</body></html>`
  return { html, title, postsOnPages: countPosts(body, sections, data), sections }
}

/** A page a month from the first post to the last; between them a month with neither post nor campaign has none. */
const monthPages = (data: PlanData, options: PlanOptions): MonthPage[] => {
  const frame = frameOf(options, options.monthPages === 'landscape')
  const used = new Set(data.posts.map(({ day }) => monthOf(day).from))
  const months = monthsOf(data.range)
  const runs = (month: string) =>
    data.campaigns.some((campaign) =>
      spansOf(campaign).some(({ from, to }) => monthOf(from).from <= month && to >= month),
    )
  return months
    .slice(
      months.findIndex((month) => used.has(month)),
      months.findLastIndex((month) => used.has(month)) + 1,
    )
    .filter((month) => used.has(month) || runs(month))
    .map((month) => layMonth(data, month, frame))
}

function contentsOf(
  sections: readonly SectionId[],
  pages: readonly MonthPage[],
  { words, dates }: Sheet,
): ContentsEntry[] {
  return sections.flatMap((section): ContentsEntry[] => {
    if (section === 'cover' || section === 'contents') return []
    if (section !== 'months') return [{ anchor: anchors.section(section), label: words.sections[section] }]
    const full = pages.some(({ weeks }) => weeks.some(({ days }) => days.some(({ hidden }) => hidden.length > 0)))
    return [
      ...pages.map(({ month }) => ({ anchor: anchors.month(month), label: dates.month(month) })),
      ...(full ? [{ anchor: anchors.section('fullDays'), label: words.fullDays, sub: true }] : []),
    ]
  })
}

function Schedule({ period, zoneWords }: { period: string; zoneWords: string }) {
  const { data, words } = useSheet()
  const used = [...data.channels.values()].filter(({ id }) =>
    data.posts.some(({ post }) => post.channelIds.includes(id)),
  )
  return (
    <Section id={anchors.section('schedule')} title={words.sections.schedule} kind="flow">
      <p className="intro">
        {words.scheduleIntro(data.posts.length, period)} {zoneWords}
      </p>
      {used.length > 0 && (
        <p className="key">
          {used.map(({ id, hue: colour, network, name }) => (
            <span key={id}>
              <span className="sign" style={hue(colour)}>
                {NETWORKS[network].sign}
              </span>{' '}
              <bdi>{name}</bdi>
            </span>
          ))}
        </p>
      )}
      <PostTable posts={data.posts} marker="data-on-schedule" />
    </Section>
  )
}

/** Says the zone, and every clock change within the range. */
function zoneSentence(data: PlanData, words: Words, day: (date: string) => string): string {
  if (data.zoneSteps.length === 0) return words.zoneSteady(data.zone, data.zoneLast)
  const steps = data.zoneSteps.map(({ offset, until }) => ({
    offset,
    until: `${day(until.date)}${words.comma}${until.time}`,
  }))
  return words.zoneChange(data.zone, steps, data.zoneLast)
}

function countPosts(body: string, sections: readonly SectionId[], data: PlanData): number {
  const ids = (marker: string) =>
    Array.from(body.matchAll(new RegExp(`${marker}="([^"]+)"`, 'g')), (match) => match[1] ?? '')
  const notShown = ids('data-not-shown').reduce((sum, count) => sum + Number(count), 0)
  const check = (where: string, printed: readonly string[]) => {
    const distinct = new Set(printed).size + (where === 'overview' ? notShown : 0)
    if (distinct !== data.posts.length)
      throw new Error(`${where}: ${distinct} posts printed, ${data.posts.length} in range`)
  }
  if (sections.includes('schedule')) check('schedule', ids('data-on-schedule'))
  if (sections.includes('months')) check('months', [...ids('data-on-month'), ...ids('data-on-full-day')])
  if (sections.includes('overview')) check('overview', ids('data-on-month'))
  return data.posts.length
}
