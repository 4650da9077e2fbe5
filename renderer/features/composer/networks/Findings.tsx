import { Link as LinkIcon } from 'lucide-react'
import type { Channel } from '../../../../shared/domain/channel.ts'
import type { Placement } from '../../../../shared/domain/placement.ts'
import type { Assessment } from '../../../../shared/platforms/assess.ts'
import { Finding as FindingBox } from '../../../ui/index.ts'
import type { PostOnChannels } from './NetworkCard.tsx'
import styles from './Networks.module.css'
import { goTo, targetOf } from './state.ts'
import { useMend } from './useMend.ts'
import { fixesOf, leadWords } from './words.ts'

interface FindingsProps {
  post: PostOnChannels
  channel: Channel
  placement: Placement | undefined
  assessment: Assessment
  /** The channel in words. */
  on: string
  /** Lets the base text feed the channel again, where it has its own. */
  onRejoin?: () => void
}

/** What a network says about a post, each with its ways out. */
export function Findings({ post, channel, placement, assessment, on, onRejoin }: FindingsProps) {
  const mend = useMend(post, channel, on)
  // Those about a field stand beside it.
  const findings = assessment.findings.filter(({ place }) => place.at !== 'field' && place.at !== 'firstComment')
  if (findings.length === 0) return null
  return (
    <ul className={styles.findings} aria-label={`Findings for ${on}`}>
      {findings.map((finding) => {
        const { severity, place, sentence } = finding
        const fixes = fixesOf(finding, assessment)
        const tooLong = place.at === 'text' && severity === 'error'
        return (
          <li key={`${finding.rule} ${sentence}`}>
            <FindingBox
              tone={severity}
              icon={finding.rule === 'text-links' ? LinkIcon : undefined}
              text={sentence}
              actions={[
                ...fixes.map(({ fix, words }) => ({
                  label: words,
                  onSelect: () => void mend(finding, fix, words),
                })),
                ...(tooLong && onRejoin ? [{ label: 'Rejoin base', onSelect: onRejoin }] : []),
                // A note asks for nothing, and what can be mended here needs no way there.
                ...(severity === 'note' || fixes.length > 0
                  ? []
                  : [{ label: leadWords(finding), onSelect: () => goTo(targetOf(channel.id, place, placement)) }]),
              ]}
            />
          </li>
        )
      })}
    </ul>
  )
}
