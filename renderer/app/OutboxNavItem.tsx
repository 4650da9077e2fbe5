import { FlaskConical, RadioTower } from 'lucide-react'
import { needingYou } from '../data/deliveries.ts'
import { useCommands } from '../ports/commands.ts'
import { useQuery } from '../ports/live.ts'
import { go } from '../ports/navigation.ts'
import { NavItem } from '../ui/index.ts'

/** The way to the outbox, with how many deliveries wait for a person; while one practises, that this is so. */
export function OutboxNavItem({ rail, current }: { rail: boolean; current: boolean }) {
  const count = useQuery(needingYou, [])
  const open = () => go({ screen: 'outbox' })
  useCommands([{ id: 'go.outbox', title: 'Go to Outbox', section: 'Go to', keys: 'G O', run: open }])
  const practises = useQuery(async (db) => (await db.accounts.filter(({ practice }) => practice).count()) > 0, [])
  return (
    <>
      <NavItem
        rail={rail}
        icon={RadioTower}
        label="Outbox"
        count={count}
        countLabel={count === 1 ? 'needs you' : 'need you'}
        keys={['G', 'O']}
        current={current}
        onSelect={open}
      />
      {practises && (
        <NavItem
          rail={rail}
          icon={FlaskConical}
          label="Practising"
          onSelect={() => go({ screen: 'settings', page: 'channels' })}
        />
      )}
    </>
  )
}
