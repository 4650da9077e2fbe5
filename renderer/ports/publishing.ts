import type { ArgsOf, ResultOf } from '../../shared/contract/contract.ts'
import type { Account } from '../../shared/domain/publishing.ts'

/** What the page may ask of accounts and networks. Secrets go in here and come out nowhere. */
export interface Publishing {
  /** Whether the app goes on when its window is closed; null asked: only tells, null answered: this shell cannot. */
  staysOpen(on: boolean | null): Promise<ResultOf<'app:staysOpen'>>
  /** What a user should know before they give a password away; '' when there is nothing to warn of. */
  warning(): Promise<string>
  connect(request: ArgsOf<'accounts:connect'>[0]): Promise<ResultOf<'accounts:connect'>>
  /** How the network is signed in to in the browser; null: not at all. */
  signInOptions(request: ArgsOf<'accounts:signInOptions'>[0]): Promise<ResultOf<'accounts:signInOptions'>>
  /** Answers when the person is back from the browser, or does not come: after five minutes at the latest. */
  signIn(request: ArgsOf<'accounts:signIn'>[0]): Promise<ResultOf<'accounts:signIn'>>
  chooseAccount(request: ArgsOf<'accounts:chooseAccount'>[0]): Promise<ResultOf<'accounts:chooseAccount'>>
  /** Deletes the app of one's own that is kept for a network. */
  forgetApp(network: Account['network']): Promise<ResultOf<'accounts:forgetApp'>>
  /** The address of the token broker; '' without one. */
  broker(): Promise<string>
  setBroker(address: string): Promise<ResultOf<'accounts:setBroker'>>
  cancelSignIn(request: ArgsOf<'accounts:cancelSignIn'>[0]): Promise<null>
  refresh(account: ArgsOf<'accounts:refresh'>[0]): Promise<ResultOf<'accounts:refresh'>>
  forget(account: ArgsOf<'accounts:forget'>[0]): Promise<ResultOf<'accounts:forget'>>
  /** What the page of a link says of itself, for its card. */
  card(address: string): Promise<ResultOf<'links:card'>>
  /** Makes a folder of what a person publishes; see `kits:save`. */
  saveKit(kit: ArgsOf<'kits:save'>[0]): Promise<ResultOf<'kits:save'>>
  abilities(): Promise<ResultOf<'platforms:abilities'>>
  prepare(request: ArgsOf<'platforms:prepare'>[0]): Promise<ResultOf<'platforms:prepare'>>
  uploads(): Promise<ResultOf<'platforms:uploads'>>
  prepareHere(
    requests: readonly ArgsOf<'platforms:prepareHere'>[0][number][],
  ): Promise<ResultOf<'platforms:prepareHere'>>
  /** Never repeated. When it throws nobody knows what became of it. */
  commit(request: ArgsOf<'platforms:commit'>[0]): Promise<ResultOf<'platforms:commit'>>
  /** What is known outside the page to have been begun of these. */
  commits(deliveries: readonly string[]): Promise<ResultOf<'platforms:commits'>>
  /** By how much this computer's clock is off; see `platforms:clockOff`. */
  clockOff(): Promise<ResultOf<'platforms:clockOff'>>
  find(request: ArgsOf<'platforms:find'>[0]): Promise<ResultOf<'platforms:find'>>
  complete(request: ArgsOf<'platforms:complete'>[0]): Promise<ResultOf<'platforms:complete'>>
  see(request: ArgsOf<'platforms:see'>[0]): Promise<ResultOf<'platforms:see'>>
  edit(request: ArgsOf<'platforms:edit'>[0]): Promise<ResultOf<'platforms:edit'>>
  remove(request: ArgsOf<'platforms:remove'>[0]): Promise<ResultOf<'platforms:remove'>>
  metrics(request: ArgsOf<'platforms:metrics'>[0]): Promise<ResultOf<'platforms:metrics'>>
  inbox(request: ArgsOf<'platforms:inbox'>[0]): Promise<ResultOf<'platforms:inbox'>>
  /** Where files lie that networks fetch. */
  readonly mediaHost: {
    get(): Promise<ResultOf<'mediaHost:get'>>
    use(request: ArgsOf<'mediaHost:use'>[0]): Promise<ResultOf<'mediaHost:use'>>
    test(): Promise<ResultOf<'mediaHost:test'>>
    drop(): Promise<ResultOf<'mediaHost:drop'>>
    lying(of: ArgsOf<'mediaHost:lying'>[0]): Promise<ResultOf<'mediaHost:lying'>>
    clear(of: ArgsOf<'mediaHost:clear'>[0]): Promise<ResultOf<'mediaHost:clear'>>
  }
  /** Networks in small, to practise with. */
  readonly practice: {
    networks(): Promise<ResultOf<'practice:networks'>>
    connect(network: ArgsOf<'practice:connect'>[0]): Promise<ResultOf<'practice:connect'>>
    posts(network: ArgsOf<'practice:posts'>[0]): Promise<ResultOf<'practice:posts'>>
    waiting(network: ArgsOf<'practice:waiting'>[0]): Promise<ResultOf<'practice:waiting'>>
    meddle(asked: ArgsOf<'practice:meddle'>[0]): Promise<ResultOf<'practice:meddle'>>
    picture(asked: ArgsOf<'practice:picture'>[0]): Promise<ResultOf<'practice:picture'>>
    end(): Promise<ResultOf<'practice:end'>>
    failing(network: ArgsOf<'practice:failing'>[0]): Promise<ResultOf<'practice:failing'>>
    fail(...args: ArgsOf<'practice:fail'>): Promise<ResultOf<'practice:fail'>>
  }
}

/** An account as the contract takes it: a row of the workspace has more. */
export const bareAccount = ({ network, remoteId, handle, name, host, facts, expiresAt }: Account): Account => ({
  network,
  remoteId,
  handle,
  name,
  host,
  facts,
  expiresAt,
})
