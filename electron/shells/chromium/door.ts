/**
 * The door between page and shell: a binding of the browser's own protocol, JSON in both directions. Every call of the page goes through it, so it is
 * kept thin: Playwright's own binding walks each value in the page, and asks the page twice for one answer.
 */
import type { CDPSession } from 'playwright-core'
import type { Log } from '../../services/log.ts'

interface Call {
  readonly id: number
  readonly name: unknown
  readonly args: unknown
}

export interface Door {
  /** Of the binding, and of the function that takes answers. */
  readonly name: string
  readonly answers: string
}

/** A frame of the page: where it is, and whether it is the window itself. */
export interface Frame {
  readonly url: string
  readonly isTop: boolean
}

/** Opens the door: what `mayEnter` lets through goes to `gate`, and what that gives or throws goes back to where the call came from. */
export async function openDoor(
  session: CDPSession,
  door: Door,
  mayEnter: (frame: Frame) => boolean,
  gate: (name: unknown, args: unknown) => Promise<unknown>,
  log: Log,
): Promise<void> {
  /** Which frame a script runs in, by the number the browser gave its world. */
  const worlds = new Map<number, string>()
  /** Asked once for a world: it lives and dies with its document. */
  const entered = new Map<number, Promise<boolean>>()
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = (context.auxData ?? {}) as { frameId?: string }
    if (frameId !== undefined) worlds.set(context.id, frameId)
  })
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    worlds.delete(executionContextId)
    entered.delete(executionContextId)
  })
  session.on('Runtime.executionContextsCleared', () => {
    worlds.clear()
    entered.clear()
  })

  const frameOf = async (world: number): Promise<Frame> => {
    const { frameTree } = await session.send('Page.getFrameTree')
    const isTop = worlds.get(world) === frameTree.frame.id
    return { url: isTop ? frameTree.frame.url : '', isTop }
  }
  const isLetIn = (world: number): Promise<boolean> => {
    const known = entered.get(world) ?? frameOf(world).then(mayEnter)
    entered.set(world, known)
    return known
  }

  const answer = (world: number, ...values: readonly (string | number | boolean)[]) =>
    session
      .send('Runtime.callFunctionOn', {
        functionDeclaration: `(...values) => ${door.answers}(...values)`,
        executionContextId: world,
        arguments: values.map((value) => ({ value })),
      })
      .catch((error: unknown) => log.error('An answer found nobody', error))

  const serve = async (world: number, payload: string): Promise<void> => {
    if (!(await isLetIn(world))) return log.error('A call from elsewhere was refused')
    const { id, name, args } = JSON.parse(payload) as Call
    await gate(name, args).then(
      (value) => answer(world, id, true, JSON.stringify(value ?? null)),
      (thrown: unknown) => answer(world, id, false, thrown instanceof Error ? thrown.message : String(thrown)),
    )
  }

  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== door.name) return
    serve(executionContextId, payload).catch((error: unknown) => log.error('A call was not served', error))
  })
  await session.send('Runtime.enable')
  await session.send('Page.enable')
  await session.send('Runtime.addBinding', { name: door.name })
}
