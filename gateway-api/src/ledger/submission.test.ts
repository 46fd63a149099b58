import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { GrudgingPeer } from '../testing/grudging-peer.js';
import { foundRegistry } from '../testing/founding.js';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestGateway } from '../testing/test-gateway.js';
import { until } from '../testing/until.js';

const provider = (npi: string): object => ({ items: [{ npi, type: 'individual', name: { family: 'Rivera' }, taxonomies: [] }] });

describe('submitting', () => {
  let consortium: TestConsortium;
  let office: TestGateway;
  let hospital: TestGateway;

  beforeAll(async () => {
    consortium = await TestConsortium.start();
    office = await consortium.gateway('ConsortiumMSP');
    hospital = await consortium.gateway('HospitalMSP', { MEDACCORD_COMMIT_TIMEOUT_MS: '1500' });
    await foundRegistry(office, { mspId: 'HospitalMSP', name: 'General Hospital', kind: 'hospital', units: [] });
  }, 120_000);
  afterAll(async () => { await consortium.stop(); });

  test('transactions that collide are tried again until each has its answer', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => hospital.write('/v1/providers', 'credentialing', provider('1003357849'))));

    const outcomes = answers.map(({ json }) => (json['outcomes'] as { outcome: string }[])[0]?.outcome).sort();
    expect(outcomes).toEqual(['ALREADY_RECORDED', 'ALREADY_RECORDED', 'ALREADY_RECORDED', 'ALREADY_RECORDED', 'REGISTERED']);
    expect((await hospital.read('/metrics', 'biller')).text).toMatch(/medaccord_ledger_retries_total\{chaincode="registry",reason="read-conflict"\} \d+/);
  });

  test('a commit that is not told in time is answered 202, and its link tells what became of it', async () => {
    consortium.network.control.pause('HospitalMSP');
    const headers = { 'Idempotency-Key': randomUUID() };

    const sent = await hospital.write('/v1/providers', 'credentialing', provider('1234567893'), headers);
    const link = sent.headers.get('location') ?? '';
    const pending = await hospital.read(link, 'credentialing');
    await consortium.network.control.resume('HospitalMSP');
    const committed = await until(async () => {
      const state = await hospital.read(link, 'credentialing');

      return state.json['state'] === 'pending' ? undefined : state;
    });
    const resent = await hospital.write('/v1/providers', 'credentialing', provider('1234567893'), headers);
    const answered = await hospital.read(link, 'credentialing');

    expect([sent.status, sent.json]).toMatchObject([202, { state: 'pending', statusUrl: link, transactionId: expect.stringMatching(/^[0-9a-f]{64}$/) as string }]);
    expect(pending.json).toMatchObject({ state: 'pending', transactions: [{ step: 'registerProviders', transactionId: sent.json['transactionId'] }] });
    expect(committed.json).toMatchObject({ state: 'committed', transactions: [{ validationCode: 0, blockNumber: expect.any(Number) as number }] });
    expect([resent.status, resent.json]).toMatchObject([201, { outcomes: [{ outcome: 'REGISTERED' }], proof: { transactionId: sent.json['transactionId'] } }]);
    expect(answered.json).toMatchObject({ state: 'answered', answer: { status: 201, body: resent.json } });
  });

  test('the state of a write is told to its sender alone', async () => {
    consortium.network.control.pause('HospitalMSP');
    const sent = await hospital.write('/v1/providers', 'credentialing', provider('1992756696'));
    await consortium.network.control.resume('HospitalMSP');

    const asked = await hospital.read(sent.headers.get('location') ?? '', 'biller');

    expect([asked.status, asked.json['code']]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  describe('through a peer that does not tell all', () => {
    let peer: GrudgingPeer;
    let grudged: TestGateway;
    const admission = (mspId: string): object => ({ mspId, name: mspId, kind: 'hospital', units: [] });

    beforeAll(async () => {
      const environment = consortium.environment('ConsortiumMSP');
      const nodeDirectory = join(environment['MEDACCORD_ORGANISATION_DIR'] ?? '', 'peers', 'peer0.consortium.medaccord.example');
      const started = await GrudgingPeer.start({ endpoint: environment['MEDACCORD_PEER_ENDPOINT'] ?? '', tlsCaFile: environment['MEDACCORD_PEER_TLS_CA'] ?? '', nodeDirectory });
      peer = started.peer;
      grudged = await consortium.gateway('ConsortiumMSP', { MEDACCORD_PEER_ENDPOINT: started.endpoint, MEDACCORD_DATA_DIR: join(consortium.directory, 'grudged') });
    }, 60_000);
    beforeEach(() => { peer.submits = 0; });
    afterAll(() => { peer.stop(); });

    test('a transaction that was ordered before every orderer had it is answered as committed, sent once', async () => {
      peer.grudges = true;

      const admitted = await grudged.write('/v1/members', 'member-admin', admission('AlphaMSP'));
      peer.grudges = false;

      expect([admitted.status, admitted.json['outcome'], peer.submits]).toEqual([201, 'REGISTERED', 1]);
    });

    test.each([status.ABORTED, status.CANCELLED])('a peer that ends a wait for a commit with code %i makes a sent transaction no refusal', async (code) => {
      const headers = { 'Idempotency-Key': randomUUID() };
      peer.untold.push(code, code);

      const sent = await grudged.write('/v1/members', 'member-admin', admission(`Code${code}MSP`), headers);
      const resent = await grudged.write('/v1/members', 'member-admin', admission(`Code${code}MSP`), headers);

      expect([sent.status, sent.json['state']]).toEqual([202, 'pending']);
      expect([resent.status, resent.json['proof']]).toMatchObject([201, { transactionId: sent.json['transactionId'] }]);
    });
  });

  test('a peer that lags behind makes nobody refuse', async () => {
    consortium.network.control.pause('LicensingBoardMSP');
    const admitted = office.write('/v1/members', 'member-admin', { mspId: 'InsurerMSP', name: 'Acme Health', kind: 'insurer', units: [] });
    expect((await admitted).status).toBe(201);
    await consortium.network.control.resume('LicensingBoardMSP');
  });

  test('a peer that is away is 503 with a hint when to try again, and ready says so', async () => {
    consortium.network.control.stop('HospitalMSP');
    const [read, written] = await Promise.all([hospital.read('/v1/members', 'biller'), hospital.write('/v1/providers', 'credentialing', provider('1457354128'))]);
    const ready = await hospital.request('/health/ready', { token: '' });
    await consortium.network.control.start('HospitalMSP');

    expect([read.status, read.json['code'], read.headers.get('retry-after')]).toEqual([503, 'LEDGER_UNAVAILABLE', '1']);
    expect([written.status, written.json['code']]).toEqual([503, 'LEDGER_UNAVAILABLE']);
    expect([ready.status, ready.json]).toEqual([503, { status: 'unavailable', checks: { database: 'ok', peer: 'unavailable', 'chaincode-registry': 'unavailable' } }]);
    await until(async () => ((await hospital.request('/health/ready', { token: '' })).status === 200 ? true : undefined));
  });
});
