import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../../shared/domain/document.ts'
import { POST_STATUSES } from '../../../shared/domain/status.ts'
import { fingerprint, importCsv, isFormula, writeCsv } from '../../../shared/interchange/csv.ts'
import { columnOrder, parseClock } from '../../../shared/interchange/dates.ts'
import { blankPost, type ImportedPost } from '../../../shared/interchange/model.ts'
import { BERLIN, docOf, FIXTURES, file, paragraph, text } from './files.ts'

const table = (name: string) => ({ path: name, bytes: new Uint8Array(readFileSync(join(FIXTURES, 'tables', name))) })
const csv = (content: string, options = BERLIN) => importCsv(file('plan.csv', content), options)
const when = (post: ImportedPost | undefined) => `${post?.planned?.date} ${post?.planned?.time}`

describe('A table of posts', () => {
  it('is read from a Hootsuite bulk file, which has no heading', () => {
    const { posts, problems, table: found } = importCsv(table('hootsuite.csv'), BERLIN)
    expect(found?.maker).toBe('hootsuite')
    expect(problems.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect(posts.map((post) => [post.title, when(post)])).toEqual([
      ['Open day, come and see', '2026-01-15 15:00'],
      ['Two lines', '2026-01-16 09:30'],
    ])
    expect(JSON.stringify(posts[0]?.doc)).toContain('"href":"https://example.org/open"')
    expect(plainText(posts[1]?.doc ?? docOf())).toBe('Two lines\nof text')
  })

  it('is read from a Buffer bulk file', () => {
    const { posts, table: found } = importCsv(table('buffer.csv'), BERLIN)
    expect(found?.maker).toBe('buffer')
    expect(posts[0]).toMatchObject({
      title: 'New boats in the harbour',
      image: 'https://example.org/boat.jpg',
      labels: ['harbour', 'boats'],
    })
    expect(when(posts[0])).toBe('2026-02-10 14:30')
  })

  it('is read with German headings and semicolons', () => {
    const { posts, problems, table: found } = importCsv(table('german.csv'), BERLIN)
    expect(problems).toEqual([])
    expect(found).toMatchObject({ delimiter: ';', maker: 'other' })
    expect(posts[0]).toMatchObject({
      title: 'Frühjahrsputz',
      channels: ['Instagram', 'Newsletter'],
      campaign: 'Frühling',
      owner: 'Ida Brand',
      labels: ['Hafen', 'Frühling'],
    })
    expect(posts.map(when)).toEqual(['2026-03-31 09:30', '2026-04-01 18:00'])
    expect(plainText(posts[1]?.doc ?? docOf())).toBe('Musik; Essen')
  })

  it('is read with French and Spanish headings', () => {
    expect(csv('Titre;Texte;Date de publication;Étiquettes\nUn;Deux;31/03/2026;a, b').posts[0]).toMatchObject({
      title: 'Un',
      labels: ['a', 'b'],
      planned: { date: '2026-03-31' },
    })
    expect(csv('Título,Mensaje,Fecha,Campaña\nUno,Dos,31/03/2026,Tres').posts[0]).toMatchObject({
      title: 'Uno',
      campaign: 'Tres',
      planned: { date: '2026-03-31' },
    })
  })

  it.each([[','], [';'], ['\t'], ['|']])('is read whatever parts its columns: %j', (delimiter) => {
    const { posts, table: found } = csv(
      [
        ['Title', 'Date', 'Notes'],
        ['One', '2026-01-02', 'a'],
        ['Two', '2026-01-03', 'b'],
      ]
        .map((row) => row.join(delimiter))
        .join('\n'),
    )
    expect(found?.delimiter).toBe(delimiter)
    expect(posts.map(({ title, notes }) => [title, notes])).toEqual([
      ['One', 'a'],
      ['Two', 'b'],
    ])
  })

  it('is read whatever it was saved as', () => {
    const content = 'Title;Date\r\nGrüße;2026-01-02\r\n'
    const forms: [string, Buffer][] = [
      ['utf-8', Buffer.from(content)],
      ['utf-8', Buffer.from(`\ufeff${content}`)],
      ['utf-16le', Buffer.from(`\ufeff${content}`, 'utf16le')],
      ['utf-16be', Buffer.from(`\ufeff${content}`, 'utf16le').swap16()],
      ['utf-16le', Buffer.from(content, 'utf16le')],
      ['utf-16be', Buffer.from(content, 'utf16le').swap16()],
      ['windows-1252', Buffer.from(content, 'latin1')],
    ]
    for (const [encoding, bytes] of forms) {
      const { posts, table: found } = importCsv({ path: 'a.csv', bytes: new Uint8Array(bytes) }, BERLIN)
      expect(posts[0]?.title).toBe('Grüße')
      expect(found?.encoding).toBe(encoding)
    }
  })

  it('finds out whether the day or the month comes first from the dates that tell', () => {
    expect(columnOrder(['03/04/2026', '25/04/2026'])).toBe('day-first')
    expect(columnOrder(['03/04/2026', '04/25/2026'])).toBe('month-first')
    expect(columnOrder(['03/04/2026', '05/06/2026'])).toBe('ambiguous')
    expect(columnOrder(['25/04/2026', '04/25/2026'])).toBe('mixed')
    expect(columnOrder(['2026-04-03', '05/05/2026'])).toBe('not-needed')
    expect(csv('Title,Date\nA,03/04/2026\nB,25/04/2026').posts.map(({ planned }) => planned?.date)).toEqual([
      '2026-04-03',
      '2026-04-25',
    ])
    expect(csv('Title,Date\nA,03/04/2026\nB,04/25/2026').posts.map(({ planned }) => planned?.date)).toEqual([
      '2026-03-04',
      '2026-04-25',
    ])
  })

  it('asks once per column where no date tells, and takes the answer', () => {
    const source = 'Title,Date\nA,03/04/2026\nB,05/06/2026'
    const questions = csv(source).problems.filter(({ severity }) => severity === 'question')
    expect(questions).toHaveLength(1)
    expect(questions[0]?.sentence).toMatch(
      /plan\.csv, column Date: 2 dates such as "03\/04\/2026" can be read in two ways/,
    )
    expect(csv(source, { ...BERLIN, dateOrder: 'month-first' }).posts.map(({ planned }) => planned?.date)).toEqual([
      '2026-03-04',
      '2026-05-06',
    ])
  })

  it('reads times as people write them', () => {
    expect(
      ['9:30', '9:30 am', '9.30', '9:30 PM', '12 am', '12:05 p.m.', '14h30', '18 Uhr', '25:00', 'x'].map(parseClock),
    ).toEqual(['09:30', '09:30', '09:30', '21:30', '00:00', '12:05', '14:30', '18:00', null, null])
    expect(when(csv('Title,Date,Time\nA,2026-01-02,9:30 pm').posts[0])).toBe('2026-01-02 21:30')
    expect(when(csv('Title,Scheduled\nA,01/25/2026 9:30 pm').posts[0])).toBe('2026-01-25 21:30')
  })

  it('takes a zone from its own column or from the heading', () => {
    expect(csv('Title,Date,Zone\nA,2026-01-02 10:00,Asia/Tokyo').posts[0]?.planned).toEqual({
      date: '2026-01-02',
      time: '10:00',
      zone: 'Asia/Tokyo',
    })
    expect(csv('Title,Date (UTC)\nA,2026-01-02 10:00').posts[0]?.planned).toEqual({
      date: '2026-01-02',
      time: '11:00',
      zone: 'Europe/Berlin',
    })
    expect(csv('Title,Date,Zone\nA,2026-01-02,Mars/Base').problems[0]).toMatchObject({
      kind: 'unknown-zone',
      row: 2,
      severity: 'error',
    })
  })

  it('keeps columns nobody mapped, and maps as told', () => {
    const source = 'Title,Weather,Who\nA,rain,Ida'
    expect(csv(source).posts[0]?.source.extra).toEqual({ Weather: 'rain', Who: 'Ida' })
    expect(csv(source, { ...BERLIN, mapping: { Who: 'owner' } }).posts[0]).toMatchObject({
      owner: 'Ida',
      source: { extra: { Weather: 'rain' } },
    })
    expect(csv(source).fields).toEqual([
      { key: 'Title', count: 1, target: 'title', sample: 'A' },
      { key: 'Weather', count: 1, target: 'extra', sample: 'rain' },
      { key: 'Who', count: 1, target: 'extra', sample: 'Ida' },
    ])
  })

  it('is known again by its columns, in any order', () => {
    expect(fingerprint(['Title', 'Date '])).toBe(fingerprint(['date', 'TITLE']))
    expect(fingerprint(['Title', 'Date'])).not.toBe(fingerprint(['Title', 'Day']))
  })
})

describe('Bad tables get a sentence with row and column', () => {
  it.each([
    [
      'Title,Date\nA,2026-01-02\nB,31/02/2026',
      'bad-date',
      3,
      /plan\.csv, row 3, column Date: "31\/02\/2026" is not a date: February 2026 has 28 days/,
    ],
    ['Title,Date\nA,2026-01-02,extra cell', 'ragged-row', 2, /row 2 has 3 cells, the heading has 2/],
    ['Id,Title\n1,A\n2,B\n1,C', 'duplicate-id', 4, /row 4 has the id "1", which row 2 has too/],
    ['Title,Text\nA,"never closed\nB,x', 'cannot-read', 2, /quotation mark is opened and never closed/],
    ['Title,Text,Notes\n,,lonely', 'missing-title', 2, /neither a title nor a text/],
    ['Title,Date,Time\nA,2026-01-02,late', 'bad-date', 2, /"late" is not a time of day/],
    ['Title,Date,Zone\nA,2026-01-02 10:00,Mars/Base', 'unknown-zone', 2, /row 2: "Mars\/Base" is no time zone/],
    ['Title,Date\nA,46037', 'bad-date', 2, /column Date: "46037" is not a date: write it as/],
  ])('%j', (source, kind, row, sentence) => {
    const { problems } = csv(source)
    const found = problems.find((problem) => problem.severity === 'error')
    expect(found).toMatchObject({ kind, row, file: 'plan.csv' })
    expect(found?.sentence).toMatch(sentence)
  })

  it('rows that are too short come in with a note, the rest of the table too', () => {
    const { posts, problems } = csv('Title,Date,Notes\nA\nB,2026-01-02,n')
    expect(posts.map(({ title }) => title)).toEqual(['A', 'B'])
    const ragged = problems.find(({ kind }) => kind === 'ragged-row')
    expect(ragged).toMatchObject({ severity: 'note', row: 2 })
    expect(ragged?.sentence).toContain('row 2 has 1 cell, the heading has 3.')
  })

  it('quotes over several lines do not shift the row numbers a spreadsheet shows', () => {
    const { posts, problems } = csv('Title,Text,Date\nA,"one\n\ntwo",2026-01-01\nB,x,31/02/2026')
    expect(posts).toHaveLength(1)
    expect(problems.at(-1)?.row).toBe(3)
  })

  it('a picture, an empty file and a table without a title are refused or asked about', () => {
    expect(importCsv({ path: 'p.csv', bytes: new Uint8Array([0x89, 0x50, 0, 0, 0]) }, BERLIN).problems[0]?.kind).toBe(
      'not-text',
    )
    expect(csv('').problems[0]?.kind).toBe('empty')
    expect(csv('Date,Weather\n2026-01-02,rain').problems.some(({ kind }) => kind === 'unknown-column')).toBe(true)
  })

  it('any text at all gives a preview, never a crash', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom('', 'Title,Date,Text\n', 'Titel;Datum\n'),
        (content, head) => {
          const { posts, problems, table: found } = csv(head + content)
          expect(posts.length + problems.length > 0 || found !== null).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('A table written by Outpost', () => {
  const dangerous = [
    '=1+1',
    '+1',
    '-1',
    '@x',
    '\t=1',
    '\r=1',
    ' =1',
    '\u00a0=1',
    '\n=1',
    '\uff1d1',
    '\uff0b1',
    '\uff0d1',
    '\uff201',
    '  \u00a0-2',
  ]
  it.each(dangerous.map((cell) => [cell]))('never lets a spreadsheet run the cell %j', (cell) => {
    expect(isFormula(cell)).toBe(true)
    const written = writeCsv([
      { ...blankPost({ kind: 'json', path: '', extra: {} }), title: 'T', notes: cell, summary: cell, labels: [cell] },
    ])
    expect(written).toContain(`'${cell}`)
  })

  const line = fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(...dangerous, "'=x", "''", '"', 'a,b;c', 'a\nb', '\\;'),
    )
    .map((value) => value.replace(/[\r\u0085]/g, '').trim())
  const filled = line.map((value) => value.replace(/\s+/g, ' ').trim()).filter((value) => value !== '')
  const names = fc.uniqueArray(filled, { maxLength: 3 })
  const anyPost: fc.Arbitrary<ImportedPost> = fc.record({
    id: fc.uuid(),
    title: filled,
    summary: line,
    authors: names,
    labels: names,
    channels: names,
    campaign: line,
    pillar: line,
    owner: line,
    notes: line,
    image: line,
    imageAlt: line,
    media: fc.constant([]),
    slug: line,
    status: fc.constantFrom(...POST_STATUSES),
    dueOn: fc.constantFrom(null, '2026-05-01'),
    planned: fc.constantFrom(
      null,
      { date: '2026-07-01', time: '10:00', zone: 'Asia/Tokyo' },
      { date: '2026-10-25', time: '02:30', zone: 'Europe/Berlin', fold: 'later' as const },
    ),
    doc: fc.constantFrom(
      docOf({ type: 'paragraph' }),
      docOf(
        { type: 'heading', attrs: { level: 2 }, content: [text('Head')] },
        paragraph(text('=1+1 '), text('b', 'bold')),
      ),
    ),
    source: fc.constantFrom(
      { kind: 'csv' as const, path: 'plan.csv', extra: {} },
      { kind: 'csv' as const, path: 'plan.csv', extra: { Weather: '=rain' } },
    ),
  })

  it('reads back as the same posts', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyPost, { maxLength: 4, minLength: 1, selector: ({ id }) => id }), (posts) => {
        const { posts: back, problems, table: found } = csv(writeCsv(posts))
        expect(problems.filter(({ severity }) => severity !== 'note')).toEqual([])
        expect(found?.maker).toBe('outpost')
        expect(back).toEqual(posts)
      }),
      { numRuns: 200 },
    )
  })
})
