import { useRef, useState } from 'react'
import type { Post } from '../../../shared/domain/post.ts'
import { type PostStatus, STATUS_LOOK } from '../../../shared/domain/status.ts'
import type { WallTime } from '../../../shared/domain/time.ts'
import { formatWhen, WhenFields } from '../../parts/index.ts'
import { Button, PopoverAnchored } from '../../ui/index.ts'
import styles from './Board.module.css'

interface AskDateProps {
  /** Those that have no date. */
  posts: readonly Post[]
  status: PostStatus
  /** null: the cards go home. */
  answer: (planned: WallTime | null) => void
}

/** The one thing a drop may ask: a date, where the new status needs one. */
export function AskDate({ posts, status, answer }: AskDateProps) {
  const [planned, setPlanned] = useState<WallTime | null>(null)
  const [anchor] = useState(() => anchorOf(posts[0]?.id ?? ''))
  const form = useRef<HTMLFormElement>(null)
  const focusDay = () => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  const word = STATUS_LOOK[status].word
  return (
    <PopoverAnchored
      anchor={anchor}
      label={`${word}: when?`}
      width={288}
      open
      onOpenChange={(open) => !open && answer(null)}
    >
      <form
        ref={form}
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault()
          if (planned) answer(planned)
        }}
      >
        <p className={styles.askText}>
          {word} needs a date{posts.length > 1 && `, ${posts.length} posts have none`}.{' '}
          {planned ? formatWhen(planned) : 'Pick a day.'}
        </p>
        <WhenFields value={planned} onChange={setPlanned} />
        <div className={styles.askFoot}>
          <Button keys={['Escape']} onClick={() => answer(null)}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" unmet={planned ? [] : [{ text: 'Pick a day', focus: focusDay }]}>
            {word === 'Published' ? 'Set as published' : 'Schedule'}
          </Button>
        </div>
      </form>
    </PopoverAnchored>
  )
}

/** The card as it lies on the board, wherever that is when it is asked. */
export const anchorOf = (id: string) => {
  let last = new DOMRect(innerWidth / 2, innerHeight / 3, 0, 0)
  return {
    getBoundingClientRect: () => {
      const card = document.querySelector(`[data-card="${CSS.escape(id)}"]`)
      if (card) last = card.getBoundingClientRect()
      return last
    },
  }
}
