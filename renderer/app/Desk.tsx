import {
  CalendarDays,
  Globe,
  Images,
  Keyboard,
  PenLine,
  Redo2,
  Settings2,
  SquareKanban,
  Sun,
  Trash2,
  Undo2,
} from 'lucide-react'
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import type { WorkspaceDb } from '../data/db.ts'
import { countIn } from '../data/queries.ts'
import { WorkspaceMenu } from '../features/workspaces/WorkspaceMenu.tsx'
import { initialsOf, useUndo, zoneOffset } from '../parts/index.ts'
import { useDeps, useHistory } from '../ports/deps.tsx'
import { openDialog } from '../ports/dialogs.ts'
import { flushAll, flushWhenLeaving } from '../ports/flush.ts'
import { late } from '../ports/late.tsx'
import { useQuery } from '../ports/live.ts'
import { go, useNavigation } from '../ports/navigation.ts'
import { useOnline } from '../ports/online.ts'
import { closeOutbox, offerOutbox, outbox } from '../ports/outbox.ts'
import { useReference, useSettings } from '../ports/reference.tsx'
import { searchOf } from '../ports/search.ts'
import { useSavedViews } from '../ports/views.ts'
import {
  AppFrame,
  Avatar,
  IconButton,
  NavGroup,
  NavItem,
  NetPill,
  Sidebar,
  StatusBar,
  StatusItem,
  toast,
  withdrawUndo,
} from '../ui/index.ts'
import { AppDialogs } from './AppDialogs.tsx'
import { useAppCommands } from './appCommands.ts'
import { SavedNote } from './SavedNote.tsx'
import { ScreenBoundary } from './ScreenBoundary.tsx'
import { StandingNotice } from './StandingNotice.tsx'
import { screenOf } from './screens.ts'
import { useKeyboard } from './useKeyboard.ts'

const INDEX_AFTER_MS = 4_000
/** Long after the first screen: a copy reads every record. */
const COPY_AFTER_MS = 60_000
/** What is due waited for the start anyway; the first screen goes before it. */
const OUTBOX_AFTER_MS = 3_000
const LOOK_FOR_ROOM_MS = 60_000

// Nobody sees it before an account is connected.
const OutboxNavItem = late(async () => (await import('./OutboxNavItem.tsx')).OutboxNavItem)

const OutboxPill = late(async () => (await import('./OutboxPill.tsx')).OutboxPill)

/** Whether anything of this workspace is sent, or was. */
const sendsAnything = async (db: WorkspaceDb): Promise<boolean> =>
  (await db.accounts.limit(1).count()) + (await db.deliveries.limit(1).count()) > 0

interface DeskProps {
  onSwitch: (entry: WorkspaceEntry) => void
  onNew: () => void
}

/** The open workspace: sidebar, screen, status bar. */
export function Desk({ onSwitch, onNew }: DeskProps) {
  const settings = useSettings()
  const deps = useDeps()
  const { shell, db, store } = deps
  // Only what is asked for: turning a page must not draw the frame again.
  const place = useNavigation((state) => state.place)
  const view = useNavigation((state) => state.view)
  const narrow = useSyncExternalStore(watchNarrow, isNarrow)
  const [railed, setRailed] = useState(false)
  const rail = narrow || railed
  useAppCommands({ folded: rail, toggleSidebar: narrow ? undefined : () => setRailed((before) => !before) })
  useKeyboard()

  useEffect(() => {
    const root = document.documentElement
    if (settings.theme === 'system') root.removeAttribute('data-theme')
    else root.dataset.theme = settings.theme
    root.dataset.density = settings.density
  }, [settings.theme, settings.density])

  // The shell waits for this answer before it lets the window go; a save that failed is no better for waiting.
  useEffect(() => shell.on('app:closing', () => void flushAll().then(closeOutbox).finally(shell.readyToClose)), [shell])

  useEffect(() => flushWhenLeaving(document, window), [])

  // A message is shown after its step was taken, so a new step means that older messages speak of another.
  useEffect(() => {
    let { step } = store.history()
    return store.onHistory(() => {
      if (store.history().step !== step) withdrawUndo()
      step = store.history().step
    })
  }, [store])

  // The index is built in its worker once the first screen has long been there, so that nobody waits for it.
  useEffect(() => {
    const later = setTimeout(() => searchOf(db.name), INDEX_AFTER_MS)
    return () => clearTimeout(later)
  }, [db])

  useEffect(() => {
    const later = setTimeout(() => {
      void import('../ports/copies.ts').then(({ copiesOf }) => copiesOf(deps).start((text) => toast({ text })))
    }, COPY_AFTER_MS)
    return () => clearTimeout(later)
  }, [deps])

  const sends = useQuery(sendsAnything, []) ?? false
  useEffect(() => {
    offerOutbox(() => import('./openOutbox.ts').then(({ openOutbox }) => openOutbox(deps)))
    const later = sends ? setTimeout(() => void outbox(), OUTBOX_AFTER_MS) : undefined
    return () => {
      clearTimeout(later)
      void closeOutbox()
    }
  }, [deps, sends])

  const { guard } = deps.workspace
  useEffect(() => {
    void guard.refresh()
    const looking = setInterval(() => void guard.refresh(), LOOK_FOR_ROOM_MS)
    return () => clearInterval(looking)
  }, [guard])

  const Screen = screenOf(place.screen, view)
  return (
    <>
      <AppFrame
        rail={rail}
        sidebar={<Navigation rail={rail} onSwitch={onSwitch} onNew={onNew} />}
        statusBar={<Status />}
      >
        <StandingNotice />
        <ScreenBoundary place={`${place.screen} ${view}`}>
          <Suspense fallback={null}>
            <Screen />
          </Suspense>
        </ScreenBoundary>
      </AppFrame>
      <AppDialogs />
    </>
  )
}

const narrowQuery = window.matchMedia('(width < 1200px)')
const isNarrow = () => narrowQuery.matches
const watchNarrow = (listener: () => void) => {
  narrowQuery.addEventListener('change', listener)
  return () => narrowQuery.removeEventListener('change', listener)
}

function Navigation({ rail, onSwitch, onNew }: DeskProps & { rail: boolean }) {
  const { registry, workspace } = useDeps()
  const place = useNavigation((state) => state.place)
  const { people, settings } = useReference()
  const waiting = useQuery((db) => countIn(db, 'review', 'changes'), [])
  const sends = useQuery(sendsAnything, []) ?? false
  const { views, apply } = useSavedViews()
  const me = people.get(settings.me)
  const at = (screen: string) => place.screen === screen
  return (
    <Sidebar
      label="Outpost"
      rail={rail}
      head={
        <WorkspaceMenu registry={registry} current={workspace.entry} onSwitch={onSwitch} onNew={onNew} rail={rail} />
      }
      foot={
        <>
          {me && <Avatar initials={initialsOf(me.name)} name={me.name} size={24} />}
          {me && !rail && <span className="ell grow">{me.name}</span>}
          {!me && !rail && <span className="grow" />}
          <IconButton
            icon={Settings2}
            label="Settings"
            keys={['G', 'S']}
            pressed={at('settings')}
            onClick={() => go({ screen: 'settings' })}
          />
        </>
      }
    >
      <NavGroup>
        <NavItem
          rail={rail}
          icon={Sun}
          label="Today"
          count={waiting}
          countLabel="waiting"
          keys={['G', 'T']}
          current={at('today')}
          onSelect={() => go({ screen: 'today' })}
        />
        <NavItem
          rail={rail}
          icon={CalendarDays}
          label="Calendar"
          keys={['G', 'C']}
          current={at('calendar')}
          onSelect={() => go({ screen: 'calendar' })}
        />
        <NavItem
          rail={rail}
          icon={PenLine}
          label="Write"
          keys={['G', 'W']}
          current={at('write') || at('versions')}
          onSelect={() => go({ screen: 'write' })}
        />
        <NavItem
          rail={rail}
          icon={SquareKanban}
          label="Board"
          keys={['G', 'B']}
          current={at('board') || at('campaign')}
          onSelect={() => go({ screen: 'board' })}
        />
      </NavGroup>
      <NavGroup>
        <NavItem
          rail={rail}
          icon={Images}
          label="Media"
          keys={['G', 'M']}
          current={at('media')}
          onSelect={() => go({ screen: 'media' })}
        />
        {sends && <OutboxNavItem rail={rail} current={at('outbox')} />}
        <NavItem
          rail={rail}
          icon={Trash2}
          label="Trash"
          current={at('trash')}
          onSelect={() => go({ screen: 'trash' })}
        />
      </NavGroup>
      {views.length > 0 && (
        <NavGroup label={rail ? undefined : 'Saved views'}>
          {views.map((saved) => (
            <NavItem key={saved.id} rail={rail} hue={saved.hue} label={saved.name} onSelect={() => apply(saved)} />
          ))}
        </NavGroup>
      )}
    </Sidebar>
  )
}

function Status() {
  const { clock } = useDeps()
  const settings = useSettings()
  const history = useHistory()
  const { undo, redo } = useUndo()
  const online = useOnline()
  const sends = useQuery(sendsAnything, []) ?? false
  return (
    <StatusBar
      end={
        <>
          <StatusItem icon={Globe} label="Time zone" onClick={() => go({ screen: 'settings', page: 'time' })}>
            {settings.zone === 'UTC' ? 'UTC' : `${settings.zone}, ${zoneOffset(settings.zone, clock.now())}`}
          </StatusItem>
          <StatusItem
            icon={Undo2}
            keys={['Mod', 'Z']}
            disabled={!history.undo}
            label={history.undo ? `Undo: ${history.undo}` : 'Undo'}
            onClick={undo}
          >
            Undo
          </StatusItem>
          <StatusItem
            icon={Redo2}
            keys={['Mod', 'Shift', 'Z']}
            disabled={!history.redo}
            label={history.redo ? `Redo: ${history.redo}` : 'Redo'}
            onClick={redo}
          >
            Redo
          </StatusItem>
          <StatusItem
            icon={Keyboard}
            keys={['?']}
            label="Keys of this screen"
            onClick={() => openDialog({ kind: 'keys' })}
          >
            Keys
          </StatusItem>
        </>
      }
    >
      {sends ? (
        <OutboxPill online={online} />
      ) : (
        <NetPill
          state={online ? 'online' : 'offline'}
          onClick={() =>
            toast({
              text: online
                ? 'Online. No channel is connected yet, so nothing is sent.'
                : 'Offline. Everything you do here works the same and is saved on this computer.',
            })
          }
        >
          {online ? 'Online' : 'Offline'}
        </NetPill>
      )}
      <SavedNote />
    </StatusBar>
  )
}
