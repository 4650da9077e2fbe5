import type { Persona } from '../../../shared/domain/persona.ts'
import type { Post } from '../../../shared/domain/post.ts'
import { NetworkSigns } from '../../parts/index.ts'
import { go } from '../../ports/navigation.ts'
import { useReference } from '../../ports/reference.tsx'
import { useBrandWords, usePersonas } from '../../ports/vocabulary.ts'
import { Link, SectionHead } from '../../ui/index.ts'
import styles from './Voice.module.css'

/** Who the campaign of a post talks to, what it wants to leave behind, and what we say: beside the text while one writes. */
export function Voice({ post }: { post: Post }) {
  const { campaigns } = useReference()
  const personas = usePersonas()
  const words = useBrandWords()
  const campaign = campaigns.get(post.campaignId)
  if (!personas || !words) return null
  const talksTo = personas.filter(({ id }) => campaign?.personaIds.includes(id))
  const messages = campaign?.keyMessages ?? []
  const say = words.flatMap((word) => word.say || [])
  const never = words.flatMap(({ not }) => not[0] ?? [])
  if (talksTo.length + messages.length + say.length + never.length === 0) return null
  return (
    <section className={styles.voice} aria-label="Voice">
      <SectionHead
        title="Voice"
        note={campaign?.name}
        end={
          campaign && (
            <Link onClick={() => go({ screen: 'campaign', campaignId: campaign.id })}>
              {talksTo.length > 0 ? 'Campaign' : 'Who is it for?'}
            </Link>
          )
        }
      />
      {talksTo.map((persona) => (
        <Face key={persona.id} persona={persona} />
      ))}
      {messages.length > 0 && (
        <ol className={styles.messages} aria-label="Key messages">
          {messages.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ol>
      )}
      {say.length + never.length > 0 && (
        <dl className={styles.words}>
          {say.length > 0 && (
            <>
              <dt>We say</dt>
              <dd>{[...new Set(say)].join(', ')}</dd>
            </>
          )}
          {never.length > 0 && (
            <>
              <dt>We never say</dt>
              <dd>{never.join(', ')}</dd>
            </>
          )}
        </dl>
      )}
    </section>
  )
}

function Face({ persona: { name, role, needs, doubts, networks, hours, tone } }: { persona: Persona }) {
  return (
    <article className={styles.face} aria-label={name}>
      <b className="med">{name}</b>
      {role && <span className={styles.role}>{role}</span>}
      <dl className={styles.about}>
        {needs && (
          <>
            <dt>Needs</dt>
            <dd>{needs}</dd>
          </>
        )}
        {doubts && (
          <>
            <dt>Doubts</dt>
            <dd>{doubts}</dd>
          </>
        )}
        {tone && (
          <>
            <dt>Tone</dt>
            <dd>{tone}</dd>
          </>
        )}
      </dl>
      {(networks.length > 0 || hours) && (
        <span className={styles.where}>
          <NetworkSigns ids={networks} />
          {hours}
        </span>
      )}
    </article>
  )
}
