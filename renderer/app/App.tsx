import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import { pulse } from '../data/pulse.ts'
import type { OpenRefusal, Registry } from '../data/workspace.ts'
import { type Deps, DepsProvider } from '../ports/deps.tsx'
import { flushAll } from '../ports/flush.ts'
import { late } from '../ports/late.tsx'
import { go, resetNavigation } from '../ports/navigation.ts'
import { closeOutbox } from '../ports/outbox.ts'
import { ReferenceProvider } from '../ports/reference.tsx'
import type { Shell } from '../ports/shell.ts'
import { Later, LiveRegion, Toaster, TooltipProvider, toast } from '../ui/index.ts'
import { createDeps } from './createDeps.ts'
import { Desk } from './Desk.tsx'
import { ScreenBoundary } from './ScreenBoundary.tsx'

const Silence = lazy(() => import('./Silence.tsx'))
const WayBack = lazy(() => import('./WayBack.tsx'))
const Refused = late(async () => (await import('./Refused.tsx')).Refused)
const Unlisted = late(async () => (await import('./Refused.tsx')).Unlisted)
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
    if (state.kind === 'open') {
      const { workspace } = state.deps
      // Whatever keeps it from being said keeps nobody here.
      await import('./leaving.ts').then((leaving) => leaving.sayWhatWaits(registry, workspace)).catch(reportError)
    }
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
        {state.kind === 'unlisted' && <Unlisted why={state.why} />}
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
