/** What the invented maker of packs says, to whom, and what it says again and again. */
import type { BrandWord } from '../../../shared/domain/brandWords.ts'
import type { NetworkId } from '../../../shared/domain/channel.ts'
import type { Mention } from '../../../shared/domain/mention.ts'
import type { Persona } from '../../../shared/domain/persona.ts'
import type { Snippet, SnippetKind } from '../../../shared/domain/snippet.ts'
import {
  type CampaignTemplate,
  EMPTY_CAMPAIGN_DRAFT,
  EMPTY_DRAFT,
  type PostDraft,
  type PostTemplate,
} from '../../../shared/domain/template.ts'
import { DEFAULT_VOCABULARY, type Vocabulary } from '../../../shared/domain/utm.ts'
import { newId } from '../../../shared/lib/ids.ts'

const row = (order: number) => ({ id: newId(), order, trashedAt: 0 })
const paragraphs = (...texts: readonly string[]) =>
  texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))

const persona = (
  order: number,
  name: string,
  role: string,
  words: Pick<Persona, 'needs' | 'doubts' | 'hours' | 'tone'>,
  networks: readonly NetworkId[],
): Persona => ({ ...row(order), name, role, networks, ...words })

const personas = () => ({
  hikers: persona(
    0,
    'Weekend hikers who mend',
    'Resa, 34, two nights a month',
    {
      needs: 'To fix a strap on Thursday night',
      doubts: '“I will break it more.”',
      hours: 'Sun 17 – 21',
      tone: 'Show the hands. One step a picture.',
    },
    ['instagram', 'youtube'],
  ),
  parents: persona(
    1,
    'First-pack parents',
    'Jory, 41, child of nine',
    {
      needs: 'One pack that grows along',
      doubts: '“Too dear for one summer.”',
      hours: 'Weekdays 12 – 13',
      tone: 'Say the price in the first line.',
    },
    ['facebook', 'pinterest'],
  ),
  makers: persona(
    2,
    'Makers and menders',
    'Ansa, 29, runs a repair café',
    {
      needs: 'Patterns, part numbers, prices',
      doubts: '“Is this just marketing?”',
      hours: 'Mornings',
      tone: 'Exact and dry. Numbers before adjectives.',
    },
    ['linkedin', 'mastodon'],
  ),
  keepers: persona(
    3,
    'Hut keepers',
    'Brock, 57, Lantern Pass',
    {
      needs: 'Guests who bring dry boots',
      doubts: '“No time for posts.”',
      hours: 'Winter only',
      tone: 'Short. He reads it standing.',
    },
    ['newsletter'],
  ),
})

const SNIPPETS: readonly [SnippetKind, string, string][] = [
  ['snippet', 'Repair offer', 'Bring your {thing} to the bench on {date}. Mending costs what the thread costs.'],
  ['snippet', 'Where to see it', 'More about {campaign}: {link}'],
  ['hashtags', 'House', '#fernhollow #mendnotend'],
  ['hashtags', 'Tarn 28', '#tarn28 #mendnotend #openseams'],
  ['signature', 'From the bench', '{owner}, from the bench at Fernhollow'],
]

const BRAND_WORDS: readonly [string, string, string[]][] = [
  ['mend', 'We repair what is there; fixing sounds like a workaround.', ['fix up']],
  ['hard-wearing', 'Nothing is, and we sell the parts.', ['indestructible', 'unbreakable']],
  ['', 'It says nothing that could be checked. Say what it is made of.', ['eco', 'eco-friendly', 'sustainable']],
  ['useful', 'Nobody must have anything.', ['must-have', 'must-haves']],
  ['', 'We do not hurry people.', ['last chance', 'hurry', 'while stocks last']],
  ['Fernhollow', 'One word, one capital letter.', ['FernHollow', 'Fern Hollow']],
]

const TEASER: PostDraft = {
  ...EMPTY_DRAFT,
  title: '{campaign}: something to look at',
  notes: 'One picture, one sentence, no price.',
  labels: ['teaser'],
  checklist: ['Alt text', 'Link tagged'],
  content: paragraphs('Before you can have it, you can see how it is made.', 'On {date}: {link}'),
}

/** The rows, made anew for each sample. `now`: when they were written. */
export function sampleVocabulary(now: number) {
  const vocabulary: Vocabulary = {
    ...DEFAULT_VOCABULARY,
    hosts: ['fernhollow.example'],
    allowed: {
      ...DEFAULT_VOCABULARY.allowed,
      source: ['poster', 'partner'],
      medium: ['qr'],
      campaign: ['always-on'],
      content: ['bio', 'footer'],
    },
  }
  const mendBar: Mention = {
    id: newId(),
    name: 'Mend Bar',
    neutral: 'mendbar',
    handles: { instagram: 'mend.bar', threads: 'mend.bar', mastodon: 'bar@mend.example', x: 'mendbar' },
    note: 'Runs the repair evenings with us',
    trashedAt: 0,
  }
  const post = (day: number, time: string, title: string, draft: Partial<PostDraft> = {}) => ({
    ...EMPTY_DRAFT,
    ...draft,
    id: newId(),
    title,
    day,
    time,
  })
  const templates: readonly [PostTemplate, CampaignTemplate] = [
    { ...row(0), kind: 'post', name: 'Teaser', post: TEASER, updatedAt: now },
    {
      ...row(1),
      kind: 'campaign',
      name: 'Launch of a pack',
      updatedAt: now,
      campaign: {
        ...EMPTY_CAMPAIGN_DRAFT,
        objective: 'Sell the first {campaign} to people who mean to keep it.',
        keyMessages: ['Every seam can be opened, mended and closed again.'],
        brief: paragraphs('What is new about {campaign}, for whom, and what it costs.'),
        startDay: -21,
        endDay: 21,
        phases: [
          { id: newId(), name: 'Tease', from: -21, to: -1 },
          { id: newId(), name: 'Launch', from: 0, to: 6 },
          { id: newId(), name: 'Sustain', from: 7, to: 21 },
        ],
        milestones: [
          { id: newId(), name: 'Waitlist opens', day: -7 },
          { id: newId(), name: 'Launch day', day: 0 },
        ],
        tasks: [
          { id: newId(), title: 'Pictures of {campaign}', day: -28 },
          { id: newId(), title: 'Phone rota for launch day', day: -3 },
        ],
        posts: [
          post(-21, '12:30', TEASER.title, TEASER),
          post(-7, '09:00', 'The waitlist for {campaign} is open'),
          post(0, '09:00', '{campaign} is here', { checklist: ['Alt text', 'Link tagged', 'Shop page live'] }),
          post(3, '18:00', 'Questions about {campaign}, answered'),
          post(14, '12:30', 'What the first {campaign} taught us'),
        ],
      },
    },
  ]
  return {
    vocabulary,
    mentions: [mendBar],
    templates,
    personas: personas(),
    snippets: SNIPPETS.map(([kind, name, text], order): Snippet => ({ ...row(order), kind, name, text })),
    brandWords: BRAND_WORDS.map(
      ([say, reason, not], order): BrandWord => ({
        ...row(order),
        say,
        reason,
        not,
        matchCase: say === 'Fernhollow',
      }),
    ),
  }
}
