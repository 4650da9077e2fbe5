import { useEffect, useMemo, useRef, useState } from 'react'
import type { Campaign } from '../../../shared/domain/campaign.ts'
import { type Doc, EMPTY_DOC } from '../../../shared/domain/document.ts'
import { docOf } from '../../../shared/domain/workspace.ts'
import { editCampaign, writeBrief } from '../../data/commands/campaigns.ts'
import { type EditorHandle, type PictureSource, RichTextEditor, textCommands } from '../../editor/index.ts'
import { ChannelPicker, OwnerPicker, PeoplePicker, useUndo } from '../../parts/index.ts'
import { useShownPicture } from '../../parts/media/index.ts'
import { useCommands } from '../../ports/commands.ts'
import { useDeps } from '../../ports/deps.tsx'
import { useQuery } from '../../ports/live.ts'
import { useSettings } from '../../ports/reference.tsx'
import { useAutosave } from '../../ports/typed.ts'
import { PropertyList, PropertyRow, SectionHead, toast } from '../../ui/index.ts'
import styles from './Campaign.module.css'
import { InlineText } from './InlineText.tsx'
import { PersonaPicker } from './PersonaPicker.tsx'

/** Why, for whom, on what, by whom, and the brief itself. */
export function Brief({ campaign }: { campaign: Campaign }) {
  const { store } = useDeps()
  const { id } = campaign
  const edit = (fields: Partial<Campaign>, what: string, gesture?: string) =>
    editCampaign(store, id, fields, what, gesture)
  return (
    <section aria-label="Brief" className={styles.section}>
      <SectionHead title="Brief" level={2} />
      <InlineText
        label="Objective"
        className={styles.lead}
        value={campaign.objective}
        placeholder="One sentence: why does this campaign exist?"
        onSave={(objective, gesture) => edit({ objective }, 'Objective', gesture)}
      />
      <PropertyList>
        <PropertyRow label="For">
          <InlineText
            label="Audience"
            value={campaign.audience}
            placeholder="Who is it for?"
            onSave={(audience, gesture) => edit({ audience }, 'Audience', gesture)}
          />
        </PropertyRow>
        <PropertyRow label="To">
          <PersonaPicker campaign={campaign} />
        </PropertyRow>
        <PropertyRow label="On">
          <ChannelPicker
            size="sm"
            value={campaign.channelIds}
            onChange={(channelIds) => void edit({ channelIds }, 'Channels')}
          />
        </PropertyRow>
        <PropertyRow label="Owner">
          <OwnerPicker size="sm" value={campaign.ownerId} onChange={(ownerId) => void edit({ ownerId }, 'Owner')} />
        </PropertyRow>
        <PropertyRow label="With">
          <PeoplePicker
            size="sm"
            label="Members"
            value={campaign.memberIds}
            onChange={(memberIds) => void edit({ memberIds }, 'Members')}
          />
        </PropertyRow>
      </PropertyList>
      <BriefText campaign={campaign} />
    </section>
  )
}

function BriefText({ campaign: { id } }: { campaign: Campaign }) {
  const { store, shell } = useDeps()
  const { spellcheck } = useSettings()
  const { undo, redo } = useUndo()
  const stored = useQuery(async (live) => ({ doc: docOf(await live.documents.get(id)) }), [id])
  const written = useRef<Doc>(EMPTY_DOC)
  const autosave = useAutosave((gesture) => writeBrief(store, id, written.current, gesture))
  const open = useShownPicture()
  const pictures = useMemo<PictureSource>(() => ({ open }), [open])
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  useCommands(useMemo(() => (handle ? textCommands(handle) : []), [handle]))
  // An undo, or another window: the open editor takes it over. While something typed waits to be saved, that comes first.
  useEffect(() => {
    if (stored && !autosave.dirty()) handle?.takeOver(stored.doc)
  }, [handle, stored, autosave])
  if (!stored) return <div className={styles.briefText} />
  return (
    <div className={styles.briefText}>
      <RichTextEditor
        docId={id}
        doc={stored.doc}
        label="Text of the brief"
        placeholder="Occasion, proof, what never to say ... / for headings, lists and tables"
        size="small"
        spellcheck={spellcheck}
        pictures={pictures}
        keepPicture={async () => {
          toast({ text: 'A brief holds words. Pictures go into its posts.', tone: 'refused' })
          return null
        }}
        openLink={(href) => void shell.openExternal(href)}
        onChange={(doc) => {
          written.current = doc
          autosave.touch()
        }}
        onBlur={autosave.leave}
        onUndo={undo}
        onRedo={redo}
        onReady={setHandle}
      />
    </div>
  )
}
