import type { Licence, LicenceEvent, LicenceKey, Standing, TimelineFault } from '@medaccord/domain';
import { licenceId, licenceKeyParts } from '@medaccord/domain';
import { ownerAndOneOther } from '../platform/key-policy.js';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';
import { organisations } from '../testing/organisations.js';

const licence = (number: string, overrides: Partial<LicenceKey> = {}): LicenceKey => ({ jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number, ...overrides });
let actions = 0;
const actionId = (): string => (actions += 1).toString(16).padStart(32, '0');
const issue = (key: LicenceKey, overrides: object = {}): object => ({ actionId: actionId(), licence: key, effectiveFrom: '2020-01-01', status: 'ACTIVE', ...overrides });
const suspension = (key: LicenceKey, overrides: object = {}): object => ({
  actionId: actionId(),
  licence: key,
  expectedSequence: 1,
  effectiveFrom: '2026-02-01',
  summary: false,
  automaticReinstatement: false,
  basisCodes: ['CARE'],
  ...overrides,
});

interface ReadLicence {
  readonly licence: Licence;
  readonly events: readonly LicenceEvent[];
  readonly faults: readonly TimelineFault[];
}

describe('licences on the ledger', () => {
  let network: ContractNetwork;
  let registrar: Party;
  let officer: Party;

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
    officer = await inRole(network, 'board', 'disciplinary-officer');
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
    const suspended = await officer.submit('registry', 'suspendLicence', suspension(key));
    expect(JSON.parse(suspended.result)).toEqual({ outcome: 'RECORDED', id: licenceId(key), sequence: 2 });
    await officer.submit('registry', 'reinstateLicence', { actionId: actionId(), licence: key, expectedSequence: 2, effectiveFrom: '2026-05-01', ends: [2] });
    await officer.submit('registry', 'revokeLicence', { actionId: actionId(), licence: key, expectedSequence: 3, effectiveFrom: '2026-09-01', basisCodes: [] });
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
    await officer.submit('registry', 'suspendLicence', first);
    const again = await officer.submit('registry', 'suspendLicence', first);
    expect(JSON.parse(again.result)).toMatchObject({ outcome: 'ALREADY_RECORDED', sequence: 2 });
    expect(await codeOf(officer.submit('registry', 'suspendLicence', { ...first, basisCodes: ['OTHER'] }))).toBe('LICENCE_EVENT_ALREADY_RECORDED');
    expect(await refusalOf(officer.submit('registry', 'suspendLicence', suspension(key)))).toMatchObject({ code: 'STALE_VERSION', details: { expected: 1, actual: 2 } });
    expect((await read(key)).events).toHaveLength(2);
  });

  test('refuse what their lifecycle does not allow', async () => {
    const key = licence('E1');
    await issueAll([issue(key)]);
    expect(await codeOf(officer.submit('registry', 'suspendLicence', suspension(licence('E2'))))).toBe('LICENCE_NOT_FOUND');
    expect(await codeOf(officer.submit('registry', 'suspendLicence', suspension(key, { effectiveFrom: '2019-12-31' })))).toBe('LICENCE_NOT_IN_FORCE');
    expect(await codeOf(officer.submit('registry', 'suspendLicence', suspension(key, { automaticReinstatement: true })))).toBe('INVALID_INPUT');
    expect(await codeOf(officer.submit('registry', 'reinstateLicence', { actionId: actionId(), licence: key, expectedSequence: 1, effectiveFrom: '2026-05-01', ends: [1] }))).toBe('LICENCE_NOT_SUSPENDED');
  });

  describe('are acted on by their own board alone', () => {
    const key = licence('F1');
    const acts: [string, object][] = [
      ['suspendLicence', suspension(key)],
      ['reinstateLicence', { actionId: actionId(), licence: key, expectedSequence: 1, effectiveFrom: '2026-05-01', ends: [1] }],
      ['revokeLicence', { actionId: actionId(), licence: key, expectedSequence: 1, effectiveFrom: '2026-05-01', basisCodes: [] }],
    ];

    beforeAll(async () => {
      await issueAll([issue(key)]);
    });

    test.each(acts)('%s is refused to another agency', async (transaction, command) => {
      const foreign = await inRole(network, 'otherBoard', 'disciplinary-officer');
      expect(await codeOf(foreign.submit('registry', transaction, command))).toBe('FORBIDDEN_ORGANISATION');
    });

    test.each(acts)('%s is refused to a certificate of the agency’s other board', async (transaction, command) => {
      const nursing = await inRole(network, 'board', 'disciplinary-officer', 'ca-nursing');
      expect(await codeOf(nursing.submit('registry', transaction, command))).toBe('FORBIDDEN_UNIT');
    });

    test.each(acts)('%s is refused to a registrar', async (transaction, command) => {
      expect(await codeOf(registrar.submit('registry', transaction, command))).toBe('FORBIDDEN_ROLE');
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
    const endorsed = (endorsers: readonly string[]): Promise<{ code: number }> => officer.submit('registry', 'suspendLicence', suspension(key), { endorsers });
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
    const submitted = [suspension(key), suspension(key)].map((command) => officer.submit('registry', 'suspendLicence', command));
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
      await officer.submit('registry', 'suspendLicence', suspension(key, { expectedSequence: sequence }));
      await officer.submit('registry', 'reinstateLicence', { actionId: actionId(), licence: key, expectedSequence: sequence + 1, effectiveFrom: '2026-03-01', ends: [sequence + 1] });
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
    await officer.submit('registry', 'suspendLicence', suspension(key));
    expect(await policiesOf(key)).toEqual([ownerAndOneOther('CaliforniaMSP', without), ownerAndOneOther('CaliforniaMSP', without)]);
    await officer.submit('registry', 'reinstateLicence', { actionId: actionId(), licence: key, expectedSequence: 2, effectiveFrom: '2026-05-01', ends: [2] });
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
