import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { Configuration, JWK, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import type { SeededUser } from './seeded-users.js';

/** What the development identity provider needs. */
export interface IdentityProviderOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Audience of the access tokens. */
  readonly audience: string;
  readonly users: readonly SeededUser[];
  /** The one password of every seeded user: one more reason why this is for development only. */
  readonly password: string;
  readonly signingKey: JWK;
}

/** A provider that takes requests. */
export interface RunningIdentityProvider {
  /** Also where tokens are asked for: `<issuer>/token`. */
  readonly issuer: string;
  close(): Promise<void>;
}

/** Only this machine may ask: whoever knows the one password can be anybody. */
const loopback = '127.0.0.1';
const tokenSeconds = 8 * 60 * 60;

/** Starts an OpenID provider with one client per seeded user, who gets tokens by the client-credentials grant. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<RunningIdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, loopback, resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configurationOf(options));
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));

  return { issuer, close: () => closed(server) };
}

function configurationOf({ users, password, signingKey, audience }: IdentityProviderOptions): Configuration {
  const byId = new Map(users.map((user) => [user.id, user]));
  const resourceServer: ResourceServer = { scope: '', audience, accessTokenFormat: 'jwt', accessTokenTTL: tokenSeconds, jwt: { sign: { alg: 'ES256' } } };

  return {
    clients: users.map(({ id }) => ({ client_id: id, client_secret: password, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] })),
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientBasedCORS: () => false,
    jwks: { keys: [signingKey] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: { enabled: true, defaultResource: () => audience, getResourceServerInfo: () => resourceServer, useGrantedResource: () => true },
    },
    extraTokenClaims: (_context: KoaContextWithOIDC, token) => {
      const user = byId.get('clientId' in token ? (token.clientId ?? '') : '');

      return user === undefined ? undefined : { organisation: user.organisation, roles: user.roles, ...(user.unit !== undefined && { unit: user.unit }) };
    },
  };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
