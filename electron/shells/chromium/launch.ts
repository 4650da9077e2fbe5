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
  'about:blank',
]

/** Arguments of ours. No name resolves, so the browser cannot reach the network, not even by mistake. */
export const OWN_ARGUMENTS = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--no-pings',
  '--hide-crash-restore-bubble',
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
    ignoreDefaultArgs: DROPPED_ARGUMENTS.filter((argument) => argument !== 'about:blank'),
    args: OWN_ARGUMENTS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  return browser.newContext({ javaScriptEnabled: false, serviceWorkers: 'block', acceptDownloads: false })
}
