/** Begins to send what the open workspace has planned. Loaded after the first screen. */
import { type Account, serverOf } from '../../shared/domain/account.ts'
import { standingOf } from '../../shared/domain/accountStanding.ts'
import { NETWORKS } from '../../shared/domain/channel.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import { sentenceOf } from '../../shared/domain/deliveryWords.ts'
import { type Instant, toWall } from '../../shared/domain/time.ts'
import { postNeverSentByHand } from '../data/commands/accounts.ts'
import { isWanted } from '../data/outbox.ts'
import { shelfOf } from '../data/workspace.ts'
import { docToHtml } from '../editor/toHtml.ts'
import { formatWhen } from '../parts/index.ts'
import type { Deps } from '../ports/deps.tsx'
import { hasPlace } from '../ports/mediaHost.ts'
import type { OpenOutbox } from '../ports/outbox.ts'
import { convertFor, dropSentMedia, tryFor } from '../ports/sentMedia.ts'
import { createCompose, createDiffers, createForesee, createTryOut } from '../sync/compose.ts'
import { createEngagement } from '../sync/engagement.ts'
import { dropHostedFiles, type HostedFiles } from '../sync/hostedFiles.ts'
import { browserLocks } from '../sync/locks.ts'
import { createOutbox } from '../sync/outbox.ts'
import { browserSigns, browserTimer } from '../sync/signs.ts'
import { createTheirs } from '../sync/theirs.ts'
import { type About, alertWords, createAlerts } from './alerts.ts'
import { createContractPublisher, createContractReader } from './contractPublisher.ts'
import { openNoticed, TODAY } from './openNoticed.ts'

/** What is on its way then ends without a witness, and is looked for when the workspace is opened again. */
const LAST_WORDS_MS = 2_000
/** A window that is never at rest, or not looked at, still tries the files of its posts. */
const IDLE_AT_THE_LATEST_MS = 5_000
/** After something was read back, what that told is written down by then. */
const TIDY_AFTER_MS = 5_000

export async function openOutbox(deps: Deps): Promise<OpenOutbox> {
  const { shell, db, store, clock, workspace } = deps
  const publishing = await shell.publishing()
  const alerts = createAlerts<Alert>((list) => void tell(deps, list).catch(reportError), browserTimer)
  const compose = createCompose({
    db,
    media: (facts, content, { again, quick, delivery }) =>
      convertFor(deps, content, facts, { again, quick, ...filmFor(db, delivery, facts.id) }),
    html: (doc, named) =>
      docToHtml(doc, ({ mediumId }) => (typeof mediumId === 'string' ? `medium:${named(mediumId)}` : null)),
  })
  const { shelf } = shelfOf(workspace)
  const publisher = await createContractPublisher(publishing, shelf)
  const reader = await createContractReader(publishing)
  const files: HostedFiles = {
    lying: () => publishing.mediaHost.lying({ shelf }),
    clear: async (deliveries) => void (await publishing.mediaHost.clear({ shelf, deliveries: [...deliveries] })),
  }
  const tidy = () => (navigator.onLine ? dropHostedFiles(db, files, clock.now()).catch(reportError) : undefined)
  let stopTidying = () => {}
  const tidySoon = () => {
    stopTidying()
    stopTidying = browserTimer(() => void tidy(), TIDY_AFTER_MS)
  }
  const outbox = createOutbox({
    db,
    store,
    publisher: {
      ...publisher,
      // What was read back may need its files no more.
      see: (account, remoteId) => publisher.see(account, remoteId).finally(tidySoon),
    },
    compose,
    foresee: createForesee(db, (account) => hasPlace(shell, account)),
    tryOut: createTryOut({
      db,
      now: clock.now,
      media: (facts, content, delivery) => tryFor(deps, content, facts, filmFor(db, delivery, facts.id)),
    }),
    idle: () => new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: IDLE_AT_THE_LATEST_MS })),
    clock,
    monotonic: () => performance.now(),
    locks: browserLocks(navigator.locks),
    online: () => navigator.onLine,
    random: Math.random,
    timer: browserTimer,
    onSign: (listener) => {
      const stops = [browserSigns(window, listener), shell.on('app:woke', listener)]
      return () => {
        for (const stop of stops) stop()
      }
    },
    alert: (delivery, about) => alerts.add({ delivery, about }),
    accessEnds: (accounts) => void tellEnds(deps, accounts).catch(reportError),
    report: reportError,
    rebuilt: workspace.recovered > 0,
    version: shell.info.version,
  })
  const stopHearing = shell.on('app:noticed', (id) => void openNoticed(db, id).catch(reportError))
  void dropBegunFilms().catch(reportError)
  // Begun, not awaited: whoever asks for the commands need not wait for the first look.
  void dropSentMedia(deps)
    .catch(reportError)
    .then(outbox.start)
    .then(tidy)
    .then(() => postNeverSentByHand(store, db, outbox.surroundings))
    .catch(reportError)
  return {
    commands: outbox.commands,
    surroundings: outbox.surroundings,
    look: outbox.look,
    lookThere: outbox.lookThere,
    reconsider: outbox.reconsider,
    differs: createDiffers(db),
    theirs: createTheirs({ db, store, publisher, compose, surroundings: outbox.surroundings, now: clock.now }),
    engagement: createEngagement({ db, store, reader, publisher, now: clock.now }),
    stop: () => {
      stopTidying()
      stopHearing()
      return Promise.race([outbox.stop(), new Promise<void>((resolve) => browserTimer(resolve, LAST_WORDS_MS))])
    },
  }
}

/** Loaded without what makes films. */
const dropBegunFilms = async () => (await import('../data/media/films.ts')).dropBegunFilms()

/** For whom a film is made, and for how long. */
const filmFor = (db: Deps['db'], delivery: Delivery, mediumId: string) => ({
  deliveryId: delivery.id,
  isWanted: () => isWanted(db, delivery, mediumId),
})

/** In one notification of the system, whatever their number. */
async function tellEnds({ shell, db, clock }: Deps, accounts: readonly Account[]): Promise<void> {
  const [first] = accounts
  if (!first) return
  const settings = await db.settings.get('settings')
  const day = (at: Instant) => formatWhen(toWall(at, settings?.zone ?? 'UTC'))
  const channels = await db.channels.bulkGet(accounts.map(({ id }) => id))
  const names = channels.map((channel, at) => channel?.name ?? accounts[at]?.name ?? '')
  if (accounts.length > 1)
    return shell.notify(
      `${accounts.length} accounts want to be connected again`,
      `${names.join(', ')}: their access ends soon, or has ended. They stand on Today.`,
      TODAY,
    )
  const { sentence } = standingOf({ network: first.network, name: names[0] ?? '' }, first, clock.now(), day)
  await shell.notify(`${names[0]}: connect it again`, sentence, first.id)
}

interface Alert {
  readonly delivery: Delivery
  readonly about: About
}

/** As a notification of the system: one for one, and one for many. */
async function tell(deps: Deps, [first, ...others]: readonly Alert[]): Promise<void> {
  if (!first) return
  if (others.length === 0) return tellOne(deps, first)
  const count = others.length + 1
  if ([first, ...others].every(({ about }) => about === 'moved'))
    return deps.shell.notify(`${count} posts were moved`, 'Each goes out in a later slot. The outbox says when.', '')
  const isAsked = [first, ...others].some(({ about }) => about === 'needs-you' || about === 'hand-off')
  await deps.shell.notify(
    isAsked ? `${count} posts need you` : `News of ${count} posts`,
    'They stand on Today and in the outbox, each with what is to be done.',
    '',
  )
}

async function tellOne({ shell, db }: Deps, { delivery, about }: Alert): Promise<void> {
  const [post, channel, account, settings] = await Promise.all([
    db.posts.get(delivery.postId),
    db.channels.get(delivery.channelId),
    db.accounts.get(delivery.channelId),
    db.settings.get('settings'),
  ])
  if (!channel) return
  const sentence = sentenceOf(delivery, {
    network: NETWORKS[channel.network].name,
    ...serverOf(account),
    account: account?.handle || channel.name,
    time: (at) => formatWhen(toWall(at, settings?.zone ?? 'UTC')),
    online: navigator.onLine,
    paused: Boolean(account?.pause),
    way: account?.byHand ? 'by-hand' : 'network',
  })
  await shell.notify(`“${post?.title || 'Untitled'}” ${alertWords(about, delivery)}`, sentence, delivery.id)
}
