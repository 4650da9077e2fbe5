/** What came of a post, and why that cannot be read just now, in words. Pure. */
import { badCertificate, explainTrouble, type Names, unreached } from './deliveryWords.ts'
import type { Metric } from './publishing.ts'
import type { Trouble } from './trouble.ts'

export const METRIC_WORDS: Readonly<Record<Metric, string>> = {
  views: 'Views',
  reach: 'People reached',
  likes: 'Likes',
  comments: 'Answers',
  reposts: 'Reposts',
  quotes: 'Quotes',
  shares: 'Shares',
  saves: 'Saves',
  clicks: 'Clicks',
  mailed: 'Mails',
  opens: 'Mails opened',
  signups: 'Sign-ups',
}

/** Why nothing could be read. Publishing is another matter, so nothing is said of it but where it stays as it is. */
export function explainRead(trouble: Trouble, names: Names): string {
  const { network, account, time } = names
  switch (trouble.kind) {
    case 'no-network':
      return `${unreached(names)} Ask again ${names.online ? 'later' : 'when you are online'}.`
    case 'in-between':
      return trouble.by === 'certificate' ? badCertificate(names, 'read') : explainTrouble(trouble, names)
    case 'access-expired':
    case 'access-withdrawn':
      if (trouble.kind === 'access-withdrawn' && trouble.here) return `${trouble.reason} Connect ${account} again.`
      return `${network} no longer lets Outpost read as ${account}. Connect the account again.`
    case 'not-permitted':
      return `This access may not read that${trouble.right === '' ? '' : `: the right “${trouble.right}” is missing`}. Connect ${account} with it to see more; publishing goes on as it is.`
    case 'rate-limited':
    case 'quota-used':
      return `${network} asks us to wait until ${time(trouble.until)}. Ask again then.`
    case 'target-gone':
      return `${network} does not have this post any more.`
    case 'clock-off':
      return explainTrouble(trouble, names)
    case 'server-fault':
      return trouble.here ?? `${network} has trouble of its own just now. Ask again in some minutes.`
    default:
      return `${network} answered what this version of Outpost does not understand. Ask again later, or update Outpost.`
  }
}
