/** Calendar files (RFC 5545): events to dated posts and day notes, and back. */
import ICAL from 'ical.js'
import * as z from 'zod/mini'
import { POST_STATUSES } from '../domain/status.ts'
import {
  addDays,
  checkWall,
  type Instant,
  type IsoDate,
  isZone,
  toInstant,
  toWall,
  type WallTime,
  weekday,
} from '../domain/time.ts'
import { isoWithOffset } from './dates.ts'
import { decodeText, toBytes } from './encoding.ts'
import {
  blankPost,
  distinct,
  type ImportedDayNote,
  type ImportedPost,
  type ImportOptions,
  type ImportPreview,
  type ImportProblem,
  RAW,
  rawOf,
  type SourceFile,
} from './model.ts'
import { docOfPlain, titleFrom } from './plain-doc.ts'
import { isTooDeep, readMarkdown } from './read-markdown.ts'
import { writeMarkdownText } from './write-markdown.ts'

export const LARGEST_ICS = 20_000_000
/** Most dates one repeating event is written out to. */
export const MOST_REPEATS = 500
const WINDOW_DAYS = 731

interface Block {
  readonly name: string
  readonly line: number
  readonly lines: readonly string[]
}

/** Components on the first level of a calendar, with the line each begins on; `broken`: those never closed. */
function componentsOf(text: string): { blocks: Block[]; broken: Block[]; calendar: boolean } {
  const unfolded: { text: string; line: number }[] = []
  text.split('\n').forEach((raw, i) => {
    const last = unfolded.at(-1)
    if (/^[ \t]/.test(raw) && last) last.text += raw.slice(1)
    else if (raw !== '') unfolded.push({ text: raw, line: i + 1 })
  })
  const blocks: Block[] = []
  const broken: Block[] = []
  let current: { name: string; line: number; lines: string[] } | null = null
  let calendar = false
  for (const { text: content, line } of unfolded) {
    const begin = /^BEGIN:(VEVENT|VTIMEZONE)\s*$/i.exec(content)?.[1]?.toUpperCase()
    if (/^BEGIN:VCALENDAR\s*$/i.test(content)) calendar = true
    if (begin && current) broken.push(current)
    if (begin) current = { name: begin, line, lines: [] }
    if (!current) continue
    current.lines.push(content)
    if (/^END:(VEVENT|VTIMEZONE)\s*$/i.exec(content)?.[1]?.toUpperCase() === current.name) {
      blocks.push(current)
      current = null
    }
  }
  if (current) broken.push(current)
  return { blocks, broken, calendar }
}

function componentOf(block: Block): ICAL.Component | string {
  try {
    const [, , children] = ICAL.parse(['BEGIN:VCALENDAR', ...block.lines, 'END:VCALENDAR'].join('\r\n'))
    const first: unknown = children?.[0]
    return Array.isArray(first) ? new ICAL.Component(first) : 'it is empty'
  } catch (thrown) {
    // ical.js tells bad input by throwing.
    if (thrown instanceof Error) return thrown.message.split('\n')[0]?.slice(0, 120) ?? 'it cannot be read'
    throw thrown
  }
}

const Own = z.object({
  id: z.string(),
  status: z.optional(z.enum(POST_STATUSES)),
  channels: z.array(z.string()),
  campaign: z.string(),
  pillar: z.string(),
  owner: z.string(),
  authors: z.array(z.string()),
  labels: z.array(z.string()),
  summary: z.string(),
  notes: z.string(),
  image: z.string(),
  imageAlt: z.string(),
  slug: z.string(),
  dueOn: z.nullable(z.iso.date()),
  raw: z.array(z.string()),
  planned: z.object({
    date: z.iso.date(),
    time: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
    zone: z.string(),
    fold: z.optional(z.enum(['earlier', 'later'])),
  }),
})
const OwnNote = z.object({ id: z.string(), kind: z.enum(['note', 'holiday', 'blackout']) })

const words = (event: ICAL.Component, name: string): string => {
  const value: unknown = event.getFirstPropertyValue(name)
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value)
}

/** Names Windows and Outlook give to zones, for files that do not define them. Source: Unicode CLDR, windowsZones. */
const WINDOWS_ZONES: Readonly<Record<string, string>> = {
  'GMT Standard Time': 'Europe/London',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'Romance Standard Time': 'Europe/Paris',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'FLE Standard Time': 'Europe/Kyiv',
  'GTB Standard Time': 'Europe/Bucharest',
  'Eastern Standard Time': 'America/New_York',
  'Central Standard Time': 'America/Chicago',
  'Mountain Standard Time': 'America/Denver',
  'Pacific Standard Time': 'America/Los_Angeles',
  'India Standard Time': 'Asia/Kolkata',
  'China Standard Time': 'Asia/Shanghai',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'AUS Eastern Standard Time': 'Australia/Sydney',
  'New Zealand Standard Time': 'Pacific/Auckland',
  'E. South America Standard Time': 'America/Sao_Paulo',
}

interface Start {
  readonly wall: WallTime
  readonly allDay: boolean
}

const two = (n: number) => String(n).padStart(2, '0')
const dateOf = (time: ICAL.Time): IsoDate => `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`
const MS_PER_SECOND = 1000

interface Reader {
  readonly path: string
  readonly options: ImportOptions
  readonly zones: ReadonlyMap<string, ICAL.Timezone>
  readonly problem: (problem: Omit<ImportProblem, 'file'>) => void
}

/** Wall time of a calendar value in the zone of the options. */
function startOf(reader: Reader, time: ICAL.Time, tzid: string, line: number): Start {
  const { options, path } = reader
  const date = dateOf(time)
  if (time.isDate) return { wall: { date, time: options.time, zone: options.zone }, allDay: true }
  const local = { date, time: `${two(time.hour)}:${two(time.minute)}` }
  const moved = (at: Instant): Start => ({ wall: toWall(at, options.zone), allDay: false })
  if (time.zone?.tzid === 'UTC' || tzid.toUpperCase() === 'UTC') return moved(toInstant({ ...local, zone: 'UTC' }))
  if (tzid === '') return { wall: { ...local, zone: options.zone }, allDay: false }
  const iana = isZone(tzid) ? tzid : (/[A-Za-z_]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?$/.exec(tzid)?.[0] ?? '')
  if (iana !== '' && isZone(iana))
    return iana === options.zone
      ? { wall: { ...local, zone: iana }, allDay: false }
      : moved(toInstant({ ...local, zone: iana }))
  const known = WINDOWS_ZONES[tzid]
  if (known) return moved(toInstant({ ...local, zone: known }))
  const defined = reader.zones.get(tzid)
  if (defined) return moved(toInstant({ ...local, zone: 'UTC' }) - defined.utcOffset(time) * MS_PER_SECOND)
  reader.problem({
    kind: 'unknown-zone',
    severity: 'note',
    line,
    field: 'DTSTART',
    sentence: `${path}, line ${line}: the time zone "${tzid}" is not known; the time is taken as it stands in ${options.zone}.`,
  })
  return { wall: { ...local, zone: options.zone }, allDay: false }
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** Dates of a repeating event up to `until`. Null: a rule that is not written out. */
function repeats(rule: ICAL.Recur, start: ICAL.Time, until: IsoDate): ICAL.Time[] | null {
  if (!['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(rule.freq)) return null
  const times: ICAL.Time[] = []
  if (rule.freq === 'DAILY') {
    // ical.js never comes back from daily rules that match no day (30 February, every seventh day but on another weekday).
    const parts = new Map<string, readonly (string | number)[]>(Object.entries(rule.parts))
    if ([...parts.keys()].some((part) => !['BYDAY', 'BYMONTH', 'BYMONTHDAY'].includes(part))) return null
    const step = Math.max(1, rule.interval)
    const last = rule.until ? ([until, dateOf(rule.until)].sort()[0] ?? until) : until
    const fits = (part: string, value: string | number) => parts.get(part)?.map(String).includes(String(value)) ?? true
    for (let time = start.clone(); dateOf(time) <= last && times.length < MOST_REPEATS; time.adjust(step, 0, 0, 0)) {
      if (rule.count && times.length >= rule.count) break
      const date = dateOf(time)
      if (
        fits('BYDAY', WEEKDAYS[weekday(date) - 1] ?? '') &&
        fits('BYMONTH', time.month) &&
        fits('BYMONTHDAY', time.day)
      )
        times.push(time.clone())
    }
    return times
  }
  const iterator = rule.iterator(start)
  for (let time = iterator.next(); time && dateOf(time) <= until && times.length < MOST_REPEATS; time = iterator.next())
    times.push(time.clone())
  return times
}

/**
 * Reads the events of a calendar. Timed events become posts, all-day events day notes (or posts, as the options say); repeating ones are
 * written out within bounds; cancelled ones are left out with a note. A broken event is a problem, the others come in.
 */
export function importIcs(file: SourceFile, options: ImportOptions): ImportPreview {
  const { path } = file
  const posts: ImportedPost[] = []
  const notes: ImportedDayNote[] = []
  const problems: ImportProblem[] = []
  const problem = (entry: Omit<ImportProblem, 'file'>) => problems.push({ file: path, ...entry })
  const result = (): ImportPreview => ({ posts, notes, problems, fields: [] })
  const error = (entry: Omit<ImportProblem, 'file' | 'severity'>) => problem({ severity: 'error', ...entry })
  if (file.bytes.length > LARGEST_ICS) {
    error({
      kind: 'too-large',
      sentence: `${path} is ${Math.round(file.bytes.length / 1e6)} MB large; a calendar may have ${LARGEST_ICS / 1e6} MB.`,
    })
    return result()
  }
  const decoded = decodeText(file.bytes)
  if (!decoded.ok) {
    error({ kind: 'not-text', sentence: `${path} is not a calendar file. Export the calendar again as .ics.` })
    return result()
  }
  const { blocks, broken, calendar } = componentsOf(decoded.value.text)
  if (!calendar) {
    error({
      kind: 'cannot-read',
      line: 1,
      sentence: `${path} does not begin a calendar (BEGIN:VCALENDAR is missing). Export the calendar again as .ics.`,
    })
    return result()
  }
  for (const block of broken) {
    error({
      kind: 'cannot-read',
      line: block.line,
      sentence: `${path}, line ${block.line}: the ${block.name === 'VEVENT' ? 'event' : 'time zone'} that begins here never ends (END:${block.name} is missing). Correct it, or export the calendar again.`,
    })
  }
  const zones = new Map<string, ICAL.Timezone>()
  const events: { event: ICAL.Component; line: number }[] = []
  for (const block of blocks) {
    const component = componentOf(block)
    if (typeof component === 'string') {
      error({
        kind: 'cannot-read',
        line: block.line,
        sentence: `${path}, line ${block.line}: the ${block.name === 'VEVENT' ? 'event' : 'time zone'} that begins here cannot be read (${component}). Correct it in the calendar.`,
      })
    } else if (block.name === 'VEVENT') events.push({ event: component, line: block.line })
    else {
      const tzid = words(component, 'tzid')
      if (tzid !== '') zones.set(tzid, new ICAL.Timezone({ component, tzid }))
    }
  }
  const reader: Reader = { path, options, zones, problem }
  const replaced = new Set(
    events.flatMap(({ event }) =>
      event.hasProperty('recurrence-id') ? [`${words(event, 'uid')}\n${words(event, 'recurrence-id')}`] : [],
    ),
  )
  const seen = new Map<string, number>()
  for (const { event, line } of events) {
    try {
      readEvent(reader, event, line, replaced, seen, posts, notes)
    } catch (thrown) {
      // Values are only taken apart when they are asked for; a bad one throws then.
      if (!(thrown instanceof Error)) throw thrown
      error({
        kind: 'cannot-read',
        line,
        sentence: `${path}, line ${line}: the event that begins here cannot be read (${thrown.message.split('\n')[0]?.slice(0, 120)}). Correct it in the calendar.`,
      })
    }
  }
  if (events.length === 0 && problems.length === 0) error({ kind: 'no-posts', sentence: `${path} has no events.` })
  return result()
}

function readEvent(
  reader: Reader,
  event: ICAL.Component,
  line: number,
  replaced: ReadonlySet<string>,
  seen: Map<string, number>,
  posts: ImportedPost[],
  notes: ImportedDayNote[],
): void {
  const { path, options, problem } = reader
  const title = words(event, 'summary')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
  const shown = title || 'without a title'
  const uid = words(event, 'uid')
  const property = event.getFirstProperty('dtstart')
  const start: unknown = property?.getFirstValue()
  const own = ownOf(event)
  const refuse = (kind: ImportProblem['kind'], field: string, sentence: string) =>
    problem({ kind, severity: 'error', line, field, sentence })
  if (!property || !(start instanceof ICAL.Time)) {
    refuse(
      'missing-date',
      'DTSTART',
      `${path}, line ${line}: the event "${shown}" has no start (DTSTART). Give it one in the calendar.`,
    )
    return
  }
  // ical.js rolls 31 February over to March: the text of the file tells.
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(String(property.toJSON()[3] ?? '')) ?? []
  if (
    Number(month) < 1 ||
    Number(month) > 12 ||
    Number(day) < 1 ||
    Number(day) > ICAL.Time.daysInMonth(Number(month), Number(year))
  ) {
    refuse(
      'bad-date',
      'DTSTART',
      `${path}, line ${line}: the event "${shown}" starts on ${year}-${month}-${day}, a day that does not exist. Correct it in the calendar.`,
    )
    return
  }
  if (words(event, 'status').toUpperCase() === 'CANCELLED' && !own) {
    problem({
      kind: 'cancelled-event',
      severity: 'note',
      line,
      sentence: `${path}, line ${line}: the event "${shown}" is cancelled and left out.`,
    })
    return
  }
  const recurrence = words(event, 'recurrence-id')
  const key = `${uid}\n${recurrence}`
  const twin = uid === '' ? undefined : seen.get(key)
  if (twin !== undefined) {
    refuse(
      'duplicate-id',
      'UID',
      `${path}, line ${line}: the event "${shown}" has the id (UID) of the event in line ${twin}. Only the first is brought in.`,
    )
    return
  }
  seen.set(key, line)
  const tzParameter: unknown = property.getParameter('tzid')
  const tzid = typeof tzParameter === 'string' ? tzParameter : ''
  const times = datesOf(reader, event, start, title, line, replaced, uid)
  const length = lengthInDays(event, start)
  const description = words(event, 'description')
  times.forEach((time) => {
    const { wall, allDay } = startOf(reader, time, tzid, line)
    const id = times.length > 1 ? `${uid}#${time.toString()}` : recurrence !== '' ? `${uid}#${recurrence}` : uid
    if (allDay && (options.allDay ?? 'note') === 'note' && !own) {
      const kept = ownNoteOf(event)
      notes.push({
        id: kept?.id || id,
        on: wall.date,
        until: addDays(wall.date, length),
        kind: kept?.kind ?? 'note',
        text: title || titleFrom(description) || 'Event',
      })
      return
    }
    if (!allDay && checkWall(wall).kind === 'gap') {
      problem({
        kind: 'gap-time',
        severity: 'note',
        line,
        field: 'DTSTART',
        sentence: `${path}, line ${line}: ${wall.time} does not exist on ${wall.date} in ${wall.zone}; the clocks jump over it. The hour after it counts.`,
      })
    }
    if (title === '') {
      problem({
        kind: 'missing-title',
        severity: 'note',
        line,
        field: 'SUMMARY',
        sentence: `${path}, line ${line}: the event has no title; its first words are taken.`,
      })
    }
    const markdown = own !== null && !isTooDeep(description)
    const read = markdown ? readMarkdown(description) : null
    const extra: Record<string, unknown> = {}
    const place = words(event, 'location').trim()
    const url = words(event, 'url').trim()
    if (place) extra.location = place
    if (url && !own) extra.url = url
    if (read && read.raw.length > 0) extra[RAW] = read.raw
    const { raw: _raw, planned: _planned, ...fields } = own ?? { raw: [], planned: null }
    posts.push({
      ...blankPost({ kind: 'ics', path, extra }),
      labels: categoriesOf(event),
      id,
      ...fields,
      title: title || titleFrom(description) || 'Event',
      doc: read?.doc ?? docOfPlain(description, url),
      planned: own && sameInstant(own.planned, wall) ? own.planned : wall,
    })
  })
}

/** The zone an own event was planned in counts as long as nobody moved the event in another calendar. */
const sameInstant = (planned: WallTime, wall: WallTime) =>
  isZone(planned.zone) && toInstant(planned) === toInstant(wall)

function datesOf(
  reader: Reader,
  event: ICAL.Component,
  start: ICAL.Time,
  title: string,
  line: number,
  replaced: ReadonlySet<string>,
  uid: string,
): ICAL.Time[] {
  const { path, options, problem } = reader
  const rule: unknown = event.getFirstPropertyValue('rrule')
  const added = event
    .getAllProperties('rdate')
    .flatMap((property) => property.getValues())
    .filter((value) => value instanceof ICAL.Time)
  if (!(rule instanceof ICAL.Recur) && added.length === 0) return [start]
  const until = options.repeatUntil ?? addDays(dateOf(start), WINDOW_DAYS)
  const ruled = rule instanceof ICAL.Recur ? repeats(rule, start, until) : []
  if (!ruled) {
    problem({
      kind: 'repeats',
      severity: 'note',
      line,
      field: 'RRULE',
      sentence: `${path}, line ${line}: the event "${title}" repeats in a way Outpost does not write out (${String(rule)}). Only its first date comes in.`,
    })
    return [start]
  }
  const left = new Set(
    event
      .getAllProperties('exdate')
      .flatMap((property) => property.getValues())
      .map(String),
  )
  const all = new Map(
    [start, ...ruled, ...added].filter((time) => dateOf(time) <= until).map((time) => [time.toString(), time]),
  )
  const dates = [...all.values()]
    .filter((time) => !left.has(time.toString()) && !replaced.has(`${uid}\n${time.toString()}`))
    .sort((a, b) => a.compare(b))
    .slice(0, MOST_REPEATS)
  const last = dates.at(-1)
  problem({
    kind: 'repeats',
    severity: 'note',
    line,
    field: 'RRULE',
    sentence: `${path}, line ${line}: the event "${title}" repeats; ${dates.length === 1 ? 'one date comes' : `${dates.length} dates come`} in${last ? `, the last on ${dateOf(last)}` : ''}.`,
  })
  return dates
}

/** Whole days an all-day event lasts after its first. Its end is the day after the last. */
function lengthInDays(event: ICAL.Component, start: ICAL.Time): number {
  const end: unknown = event.getFirstPropertyValue('dtend')
  const duration: unknown = event.getFirstPropertyValue('duration')
  const days =
    end instanceof ICAL.Time
      ? Math.round(end.subtractDate(start).toSeconds() / 86_400)
      : duration instanceof ICAL.Duration
        ? duration.toSeconds() / 86_400
        : 1
  return Math.min(Math.max(Math.ceil(days) - 1, 0), 3660)
}

const categoriesOf = (event: ICAL.Component): string[] =>
  distinct(
    event
      .getAllProperties('categories')
      .flatMap((property) => property.getValues())
      .map(String),
  )

function jsonOf(event: ICAL.Component, name: string): unknown {
  const text = words(event, name)
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    // Somebody changed it elsewhere: the event is read like any other.
    return null
  }
}
const ownOf = (event: ICAL.Component) => Own.safeParse(jsonOf(event, 'x-outpost-post')).data ?? null
const ownNoteOf = (event: ICAL.Component) => OwnNote.safeParse(jsonOf(event, 'x-outpost-day')).data ?? null

const LINE_BYTES = 75
/** A line in pieces of 75 bytes at most, as the standard wants; ical.js counts one too few. */
function folded(line: string): string {
  let out = ''
  let bytes = 0
  for (const char of line) {
    const size = toBytes(char).length
    if (bytes + size > LINE_BYTES) {
      out += '\r\n '
      bytes = 1
    }
    out += char
    bytes += size
  }
  return out
}

const utcStamp = (at: Instant) => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')

/**
 * Dated posts and day notes as a calendar. Times are written in UTC, with the planned wall time and zone beside them, so that reading
 * the file gives them back. Undated posts have no place in a calendar. `now`: moment of the export, for the stamps the format wants.
 */
export function writeIcs(
  posts: readonly ImportedPost[],
  notes: readonly ImportedDayNote[],
  now: Instant,
  name = 'Outpost',
): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.updatePropertyWithValue('version', '2.0')
  calendar.updatePropertyWithValue('prodid', '-//Outpost//Content plan//EN')
  calendar.updatePropertyWithValue('x-wr-calname', name)
  const stamp = ICAL.Time.fromJSDate(new Date(now), true)
  const add = (uid: string, summary: string) => {
    const event = new ICAL.Component('vevent')
    event.updatePropertyWithValue('uid', uid)
    event.updatePropertyWithValue('dtstamp', stamp)
    event.updatePropertyWithValue('summary', summary)
    calendar.addSubcomponent(event)
    return event
  }
  posts.forEach((post, i) => {
    if (!post.planned) return
    const at = toInstant(post.planned)
    const event = add(post.id || `${utcStamp(at)}-${i}@outpost`, post.title)
    event.updatePropertyWithValue('dtstart', ICAL.Time.fromJSDate(new Date(at), true))
    event.updatePropertyWithValue('duration', ICAL.Duration.fromSeconds(1800))
    const text = writeMarkdownText(post.doc, rawOf(post)).trimEnd()
    if (text) event.updatePropertyWithValue('description', text)
    if (post.labels.length > 0) {
      const categories = new ICAL.Property('categories', event)
      categories.setValues([...post.labels])
      event.addProperty(categories)
    }
    if (post.status === 'cancelled') event.updatePropertyWithValue('status', 'CANCELLED')
    const own: z.infer<typeof Own> = {
      id: post.id,
      ...(post.status ? { status: post.status } : {}),
      channels: [...post.channels],
      campaign: post.campaign,
      pillar: post.pillar,
      owner: post.owner,
      authors: [...post.authors],
      labels: [...post.labels],
      summary: post.summary,
      notes: post.notes,
      image: post.image,
      imageAlt: post.imageAlt,
      slug: post.slug,
      dueOn: post.dueOn,
      raw: [...rawOf(post)],
      planned: { ...post.planned },
    }
    event.updatePropertyWithValue('x-outpost-post', JSON.stringify(own))
    event.updatePropertyWithValue('x-outpost-local-time', isoWithOffset(post.planned))
  })
  notes.forEach((note, i) => {
    const event = add(note.id || `${note.on}-${i}@outpost`, note.text)
    event.updatePropertyWithValue('dtstart', ICAL.Time.fromDateString(note.on))
    event.updatePropertyWithValue('dtend', ICAL.Time.fromDateString(addDays(note.until, 1)))
    event.updatePropertyWithValue('x-outpost-day', JSON.stringify({ id: note.id, kind: note.kind }))
  })
  return `${calendar.toString().replaceAll('\r\n ', '').split('\r\n').map(folded).join('\r\n')}\r\n`
}
