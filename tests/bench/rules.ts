import { NETWORK_IDS } from '../../shared/domain/channel.ts'
import { type Content, formatsOf, validate } from '../../shared/platforms/index.ts'
import { median, p95 } from './measures.ts'

const ROUNDS = 500
const fine = (value: number) => Math.round(value * 1000) / 1000

/** A post as people write it: accents, emoji, a long link, hashtags, one picture. */
const post: Omit<Content, 'network' | 'format'> = {
  text: [
    'Autumn is here 🍂 – and the moss garden is open until six, come what may. Naïve? Perhaps. 👩🏽‍🌾',
    'All about it: https://fernhollow.example.com/journal/autumn/the-moss-garden?utm_source=social&utm_campaign=autumn',
    '#autumn #moss #gärten @fernhollow',
  ].join('\n\n'),
  media: [
    {
      id: 'cover',
      kind: 'image',
      type: 'image/jpeg',
      bytes: 1_900_000,
      width: 1_080,
      height: 1_350,
      alt: 'Moss between old stones, the first red leaves on it',
    },
  ],
  firstComment: 'Opening hours are in the link.',
  fields: { title: 'The moss garden in autumn', board: 'Gardens', visibility: 'public', tags: ['autumn', 'moss'] },
}

/** One post checked for the 13 networks that have rules, as the composer does when a key is pressed. Milliseconds for all of them. */
export function checkOnePost(): { channels: number; findings: number; ms: number; ms95: number } {
  const contents = NETWORK_IDS.filter((network) => network !== 'newsletter').map((network): Content => {
    const [format = 'feed'] = formatsOf(network)
    return { ...post, network, format }
  })
  const times: number[] = []
  let findings = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    findings = contents.reduce((sum, content) => sum + validate(content).length, 0)
    times.push(performance.now() - start)
  }
  // The first rounds warm up.
  const warm = times.slice(50)
  return { channels: contents.length, findings, ms: fine(median(warm)), ms95: fine(p95(warm)) }
}
