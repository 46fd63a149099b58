import { join } from 'node:path';
import { DomainError } from '@medaccord/domain';
import { TokenVerifier } from '../auth/token-verifier.js';
import { parseGatewayConfig } from '../config/gateway-config.js';
import { GatewayProcess } from '../testing/gateway-process.js';
import { readSeededUsers } from './seeded-users.js';

const main = join(import.meta.dirname, 'main.js');
const consortiumFile = join(import.meta.dirname, '..', '..', '..', 'fabric-config', 'consortium.yaml');

describe('the development identity provider', () => {
  let provider: GatewayProcess;
  let verifier: TokenVerifier;

  beforeAll(async () => {
    provider = await GatewayProcess.start({ MEDACCORD_CONSORTIUM_FILE: consortiumFile, MEDACCORD_IDENTITY_PROVIDER_PORT: '0' }, main);
    const here = import.meta.dirname;
    verifier = new TokenVerifier(parseGatewayConfig({
      MEDACCORD_MSP_ID: 'AnyMSP', MEDACCORD_DATA_DIR: here, MEDACCORD_ORGANISATION_DIR: here, MEDACCORD_PEER_ENDPOINT: 'localhost:1', MEDACCORD_PEER_TLS_CA: main,
      MEDACCORD_TOKEN_ISSUER: provider.url,
    }));
  }, 60_000);
  afterAll(async () => { await provider.end(); });

  const token = async (user: string, password = 'medaccord-development'): Promise<Record<string, unknown>> => {
    const credentials = Buffer.from(`${user}:${password}`).toString('base64');
    const response = await fetch(`${provider.url}/token`, { method: 'POST', headers: { Authorization: `Basic ${credentials}` }, body: new URLSearchParams({ grant_type: 'client_credentials' }) });

    return (await response.json()) as Record<string, unknown>;
  };

  test.each(readSeededUsers(consortiumFile))('gives $id a token that the gateways accept', async ({ id, organisation, roles, unit }) => {
    const { access_token: accessToken, token_type: type } = await token(id);

    expect(type).toBe('Bearer');
    expect(await verifier.verify(`Bearer ${String(accessToken)}`)).toEqual({ subject: id, organisation, roles, ...(unit === undefined ? {} : { unit }) });
  });

  test.each([
    ['with a wrong password', 'registrar@licensing-board', 'wrong'],
    ['whom nobody knows', 'nobody@hospital', undefined],
    ['who is a gateway', 'gateway@hospital', undefined],
  ])('gives nothing to a user %s', async (_, user, password) => {
    expect(await token(user, password)).toMatchObject({ error: 'invalid_client' });
  });

  test('warns that it is for development', () => {
    expect(provider.errors()).toContain('never for real data');
  });

  test('is believed no longer than its key', async () => {
    const { access_token: accessToken } = await token('registrar@licensing-board');
    const [header, payload, signature] = String(accessToken).split('.');
    const promoted = Buffer.from(Buffer.from(payload ?? '', 'base64url').toString().replace('registrar"]', 'finance"]')).toString('base64url');

    await expect(verifier.verify(`Bearer ${header ?? ''}.${promoted}.${signature ?? ''}`)).rejects.toThrow(new DomainError('UNAUTHENTICATED'));
  });
});
