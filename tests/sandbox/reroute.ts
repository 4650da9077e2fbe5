/**
 * Networks whose hosts stand fixed in their notes, on loopback: `https://api.example.com/2/x` is asked for at
 * `http://127.0.0.1:port/api.example.com/2/x`. An adapter knows nothing of it; addresses a network gives away stay the real ones.
 */
import type { Adapter, Tools } from '../../electron/platforms/adapter.ts'

export const rerouted = (tools: Tools, url: string): Tools => ({
  ...tools,
  fetch: (address, init) => {
    const { host, pathname, search } = new URL(address)
    return tools.fetch(address.startsWith(url) ? address : `${url}/${host}${pathname}${search}`, init)
  },
})

/** The adapter with every call sent to the sandbox at `url()` in place of its network. */
export function inSandbox(adapter: Adapter, url: () => string): Adapter {
  const wrapped = Object.entries(adapter).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'function') return [name, value] as const
    // Of every call of an adapter the tools come last.
    return [
      name,
      (...given: unknown[]) => value(...given.slice(0, -1), rerouted(given.at(-1) as Tools, url())),
    ] as const
  })
  return Object.fromEntries(wrapped) as unknown as Adapter
}
