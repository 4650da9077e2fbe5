import { describe, expect, it } from 'vitest'
import { blankPost } from '../../../renderer/data/commands/posts.ts'
import { countWords, excerptOf, isSafeHref, plainText } from '../../../shared/domain/document.ts'
import { matches } from '../../../shared/domain/filter.ts'
import { reschedule, shiftDays, withStatus } from '../../../shared/domain/post.ts'
import { toInstant } from '../../../shared/domain/time.ts'
import { NO_FILTER } from '../../../shared/domain/workspace.ts'

const now = Date.UTC(2026, 10, 24)
const planned = { date: '2026-11-27', time: '09:00', zone: 'Europe/Berlin' }
const later = { ...planned, date: '2026-11-30' }

describe('what is planned and what will go out', () => {
  it('are kept apart: a draft has a plan and no publishing time', () => {
    const draft = blankPost(now, { planned })
    expect(draft).toMatchObject({ status: 'draft', planned, publishAt: null, plannedAt: toInstant(planned) })
  })

  it('meet once a post is scheduled, and then move together', () => {
    const scheduled = { ...blankPost(now, { planned }), ...value(withStatus(blankPost(now, { planned }), 'scheduled')) }
    expect(scheduled.publishAt).toEqual(planned)
    expect(value(reschedule(scheduled, later, now))).toMatchObject({ planned: later, publishAt: later })
  })

  it('part again when the date is taken off: the post is approved, nothing is scheduled', () => {
    const scheduled = blankPost(now, { planned, status: 'scheduled' })
    expect(value(reschedule(scheduled, null, now))).toMatchObject({
      status: 'approved',
      planned: null,
      plannedAt: -1,
      publishAt: null,
    })
  })

  it('cannot be scheduled without a date', () => {
    expect(withStatus(blankPost(now), 'scheduled')).toEqual({ ok: false, error: { kind: 'needs-date' } })
  })
})

describe('moving by days', () => {
  it('keeps the clock time and forgets which hour of an overlap was chosen for the old day', () => {
    expect(shiftDays({ date: '2026-10-25', time: '02:30', zone: 'Europe/Berlin', fold: 'later' }, 7)).toEqual({
      date: '2026-11-01',
      time: '02:30',
      zone: 'Europe/Berlin',
    })
  })
})

describe('the words of a text', () => {
  const text = (words: string) => ({ type: 'text', text: words })
  it('stand a line per block, pictures by their description', () => {
    const doc = {
      content: [
        { type: 'heading', content: [text('Head')] },
        {
          type: 'bulletList',
          content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [text('one '), text('two')] }] }],
        },
        { type: 'image', attrs: { alt: 'A pack' } },
      ],
    }
    expect(plainText(doc)).toBe('Head\none two\nA pack')
  })
  it('are counted also where there are no spaces', () => {
    expect(countWords('Three pockets, no secrets’ end')).toBe(5)
    expect(countWords('今日は天気がいい')).toBeGreaterThan(2)
  })
  it('are cut between words', () => {
    expect(excerptOf('alpha beta gamma', 11)).toBe('alpha beta…')
  })
})

describe('addresses', () => {
  it.each([
    'https://a.example/x',
    'mailto:a@b.example',
    '/path',
    'page.html',
    '#part',
    '{{ site.url }}/a',
    'my%20page.html',
    'über/uns',
  ])('%s is kept', (href) => {
    expect(isSafeHref(href)).toBe(true)
  })
  it.each([
    'javascript:alert(1)',
    ' JAVASCRIPT:x',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'java\nscript:x',
    'no address',
  ])('%s is not', (href) => {
    expect(isSafeHref(href)).toBe(false)
  })
})

describe('a filter', () => {
  const post = blankPost(now, { title: 'Seam test', labels: ['repair'], channelIds: ['a', 'b'], status: 'review' })
  it('is any of each list and all lists together', () => {
    expect(matches(post, { ...NO_FILTER, channelIds: ['b', 'z'], labels: ['repair'] })).toBe(true)
    expect(matches(post, { ...NO_FILTER, channelIds: ['b'], labels: ['other'] })).toBe(false)
    expect(matches(post, { ...NO_FILTER, text: 'test seam' })).toBe(true)
    expect(matches(post, { ...NO_FILTER, text: 'seam zip' })).toBe(false)
  })
})

function value<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
