/**
 * oidc-provider, set up as a network treats a desktop app: a public and a confidential client, a proof (PKCE) required, an access that
 * lives shortly, a refresh token that changes with every use. Its addresses stand where those of X do, behind the name of the host; the
 * one address that is no OAuth says whose access it is. Pages of login and consent are its own.
 */
import { Provider } from 'oidc-provider'

const { PORT, BACK, WEB_SECRET } = process.env
const at = `http://127.0.0.1:${PORT}`
const app = { redirect_uris: [BACK], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }

const provider = new Provider(at, {
  clients: [
    { client_id: 'desktop', application_type: 'native', token_endpoint_auth_method: 'none', ...app },
    { client_id: 'confidential', application_type: 'native', client_secret: WEB_SECRET, ...app },
    // May not ask for everything.
    {
      client_id: 'narrow',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      scope: 'users.read',
      ...app,
    },
  ],
  pkce: { required: () => true },
  scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  routes: {
    authorization: '/x.com/i/oauth2/authorize',
    token: '/api.x.com/2/oauth2/token',
    revocation: '/api.x.com/2/oauth2/revoke',
  },
  features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
  ttl: { AccessToken: 60, AuthorizationCode: 30, RefreshToken: 86400, Session: 600, Interaction: 600, Grant: 86400 },
  rotateRefreshToken: true,
  issueRefreshToken: (_context, _client, code) => code.scopes.has('offline.access'),
  cookies: { keys: ['of this test'] },
})

provider.use(async (context, next) => {
  if (context.path !== '/api.x.com/2/users/me') return next()
  const token = await provider.AccessToken.find((context.get('authorization') ?? '').replace(/^Bearer /, ''))
  context.status = token ? 200 : 401
  context.body = token
    ? { data: { id: '77', username: token.accountId, name: `${token.accountId} of the harbour` } }
    : { title: 'Unauthorized', status: 401, detail: 'Unauthorized' }
})
provider.listen(Number(PORT), '127.0.0.1')
