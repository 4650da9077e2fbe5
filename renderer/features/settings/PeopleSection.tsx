import { Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import type { Person } from '../../../shared/domain/workspace.ts'
import { addRow, editRow } from '../../data/commands/workspace.ts'
import { PersonAvatar } from '../../parts/index.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useReference } from '../../ports/reference.tsx'
import { Button, cx, EmptyState, IconButton, Rows, table } from '../../ui/index.ts'
import { CommitField, useSay } from './parts.tsx'
import styles from './Settings.module.css'

export function PeopleSection() {
  const { store, clock } = useDeps()
  const { people, settings } = useReference()
  const say = useSay()
  const added = useRef('')
  const add = async () => {
    added.current = await addRow(store, 'people', { name: 'New person', role: '', email: '' }, 'Added a person')
  }
  const set = (person: Person, fields: Partial<Person>, what: string) =>
    void editRow(store, 'people', person.id, fields, `${what} of ${person.name}`)
  const remove = async (person: Person) => {
    await editRow(store, 'people', person.id, { trashedAt: clock.now() }, `Deleted ${person.name}`)
    say(`Deleted ${person.name}. Posts keep the name.`)
  }
  const button = (
    <Button icon={Plus} variant={people.list.length === 0 ? 'primary' : 'default'} onClick={() => void add()}>
      Add a person
    </Button>
  )
  if (people.list.length === 0) {
    return (
      <EmptyState
        illustration="inbox"
        sentence="People own posts, write them and approve them. None needs an account."
        action={button}
      />
    )
  }
  return (
    <>
      <table className={cx(table.table, styles.people)}>
        <thead>
          <tr>
            <th scope="col" className={styles.thin}>
              <span className="vh">Picture</span>
            </th>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Email</th>
            <th scope="col" className={styles.thin}>
              <span className="vh">Delete</span>
            </th>
          </tr>
        </thead>
        <Rows as="tbody">
          {people.list.map((person) => (
            <tr key={person.id}>
              <td>
                <PersonAvatar id={person.id} size={24} />
              </td>
              <td>
                <CommitField
                  aria-label={`Name of ${person.name}`}
                  value={person.name}
                  required
                  maxLength={80}
                  autoFocus={added.current === person.id}
                  onFocus={(event) => added.current === person.id && event.currentTarget.select()}
                  onCommit={(name) => set(person, { name }, 'Name')}
                />
              </td>
              <td>
                <CommitField
                  aria-label={`Role of ${person.name}`}
                  value={person.role}
                  placeholder="Editor"
                  onCommit={(role) => set(person, { role }, 'Role')}
                />
              </td>
              <td>
                <CommitField
                  aria-label={`Email of ${person.name}`}
                  type="email"
                  value={person.email}
                  placeholder="name@example.org"
                  onCommit={(email) => set(person, { email }, 'Email')}
                />
              </td>
              <td>
                {person.id === settings.me ? (
                  <span className={styles.faint}>you</span>
                ) : (
                  <IconButton
                    icon={Trash2}
                    size="sm"
                    label={`Delete ${person.name}`}
                    onClick={() => void remove(person)}
                  />
                )}
              </td>
            </tr>
          ))}
        </Rows>
      </table>
      <div className={styles.foot}>{button}</div>
    </>
  )
}
