import { type ComponentType, useEffect, useState } from 'react'

/**
 * A component that is not on the first screen: loaded when it is first drawn, or before by `preload()`. Once it is loaded it
 * stands in the very moment it is asked for, so that what is typed next reaches it.
 */
export function late<P extends object>(load: () => Promise<ComponentType<P>>) {
  let Ready: ComponentType<P> | null = null
  const preload = async () => {
    Ready ??= await load()
  }
  // biome-ignore lint/correctness/noComponentHookFactories: made once, where a module names it
  function Late(props: P) {
    const [, draw] = useState(false)
    useEffect(() => {
      if (!Ready) void preload().then(() => draw(true))
    }, [])
    return Ready && <Ready {...props} />
  }
  return Object.assign(Late, { preload })
}
