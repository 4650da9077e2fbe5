import { describe, expect, it } from 'vitest'
import { NETWORK_IDS, type NetworkId } from '../../../shared/domain/channel.ts'
import { blockers, counters, type FormatId, formatsOf, RULES, validate } from '../../../shared/platforms/index.ts'
import { audio, content, found, many, picture, says, told, video } from './content.ts'

describe('a post that is as the network wants it', () => {
  it.each([
    content('facebook', 'feed'),
    content('instagram', 'feed', { media: [picture()] }),
    content('youtube', 'video', { media: [video({ width: 1_920, height: 1_080 })] }),
    content('linkedin', 'feed', { media: [picture()] }),
    content('snapchat', 'spotlight', { media: [video()] }),
    content('x', 'thread', { parts: [{ text: 'And more.', media: [picture()] }] }),
    content('bluesky', 'feed', { media: [picture()] }),
    content('mastodon', 'feed', { media: [video()] }),
    content('threads', 'carousel', { media: many(2) }),
    content('tiktok', 'video', { media: [video()] }),
    content('pinterest', 'feed', { media: [picture({ width: 1_000, height: 1_500 })] }),
    content('wordpress', 'article', { media: [picture()] }),
    content('ghost', 'article', { media: [picture()] }),
    content('newsletter', 'email', { media: [picture()] }),
  ])('$network, $format: nothing is found', (what) => {
    expect(found(what)).toEqual([])
  })
})

describe('a finding', () => {
  it('says the number, the limit and the network in one sentence, and where it is', () => {
    expect(says(content('bluesky', 'feed', { text: 'a'.repeat(312) }), 'text-length')).toMatchObject({
      severity: 'error',
      place: { at: 'text', part: 0 },
      sentence: 'Text has 312 characters, 12 more than Bluesky takes (300).',
      fixes: [{ kind: 'split' }, { kind: 'shorten' }],
    })
  })

  it('says that a network is only said to want it', () => {
    const what = content('linkedin', 'feed', { firstComment: 'a'.repeat(1_300) })
    expect(says(what, 'text-length')?.sentence).toBe(
      'First comment has 1,300 characters, 50 more than LinkedIn is said to take (1,250).',
    )
  })

  it('names the medium, and offers to make another file of it', () => {
    const media = [
      picture(),
      picture({ id: 'second', type: 'image/png', bytes: 9_400_000, width: 4_000, height: 1_000 }),
    ]
    const found = validate(content('instagram', 'carousel', { media })).filter(({ severity }) => severity === 'error')
    expect(found.map(({ sentence, place, fixes }) => [sentence, place, fixes])).toEqual([
      [
        'Picture 2 is PNG; Instagram takes JPEG.',
        { at: 'medium', id: 'second' },
        [{ kind: 'convert', id: 'second', type: 'image/jpeg' }],
      ],
      [
        'Picture 2 has 9.4 MB, more than Instagram takes (8 MB).',
        { at: 'medium', id: 'second' },
        [{ kind: 'compress', id: 'second', bytes: 8_000_000 }],
      ],
      [
        'Picture 2 is 4:1, wider than Instagram takes (1.91:1).',
        { at: 'medium', id: 'second' },
        [{ kind: 'crop', id: 'second', ratio: 1.91 }],
      ],
    ])
  })

  it('counts in words people use', () => {
    const long = content('tiktok', 'video', { media: [video({ seconds: 3_730, bytes: 5_250_000_000 })] })
    expect(says(long, 'media-seconds')?.sentence).toBe('Video lasts 1 h 2 min 10 s, longer than TikTok takes (10 min).')
    expect(says(long, 'media-bytes')?.sentence).toBe('Video has 5.25 GB, more than TikTok takes (4 GB).')
    const large = content('mastodon', 'feed', { media: [picture({ width: 9_000, height: 6_000, bytes: 17_000_000 })] })
    expect(says(large, 'media-pixels')?.sentence).toBe(
      'Picture has 54 megapixels, more than Mastodon takes (33.2 megapixels).',
    )
    expect(says(large, 'media-bytes')?.sentence).toBe('Picture has 17 MB, more than Mastodon takes (16 MiB).')
  })

  it('lists the choices of media there are', () => {
    expect(says(content('x', 'feed', { media: many(5) }), 'media-count')?.sentence).toBe(
      'X (Post) takes 1 to 4 pictures, or a moving picture, or a video; here: 5 pictures.',
    )
    expect(says(content('x', 'feed', { media: [picture(), video()] }), 'media-together')?.sentence).toBe(
      'X (Post) may refuse 1 picture and 1 video in one post. X may refuse the mix.',
    )
  })

  const HEARD: readonly NetworkId[] = ['mastodon', 'wordpress', 'ghost', 'newsletter']
  const elsewhere = NETWORK_IDS.filter((network) => !HEARD.includes(network))
  it.each(elsewhere)('%s says that it takes no audio, whatever the format, and offers none that would', (network) => {
    for (const format of formatsOf(network)) {
      const [refusal, ...more] = validate(content(network, format, { media: [audio()] })).filter(
        ({ place }) => place.at === 'media' && place.part === 0,
      )
      expect(refusal).toMatchObject({ rule: 'media-kinds', severity: 'error', fixes: [] })
      expect(refusal?.sentence).toMatch(/ (takes|is said to take) .+; here: 1 audio file\.$/)
      expect(more.filter(({ rule }) => rule !== 'public-address')).toEqual([])
    }
  })

  it('says what to do about audio: it is heard, and converted elsewhere', () => {
    const odd = content('mastodon', 'feed', { media: [audio({ type: 'audio/amr', alt: '', bytes: 200_000_000 })] })
    expect(says(odd, 'media-type')?.sentence).toBe(
      'Audio file is AMR; Mastodon takes MP3, OGG, VORBIS, WAV, FLAC, OPUS, AAC, M4A. Outpost converts no audio: save it as MP3 in the program it was made with, and use that.',
    )
    expect(says(odd, 'alt-missing')?.sentence).toBe(
      'Audio file has no alt text: some readers will not know what is heard in it.',
    )
    expect(validate(odd).flatMap(({ fixes }) => fixes)).toEqual([])
    expect(says(content('mastodon', 'feed', { media: [audio(), picture()] }), 'media-kinds')?.sentence).toBe(
      'Mastodon (Post) takes 1 to 4 pictures, or a moving picture, or a video, or an audio file; here: 1 audio file and 1 picture.',
    )
  })

  it('offers nothing that nothing can do: no larger picture, no longer video, no fewer frames', () => {
    const fixesOf = (media: ReturnType<typeof picture>, rule: string) =>
      says(content('linkedin', 'feed', { media: [media] }), rule)?.fixes
    expect(fixesOf(picture({ width: 500 }), 'media-width')).toEqual([])
    expect(fixesOf(video({ seconds: 1 }), 'media-seconds')).toEqual([])
    expect(fixesOf(picture({ type: 'image/gif', frames: 300 }), 'media-frames')).toEqual([])
    const odd = content('bluesky', 'feed', { media: [picture({ type: 'application/odd' })] })
    expect(says(odd, 'media-type')?.fixes).toEqual([])
  })

  it('names one measure of a file once, with the worst it breaks', () => {
    const found = validate(content('facebook', 'feed', { media: [picture({ bytes: 12_000_000 })] }))
    expect(told(found)).toEqual(['error media-bytes'])
  })

  it('offers the format that takes what is there', () => {
    const fixes = says(content('instagram', 'feed', { media: [video()] }), 'media-kinds')?.fixes
    expect(fixes).toEqual([
      { kind: 'format', to: 'reel' },
      { kind: 'format', to: 'story' },
    ])
    expect(says(content('x', 'story' as FormatId), 'format')?.fixes).toEqual([{ kind: 'format', to: 'feed' }])
  })

  it('is silent about what nobody knows of a file', () => {
    const unread = { id: 'a', kind: 'image', type: 'image/jpeg', alt: 'A heron' } as const
    expect(found(content('instagram', 'feed', { media: [unread] }))).toEqual([])
  })
})

describe('what is missing', () => {
  it('is listed, each entry with the field it leads to', () => {
    const empty = content('youtube', 'video', { fields: { title: '', visibility: '', madeForKids: undefined } })
    expect(blockers(validate(empty)).map(({ place, sentence }) => [place, sentence])).toEqual([
      [{ at: 'media', part: 0 }, 'YouTube (Video) needs a video.'],
      [{ at: 'field', name: 'title' }, 'Title is missing: YouTube needs it.'],
      [{ at: 'field', name: 'visibility' }, '“Visibility” is not answered: YouTube needs it.'],
      [{ at: 'field', name: 'madeForKids' }, '“Made for kids” is not answered: YouTube needs it.'],
    ])
  })

  it('an answer of "no" is an answer, and a preset stands in for one', () => {
    expect(says(content('youtube', 'video', { fields: { madeForKids: false } }), 'field-missing')).toBeUndefined()
    expect(says(content('snapchat', 'spotlight', { fields: {} }), 'field-missing')).toBeUndefined()
  })

  it('a post of nothing is nothing; a picture, a link card or a title is something', () => {
    const nothing = { text: ' ', fields: { title: '' } }
    for (const network of ['facebook', 'x', 'wordpress'] as const) {
      const [format] = Object.keys(RULES[network].formats) as [FormatId]
      expect(says(content(network, format, nothing), 'empty')?.severity).toBe('error')
      expect(says(content(network, format, { ...nothing, media: [picture()] }), 'empty')).toBeUndefined()
    }
    const card = { text: '', fields: { link: 'https://a.example.com' } }
    expect(says(content('facebook', 'feed', card), 'empty')).toBeUndefined()
    expect(says(content('wordpress', 'article', { text: '' }), 'empty')).toBeUndefined()
  })

  it.each(NETWORK_IDS)('%s: alt text is asked for wherever there is a place for it, never demanded', (network) => {
    for (const [id, format] of Object.entries(RULES[network].formats)) {
      if (!format.files.image) continue
      const found = says(content(network, id as FormatId, { media: [picture({ alt: '' })] }), 'alt-missing')
      expect(found?.severity).toBe(
        format.files.image.alt ? (format.files.image.alt.unconfirmed ? 'note' : 'warning') : undefined,
      )
      if (found) expect(found.place).toEqual({ at: 'alt', id: 'picture' })
    }
  })
})

describe('a thread', () => {
  it('is checked post by post', () => {
    const thread = content('x', 'thread', {
      parts: [
        { text: 'a'.repeat(281), media: [] },
        { text: '', media: [] },
        { text: 'b', media: [picture({ id: 'p', bytes: 6_000_000 })] },
      ],
    })
    expect(validate(thread).map(({ place, sentence }) => [place, sentence])).toEqual([
      [{ at: 'text', part: 1 }, 'Post 2 has 281 characters, 1 more than X takes (280).'],
      [{ at: 'text', part: 2 }, 'Post 3 is empty: write something or add a picture.'],
      [{ at: 'medium', id: 'p' }, 'Picture of post 4 has 6 MB, more than X takes (5 MB).'],
    ])
  })

  it('is refused where a network has none, and offered where it has', () => {
    const parts = [{ text: 'And more.', media: [] }]
    expect(says(content('facebook', 'feed', { parts }), 'thread')?.fixes).toEqual([])
    expect(says(content('mastodon', 'feed', { parts }), 'thread')?.fixes).toEqual([{ kind: 'format', to: 'thread' }])
  })

  it('counts the content warning with its first post only', () => {
    const thread = content('mastodon', 'thread', {
      text: 'a'.repeat(490),
      fields: { contentWarning: 'b'.repeat(11) },
      parts: [{ text: 'a'.repeat(500), media: [] }],
    })
    expect(told(validate(thread))).toEqual(['error text-length'])
  })
})

describe('counters', () => {
  const stateAt = (used: number) =>
    counters(content('bluesky', 'feed', { text: 'a'.repeat(used) })).find(({ unit }) => unit === 'bluesky')?.state

  it('turn at 90 % and are over above 100 %', () => {
    expect([269, 270, 300, 301].map(stateAt)).toEqual(['ok', 'near', 'near', 'over'])
  })

  it('count each text in the way of its network', () => {
    const text = '秋 👍 https://a.example.com/a/long/way'
    const used = (network: 'x' | 'mastodon' | 'threads' | 'linkedin') =>
      counters(content(network, 'feed', { text }))[0]?.used
    expect([used('x'), used('mastodon'), used('threads'), used('linkedin')]).toEqual([29, 27, 39, 37])
  })

  it('stand at every text with an upper end: posts of a thread, fields, first comment', () => {
    const thread = content('bluesky', 'thread', { parts: [{ text: 'b', media: [] }], firstComment: 'c' })
    const places = counters(thread).map(({ place }) => place)
    expect(places).toContainEqual({ at: 'text', part: 0 })
    expect(places).toContainEqual({ at: 'text', part: 1 })
    expect(places).toContainEqual({ at: 'firstComment' })
    expect(counters(content('youtube', 'video', { fields: { title: 'abc' } }))).toContainEqual({
      place: { at: 'field', name: 'title' },
      unit: 'codePoints',
      used: 3,
      limit: 100,
      state: 'ok',
    })
  })

  it('count no mere advice, and nothing where there is no such format', () => {
    expect(counters(content('youtube', 'video')).map(({ unit }) => unit)).not.toContain('hashtags')
    expect(counters(content('instagram', 'feed')).map(({ unit }) => unit)).toContain('hashtags')
    expect(counters(content('x', 'story' as FormatId))).toEqual([])
  })

  it('agree with the findings: what is over is found, what is found is over', () => {
    for (const network of NETWORK_IDS)
      for (const [id, format] of Object.entries(RULES[network].formats))
        for (const length of [1, 100, 161, 290, 501, 2_300, 5_100, 64_000]) {
          const what = content(network, id as FormatId, { text: 'a'.repeat(length) })
          const over = counters(what).some(({ place, state }) => place.at === 'text' && state === 'over')
          const found = validate(what).some(({ rule, place }) => rule === 'text-length' && place.at === 'text')
          expect(found, `${network} ${format.name} ${length}`).toBe(over)
        }
  })
})

describe('an account of its own numbers', () => {
  it("has them in place of the network's, and they are sure", () => {
    const account = { limits: { text: 5_000, alt: 10_000, media: 6, imageBytes: 20_000_000, videoSeconds: 60 } }
    const at = (facts: object) => told(validate(content('mastodon', 'feed', { account, ...facts })))
    expect(at({ text: 'a'.repeat(5_000) })).toEqual([])
    expect(at({ text: 'a'.repeat(5_001) })).toEqual(['error text-length'])
    expect(at({ media: many(6) })).toEqual([])
    expect(at({ media: many(7) })).toEqual(['error media-count'])
    expect(at({ media: many(2, video) })).toEqual(['error media-count'])
    expect(at({ media: [picture({ alt: 'a'.repeat(9_000), bytes: 18_000_000 })] })).toEqual([])
    expect(at({ media: [picture({ bytes: 21_000_000 })] })).toEqual(['error media-bytes'])
    expect(at({ media: [video({ seconds: 61 })] })).toEqual(['error media-seconds'])
  })

  it('shows in the counters', () => {
    const premium = content('x', 'feed', { text: 'a'.repeat(300), account: { limits: { text: 25_000 } } })
    expect(counters(premium)[0]).toMatchObject({ used: 300, limit: 25_000, state: 'ok' })
  })

  it('holds for a first comment that is a reply of the same kind, and for no other', () => {
    const account = { limits: { text: 25_000 } }
    const at = (network: 'x' | 'facebook', length: number) =>
      told(validate(content(network, 'feed', { account, firstComment: 'a'.repeat(length) })))
    expect(at('x', 20_000)).toEqual([])
    expect(at('facebook', 20_000)).toEqual(['warning text-length'])
  })

  it('changes nothing where the network has no such number', () => {
    const what = content('wordpress', 'article', { account: { limits: { text: 10 } }, text: 'a'.repeat(99) })
    expect(validate(what)).toEqual([])
  })

  it('keeps the lower ends of the network', () => {
    const account = { limits: { videoSeconds: 300 } }
    const at = (seconds: number) => told(validate(content('tiktok', 'video', { account, media: [video({ seconds })] })))
    expect(at(299)).toEqual([])
    expect(at(301)).toEqual(['error media-seconds'])
    const reel = content('instagram', 'reel', { account, media: [video({ seconds: 2 })] })
    expect(told(validate(reel))).toContain('error media-seconds')
  })
})
