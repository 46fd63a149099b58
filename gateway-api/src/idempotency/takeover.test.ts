import { randomUUID } from 'node:crypto';
import { GatewayProcess } from '../testing/gateway-process.js';
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

  beforeAll(async () => {
    consortium = await TestConsortium.start();
    office = await consortium.gateway('ConsortiumMSP');
    await office.write('/v1/registry', 'member-admin', { name: 'Office', clockIntervalMilliseconds: 0, clockToleranceMilliseconds: 60_000 });
    await office.write('/v1/members', 'member-admin', { mspId: 'HospitalMSP', name: 'General Hospital', kind: 'hospital', units: [] });
  }, 120_000);
  afterAll(async () => { await consortium.stop(); });

  const post = async (url: string, body: unknown, key: string): Promise<TestAnswer> =>
    send(`${url}/v1/providers`, { method: 'POST', body, headers: { 'Idempotency-Key': key } }, await consortium.issuer.token({ organisation: 'HospitalMSP', roles: ['credentialing'] }));

  /** The gateway is killed while it waits for a commit: others have the transaction, and its sender was told nothing. */
  async function killBeforeTheAnswer(gateway: GatewayProcess, npi: string, key: string): Promise<void> {
    consortium.network.control.pause('HospitalMSP');
    const lost = post(gateway.url, batchOf(npi), key).catch(() => 'lost');
    await until(async () => ((await office.read(`/v1/providers/${npi}`, 'member-admin')).status === 200 ? true : undefined));
    await gateway.kill();
    await consortium.network.control.resume('HospitalMSP');
    expect(await lost).toBe('lost');
  }

  test('is finished by its next process, which answers for the transaction that was sent', async () => {
    const environment = consortium.environment('HospitalMSP', 'killed');
    const key = randomUUID();
    await killBeforeTheAnswer(await GatewayProcess.start(environment), '1234567893', key);
    const next = await GatewayProcess.start(environment);

    const answer = await post(next.url, batchOf('1234567893'), key);
    const again = await post(next.url, batchOf('1234567893'), key);
    const reused = await post(next.url, batchOf('1003357849'), key);

    expect([answer.status, answer.json['outcomes']]).toEqual([201, [{ outcome: 'REGISTERED', id: '1234567893' }]]);
    expect(again.json).toEqual(answer.json);
    expect([reused.status, reused.json['code']]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await next.end('SIGTERM')).toBe(0);
  }, 120_000);

  withPostgres('is finished by the other replica once the lease has ended', async () => {
    const postgres = await TestPostgres.start(programs ?? '');
    const shared = { MEDACCORD_DATABASE_URL: postgres.url, MEDACCORD_GATEWAY_SECRET_FILE: `${consortium.directory}/shared-secret` };
    const [first, second] = await Promise.all(['a', 'b'].map((replica) => GatewayProcess.start({ ...consortium.environment('HospitalMSP', replica), ...shared })));
    if (first === undefined || second === undefined) throw new Error('two were started');
    const key = randomUUID();
    await killBeforeTheAnswer(first, '1992756698', key);

    const early = await post(second.url, batchOf('1992756698'), key);
    const answer = await until(async () => {
      const now = await post(second.url, batchOf('1992756698'), key);

      return now.status === 409 ? undefined : now;
    });

    expect([early.status, early.json['code']]).toEqual([409, 'IDEMPOTENT_REQUEST_RUNNING']);
    expect([answer.status, answer.json['outcomes']]).toEqual([201, [{ outcome: 'REGISTERED', id: '1992756698' }]]);
    await second.end();
    await postgres.stop();
  }, 120_000);

  withPostgres('or that is sent to two replicas at once, is done once', async () => {
    const postgres = await TestPostgres.start(programs ?? '');
    const shared = { MEDACCORD_DATABASE_URL: postgres.url, MEDACCORD_GATEWAY_SECRET_FILE: `${consortium.directory}/other-secret` };
    const replicas = await Promise.all(['c', 'd'].map((replica) => GatewayProcess.start({ ...consortium.environment('HospitalMSP', replica), ...shared })));
    const key = randomUUID();

    const answers = await Promise.all(replicas.map(({ url }) => post(url, batchOf('1457354122'), key)));
    const later = await Promise.all(replicas.map(({ url }) => post(url, batchOf('1457354122'), key)));

    expect(answers.map(({ status }) => status)).toContain(201);
    expect(answers.every(({ status, json }) => status === 201 || json['code'] === 'IDEMPOTENT_REQUEST_RUNNING')).toBe(true);
    expect(later.map(({ status }) => status)).toEqual([201, 201]);
    expect(later[0]?.json).toEqual(later[1]?.json);
    expect(later[0]?.json['outcomes']).toEqual([{ outcome: 'REGISTERED', id: '1457354122' }]);
    for (const replica of replicas) await replica.end();
    await postgres.stop();
  }, 120_000);

  withPostgres('a replica with another secret does not start', async () => {
    const postgres = await TestPostgres.start(programs ?? '');
    const environment = (replica: string): Record<string, string> => ({ ...consortium.environment('HospitalMSP', replica), MEDACCORD_DATABASE_URL: postgres.url });
    const first = await GatewayProcess.start(environment('e'));

    await expect(GatewayProcess.start(environment('f'))).rejects.toThrow('another gateway secret');
    await first.end();
    await postgres.stop();
  }, 120_000);
});
