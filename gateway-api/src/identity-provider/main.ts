import { EnvironmentReader } from '../config/environment-reader.js';
import { startIdentityProvider } from './identity-provider.js';
import { readSeededUsers } from './seeded-users.js';
import { loadSigningKey } from './signing-key.js';

try {
  const read = new EnvironmentReader(process.env);
  /** Port to listen on, on loopback only; 0 takes a free one. */
  const port = read.integer('MEDACCORD_IDENTITY_PROVIDER_PORT', { fallback: 4010, least: 0, most: 65535 });
  /** Audience of the tokens; the gateways must expect the same. */
  const audience = read.text('MEDACCORD_TOKEN_AUDIENCE', 'urn:medaccord:gateway');
  /** Consortium file whose users are seeded. */
  const consortiumFile = read.file('MEDACCORD_CONSORTIUM_FILE');
  /** Password of every seeded user. */
  const password = read.text('MEDACCORD_IDENTITY_PROVIDER_PASSWORD', 'medaccord-development');
  /** File that keeps the signing key over restarts; unset makes a fresh key each time. */
  const keyFile = read.optionalText('MEDACCORD_IDENTITY_PROVIDER_KEY_FILE');
  read.refuseProblems();

  const users = readSeededUsers(consortiumFile);
  const provider = await startIdentityProvider({ port, audience, users, password, signingKey: await loadSigningKey(keyFile) });
  process.stderr.write('Development identity provider: one shared password, loopback only, never for real data.\n');
  process.stdout.write(`${JSON.stringify({ listening: provider.issuer, users: users.map(({ id }) => id) })}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void provider.close().then(() => process.exit(0)));
} catch (error) {
  process.stderr.write(`The identity provider cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
