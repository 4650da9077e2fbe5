import { lazy, Suspense, useEffect, useState } from 'react'
import type { WorkspaceEntry } from '../../shared/domain/workspace.ts'
import type { OpenRefusal, Registry } from '../data/workspace.ts'
import { type Deps, DepsProvider } from '../ports/deps.tsx'
import { go, resetNavigation } from '../ports/navigation.ts'
import { ReferenceProvider } from '../ports/reference.tsx'
import type { Shell } from '../ports/shell.ts'
import { Banner, Later, LiveRegion, Toaster, TooltipProvider, toast } from '../ui/index.ts'
import { createDeps } from './createDeps.ts'
import { Desk } from './Desk.tsx'

const WelcomeScreen = lazy(() => import('../features/welcome/WelcomeScreen.tsx'))

type State =
  | { readonly kind: 'starting' }
  | { readonly kind: 'welcome' }
  | { readonly kind: 'open'; readonly deps: Deps }
  | { readonly kind: 'refused'; readonly entry: WorkspaceEntry; readonly refusal: OpenRefusal }

/** Either the first run or an open workspace. */
export function App({ shell, registry }: { shell: Shell; registry: Registry }) {
  const [state, setState] = useState<State>({ kind: 'starting' })

  const open = async (entry: WorkspaceEntry) => {
    const opened = await createDeps(shell, registry, entry)
    if (!opened.ok) return setState({ kind: 'refused', entry, refusal: opened.error })
    setState((before) => {
      if (before.kind === 'open') before.deps.workspace.close()
      return { kind: 'open', deps: opened.value }
    })
    const { recovered } = opened.value.workspace
    if (recovered > 0)
      toast({ text: `The database had lost ${recovered} changes. They were brought back from the journal.` })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at start
  useEffect(() => {
    void registry.list().then((entries) => {
      const last = entries.filter(({ trashedAt }) => trashedAt === 0).sort((a, b) => b.openedAt - a.openedAt)[0]
      return last ? open(last) : setState({ kind: 'welcome' })
    })
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
            <ReferenceProvider>
              <Desk
                onSwitch={(entry) => {
                  resetNavigation()
                  void open(entry)
                }}
                onNew={() => {
                  state.deps.workspace.close()
                  setState({ kind: 'welcome' })
                }}
              />
            </ReferenceProvider>
          </DepsProvider>
        )}
        {state.kind === 'refused' && <Refused {...state} />}
      </Suspense>
      <Toaster />
      <LiveRegion />
    </TooltipProvider>
  )
}

function Refused({ entry, refusal }: { entry: WorkspaceEntry; refusal: OpenRefusal }) {
  return (
    <Banner tone="red" title={`“${entry.name}” was not opened`}>
      {refusal.kind === 'newer-version'
        ? 'A newer Outpost has written this workspace. Update Outpost to open it; nothing was changed.'
        : `The journal beside the database could not be read: ${refusal.failure.message} Nothing was changed.`}
    </Banner>
  )
}
