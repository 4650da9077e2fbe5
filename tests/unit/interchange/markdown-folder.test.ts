import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../../shared/domain/document.ts'
import { POST_STATUSES } from '../../../shared/domain/status.ts'
import {
  importMarkdown,
  LARGEST_MARKDOWN,
  writeMarkdown,
  writeMarkdownFolder,
} from '../../../shared/interchange/markdown.ts'
import { blankPost, type ImportedPost, type SourceFile } from '../../../shared/interchange/model.ts'
import { BERLIN, docOf, file, folder, paragraph, reread, text } from './files.ts'

const one = (name: string, content: string, options = BERLIN) => importMarkdown([file(name, content)], options)
const only = (name: string, content: string): ImportedPost => {
  const { posts, problems } = one(name, content)
  if (!posts[0]) throw new Error(problems.map(({ sentence }) => sentence).join('\n'))
  return posts[0]
}
const post = (fields: Partial<ImportedPost>): ImportedPost => ({
  ...blankPost({ kind: 'json', path: '', extra: {} }),
  title: 'A title',
  slug: 'a-title',
  ...fields,
})

describe('A folder of Markdown posts', () => {
  it('is read as Hugo writes it: TOML, JSON, YAML, page bundles, drafts', () => {
    const { posts, problems } = importMarkdown(folder('hugo'), BERLIN)
    const [bundle, json, spring] = posts
    expect(problems).toEqual([])
    expect(bundle).toMatchObject({
      title: 'Page bundle',
      slug: 'bundle',
      authors: ['Ida Brand'],
      planned: { date: '2026-04-05', time: '09:00' },
    })
    expect(json).toMatchObject({
      title: 'Fields as JSON',
      labels: ['one', 'two'],
      planned: { date: '2026-05-06', time: '09:08' },
    })
    expect(spring).toMatchObject({
      title: 'Spring on the quay',
      status: 'draft',
      labels: ['harbour', 'spring', 'News'],
      summary: 'What opens when.',
      image: 'quay.jpg',
      imageAlt: 'The quay in March',
      planned: { date: '2026-03-01', time: '08:30', zone: 'Europe/Berlin' },
    })
    expect(spring?.source.extra).toMatchObject({ weight: 12, publishDate: '2026-03-02' })
  })

  it('is read as Eleventy writes it, with a word about dates only its build knows', () => {
    const { posts, problems } = importMarkdown(folder('eleventy'), BERLIN)
    expect(posts.map(({ title, labels, planned }) => [title, labels, planned?.date])).toEqual([
      ['First frost', ['weather', 'garden'], '2026-01-09'],
      ['Lantern walk', ['walks'], undefined],
    ])
    expect(problems.map(({ kind, severity }) => [kind, severity])).toEqual([['missing-date', 'note']])
    expect(problems[0]?.sentence).toContain('Last Modified')
  })

  it('is read as Docusaurus writes it: dates of folders, authors as objects, MDX', () => {
    const { posts } = importMarkdown(folder('docusaurus'), BERLIN)
    expect(posts[0]).toMatchObject({
      title: 'Harbour lights',
      slug: 'harbour-lights',
      authors: ['Ida Brand', 'tomlin'],
      planned: { date: '2026-02-03' },
    })
    expect(posts[1]).toMatchObject({ title: 'Numbers of the winter', planned: { date: '2026-03-01' } })
    expect(posts[0]?.doc.content[1]).toEqual({ type: 'htmlBlock', attrs: { html: '<!-- truncate -->' } })
  })

  it('gives every one of those files back unchanged in what it says', () => {
    for (const name of ['hugo', 'eleventy', 'docusaurus']) {
      const first = importMarkdown(folder(name), BERLIN)
      const written = writeMarkdownFolder(first.posts, BERLIN)
      expect(importMarkdown(reread(written), BERLIN).posts).toEqual(first.posts)
      expect(writeMarkdownFolder(importMarkdown(reread(written), BERLIN).posts, BERLIN)).toEqual(written)
    }
  })

  it.each([
    ['2026-03-31', '2026-03-31 09:00'],
    ['2026-03-31 18:05', '2026-03-31 18:05'],
    ['2026-03-31T18:05:59', '2026-03-31 18:05'],
    ["'2026-03-31 10:00:00 +0200'", '2026-03-31 10:00'],
    ['2026-03-31 10:00:00 -5', '2026-03-31 17:00'],
    ['2026-03-31T23:30:00Z', '2026-04-01 01:30'],
    ['2026-03-31T10:00:00.000-04:00', '2026-03-31 16:00'],
    ['Tue, 31 Mar 2026 08:00:00 +0000', '2026-03-31 10:00'],
    ['31.03.2026 7:15', '2026-03-31 07:15'],
    ['March 31, 2026', '2026-03-31 09:00'],
    ['31. März 2026', '2026-03-31 09:00'],
    ['31/03/2026', '2026-03-31 09:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25 02:30'],
  ])('reads the date %s', (written, expected) => {
    const { planned } = only('a.md', `---\ntitle: T\ndate: ${written}\n---\nx`)
    expect(`${planned?.date} ${planned?.time}`).toBe(expected)
  })

  it.each([
    ['2026-02-31', /a\.md, date: "2026-02-31" is not a date: February 2026 has 28 days/],
    ['31/02/2026', /February 2026 has 28 days/],
    ['2026-13-01', /no month 13/],
    ['soon', /is not a date/],
    ['2026-03-31 25:00', /not a time of day/],
  ])('says what is wrong with the date %s', (written, expected) => {
    const { posts, problems } = one('a.md', `---\ntitle: T\ndate: ${written}\n---\nx`)
    expect(posts).toEqual([])
    expect(problems[0]).toMatchObject({ kind: 'bad-date', severity: 'error', file: 'a.md', field: 'date' })
    expect(problems[0]?.sentence).toMatch(expected)
  })

  it('asks about a date that can be read in two ways, and takes the answer', () => {
    const source = '---\ntitle: T\ndate: 03/04/2026\n---\nx'
    const asked = one('a.md', source)
    expect(asked.problems[0]).toMatchObject({
      kind: 'ambiguous-date',
      severity: 'question',
      choices: [{ value: 'day-first' }, { value: 'month-first' }],
    })
    expect(asked.posts[0]?.planned).toBeNull()
    expect(one('a.md', source, { ...BERLIN, dateOrder: 'day-first' }).posts[0]?.planned?.date).toBe('2026-04-03')
    expect(one('a.md', source, { ...BERLIN, dateOrder: { 'a.md': 'month-first' } }).posts[0]?.planned?.date).toBe(
      '2026-03-04',
    )
  })

  it('says when a time does not exist because the clocks change', () => {
    const { problems } = one('a.md', '---\ntitle: T\ndate: 2026-03-29 02:30\n---\nx')
    expect(problems[0]).toMatchObject({ kind: 'gap-time', severity: 'note' })
    expect(problems[0]?.sentence).toContain('03:30 counts')
  })

  it('maps a key as it is told to', () => {
    const source = '---\ntitle: T\nheadline: Better\nwriter: Ida\n---\nx'
    const { posts, fields } = one('a.md', source, {
      ...BERLIN,
      mapping: { headline: 'title', title: 'extra', writer: 'authors' },
    })
    expect(posts[0]).toMatchObject({ title: 'Better', authors: ['Ida'] })
    expect(fields.find(({ key }) => key === 'title')?.target).toBe('extra')
  })

  it('takes the title from the first heading or the file name where there is none', () => {
    expect(only('a.md', '# From the text\n\nx').title).toBe('From the text')
    expect(only('2026-01-02-from-the-name.md', 'x')).toMatchObject({
      title: 'From the name',
      planned: { date: '2026-01-02' },
    })
  })

  it('shows the signs that titles, excerpts, names and tags write as HTML, and gives the fields back as they were', () => {
    const front =
      'title: "Q&amp;A: &ldquo;why&rdquo; &#8212; AT&T &bogus;"\nexcerpt: Tom&#39;s view\nauthors: [Ann&eacute;]\ntags: R&amp;D\nslug: q&amp;a'
    const read = only('a.md', `---\n${front}\n---\n\nWords\n`)
    expect(read).toMatchObject({
      title: 'Q&A: “why” — AT&T &bogus;',
      summary: "Tom's view",
      authors: ['Anné'],
      labels: ['R&D'],
      slug: 'q&amp;a',
    })
    expect(writeMarkdown(read, BERLIN).text).toContain(`---\n${front}\n---`)
    // Someone writes about HTML itself.
    const changed = { ...read, title: 'What &amp; means', labels: ['&lt;b&gt;'] }
    const again = only('a.md', writeMarkdown(changed, BERLIN).text)
    expect([again.title, again.labels]).toEqual([changed.title, changed.labels])
  })

  it('keeps titles that look like numbers, and titles of 300 characters', () => {
    expect(only('a.md', '---\ntitle: 1.10\ntags: [2026, 1.50]\n---\nx')).toMatchObject({
      title: '1.10',
      labels: ['2026', '1.50'],
    })
    expect(only('a.md', `---\ntitle: ${'long '.repeat(60)}\n---\nx`).title).toHaveLength(299)
  })
})

describe('Bad Markdown files get a sentence and nothing else breaks', () => {
  const problemOf = (source: SourceFile) =>
    importMarkdown([source, file('good.md', '---\ntitle: Good\n---\nx')], BERLIN)
  const expectError = (source: SourceFile, kind: string, sentence: RegExp) => {
    const { posts, problems } = problemOf(source)
    expect(posts.map(({ title }) => title)).toEqual(['Good'])
    const found = problems.find(({ severity }) => severity === 'error')
    expect(found).toMatchObject({ kind, file: source.path })
    expect(found?.sentence).toMatch(sentence)
  }

  it('a file of 50 MB', () => {
    expect(LARGEST_MARKDOWN).toBeLessThan(50_000_000)
    expectError({ path: 'big.md', bytes: new Uint8Array(50_000_000).fill(97) }, 'too-large', /big\.md is 50 MB large/)
  })
  it('a picture renamed to .md', () => {
    expectError(
      { path: 'p.md', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]) },
      'not-text',
      /p\.md is not text/,
    )
    expectError(
      { path: 'j.md', bytes: Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256 || 1) },
      'not-text',
      /is not text/,
    )
  })
  it('an empty file', () => expectError(file('e.md', ' \n'), 'empty', /e\.md is empty/))
  it('broken YAML, with the line', () =>
    expectError(
      file('y.md', '---\ntitle: a\ntags: [b\ndate: 2026-01-01\n---\nx'),
      'bad-front-matter',
      /y\.md, line [345]:/,
    ))
  it('a key given twice, with the line', () =>
    expectError(
      file('y.md', '---\ntitle: a\nlayout: x\ntitle: b\n---\nx'),
      'bad-front-matter',
      /y\.md, line 4:.*unique/,
    ))
  it('broken TOML, with the line', () =>
    expectError(file('t.md', '+++\ntitle = "a"\ndate = \n+++\nx'), 'bad-front-matter', /t\.md, line 3:/))
  it('broken JSON', () => expectError(file('j.md', '{\n"title": \n}\n\nx'), 'bad-front-matter', /j\.md, line \d/))
  it('fields that are never closed', () =>
    expectError(file('o.md', '---\ntitle: a\n\ntext'), 'bad-front-matter', /never closed/))
  it('a YAML alias bomb', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ].join('\n')
    expectError(file('bomb.md', `---\n${bomb}\n---\nx`), 'bad-front-matter', /alias/i)
  })
  it('YAML nested a thousand levels deep', () =>
    expectError(file('deep.md', `---\na: ${'['.repeat(1000)}${']'.repeat(1000)}\n---\nx`), 'bad-front-matter', /deep/))
  it('quotes nested a thousand levels deep', () =>
    expectError(file('q.md', `---\ntitle: a\n---\n${'>'.repeat(1000)} x`), 'too-deep', /60 levels/))
  it('two files with the same id', () => {
    const { posts, problems } = importMarkdown(
      [file('a.md', '---\nid: 7\ntitle: A\n---\nx'), file('b.md', '---\nid: 7\ntitle: B\n---\nx')],
      BERLIN,
    )
    expect(posts.map(({ title }) => title)).toEqual(['A'])
    expect(problems.find(({ kind }) => kind === 'duplicate-id')?.sentence).toMatch(
      /b\.md has the id "7", which a\.md has too/,
    )
  })
  it('a folder without posts', () => {
    const { problems } = importMarkdown([file('a.png', 'x')], BERLIN)
    expect(problems.map(({ kind }) => kind)).toEqual(['other-files', 'no-posts'])
  })

  it("keys that reach an object's prototype are left out with a note", () => {
    const { posts, problems } = one(
      'a.md',
      '---\ntitle: T\n__proto__:\n  polluted: yes\nnested:\n  constructor: x\n  fine: 1\n---\nx',
    )
    expect(problems.filter(({ kind }) => kind === 'unsafe-key')).toHaveLength(2)
    expect(posts[0]?.source.extra).toMatchObject({ nested: { fine: 1 } })
    expect(Object.hasOwn(posts[0]?.source.extra ?? {}, '__proto__')).toBe(false)
    expect('polluted' in {}).toBe(false)
  })

  it('other encodings are understood: byte order marks, UTF-16, Windows-1252, and line ends of Windows', () => {
    const source = '---\r\ntitle: Größe\r\n---\r\n\r\nEins\r\nzwei\r\n'
    const wide = (little: boolean, mark: boolean) => {
      const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${source}`, 'utf16le')
      return { path: 'a.md', bytes: new Uint8Array(little ? bytes : bytes.swap16()) }
    }
    for (const given of [
      file('a.md', `\ufeff${source}`),
      wide(true, true),
      wide(false, true),
      wide(true, false),
      wide(false, false),
    ]) {
      const { posts, problems } = importMarkdown([given], BERLIN)
      expect(posts[0]).toMatchObject({ title: 'Größe', doc: docOf(paragraph(text('Eins zwei'))) })
      expect(problems.map(({ kind }) => kind)).toEqual(['missing-date'])
    }
    const { posts, problems } = importMarkdown(
      [{ path: 'a.md', bytes: new Uint8Array(Buffer.from(source, 'latin1')) }],
      BERLIN,
    )
    expect(posts[0]?.title).toBe('Größe')
    expect(problems.map(({ kind }) => kind)).toContain('encoding')
  })

  it('any bytes at all give posts or problems, never a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('', '---\n', '+++\n', '{\n"'), (bytes, head) => {
        const all = new Uint8Array([...Buffer.from(head), ...bytes])
        const { posts, problems } = importMarkdown([{ path: 'x.md', bytes: all }], BERLIN)
        expect(posts.length + problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})

describe('Markdown written by Outpost', () => {
  it('keeps what nobody changed letter by letter, comments included, and changes the rest in place', () => {
    const source =
      "---\n# the calendar needs this\nlayout: post   # old theme\ntitle: 'Old'\nauthor: ida\ndate: 2026-01-02\ncustom: {a: [1, 2]}\n---\n\nText.\n"
    const first = only('2026-01-02-old.md', source)
    expect(writeMarkdown(first, BERLIN).text).toBe(source)
    const { text: written, path } = writeMarkdown(
      { ...first, title: 'New', planned: { date: '2026-07-01', time: '10:00', zone: 'Europe/Berlin' } },
      BERLIN,
    )
    expect(path).toBe('2026-01-02-old.md')
    expect(written).toContain('# the calendar needs this')
    expect(written).toContain('author: ida\n')
    expect(only(path, written)).toMatchObject({
      title: 'New',
      authors: ['ida'],
      planned: { date: '2026-07-01', time: '10:00' },
    })
  })

  it('takes the date out of the file name of a post that lost its date', () => {
    const first = only('2026-01-02-old.md', '---\ntitle: T\n---\nx')
    const { path, text: written } = writeMarkdown({ ...first, planned: null }, BERLIN)
    expect(only(path, written).planned).toBeNull()
  })

  it('marks what is not finished as a draft, so that no site publishes it', () => {
    for (const status of POST_STATUSES) {
      const { text: written, path } = writeMarkdown(
        post({ status, planned: { date: '2026-07-01', time: '10:00', zone: 'Europe/Berlin' } }),
        BERLIN,
      )
      expect(written.includes('draft: true')).toBe(status !== 'scheduled' && status !== 'published')
      expect(only(path, written).status).toBe(status)
    }
  })

  it('gives files of the same name numbers', () => {
    const names = writeMarkdownFolder([post({}), post({}), post({ title: 'A Title', slug: 'A title' })], BERLIN).map(
      ({ path }) => path,
    )
    expect(names).toEqual(['a-title.md', 'a-title-2.md', 'a-title-3.md'])
  })

  it('never leaves the folder it is written to', () => {
    const hostile = { kind: 'markdown' as const, extra: {} }
    expect(writeMarkdown(post({ source: { ...hostile, path: '../../etc/pass:wd' } }), BERLIN).path).toBe(
      'etc/pass-wd.md',
    )
    expect(writeMarkdown(post({ source: { ...hostile, path: '..\\..\\x.md' } }), BERLIN).path).toBe('x.md')
  })

  const signs = fc
    .array(fc.constantFrom('&', 'amp;', '&lt;', '#39;', '&nosuch;', 'A', ' '))
    .map((parts) => parts.join(''))
  const line = fc
    .oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), signs)
    .map((value) => value.replace(/\s+/g, ' ').trim())
  const name = line.filter((value) => value !== '' && !value.includes(','))
  const names = fc.uniqueArray(name, { maxLength: 3 })
  const anyPost = fc
    .record({
      title: line.filter((value) => value !== ''),
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
      media: fc.array(
        fc.record({
          src: line.filter((value) => value !== ''),
          alt: line,
          crop: fc.constantFrom('', '4:5', '1.91:1'),
        }),
        { maxLength: 3 },
      ),
      status: fc.constantFrom(undefined, ...POST_STATUSES),
      planned: fc.option(
        fc.record({
          date: fc
            .date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
            .map((date) => date.toISOString().slice(0, 10)),
          time: fc.constantFrom('00:00', '09:00', '12:34', '23:59'),
          zone: fc.constant('Europe/Berlin'),
        }),
      ),
      dueOn: fc.constantFrom(null, '2026-05-01'),
    })
    .map(({ status, ...fields }) =>
      post({ ...fields, ...(status ? { status } : {}), slug: '', doc: docOf(paragraph(text('Words'))) }),
    )

  it('reads back as the same post, whatever its fields say', () => {
    fc.assert(
      fc.property(anyPost, (given) => {
        const written = writeMarkdown(given, BERLIN)
        const back = only(written.path, written.text)
        expect({ ...back, source: null, slug: '' }).toEqual({ ...given, source: null, slug: '' })
        expect(plainText(back.doc)).toBe('Words')
      }),
      { numRuns: 150 },
    )
  })

  it('reads back as the changed post, whatever was changed', () => {
    const first = only(
      '2026-01-02-old.md',
      '---\n# c\ntitle: T\nauthor: ida\ntags: [a]\ncategories: b\ndate: 2026-01-02\nother: 1\n---\nWords',
    )
    fc.assert(
      fc.property(anyPost, (given) => {
        const changed = { ...given, source: first.source, slug: 'old' }
        const written = writeMarkdown(changed, BERLIN)
        const back = only(written.path, written.text)
        const status =
          back.status ??
          (given.planned && (given.status === 'published' || given.status === 'scheduled') ? given.status : undefined)
        expect({ ...back, status, source: null, slug: '' }).toEqual({
          ...given,
          status: given.status,
          source: null,
          slug: '',
        })
        expect(back.source.extra.other).toBe(1)
      }),
      { numRuns: 150 },
    )
  })
})
