/** How it is called and drawn that a post stands at its network. Not on the first screen. */
import {
  CircleDotDashed,
  CircleSlash,
  ClockAlert,
  CloudCheck,
  CloudOff,
  Hourglass,
  Lock,
  PencilLine,
  TriangleAlert,
  UserRound,
} from 'lucide-react'
import { AT_NETWORK, type AtNetwork } from '../../../shared/domain/deliveryAtNetwork.ts'
import type { CardMark } from './cardMarks.ts'

const mark = (word: string, tone: CardMark['tone'], icon: CardMark['icon']) => ({ word, tone, icon })

/** Up to this one somebody is to look at it. */
const LAST_ASKING: AtNetwork = 'private'

const LOOKS: Readonly<Record<AtNetwork, Pick<CardMark, 'word' | 'tone' | 'icon'>>> = {
  'needs-you': mark('Needs you', 'red', TriangleAlert),
  'your-turn': mark('Your turn', 'red', UserRound),
  'not-done': mark('Not done there', 'rust', TriangleAlert),
  partial: mark('Partly out', 'rust', CircleDotDashed),
  removed: mark('Removed there', 'rust', CloudOff),
  changed: mark('Changed there', 'amber', PencilLine),
  private: mark('Locked there', 'rust', Lock),
  'in-review': mark('Under review', 'amber', Hourglass),
  processing: mark('Processing', 'blue', Hourglass),
  'too-late-to-cancel': mark('Out anyway', 'rust', ClockAlert),
  deleted: mark('Deleted there', 'neutral', CircleSlash),
  'handed-over': mark('Handed over', 'blue', CloudCheck),
}

export const AT_NETWORK_LOOK = Object.fromEntries(
  AT_NETWORK.map((there, need) => [there, { ...LOOKS[there], need, asks: need <= AT_NETWORK.indexOf(LAST_ASKING) }]),
) as Readonly<Record<AtNetwork, CardMark>>
