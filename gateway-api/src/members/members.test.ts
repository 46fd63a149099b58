import { TestConsortium } from '../testing/test-consortium.js';
import type { TestGateway } from '../testing/test-gateway.js';
import { until } from '../testing/until.js';

const hospital = { mspId: 'HospitalMSP', name: 'General Hospital', kind: 'hospital', units: [{ id: 'general-main', name: 'Main campus', status: 'OPEN', kind: 'facility', npi: '1234567893' }] };

describe('members', () => {
  let consortium: TestConsortium;
  let office: TestGateway;

  beforeAll(async () => {
    consortium = await TestConsortium.start();
    office = await consortium.gateway('ConsortiumMSP');
  }, 120_000);
  afterAll(async () => { await consortium.stop(); });

  test('are admitted by the office, once it has founded the registry', async () => {
    const early = await office.write('/v1/members', 'member-admin', hospital);
    const founded = await office.write('/v1/registry', 'member-admin', { name: 'Office', clockIntervalMilliseconds: 0, clockToleranceMilliseconds: 60_000 });
    const admitted = await office.write('/v1/members', 'member-admin', hospital);

    expect([early.status, early.json['code']]).toEqual([403, 'NOT_A_MEMBER']);
    expect([founded.status, founded.json]).toMatchObject([201, { member: { mspId: 'ConsortiumMSP', kind: 'consortium' } }]);
    expect([admitted.status, admitted.json]).toMatchObject([201, { outcome: 'REGISTERED', member: { mspId: 'HospitalMSP', version: 1 }, proof: { blockNumber: expect.any(Number) as number } }]);
    expect(admitted.json['proof']).toMatchObject({ transactionId: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  });

  test('are read by everyone of the organisation', async () => {
    const all = await office.read('/v1/members', 'member-admin');
    const one = await office.read('/v1/members/HospitalMSP', 'member-admin');
    const none = await office.read('/v1/members/NobodyMSP', 'member-admin');

    expect(all.json).toMatchObject([{ mspId: 'ConsortiumMSP' }, { mspId: 'HospitalMSP' }]);
    expect(one.json).toMatchObject({ name: 'General Hospital' });
    expect([none.status, none.json['code']]).toEqual([404, 'MEMBER_NOT_FOUND']);
  });

  test('change only from the version that the change was decided on', async () => {
    const changed = await office.write('/v1/members/HospitalMSP', 'member-admin', { expectedVersion: 1, name: 'St Mary' }, {}, 'PATCH');
    const stale = await office.write('/v1/members/HospitalMSP', 'member-admin', { expectedVersion: 1, name: 'St Paul' }, {}, 'PATCH');

    expect([changed.status, changed.json]).toMatchObject([200, { member: { name: 'St Mary', version: 2 } }]);
    expect([stale.status, stale.json]).toMatchObject([412, { code: 'STALE_VERSION', details: { expected: 1, actual: 2 } }]);
  });

  test('say what is wrong with a request, field by field, and never what it held', async () => {
    const wrong = await office.write('/v1/members', 'member-admin', { ...hospital, kind: 'Jane-Doe', name: '', other: 1 });

    expect(wrong.status).toBe(400);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    expect(wrong.json['issues']).toMatchObject([{ code: 'UNKNOWN_FIELD', path: '/other' }, { code: 'REQUIRED', path: '/name' }, { code: 'NOT_ALLOWED', path: '/kind' }]);
    expect(wrong.text).not.toContain('Jane-Doe');
  });

  test('see the clock that the office advances', async () => {
    const unset = await office.read('/v1/clock', 'member-admin');
    const ticked = await office.write('/v1/clock/ticks', 'member-admin', { time: new Date().toISOString() });
    const far = await office.write('/v1/clock/ticks', 'member-admin', { time: '2030-01-01T00:00:00.000Z' });

    expect([unset.status, unset.json['code']]).toEqual([422, 'CLOCK_NOT_SET']);
    expect([ticked.status, ticked.json['tick']]).toEqual([201, 1]);
    expect([far.status, far.json['code']]).toEqual([422, 'CLOCK_OUT_OF_BOUNDS']);
  });

  test('see a clock that a gateway advances by itself', async () => {
    const before = await office.read('/v1/clock', 'member-admin');
    const ticking = await consortium.gateway('ConsortiumMSP', { MEDACCORD_CLOCK_INTERVAL_SECONDS: '1', MEDACCORD_DATA_DIR: `${consortium.directory}/ticking` });

    const after = await until(async () => {
      const { json } = await ticking.read('/v1/clock', 'member-admin');

      return json['tick'] === before.json['tick'] ? undefined : json['tick'];
    });

    expect(after).toBe(Number(before.json['tick']) + 1);
  });
});
