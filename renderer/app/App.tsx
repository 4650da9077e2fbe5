import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import { pulse } from '../data/pulse.ts'
import type { OpenRefusal, Registry } from '../data/workspace.ts'
import { type Deps, DepsProvider } from '../ports/deps.tsx'
import { flushAll } from '../ports/flush.ts'
import { go, resetNavigation } from '../ports/navigation.ts'
import { closeOutbox } from '../ports/outbox.ts'
import { ReferenceProvider } from '../ports/reference.tsx'
import type { Shell } from '../ports/shell.ts'
import { Banner, Button, Later, LiveRegion, Toaster, TooltipProvider, toast } from '../ui/index.ts'
import { createDeps } from './createDeps.ts'
import { Desk } from './Desk.tsx'
import { ScreenBoundary } from './ScreenBoundary.tsx'

const Silence = lazy(() => import('./Silence.tsx'))
const WayBack = lazy(() => import('./WayBack.tsx'))
const WelcomeScreen = lazy(() => import('../features/welcome/WelcomeScreen.tsx'))

type State =
  | { readonly kind: 'starting' }
  | { readonly kind: 'welcome' }
  | { readonly kind: 'open'; readonly deps: Deps }
  /** The list of workspaces is empty, and what lies beside it cannot be read: that is no first run. */
  | { readonly kind: 'unlisted'; readonly why: string }
  | { readonly kind: 'refused'; readonly entry: WorkspaceEntry; readonly refusal: OpenRefusal }
  | { readonly kind: 'unreadable' }

/** Either the first run or an open workspace. */
export function App({ shell, registry }: { shell: Shell; registry: Registry }) {
  const [state, setState] = useState<State>({ kind: 'starting' })
  const silent = useSyncExternalStore(pulse.onChange, pulse.silent)

  /** Closes the open workspace, once what was typed in it is written. */
  const leaveTo = async (next: State) => {
    await flushAll()
    await closeOutbox()
    setState((before) => {
      if (before.kind === 'open') before.deps.workspace.close()
      return next
    })
  }
  const unreadable = (thrown: unknown) => {
    reportError(thrown)
    return leaveTo({ kind: 'unreadable' })
  }
  const open = async (entry: WorkspaceEntry) => {
    const opened = await createDeps(shell, registry, entry).catch(unreadable)
    if (!opened) return
    await leaveTo(opened.ok ? { kind: 'open', deps: opened.value } : { kind: 'refused', entry, refusal: opened.error })
    if (!opened.ok) return
    const { recovered } = opened.value.workspace
    if (recovered > 0) toast({ text: `The database had lost ${recovered} entries. They were brought back.` })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at start
  useEffect(() => {
    const openLast = async () => {
      const entries = await registry.list()
      const last = entries.filter(({ trashedAt }) => trashedAt === 0).sort((a, b) => b.openedAt - a.openedAt)[0]
      if (last) return open(last)
      const { recovery } = registry
      setState(
        entries.length > 0 || recovery.ok ? { kind: 'welcome' } : { kind: 'unlisted', why: recovery.error.message },
      )
    }
    void openLast().catch(unreadable)
  }, [])

  return (
    <TooltipProvider>
      <Suspense fallback={<Later>{null}</Later>}>
        {state.kind === 'welcome' && (
          <WelcomeScreen
            shell={shell}
            registry={registry}
            onReady={async (entry, next) => {
              resetNavigation()
              await open(entry)
              go({ screen: next })
            }}
          />
        )}
        {state.kind === 'open' && (
          <DepsProvider value={state.deps} key={state.deps.workspace.entry.id}>
            <ScreenBoundary place="" everything>
              <ReferenceProvider>
                <Desk
                  onSwitch={(entry) => {
                    resetNavigation()
                    void open(entry)
                  }}
                  onNew={() => void leaveTo({ kind: 'welcome' })}
                />
              </ReferenceProvider>
            </ScreenBoundary>
          </DepsProvider>
        )}
        {state.kind === 'unlisted' && (
          <Banner
            tone="red"
            title="Your workspaces could not be found"
            actions={<Button onClick={() => location.reload()}>Try again</Button>}
          >
            The browser has no list of them, and the one beside it could not be read: {state.why} Nothing was changed.
          </Banner>
        )}
        {state.kind === 'refused' &&
          (state.refusal.kind === 'unopened' ? (
            <WayBack shell={shell} trouble="unopened" />
          ) : (
            <Refused entry={state.entry} refusal={state.refusal} onLeave={() => setState({ kind: 'welcome' })} />
          ))}
        {state.kind === 'unreadable' && <WayBack shell={shell} trouble="unreadable" />}
        {silent && (state.kind === 'starting' ? <WayBack shell={shell} trouble="silent" /> : <Silence />)}
      </Suspense>
      <Toaster />
      <LiveRegion />
    </TooltipProvider>
  )
}

interface RefusedProps {
  entry: WorkspaceEntry
  refusal: Exclude<OpenRefusal, { readonly kind: 'unopened' }>
  onLeave: () => void
}

function Refused({ entry, refusal, onLeave }: RefusedProps) {
  return (
    <Banner
      tone="red"
      title={`“${entry.name}” was not opened`}
      actions={<Button onClick={onLeave}>Other workspaces</Button>}
    >
      {refusal.kind === 'newer-version'
        ? 'A newer Outpost has written this workspace. Update Outpost to open it; nothing was changed.'
        : `The journal and the copies beside the database could not be used: ${refusal.failure.message} Nothing was changed.`}
    </Banner>
  )
}
