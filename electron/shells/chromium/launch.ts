/** How the chromium shell starts a browser: over a pipe, with arguments chosen for a product rather than for tests. */
import { type BrowserContext, chromium, type Route } from 'playwright-core'
import { CHROMIUM_ORIGIN } from '../../../shared/contract/contract.ts'
import type { Answer } from '../../services/assets.ts'
import type { Log } from '../../services/log.ts'
import { originOf } from '../../services/policy.ts'

/** Arguments playwright adds for the sake of tests. A product keeps the protections these take away. */
export const DROPPED_ARGUMENTS = [
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-popup-blocking',
  '--disable-prompt-on-repost',
  '--disable-hang-monitor',
  '--disable-ipc-flooding-protection',
  '--allow-pre-commit-input',
  '--force-color-profile=srgb',
  '--unsafely-disable-devtools-self-xss-warnings',
  '--enable-unsafe-swiftshader',
  '--enable-automation',
]

/** Arguments of ours. */
const OWN_ARGUMENTS = [
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--no-pings',
  '--hide-crash-restore-bubble',
]

/**
 * Arguments of a browser without a window: no name resolves, so it cannot reach the network even by mistake.
 * A browser with a window would warn of this argument in a bar; there the answers of `serve` are the wall.
 */
export const HEADLESS_ARGUMENTS = [...OWN_ARGUMENTS, '--host-resolver-rules=MAP * ~NOTFOUND']

/**
 * Arguments of the app's window. It opens on an empty page: were it to open on our address, it would ask the network
 * for it before anyone is there to answer. The size is for the first start; afterwards the browser remembers it.
 */
export const windowArguments = (firstStart: boolean): string[] => [
  ...OWN_ARGUMENTS,
  '--app=data:text/html,<title>Outpost</title>',
  ...(firstStart ? ['--window-size=1360,900'] : []),
]

/** Answers every request of a context: our origin from `answer`, anything else not at all. */
export async function serve(
  context: BrowserContext,
  answer: (method: string, url: URL) => Promise<Answer>,
  log: Log,
): Promise<void> {
  await context.route(/.*/, async (route: Route) => {
    const request = route.request()
    const url = request.url()
    if (originOf(url) !== CHROMIUM_ORIGIN) {
      log.info(`Refused a request to ${originOf(url)}`)
      // An aborted navigation leaves the page as it is; a blocked one would replace it by an error page.
      await route.abort(request.isNavigationRequest() ? 'aborted' : 'blockedbyclient')
      return
    }
    await route.fulfill(await answer(request.method(), new URL(url)))
  })
}

/** A headless browser for printing, without a profile and without scripts. */
export async function launchPrinter(executable: string, noSandbox: boolean): Promise<BrowserContext> {
  const browser = await chromium.launch({
    executablePath: executable,
    headless: true,
    chromiumSandbox: !noSandbox,
    ignoreDefaultArgs: DROPPED_ARGUMENTS,
    args: HEADLESS_ARGUMENTS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  return browser.newContext({ javaScriptEnabled: false, serviceWorkers: 'block', acceptDownloads: false })
}
