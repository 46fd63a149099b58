import type { Licence, LicenceEvent, LicenceKey, RecordBoardOrder, Standing, TimelineFault } from '@medaccord/domain';
import { licenceId, licenceKeyParts } from '@medaccord/domain';
import { ownerAndOneOther } from '../platform/key-policy.js';
import { boardDesk, newActionId, orderOf, reinstated, revoked, signedBy, suspended } from '../testing/board-desk.js';
import type { BoardDesk } from '../testing/board-desk.js';
import type { Committed, ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';
import { organisations } from '../testing/organisations.js';

const licence = (number: string, overrides: Partial<LicenceKey> = {}): LicenceKey => ({ jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number, ...overrides });
const issue = (key: LicenceKey, overrides: object = {}): object => ({ actionId: newActionId(), licence: key, effectiveFrom: '2020-01-01', status: 'ACTIVE', ...overrides });
const suspension = (key: LicenceKey, expectedSequence = 1, effectiveFrom = '2026-02-01'): RecordBoardOrder => orderOf(key, expectedSequence, [suspended({ effectiveFrom })]);

interface ReadLicence {
  readonly licence: Licence;
  readonly events: readonly LicenceEvent[];
  readonly faults: readonly TimelineFault[];
}

describe('licences on the ledger', () => {
  let network: ContractNetwork;
  let registrar: Party;
  let desk: BoardDesk;

  const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;
  const issueAll = async (items: readonly object[]): Promise<unknown> => JSON.parse((await registrar.submit('registry', 'issueLicences', { items })).result);
  const read = async (key: LicenceKey): Promise<ReadLicence> => (await registrar.evaluate('registry', 'readLicence', { licence: key })) as ReadLicence;
  const standingOf = async (key: LicenceKey, asOf: string, knownAt?: number): Promise<Standing> =>
    (await registrar.evaluate('registry', 'standing', { licence: key, asOf, ...(knownAt === undefined ? {} : { knownAt }) })) as Standing;

  /** The key-level policies of licence and timeline, from beneath the protocols. */
  const policiesOf = async (key: LicenceKey): Promise<readonly (Uint8Array | undefined)[]> => {
    const simulator = await network.network.ledger.simulate('CaliforniaMSP', 'a look');
    const composite = (objectType: string): string => `\u0000${[objectType, ...licenceKeyParts(key)].join('\u0000')}\u0000`;
    const metadata = await Promise.all(['licence', 'licence-timeline'].map((objectType) => simulator.getStateMetadata('registry', composite(objectType))));
    simulator.discard();
    return metadata.map((entries) => entries.get('VALIDATION_PARAMETER')).map((policy) => (policy === undefined ? undefined : Uint8Array.from(policy)));
  };

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    registrar = await inRole(network, 'board', 'registrar');
    desk = await boardDesk(network);
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  test('are issued in batches, with an outcome for each item', async () => {
    await issueAll([issue(licence('A1'), { holder: 'Doe, Jane' })]);
    const outcomes = await issueAll([
      issue(licence('A1'), { holder: 'Doe, Jane' }),
      issue(licence('A1'), { holder: 'Roe, Jane' }),
      issue(licence('A2')),
      issue(licence('A2')),
      issue(licence('A3', { board: 'wa-medical', jurisdiction: 'WA' })),
      issue(licence('A3', { type: 'RN' })),
      issue(licence('A3', { jurisdiction: 'NV' })),
      issue(licence('a3'), { validThru: '2019-12-31' }),
    ]);
    expect(outcomes).toEqual({
      outcomes: [
        { outcome: 'ALREADY_RECORDED', id: 'CA~ca-medical~MD~A1' },
        { outcome: 'REFUSED', code: 'LICENCE_ALREADY_ISSUED' },
        { outcome: 'ISSUED', id: 'CA~ca-medical~MD~A2' },
        { outcome: 'ALREADY_RECORDED', id: 'CA~ca-medical~MD~A2' },
        { outcome: 'REFUSED', code: 'FORBIDDEN_ORGANISATION' },
        { outcome: 'REFUSED', code: 'LICENCE_TYPE_NOT_OF_BOARD' },
        { outcome: 'REFUSED', code: 'LICENCE_TYPE_NOT_OF_BOARD' },
        { outcome: 'REFUSED', code: 'INVALID_INPUT', issues: [expect.objectContaining({ code: 'WRONG_FORMAT', path: '/items/7/licence/number' })] },
      ],
    });
  });

  test('carry who recorded them, when and in which transaction', async () => {
    const { txId } = await registrar.submit('registry', 'issueLicences', { items: [issue(licence('B1'), { source: { status: 'Current', importBatch: '2026-11' } })] });
    const { licence: record, events, faults } = await read(licence('B1'));
    expect(record).toMatchObject({ issuer: 'CaliforniaMSP', source: { status: 'Current', importBatch: '2026-11' } });
    expect(events).toEqual([expect.objectContaining({ sequence: 1, kind: 'INITIAL', txId, recordedBy: { mspId: 'CaliforniaMSP', role: 'registrar', subject: expect.stringMatching(/^[0-9a-f]{64}$/) as string } })]);
    expect(faults).toEqual([]);
  });

  test('that are suspended, reinstated and revoked stand as each date and each position says', async () => {
    const key = licence('C1');
    await issueAll([issue(key, { validThru: '2027-12-31' })]);
    const { result } = await desk.recordAlone(suspension(key));
    expect(JSON.parse(result)).toEqual({ outcome: 'RECORDED', id: licenceId(key), sequence: 2 });
    await desk.record(orderOf(key, 2, [reinstated([2])]));
    await desk.record(orderOf(key, 3, [revoked('2026-09-01')]));
    expect(await standingOf(key, '2026-02-15')).toMatchObject({ authority: 'NONE', knownAt: 4, nextChangeDate: '2026-05-01', provenance: [1, 2].map((sequence) => `${licenceId(key)}~${sequence}`) });
    expect(await standingOf(key, '2026-02-15', 1)).toMatchObject({ authority: 'FULL', knownAt: 1, nextChangeDate: '2028-01-01' });
    expect(await standingOf(key, '2026-06-01')).toMatchObject({ authority: 'FULL', nextChangeDate: '2026-09-01' });
    expect(await standingOf(key, '2026-09-01')).toMatchObject({ lifecycle: 'REVOKED', authority: 'NONE' });
    expect((await read(key)).faults).toEqual([]);
  });

  test('are not touched by an action that comes too late, and a resent one is recognised', async () => {
    const key = licence('D1');
    await issueAll([issue(key)]);
    const first = suspension(key);
    await desk.recordAlone(first);
    const again = await desk.recordAlone(first);
    expect(JSON.parse(again.result)).toMatchObject({ outcome: 'ALREADY_RECORDED', sequence: 2 });
    expect(await codeOf(desk.recordAlone({ ...first, steps: [suspended({ basisCodes: ['OTHER'] })] }))).toBe('LICENCE_EVENT_ALREADY_RECORDED');
    expect(await refusalOf(desk.recordAlone(suspension(key)))).toMatchObject({ code: 'STALE_VERSION', details: { expected: 1, actual: 2 } });
    expect((await read(key)).events).toHaveLength(2);
  });

  test('refuse what their lifecycle does not allow', async () => {
    const key = licence('E1');
    await issueAll([issue(key)]);
    expect(await codeOf(desk.recordAlone(suspension(licence('E2'))))).toBe('LICENCE_NOT_FOUND');
    expect(await codeOf(desk.recordAlone(suspension(key, 1, '2019-12-31')))).toBe('LICENCE_NOT_IN_FORCE');
    expect(await codeOf(desk.recordAlone(orderOf(key, 1, [suspended({ automaticReinstatement: true })])))).toBe('INVALID_INPUT');
    expect(await codeOf(desk.record(orderOf(key, 1, [reinstated([1])])))).toBe('LICENCE_NOT_SUSPENDED');
  });

  describe('are acted on by their own board alone', () => {
    const key = licence('F1');
    const renewal = { kind: 'INITIAL', action: { type: 'RENEW', effectiveFrom: '2026-01-01', validThru: '2027-12-31' } } as const;
    const acts: [string, (by: Party) => Promise<Committed>][] = [
      ['recordBoardOrder', (by) => by.submit('registry', 'recordBoardOrder', { order: suspension(key), signatures: [] })],
      ['recordBoardOrder with two signatures', (by) => by.submit('registry', 'recordBoardOrder', signedBy(by, desk.member, orderOf(key, 1, [revoked()])))],
      ['keepOrderDocument', (by) => by.submit('registry', 'keepOrderDocument', { licence: key, sequence: 1 }, { transient: { document: JSON.stringify({ salt: 'a'.repeat(32), narrative: 'x' }) }, endorsers: [by === desk.officer ? 'CaliforniaMSP' : 'WashingtonMSP'] })],
    ];

    beforeAll(async () => {
      await issueAll([issue(key)]);
    });

    test.each(acts)('%s is refused to another agency', async (_, act) => {
      expect(await codeOf(act(await inRole(network, 'otherBoard', 'disciplinary-officer')))).toBe('FORBIDDEN_ORGANISATION');
    });

    test.each(acts.slice(0, 2))('%s is refused to a certificate of the agency’s other board', async (_, act) => {
      expect(await codeOf(act(await inRole(network, 'board', 'disciplinary-officer', 'ca-nursing')))).toBe('FORBIDDEN_UNIT');
    });

    test.each(acts.slice(0, 1))('%s is refused to a registrar', async (_, act) => {
      expect(await codeOf(act(registrar))).toBe('FORBIDDEN_ROLE');
    });

    test.each(acts)('%s is refused to a hospital’s administrator, whatever role its certificate names', async (_, act) => {
      expect(await codeOf(act(await inRole(network, 'hospital', 'disciplinary-officer')))).toBe('FORBIDDEN_ORGANISATION');
    });

    test('a batch refuses the licences of another agency, and what needs two persons', async () => {
      const items = [orderOf(key, 1, [renewal])];
      const foreign = await inRole(network, 'otherBoard', 'registrar');
      expect(JSON.parse((await foreign.submit('registry', 'recordBoardOrders', { items })).result)).toEqual({ outcomes: [{ outcome: 'REFUSED', code: 'FORBIDDEN_ORGANISATION' }] });
      const mixed = [orderOf(key, 1, [revoked()]), orderOf(licence('F9'), 1, [renewal]), { ...orderOf(key, 1, [renewal]), expectedSequence: -1 }];
      expect(JSON.parse((await desk.officer.submit('registry', 'recordBoardOrders', { items: mixed })).result)).toMatchObject({
        outcomes: [{ code: 'TWO_PERSONS_NEEDED' }, { code: 'LICENCE_NOT_FOUND' }, { code: 'INVALID_INPUT', issues: [{ path: '/items/2/expectedSequence' }] }],
      });
    });

    test('issueLicences is refused to a certificate of the agency’s other board', async () => {
      const nursing = await inRole(network, 'board', 'registrar', 'ca-nursing');
      const { result } = await nursing.submit('registry', 'issueLicences', { items: [issue(licence('F2')), issue(licence('F2', { board: 'ca-nursing', type: 'RN' }))] });
      expect(JSON.parse(result)).toMatchObject({ outcomes: [{ outcome: 'REFUSED', code: 'FORBIDDEN_UNIT' }, { outcome: 'ISSUED' }] });
    });
  });

  test('need the peers of a majority for each event', async () => {
    const key = licence('G1');
    await issueAll([issue(key)]);
    const endorsed = (endorsers: readonly string[]): Promise<{ code: number }> => desk.officer.submit('registry', 'recordBoardOrder', { order: suspension(key), signatures: [] }, { endorsers });
    const invalid = { code: 10 }; // ENDORSEMENT_POLICY_FAILURE
    expect(await endorsed(['CaliforniaMSP'])).toMatchObject(invalid);
    expect(await endorsed(['CaliforniaMSP', 'GeneralMSP'])).toMatchObject(invalid);
    expect(await standingOf(key, '2026-02-15')).toMatchObject({ authority: 'FULL', knownAt: 1 });
    expect(await endorsed(['CaliforniaMSP', 'GeneralMSP', 'AcmeHealthMSP'])).toMatchObject({ code: 0 });
    expect(await standingOf(key, '2026-02-15')).toMatchObject({ authority: 'NONE', knownAt: 2 });
  });

  test('take one of two actions that were decided on the same position', async () => {
    const key = licence('I1');
    await issueAll([issue(key)]);
    const submitted = [suspension(key), suspension(key)].map((order) => desk.recordAlone(order));
    const settled = await Promise.allSettled(submitted);
    const outcomes = await Promise.all(settled.map(async (one) => (one.status === 'fulfilled' ? one.value.code : codeOf(Promise.reject(one.reason as Error)))));
    expect(outcomes).toContain(0);
    // MVCC_READ_CONFLICT, or refused already where the first was committed before the second was endorsed.
    expect([11, 'STALE_VERSION']).toContain(outcomes.find((code) => code !== 0));
    expect((await read(key)).events).toHaveLength(2);
  });

  test('with more events than a timeline carries are read whole', async () => {
    const key = licence('H1');
    await issueAll([issue(key)]);
    for (let sequence = 1; sequence < 70; sequence += 2) {
      await desk.record(orderOf(key, sequence, [suspended(), reinstated([sequence + 1], '2026-03-01')]));
    }
    const { events, faults } = await read(key);
    expect([events.length, faults]).toEqual([71, []]);
    expect(await standingOf(key, '2026-02-15')).toMatchObject({ authority: 'NONE', knownAt: 71, nextChangeDate: '2026-03-01' });
    expect(await standingOf(key, '2026-02-15', 1)).toMatchObject({ authority: 'FULL', knownAt: 1 });
    expect((await standingOf(key, '2026-02-15')).encumbrances).toHaveLength(35);
  }, 60_000);

  test('carry the policy of today’s membership from their next action on', async () => {
    const key = licence('J1');
    await issueAll([issue(key)]);
    const everyone = Object.values(organisations).map(({ mspId }) => mspId);
    const without = everyone.filter((mspId) => mspId !== organisations.otherBoard.mspId);
    expect(await policiesOf(key)).toEqual([ownerAndOneOther('CaliforniaMSP', everyone), ownerAndOneOther('CaliforniaMSP', everyone)]);

    const office = await inRole(network, 'office', 'member-admin');
    await office.submit('registry', 'updateMember', { mspId: organisations.otherBoard.mspId, expectedVersion: 1, status: 'LEFT' });
    expect(await policiesOf(key)).toEqual([ownerAndOneOther('CaliforniaMSP', everyone), ownerAndOneOther('CaliforniaMSP', everyone)]);
    await desk.recordAlone(suspension(key));
    expect(await policiesOf(key)).toEqual([ownerAndOneOther('CaliforniaMSP', without), ownerAndOneOther('CaliforniaMSP', without)]);
    await desk.record(orderOf(key, 2, [reinstated([2])]));
    expect(await policiesOf(key)).toEqual([ownerAndOneOther('CaliforniaMSP', without), ownerAndOneOther('CaliforniaMSP', without)]);
  });

  test('come in thousands', async () => {
    const batch = Array.from({ length: 1000 }, (_, index) => issue(licence(`T${index}`)));
    const { code, result } = await registrar.submit('registry', 'issueLicences', { items: batch });
    const { outcomes } = JSON.parse(result) as { outcomes: readonly { outcome: string }[] };
    expect([code, outcomes.filter(({ outcome }) => outcome === 'ISSUED').length]).toEqual([0, 1000]);
    expect(await codeOf(registrar.submit('registry', 'issueLicences', { items: [...batch, issue(licence('T1000'))] }))).toBe('INVALID_INPUT');
  }, 60_000);
});
