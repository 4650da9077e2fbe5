import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../../shared/domain/document.ts'
import { importIcs, MOST_REPEATS, writeIcs } from '../../../shared/interchange/ics.ts'
import { blankPost, type ImportedDayNote, type ImportedPost } from '../../../shared/interchange/model.ts'
import { BERLIN, docOf, FIXTURES, file, paragraph, text } from './files.ts'

const plan = { path: 'plan.ics', bytes: new Uint8Array(readFileSync(join(FIXTURES, 'calendars', 'plan.ics'))) }
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:x@example.org', 'SUMMARY:X', ...lines, 'END:VEVENT']
const calendar = (...lines: string[]) =>
  importIcs(file('c.ics', ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')), BERLIN)
const when = ({ planned }: ImportedPost) => `${planned?.date} ${planned?.time}`

describe('A calendar file', () => {
  const { posts, notes, problems } = importIcs(plan, BERLIN)
  const named = (title: string) => posts.filter((post) => post.title === title)

  it('gives posts for events with a time, in the wall time of the workspace', () => {
    expect(named('Summer issue').map(when)).toEqual(['2026-07-15 09:00'])
    expect(named('In UTC').map(when)).toEqual(['2026-07-15 14:00'])
    expect(named('Own zone').map(when)).toEqual(['2026-07-15 09:00'])
  })

  it('gives text, labels and id, with folded lines and escaped commas put right', () => {
    const [post] = named('Summer issue')
    expect(post).toMatchObject({ id: 'timed@example.org', labels: ['summer', 'issue'] })
    expect(plainText(post?.doc ?? docOf())).toBe(
      'First line\nSecond, with a comma and a very long text that goes on in the next line',
    )
  })

  it('gives day notes for all-day events, or posts where that is wanted', () => {
    expect(notes).toEqual([
      { id: 'day@example.org', on: '2026-08-01', until: '2026-08-03', kind: 'note', text: 'Trade fair' },
    ])
    const asPosts = importIcs(plan, { ...BERLIN, allDay: 'post' })
    expect(asPosts.notes).toEqual([])
    expect(asPosts.posts.filter(({ title }) => title === 'Trade fair').map(when)).toEqual(['2026-08-01 09:00'])
  })

  it('writes repeating events out, without the dates taken out, across the change of the clocks', () => {
    expect(named('Monday note').map(when)).toEqual(['2026-03-02 10:00', '2026-03-16 10:00', '2026-03-23 10:00'])
    expect(problems.find(({ kind }) => kind === 'repeats')?.sentence).toMatch(/3 dates come in, the last on 2026-03-23/)
  })

  it('leaves cancelled events out and says so', () => {
    expect(named('Called off')).toEqual([])
    expect(problems.find(({ kind }) => kind === 'cancelled-event')).toMatchObject({ severity: 'note', line: 44 })
  })

  it.each([
    'FREQ=SECONDLY',
    'FREQ=MINUTELY',
    'FREQ=DAILY',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;INTERVAL=7;BYDAY=TU',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;COUNT=999999999',
    'FREQ=WEEKLY;UNTIL=99991231T000000Z',
  ])('never hangs on a rule such as %s', (rule) => {
    const started = performance.now()
    const preview = calendar(...event('DTSTART:20260302T100000', `RRULE:${rule}`))
    expect(performance.now() - started).toBeLessThan(5000)
    expect(preview.posts.length).toBeGreaterThan(0)
    expect(preview.posts.length).toBeLessThanOrEqual(MOST_REPEATS)
    expect(preview.problems.length).toBeGreaterThan(0)
  })

  it('takes moved dates of a repeating event where they were moved to', () => {
    const preview = calendar(
      ...event('DTSTART:20260302T100000', 'RRULE:FREQ=DAILY;COUNT=3'),
      'BEGIN:VEVENT',
      'UID:x@example.org',
      'SUMMARY:Moved',
      'RECURRENCE-ID:20260303T100000',
      'DTSTART:20260303T150000',
      'END:VEVENT',
    )
    expect(preview.posts.map(when).sort()).toEqual(['2026-03-02 10:00', '2026-03-03 15:00', '2026-03-04 10:00'])
  })

  it('knows the names Outlook gives to zones, and says when it knows none', () => {
    expect(calendar(...event('DTSTART;TZID=Eastern Standard Time:20260715T090000')).posts.map(when)).toEqual([
      '2026-07-15 15:00',
    ])
    expect(calendar(...event('DTSTART;TZID=Atlantis:20260715T090000')).problems[0]).toMatchObject({
      kind: 'unknown-zone',
      line: 3,
    })
  })

  it('reads zones in quotes, behind a path, of its own making and of a fixed offset', () => {
    const at = (zone: string) => calendar(...event(`DTSTART;TZID=${zone}:20260115T100000`)).posts.map(when)
    expect(at('"America/New_York"')).toEqual(['2026-01-15 16:00'])
    expect(at('/mozilla.org/20050126_1/Europe/London')).toEqual(['2026-01-15 11:00'])
    expect(at('Etc/GMT-5')).toEqual(['2026-01-15 06:00'])
    const own = ['BEGIN:VTIMEZONE', 'TZID:Ours', 'BEGIN:STANDARD', 'DTSTART:19700101T000000']
    const offset = ['TZOFFSETFROM:+0300', 'TZOFFSETTO:+0300', 'END:STANDARD', 'END:VTIMEZONE']
    const posts = calendar(...own, ...offset, ...event('DTSTART;TZID=Ours:20260115T100000')).posts
    expect(posts.map(when)).toEqual(['2026-01-15 08:00'])
  })
})

describe('Bad calendar files get a sentence with the line', () => {
  it.each([
    [['BEGIN:VEVENT', 'SUMMARY:Open'], 'cannot-read', 3, /line 3: the event that begins here never ends/],
    [event('NONSENSE'), 'cannot-read', 3, /line 3: the event that begins here cannot be read/],
    [event(), 'missing-date', 3, /"X" has no start/],
    [event('DTSTART:20260231T100000'), 'bad-date', 3, /a day that does not exist/],
    [
      [...event('DTSTART:20260301T100000'), ...event('DTSTART:20260302T100000')],
      'duplicate-id',
      8,
      /has the id \(UID\) of the event in line 3/,
    ],
  ])('%j', (lines, kind, line, sentence) => {
    const { problems } = calendar(
      ...lines,
      'BEGIN:VEVENT',
      'UID:good@example.org',
      'DTSTART:20260303T100000',
      'SUMMARY:Good',
      'END:VEVENT',
    )
    expect(problems[0]).toMatchObject({ kind, line, severity: 'error' })
    expect(problems[0]?.sentence).toMatch(sentence)
  })

  it('a file that is no calendar, and one without events', () => {
    expect(importIcs(file('x.ics', 'hello'), BERLIN).problems[0]?.kind).toBe('cannot-read')
    expect(calendar().problems[0]?.kind).toBe('no-posts')
    expect(importIcs({ path: 'x.ics', bytes: new Uint8Array([0, 1, 2, 3]) }, BERLIN).problems[0]?.kind).toBe('not-text')
  })
})

describe('A calendar written by Outpost', () => {
  const post: ImportedPost = {
    ...blankPost({ kind: 'ics', path: 'c.ics', extra: {} }),
    id: '0190-a',
    title: 'Title, with; signs',
    status: 'review',
    channels: ['@harbour'],
    campaign: 'Spring',
    owner: 'Ida',
    authors: ['Tom'],
    labels: ['a,b', 'c'],
    summary: 'S',
    notes: 'N\nM',
    slug: 's',
    dueOn: '2026-10-01',
    doc: docOf(
      { type: 'heading', attrs: { level: 2 }, content: [text('Head')] },
      paragraph(text('Words '), text('strong', 'bold')),
    ),
    planned: { date: '2026-10-25', time: '02:30', zone: 'Europe/Berlin', fold: 'later' },
  }
  const notes: ImportedDayNote[] = [
    { id: 'n1', on: '2026-12-24', until: '2026-12-26', kind: 'blackout', text: 'Nothing goes out' },
  ]
  const NOW = Date.UTC(2026, 10, 24)

  it('reads back as the same posts and day notes, whatever zone they were planned in', () => {
    const other: ImportedPost = {
      ...post,
      id: '0190-b',
      status: 'cancelled',
      planned: { date: '2026-07-01', time: '10:00', zone: 'Asia/Tokyo' },
    }
    const preview = importIcs(file('c.ics', writeIcs([post, other], notes, NOW)), BERLIN)
    expect(preview).toEqual({ posts: [post, other], notes, problems: [], fields: [] })
  })

  it('is what other calendars read: UTC times, lines of 75 bytes at most, ends of lines as the standard wants', () => {
    const written = writeIcs([{ ...post, notes: 'long '.repeat(100) }], notes, NOW)
    expect(written).toContain('DTSTART:20261025T013000Z')
    expect(written).toContain('DTSTART;VALUE=DATE:20261224')
    expect(written).toContain('DTEND;VALUE=DATE:20261227')
    for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it('takes the new time where an event was moved in another calendar', () => {
    const moved = writeIcs([post], [], NOW).replace('DTSTART:20261025T013000Z', 'DTSTART:20261026T080000Z')
    expect(importIcs(file('c.ics', moved), BERLIN).posts.map(when)).toEqual(['2026-10-26 09:00'])
  })
})
