import { randomUUID } from 'node:crypto';
import { GatewayProcess } from '../testing/gateway-process.js';
import { foundRegistry } from '../testing/founding.js';
import { TestConsortium } from '../testing/test-consortium.js';
import { send } from '../testing/test-gateway.js';
import type { TestAnswer, TestGateway } from '../testing/test-gateway.js';
import { postgresPrograms, TestPostgres } from '../testing/test-postgres.js';
import { until } from '../testing/until.js';

const programs = postgresPrograms();
if (programs === undefined) process.stderr.write('Skipped: two replicas on one PostgreSQL, as no PostgreSQL is installed here.\n');
const withPostgres = programs === undefined ? test.skip : test;

const provider = { npi: '1234567893', type: 'individual', name: { family: 'Rivera' }, taxonomies: [] };
const batchOf = (npi: string): object => ({ items: [{ ...provider, npi }] });

describe('a write whose gateway dies', () => {
  let consortium: TestConsortium;
  let office: TestGateway;
  let postgres: TestPostgres | undefined;

  beforeAll(async () => {
    consortium = await TestConsortium.start();
    postgres = programs === undefined ? undefined : await TestPostgres.start(programs);
    office = await consortium.gateway('ConsortiumMSP');
    await foundRegistry(office, { mspId: 'HospitalMSP', name: 'General Hospital', kind: 'hospital', units: [] });
  }, 240_000);
  afterAll(async () => {
    await consortium.stop();
    await postgres?.stop();
  }, 60_000);

  const post = async (url: string, body: unknown, key: string): Promise<TestAnswer> =>
    send(`${url}/v1/providers`, { method: 'POST', body, headers: { 'Idempotency-Key': key } }, await consortium.issuer.token({ organisation: 'HospitalMSP', roles: ['credentialing'] }));

  /** What two replicas have in common. */
  const shared = async (name: string): Promise<Readonly<Record<string, string>>> => ({
    MEDACCORD_DATABASE_URL: (await postgres?.database(name)) ?? '',
    MEDACCORD_GATEWAY_SECRET_FILE: `${consortium.directory}/${name}-secret`,
  });

  const replica = (name: string, common: Readonly<Record<string, string>>): Promise<TestGateway> =>
    consortium.gateway('HospitalMSP', { ...consortium.environment('HospitalMSP', name), ...common });

  /** The gateway is killed while it waits for a commit: others have the transaction, and its sender was told nothing. */
  async function killBeforeTheAnswer(gateway: GatewayProcess, npi: string, key: string): Promise<void> {
    consortium.network.control.pause('HospitalMSP');
    try {
      const lost = post(gateway.url, batchOf(npi), key).then(({ status }) => status, () => 'lost');
      await until(async () => ((await office.read(`/v1/providers/${npi}`, 'member-admin')).status === 200 ? true : undefined));
      await gateway.kill();
      expect(await lost).toBe('lost');
    } finally {
      await consortium.network.control.resume('HospitalMSP');
    }
  }

  test('is finished by its next process, which answers for the transaction that was sent', async () => {
    const environment = consortium.environment('HospitalMSP', 'killed');
    const key = randomUUID();
    await killBeforeTheAnswer(await GatewayProcess.start(environment), '1234567893', key);
    const next = await GatewayProcess.start(environment);

    const answer = await post(next.url, batchOf('1234567893'), key);
    const again = await post(next.url, batchOf('1234567893'), key);
    const reused = await post(next.url, batchOf('1003357849'), key);
    const ended = await next.end('SIGTERM');

    expect([answer.status, answer.json['outcomes']]).toEqual([201, [{ outcome: 'REGISTERED', id: '1234567893' }]]);
    expect(again.json).toEqual(answer.json);
    expect([reused.status, reused.json['code']]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    expect(ended).toBe(0);
  }, 240_000);

  withPostgres('is finished by the other replica once the lease has ended', async () => {
    const common = await shared('killed');
    const [first, second] = [await GatewayProcess.start({ ...consortium.environment('HospitalMSP', 'a'), ...common }), await replica('b', common)];
    const key = randomUUID();
    await killBeforeTheAnswer(first, '1992756696', key);

    const early = await post(second.running.url, batchOf('1992756696'), key);
    const answer = await until(async () => {
      const now = await post(second.running.url, batchOf('1992756696'), key);

      return now.status === 409 ? undefined : now;
    });

    expect([early.status, early.json['code']]).toEqual([409, 'IDEMPOTENT_REQUEST_RUNNING']);
    expect([answer.status, answer.json['outcomes']]).toEqual([201, [{ outcome: 'REGISTERED', id: '1992756696' }]]);
  }, 240_000);

  withPostgres('or that is sent to two replicas at once, is done once', async () => {
    const common = await shared('twice');
    const replicas = [await replica('c', common), await replica('d', common)];
    const key = randomUUID();
    const toEach = (): Promise<readonly TestAnswer[]> => Promise.all(replicas.map(({ running }) => post(running.url, batchOf('1457354128'), key)));

    const [answers, later] = [await toEach(), await toEach()];

    expect(answers.map(({ status }) => status)).toContain(201);
    expect(answers.every(({ status, json }) => status === 201 || json['code'] === 'IDEMPOTENT_REQUEST_RUNNING')).toBe(true);
    expect(later.map(({ status, json }) => [status, json['outcomes']])).toEqual([1, 2].map(() => [201, [{ outcome: 'REGISTERED', id: '1457354128' }]]));
    expect(later[0]?.json).toEqual(later[1]?.json);
  }, 240_000);

  withPostgres('a replica with another secret does not start', async () => {
    const common = await shared('secrets');
    await replica('e', common);

    await expect(replica('f', { ...common, MEDACCORD_GATEWAY_SECRET_FILE: `${consortium.directory}/other-secret` })).rejects.toThrow('another gateway secret');
  }, 240_000);
});
