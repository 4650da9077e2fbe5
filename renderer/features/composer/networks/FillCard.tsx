import { FileDown } from 'lucide-react'
import { useState } from 'react'
import type { Assessment } from '../../../../shared/platforms/assess.ts'
import { formatOf } from '../../../../shared/platforms/formats.ts'
import { setField } from '../../../data/commands/placements.ts'
import { useDeps } from '../../../ports/deps.tsx'
import { IconButton, toast } from '../../../ui/index.ts'

interface FillCardProps {
  post: { readonly id: string }
  channel: { readonly id: string }
  assessment: Assessment
}

/** Fills title and description of a card from the page its link leads to, on networks that do not look there themselves. */
export function FillCard({ post, channel, assessment }: FillCardProps) {
  const { store, shell } = useDeps()
  const [reading, setReading] = useState(false)
  const { link } = assessment.content.fields
  const rules = formatOf(assessment.content)?.fields
  if (typeof link !== 'string' || link === '' || !rules?.linkTitle) return null
  const fill = async () => {
    setReading(true)
    try {
      const card = await (await shell.publishing()).card(link)
      if (card.kind === 'unread' || card.title + card.description === '') {
        const because =
          card.kind === 'unread' ? card.because : 'The page says nothing of itself. Fill the card in by hand.'
        toast({ id: 'card', text: because, tone: 'refused' })
        return
      }
      const on = { postId: post.id, channelId: channel.id }
      const gesture = `card ${link}`
      for (const [name, value] of [
        ['linkTitle', card.title],
        ['linkDescription', card.description],
      ] as const)
        if (value !== '') await setField(store, on, name, value, rules[name]?.label ?? '', gesture)
    } finally {
      setReading(false)
    }
  }
  return (
    <IconButton
      size="sm"
      icon={FileDown}
      label="Fill the card from the page"
      disabled={reading}
      onClick={() => void fill()}
    />
  )
}
