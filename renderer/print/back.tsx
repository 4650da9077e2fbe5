/** Tasks, team, sign-off and appendix. */
import type { PostStatus } from '../../shared/domain/status.ts'
import type { WallTime } from '../../shared/domain/time.ts'
import type { PlanChange, PlanData } from './collect.ts'
import { madeOn, stampOf } from './front.tsx'
import { anchors, Box, personName, Section, titleOf, useSheet } from './pieces.tsx'

export function Tasks() {
  const { data, words, dates } = useSheet()
  const { t } = words
  return (
    <Section id={anchors.section('tasks')} title={words.sections.tasks} kind="flow">
      <table>
        <thead>
          <tr>
            <th>{t.task}</th>
            <th style={{ width: '42mm' }}>{t.owner}</th>
            <th style={{ width: '30mm' }}>{t.due}</th>
            <th style={{ width: '24mm' }}>{t.status}</th>
          </tr>
        </thead>
        <tbody>
          {data.tasks.map(({ id, title, ownerId, dueOn, done }) => (
            <tr key={id}>
              <td className="strong" dir="auto">
                {title}
              </td>
              <td dir="auto">{personName(data, ownerId) || '–'}</td>
              <td>{dueOn ? dates.dayShort(dueOn) : '–'}</td>
              <td>
                <Box done={done} />
                {done ? t.done : t.open}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

/** People who own or wrote posts of the plan or belong to its campaigns, most posts first. */
export function teamOf(data: PlanData) {
  const members = new Set(data.campaigns.flatMap(({ ownerId, memberIds }) => [ownerId, ...memberIds]))
  return [...data.people.values()]
    .map((person) => ({
      person,
      owns: data.posts.filter(({ post }) => post.ownerId === person.id).length,
      wrote: data.posts.filter(({ post }) => post.authorIds.includes(person.id)).length,
    }))
    .filter(({ person, owns, wrote }) => owns > 0 || wrote > 0 || members.has(person.id))
    .sort((a, b) => b.owns + b.wrote - (a.owns + a.wrote) || a.person.name.localeCompare(b.person.name))
}

export function Team() {
  const { data, words } = useSheet()
  const { t } = words
  const rows = teamOf(data)
  const withRoles = rows.some(({ person }) => person.role !== '')
  return (
    <Section id={anchors.section('team')} title={words.sections.team} kind="flow">
      <table>
        <thead>
          <tr>
            <th>{t.name}</th>
            {withRoles && <th>{t.role}</th>}
            <th className="end" style={{ width: '34mm' }}>{`${t.owner}: ${t.postsHead}`}</th>
            <th className="end" style={{ width: '34mm' }}>{`${t.author}: ${t.postsHead}`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ person, owns, wrote }) => (
            <tr key={person.id}>
              <td className="strong" dir="auto">
                {person.name}
              </td>
              {withRoles && <td dir="auto">{person.role || '–'}</td>}
              <td className="end num">{owns}</td>
              <td className="end num">{wrote}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

export function SignOff({ period }: { period: string }) {
  const { data, options, words, dates } = useSheet()
  const { t } = words
  const name = data.campaign?.name ?? data.workspace
  const what = [name, stampOf(words, options.version, options.state), period, words.posts(data.posts.length)].join(
    words.comma,
  )
  const signers = options.signers.length > 0 ? options.signers : ['', '']
  return (
    <Section id={anchors.section('signoff')} title={words.sections.signoff} kind="flow entire">
      <p className="intro">{words.approveText}</p>
      <dl className="finger">
        <dt>{t.what}</dt>
        <dd dir="auto">{what}</dd>
        <dt>{t.fingerprint}</dt>
        <dd className="code" dir="ltr">
          {data.fingerprint.replace(/.{4}(?=.)/g, '$& ')}
        </dd>
        {options.answerBy && (
          <>
            <dt>{t.answerBy}</dt>
            <dd>{dates.long(options.answerBy)}</dd>
          </>
        )}
      </dl>
      <table className="sig">
        <thead>
          <tr>
            <th style={{ width: '42mm' }}>{t.name}</th>
            <th style={{ width: '42mm' }}>{t.decision}</th>
            <th style={{ width: '28mm' }}>{t.date}</th>
            <th>{t.signature}</th>
          </tr>
        </thead>
        <tbody>
          {signers.map((signer, at) => (
            <tr key={at}>
              <td className="strong" dir="auto">
                {signer || <div className="line" />}
              </td>
              <td>
                {words.signed.map((decision) => (
                  <div key={decision}>
                    <Box />
                    {decision}
                  </div>
                ))}
              </td>
              <td>
                <div className="line" />
              </td>
              <td>
                <div className="line" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2 className="gap">{t.comments}</h2>
      <div className="write" />
      <div className="write" />
      <div className="write" />
    </Section>
  )
}

export const hasAppendix = (data: PlanData) => data.pictures.size > 0 || data.changes.length > 0

export function Appendix() {
  const { data, options, words } = useSheet()
  const { t } = words
  const size = new Intl.NumberFormat(words.locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  const titles = new Map(data.posts.map((item) => [item.post.id, titleOf(item, words)]))
  return (
    <Section id={anchors.section('appendix')} title={words.sections.appendix}>
      {data.changes.length > 0 && options.changesSince !== null && (
        <>
          <h2 className="gap">{words.changedSince(madeOn(options.changesSince, data.zone, words.locale))}</h2>
          <table>
            <thead>
              <tr>
                <th style={{ width: '62mm' }}>{t.post}</th>
                <th style={{ width: '26mm' }}>{t.what}</th>
                <th>{t.was}</th>
                <th>{t.is}</th>
              </tr>
            </thead>
            <tbody>
              {data.changes.map((change) => (
                <ChangeRow
                  key={`${change.postId} ${change.field}`}
                  change={change}
                  title={titles.get(change.postId) ?? ''}
                />
              ))}
            </tbody>
          </table>
        </>
      )}
      {data.pictures.size > 0 && (
        <>
          <h2 className="gap">{t.assets}</h2>
          <table>
            <thead>
              <tr>
                <th style={{ width: '62mm' }}>{t.file}</th>
                <th>{t.alt}</th>
                <th className="end" style={{ width: '26mm' }}>
                  {t.size}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...data.pictures.values()].map((picture) => (
                <tr key={picture.id}>
                  <td className="strong">{picture.bytes ? picture.name : words.missingPicture(picture.name)}</td>
                  <td dir="auto">{picture.alt || '–'}</td>
                  <td className="end num">{picture.size > 0 ? size.format(Math.max(1, picture.size / 1000)) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Section>
  )
}

function ChangeRow({ change, title }: { change: PlanChange; title: string }) {
  const { data, words, dates } = useSheet()
  const { t } = words
  const names = { title: t.title, time: t.time, status: t.status, channels: t.channelsHead, text: t.text, post: t.post }
  const say = (value: unknown): string => {
    if (change.field === 'text') return value === 'after' ? t.textChanged : '–'
    if (change.field === 'post') return value ? t.added : '–'
    if (value === null || value === undefined || value === '') return '–'
    if (change.field === 'status') return words.statuses[value as PostStatus]
    if (change.field === 'channels')
      return (value as readonly string[]).flatMap((id) => data.channels.get(id)?.name ?? []).join(words.comma) || '–'
    if (change.field === 'time') {
      const wall = value as WallTime
      const zone = wall.zone === data.zone ? '' : ` ${wall.zone}`
      return `${dates.dayShort(wall.date)}${words.comma}${wall.time}${zone}`
    }
    return String(value)
  }
  return (
    <tr>
      <td className="strong" dir="auto">
        {title}
      </td>
      <td>{names[change.field]}</td>
      <td dir="auto">{say(change.was)}</td>
      <td dir="auto">{say(change.is)}</td>
    </tr>
  )
}
