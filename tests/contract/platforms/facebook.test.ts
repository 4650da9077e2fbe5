import { facebook } from '../../../electron/platforms/facebook.ts'
import { startFacebook } from '../../sandbox/facebook.ts'
import { pageLimit } from '../../sandbox/graph.ts'
import { inSandbox } from '../../sandbox/reroute.ts'
import { matching } from '../../sandbox/server.ts'
import { aJob, aPicture } from './deliver.ts'
import { platformContract } from './platformContract.ts'

let url = ''
const media = [aPicture('one'), aPicture('two')]

platformContract('Facebook Pages', {
  adapter: inSandbox(facebook, () => url),
  start: async () => {
    const sandbox = await startFacebook()
    url = sandbox.url
    return {
      sandbox,
      given: { accessToken: 'page-token-1001' },
      visible: () => sandbox.visible().map(({ id, text }) => ({ remoteId: id, text })),
      waiting: () => sandbox.waiting().map(({ id, text, at }) => ({ remoteId: id, text, at })),
      withdraw: () => {
        sandbox.access = 'removed'
      },
      changeThere: (id, text) => {
        const post = sandbox.posts.get(id)
        if (post) post.message = text
      },
    }
  },
  post: (text, pictures = []) => aJob(text, { parts: [{ kind: 'post', text, html: '', media: pictures }] }),
  media,
  commit: matching('POST /graph.facebook.com/*/1001/feed'),
  upload: matching('POST /graph.facebook.com/*/1001/photos'),
  rateLimit: { reply: () => pageLimit(25), wait: 25 * 60_000 },
  repeated: 'refused',
  edits: 'text',
  finds: true,
})
