import { Component, type ReactNode } from 'react'
import { Button, EmptyState } from '../ui/index.ts'

interface BoundaryProps {
  /** Another place is another try. */
  place: string
  children: ReactNode
}

/** A screen that breaks takes nothing else down: sidebar, undo and what was saved stay. The bug goes on to the one handler. */
export class ScreenBoundary extends Component<BoundaryProps, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override componentDidCatch(error: unknown) {
    reportError(error)
  }

  override componentDidUpdate(before: BoundaryProps) {
    if (this.state.broken && before.place !== this.props.place) this.setState({ broken: false })
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <EmptyState
        sentence="This screen broke. What was saved is still there."
        action={<Button onClick={() => this.setState({ broken: false })}>Try again</Button>}
      />
    )
  }
}
