import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from './environment-reader.js';
import { parseGatewayConfig } from './gateway-config.js';

describe('configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'medaccord-config-'));
  const ca = join(folder, 'ca.crt');
  const complete = {
    MEDACCORD_MSP_ID: 'HospitalMSP',
    MEDACCORD_ORGANISATION_DIR: folder,
    MEDACCORD_DATA_DIR: join(folder, 'data'),
    MEDACCORD_PEER_ENDPOINT: 'localhost:7051',
    MEDACCORD_PEER_TLS_CA: ca,
    MEDACCORD_TOKEN_ISSUER: 'http://localhost:4010',
  };

  beforeAll(() => { writeFileSync(ca, ''); });
  afterAll(() => { rmSync(folder, { recursive: true }); });

  test('takes the defaults for what is not said', () => {
    const config = parseGatewayConfig({ ...complete, MEDACCORD_PORT: '' });

    expect(config).toMatchObject({
      port: 4001,
      host: '127.0.0.1',
      logLevel: 'warn',
      databaseUrl: undefined,
      secretFile: join(folder, 'data', 'gateway-secret'),
      tokens: { jwksUri: 'http://localhost:4010/jwks', audience: 'urn:medaccord:gateway' },
      ledger: { channel: 'medaccord', served: ['registry', 'claims'], registryEndorsers: [] },
      attestations: { publicUrl: undefined, keyFile: join(folder, 'data', 'attestation-key.pem'), listSeconds: 300 },
    });
  });

  test('lists everything that is missing at once', () => {
    const problems = problemsOf({});

    expect(problems).toEqual([
      'MEDACCORD_DATA_DIR is missing',
      'MEDACCORD_MSP_ID is missing',
      'MEDACCORD_ORGANISATION_DIR is missing',
      'MEDACCORD_PEER_ENDPOINT is missing',
      'MEDACCORD_PEER_TLS_CA is missing',
      'MEDACCORD_TOKEN_ISSUER is missing',
    ]);
  });

  test.each([
    ['MEDACCORD_PORT', '70000', 'must be a whole number from 0 to 65535'],
    ['MEDACCORD_PORT', '4001x', 'must be a whole number from 0 to 65535'],
    ['MEDACCORD_LOG_LEVEL', 'loud', 'must be one of silent, fatal, error, warn, info, debug'],
    ['MEDACCORD_PEER_ENDPOINT', 'grpcs://localhost:7051', 'must be host:port'],
    ['MEDACCORD_PEER_TLS_CA', '/no/such/file', 'must be an existing file'],
    ['MEDACCORD_ORGANISATION_DIR', '/no/such/folder', 'must be an existing folder'],
    ['MEDACCORD_PEER_CHAINCODES', 'registry,other', 'may name only registry, claims'],
    ['MEDACCORD_DATABASE_URL', 'mysql://user:secret@host/db', 'must be a URL that begins with postgres:// or postgresql://'],
    ['MEDACCORD_PUBLIC_URL', 'https://board.example/path', 'must end with the host or port'],
    ['MEDACCORD_STATUS_LIST_SECONDS', '0', 'must be a whole number from 1 to 3600'],
    ['MEDACCORD_TOKEN_ISSUER', 'localhost', 'must be a URL that begins with http:// or https://'],
  ])('refuses %s=%s without repeating the value', (variable, value, problem) => {
    const problems = problemsOf({ ...complete, [variable]: value });

    expect(problems).toEqual([`${variable} ${problem}`]);
  });

  test('reads lists', () => {
    const config = parseGatewayConfig({ ...complete, MEDACCORD_PEER_CHAINCODES: 'registry', MEDACCORD_REGISTRY_ENDORSERS: ' InsurerMSP, HospitalMSP ,' });

    expect(config.ledger.served).toEqual(['registry']);
    expect(config.ledger.registryEndorsers).toEqual(['InsurerMSP', 'HospitalMSP']);
  });
});

function problemsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    parseGatewayConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    throw error;
  }

  return [];
}
