/**
 * One line becomes a post: `Thu 9:30 linkedin Launch teaser #launch @bex`. Pure; what was understood is shown before anything is
 * saved. Days, times and networks are only read at the two ends of the line, so that no word inside a title is taken for one;
 * `#label` and `@person` are read anywhere.
 */
import { type Channel, NETWORKS } from './channel.ts'
import { addDays, type ClockTime, clockOf, type IsoDate, minutesOf, type WallTime, weekday } from './time.ts'

export type QuickToken =
  | { readonly kind: 'date'; readonly text: string; readonly date: IsoDate }
  | { readonly kind: 'time'; readonly text: string; readonly time: ClockTime }
  | { readonly kind: 'channel'; readonly text: string; readonly channelIds: readonly string[] }
  | { readonly kind: 'label'; readonly text: string; readonly label: string }
  | { readonly kind: 'owner'; readonly text: string; readonly personId: string }

export interface QuickPost {
  readonly title: string
  readonly date: IsoDate | null
  readonly time: ClockTime | null
  readonly channelIds: readonly string[]
  readonly labels: readonly string[]
  /** '' when none was named */
  readonly ownerId: string
  /** What was understood, in the order it was written. */
  readonly tokens: readonly QuickToken[]
}

export interface QuickContext {
  /** Now, as a wall shows it in the zone of the plan. */
  readonly now: Pick<WallTime, 'date' | 'time'>
  readonly channels: readonly Pick<Channel, 'id' | 'network' | 'name'>[]
  readonly people: readonly { readonly id: string; readonly name: string }[]
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const lower = (text: string) => text.toLocaleLowerCase()
/** `thu`, `thurs`, `thursday`; three letters at least. */
const nameIn = (names: readonly string[], word: string) =>
  word.length < 3 ? -1 : names.findIndex((name) => name.startsWith(word))

const pad = (value: number) => String(value).padStart(2, '0')
function validDate(year: number, month: number, day: number): IsoDate | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month >= 1
    ? `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
    : null
}
/** A day without a year is the next one there is. */
function nextDate(month: number, day: number, today: IsoDate): IsoDate | null {
  const year = Number(today.slice(0, 4))
  // 29 February waits up to eight years.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const date = validDate(year + ahead, month, day)
    if (date && date >= today) return date
  }
  return null
}

interface Found<T> {
  readonly value: T
  /** Words it took. */
  readonly words: number
}

/** A day at the start of `words`, in the ways people write one. */
function readDate(words: readonly string[], context: QuickContext): Found<IsoDate> | null {
  const today = context.now.date
  const [first = '', second = '', third = ''] = words.map((word) => lower(word).replace(/,$/, ''))
  if (first === 'today') return { value: today, words: 1 }
  if (first === 'tomorrow') return { value: addDays(today, 1), words: 1 }
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(first)
  if (iso) {
    const date = validDate(Number(iso[1]), Number(iso[2]), Number(iso[3]))
    return date ? { value: date, words: 1 } : null
  }
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?$/.exec(first)
  if (dotted) {
    const [day, month] = [Number(dotted[1]), Number(dotted[2])]
    const year = dotted[3] ? Number(dotted[3].padStart(4, '20')) : null
    const date = year === null ? nextDate(month, day, today) : validDate(year, month, day)
    return date ? { value: date, words: 1 } : null
  }
  const next = first === 'next'
  const named = nameIn(WEEKDAYS, next ? second : first)
  if (named >= 0) {
    const ahead = (named + 1 - weekday(today) + 7) % 7
    return { value: addDays(today, next ? ahead || 7 : ahead), words: next ? 2 : 1 }
  }
  const dayNumber = (word: string) => (/^\d{1,2}(st|nd|rd|th)?\.?$/.test(word) ? Number.parseInt(word, 10) : 0)
  const pairs = [
    [dayNumber(first), nameIn(MONTHS, second)],
    [dayNumber(second), nameIn(MONTHS, first)],
  ] as const
  for (const [day, month] of pairs) {
    if (day < 1 || month < 0) continue
    const withYear = /^\d{4}$/.test(third) ? validDate(Number(third), month + 1, day) : null
    if (withYear) return { value: withYear, words: 3 }
    const date = nextDate(month + 1, day, today)
    if (date) return { value: date, words: 2 }
  }
  return null
}

/** A time of day: `9:30`, `9.30`, `21:05`, `9am`, `9:30 pm`, `at 9:30`, `noon`. */
function readTime(words: readonly string[]): Found<ClockTime> | null {
  const at = lower(words[0] ?? '') === 'at' ? 1 : 0
  const word = lower(words[at] ?? '')
  const after = lower(words[at + 1] ?? '')
  if (word === 'noon') return { value: '12:00', words: at + 1 }
  if (word === 'midnight') return { value: '00:00', words: at + 1 }
  const parts = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm|h)?$/.exec(word)
  if (!parts) return null
  const half = parts[3] ?? (after === 'am' || after === 'pm' ? after : undefined)
  if (!parts[2] && !half && at === 0) return null
  let hour = Number(parts[1])
  const minute = Number(parts[2] ?? 0)
  if (half === 'am' || half === 'pm') {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (half === 'pm' ? 12 : 0)
  }
  if (hour > 23 || minute > 59) return null
  return { value: clockOf(hour * 60 + minute), words: at + (half && !parts[3] ? 2 : 1) }
}

/** Channels a word means: a network by its name or a short form, a channel by its own name. */
function readChannel(words: readonly string[], { channels }: QuickContext): Found<readonly string[]> | null {
  for (const channel of channels) {
    const name = channel.name.split(/\s+/)
    if (name.length > 0 && name.every((part, index) => lower(words[index] ?? '') === lower(part))) {
      // Several channels may carry one name; all of them are meant.
      return {
        value: channels.filter((other) => lower(other.name) === lower(channel.name)).map(({ id }) => id),
        words: name.length,
      }
    }
  }
  const word = lower(words[0] ?? '').replace(/[,;]$/, '')
  const ids = channels.filter(
    ({ network }) => lower(NETWORKS[network].name) === word || NETWORKS[network].aliases.includes(word),
  )
  return ids.length > 0 ? { value: ids.map(({ id }) => id), words: 1 } : null
}

const personNamed = (name: string, people: QuickContext['people']) => {
  const wanted = lower(name)
  return (
    people.find((person) => lower(person.name).replace(/\s+/g, '') === wanted) ??
    people.find((person) => lower(person.name).split(/\s+/).includes(wanted)) ??
    (wanted.length > 1 ? people.find((person) => lower(person.name).startsWith(wanted)) : undefined)
  )
}

/** Reads a line. Whatever is not understood is title. */
export function parseQuickAdd(text: string, context: QuickContext): QuickPost {
  const words = text.split(/\s+/).filter(Boolean)
  const tokens: (QuickToken & { readonly at: number })[] = []
  const title: { word: string; at: number }[] = []
  words.forEach((word, at) => {
    if (/^#[\p{L}\p{N}]/u.test(word)) tokens.push({ kind: 'label', text: word, label: word.slice(1), at })
    else if (word.startsWith('@') && !tokens.some(({ kind }) => kind === 'owner')) {
      const person = personNamed(word.slice(1), context.people)
      if (person) tokens.push({ kind: 'owner', text: word, personId: person.id, at })
      else title.push({ word, at })
    } else title.push({ word, at })
  })

  const has = (kind: QuickToken['kind']) => tokens.some((token) => token.kind === kind)
  /** Tries to read something at the start of some words; gives how many it took. */
  const take = (list: readonly { word: string; at: number }[]): number => {
    const at = list[0]?.at ?? 0
    const plain = list.map(({ word }) => word)
    const taken = (count: number) => plain.slice(0, count).join(' ')
    if (!has('date')) {
      const date = readDate(plain, context)
      if (date) {
        tokens.push({ kind: 'date', text: taken(date.words), date: date.value, at })
        return date.words
      }
    }
    if (!has('time')) {
      const time = readTime(plain)
      if (time) {
        tokens.push({ kind: 'time', text: taken(time.words), time: time.value, at })
        return time.words
      }
    }
    const channel = readChannel(plain, context)
    if (channel) {
      tokens.push({ kind: 'channel', text: taken(channel.words), channelIds: channel.value, at })
      return channel.words
    }
    return 0
  }
  for (let count = take(title); count > 0; count = take(title)) title.splice(0, count)
  // From the end: a run of words that is one thing and reaches the end of the line.
  for (let again = true; again; ) {
    again = false
    for (const length of [3, 2, 1]) {
      // A title of one word stays a title.
      if (title.length <= length) continue
      const before = tokens.length
      const tail = title.slice(-length)
      if (take(tail) === length) {
        title.splice(-length)
        again = true
        break
      }
      tokens.length = before
    }
  }

  tokens.sort((a, b) => a.at - b.at)
  const of = <K extends QuickToken['kind']>(kind: K) =>
    tokens.filter((token): token is Extract<QuickToken, { kind: K }> & { at: number } => token.kind === kind)
  const time = of('time')[0]?.time ?? null
  let date = of('date')[0]?.date ?? null
  // A weekday that is today, at a time that is past, means the one in a week.
  const token = of('date')[0]
  if (
    date === context.now.date &&
    time &&
    minutesOf(time) < minutesOf(context.now.time) &&
    token &&
    nameIn(WEEKDAYS, lower(token.text)) >= 0
  )
    date = addDays(date, 7)
  return {
    title: title.map(({ word }) => word).join(' '),
    date,
    time,
    channelIds: [...new Set(of('channel').flatMap(({ channelIds }) => channelIds))],
    labels: [...new Set(of('label').map(({ label }) => label))],
    ownerId: of('owner')[0]?.personId ?? '',
    tokens: tokens.map(({ at: _place, ...rest }) => rest as QuickToken),
  }
}
