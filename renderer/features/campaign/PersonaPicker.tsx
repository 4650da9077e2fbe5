import type { Campaign } from '../../../shared/domain/campaign.ts'
import { editCampaign } from '../../data/commands/campaigns.ts'
import { addRow } from '../../data/commands/workspace.ts'
import { useDeps } from '../../ports/deps.tsx'
import { usePersonas } from '../../ports/vocabulary.ts'
import { Combobox } from '../../ui/index.ts'

/** Who the campaign talks to. They stand beside the text of its posts while one writes. */
export function PersonaPicker({ campaign }: { campaign: Campaign }) {
  const { store } = useDeps()
  const personas = usePersonas()
  if (!personas) return null
  const set = (change: (ids: readonly string[]) => readonly string[]) =>
    void editCampaign(store, campaign.id, ({ personaIds }) => ({ personaIds: change(personaIds) }), 'Personas')
  const create = async (name: string) => {
    const fields = { name, role: '', needs: '', doubts: '', networks: [], hours: '', tone: '', order: personas.length }
    const id = await addRow(store, 'personas', fields, `Added persona “${name}”`)
    set((ids) => [...ids, id])
  }
  return (
    <Combobox
      multi
      size="sm"
      label="Personas"
      placeholder="No persona"
      items={personas.map(({ id, name, role }) => ({ id, label: name, hint: role }))}
      value={campaign.personaIds}
      onChange={(ids) => set(() => ids)}
      onCreate={(name) => void create(name)}
    />
  )
}
