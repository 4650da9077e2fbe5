import { Component, lazy, type ReactNode, Suspense } from 'react'

const Broken = lazy(() => import('./Broken.tsx'))

interface BoundaryProps {
  /** Another place is another try. */
  place: string
  /** Around everything: nothing else is left on the page when this breaks. */
  everything?: boolean
  children: ReactNode
}

/** A screen that breaks takes nothing else down: sidebar, undo and what was saved stay. The bug goes on to the one handler. */
export class ScreenBoundary extends Component<BoundaryProps, { broken: boolean; error?: unknown }> {
  override state = { broken: false, error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { broken: true, error }
  }

  override componentDidCatch(error: unknown) {
    reportError(error)
  }

  override componentDidUpdate(before: BoundaryProps) {
    if (this.state.broken && before.place !== this.props.place) this.setState({ broken: false })
  }

  override render() {
    const { everything = false, children } = this.props
    if (!this.state.broken) return children
    return (
      <Suspense fallback={null}>
        <Broken error={this.state.error} everything={everything} onAgain={() => this.setState({ broken: false })} />
      </Suspense>
    )
  }
}
