import { changeSettings } from '../../data/commands/workspace.ts'
import { runCommand } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useReference } from '../../ports/reference.tsx'
import { Button, NumberField, Select, Switch } from '../../ui/index.ts'
import { SettingRow } from './parts.tsx'

export function GeneralSection() {
  const { store, shell } = useDeps()
  const { settings, people } = useReference()
  return (
    <>
      <SettingRow label="Name of the workspace" note="shown at the head of the sidebar">
        <Button onClick={() => runCommand('workspace.rename')}>Rename…</Button>
      </SettingRow>
      <SettingRow label="You" note="new posts are yours, and changes carry your name from now on">
        <Select
          label="You"
          size="md"
          value={settings.me || 'none'}
          onChange={(id) => void changeSettings(store, { me: id === 'none' ? '' : id }, 'Who is here', true)}
          options={[
            { value: 'none', label: 'Not named' },
            ...people.list.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </SettingRow>
      <SettingRow label="Posts a day" note="more than this and a shift of a campaign says so">
        <NumberField
          aria-label="Posts a day"
          value={settings.dayLimit || null}
          min={0}
          max={200}
          unit="at most"
          onChange={(value) => void changeSettings(store, { dayLimit: value ?? 0 }, 'Posts a day', true)}
        />
      </SettingRow>
      <SettingRow label="Spelling" note="checked on this computer while you write">
        <Switch
          label="Spelling"
          checked={settings.spellcheck}
          onChange={(spellcheck) => void changeSettings(store, { spellcheck }, 'Spelling', true)}
        />
      </SettingRow>
      <SettingRow
        label="Words of the app"
        note={`this computer speaks ${languageOf(shell.info.locale)}; a plan on paper has its own language`}
      >
        English (UK)
      </SettingRow>
    </>
  )
}

/** `American English` for `en-US`; the code itself where the engine knows no name. */
const languageOf = (locale: string): string => new Intl.DisplayNames('en-GB', { type: 'language' }).of(locale) ?? locale
