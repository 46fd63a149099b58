import type { LicenceEvent, LicenceKey, RecordBoardOrder, SignedBoardOrder, Standing } from '@medaccord/domain';
import { orderDocumentHash } from '@medaccord/domain';
import { sha256 } from '../platform/sha256.js';
import { boardDesk, newActionId, orderOf, reinstated, revoked, signatureOf, signedBy, suspended } from '../testing/board-desk.js';
import type { BoardDesk } from '../testing/board-desk.js';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';
import { forgeEvents } from './testing/patched-registry.js';

const licence = (number: string): LicenceKey => ({ jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number });
const stay = (target: number, effectiveFrom: string): RecordBoardOrder['steps'][number] => ({ kind: 'STAY', target, action: { type: 'STAY', by: 'BOARD', effectiveFrom } });

describe('a board’s orders', () => {
  let network: ContractNetwork;
  let registrar: Party;
  let hospital: Party;
  let desk: BoardDesk;

  const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;
  const issue = async (...numbers: readonly string[]): Promise<void> => {
    const items = numbers.map((number) => ({ actionId: newActionId(), licence: licence(number), effectiveFrom: '2020-01-01', validThru: '2027-12-31', status: 'ACTIVE' }));
    expect((await registrar.submit('registry', 'issueLicences', { items })).code).toBe(0);
  };
  const on = async (number: string, asOf: string, knownAt?: number): Promise<string> => {
    const answer = (await hospital.evaluate('registry', 'standing', { licence: licence(number), asOf, ...(knownAt === undefined ? {} : { knownAt }) })) as Standing;
    return `${answer.lifecycle} ${answer.authority}`;
  };
  const eventsOf = async (number: string): Promise<readonly LicenceEvent[]> => ((await hospital.evaluate('registry', 'readLicence', { licence: licence(number) })) as { events: readonly LicenceEvent[] }).events;
  const sent = (by: Party, signed: SignedBoardOrder): Promise<unknown> => by.submit('registry', 'recordBoardOrder', signed);

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    registrar = await inRole(network, 'board', 'registrar');
    hospital = await inRole(network, 'hospital', 'credentialing');
    desk = await boardDesk(network);
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  // Golden scenario c.
  test('“revoked, stayed, five years’ probation with 60 days’ actual suspension” is one transaction, read by everyone', async () => {
    await issue('C1');
    const order = { number: '800-2026-1', decidedOn: '2026-02-15', documentHash: 'b'.repeat(64) };
    await desk.record(orderOf(licence('C1'), 1, [
      revoked('2026-03-01'),
      stay(2, '2026-03-01'),
      { kind: 'INITIAL', action: { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-03-01', effectiveThru: '2031-02-28', automaticReinstatement: true, basisCodes: ['CARE'] } },
      suspended({ effectiveFrom: '2026-03-01', effectiveThru: '2026-04-29', automaticReinstatement: true }),
    ], { order }));
    expect([await on('C1', '2026-02-28'), await on('C1', '2026-04-29'), await on('C1', '2026-04-30')]).toEqual(['ACTIVE FULL', 'ACTIVE NONE', 'ACTIVE LIMITED']);
    expect((await eventsOf('C1')).slice(1).map(({ sequence, kind, order: told, signatures }) => [sequence, kind, told?.number, signatures?.length])).toEqual([
      [2, 'INITIAL', '800-2026-1', 2], [3, 'STAY', '800-2026-1', 2], [4, 'INITIAL', '800-2026-1', 2], [5, 'INITIAL', '800-2026-1', 2],
    ]);
    await desk.recordAlone(orderOf(licence('C1'), 5, [{ kind: 'STAY_LIFTED', target: 3, action: { type: 'LIFT_STAY', effectiveFrom: '2026-06-01' } }]));
    expect([await on('C1', '2026-05-31'), await on('C1', '2026-06-01')]).toEqual(['ACTIVE LIMITED', 'REVOKED NONE']);
  });

  // Golden scenarios b (standing) and d.
  test('a summary suspension of the past, void by a court, leaves the history with both', async () => {
    await issue('D1');
    await desk.record(orderOf(licence('D1'), 1, [suspended({ summary: true })]));
    expect([await on('D1', '2026-02-15'), await on('D1', '2026-02-15', 1)]).toEqual(['ACTIVE NONE', 'ACTIVE FULL']);
    await desk.record(orderOf(licence('D1'), 2, [{ kind: 'VOID', target: 2 }]));
    expect([await on('D1', '2026-02-15'), await on('D1', '2026-02-15', 2), await on('D1', '2026-02-15', 1)]).toEqual(['ACTIVE FULL', 'ACTIVE NONE', 'ACTIVE FULL']);
    expect((await eventsOf('D1')).map(({ kind }) => kind)).toEqual(['INITIAL', 'INITIAL', 'VOID']);
  });

  // Golden scenario h, the licence's side: the holder moved away; what the other state permits is for the other board to say.
  test('a licence that expired by change of home state is expired, not in discipline', async () => {
    await issue('H1');
    await registrar.submit('registry', 'recordBoardOrder', { order: orderOf(licence('H1'), 1, [{ kind: 'INITIAL', action: { type: 'CHANGE_STATUS', effectiveFrom: '2026-02-01', status: 'SUPERSEDED' } }]), signatures: [] });
    expect([await on('H1', '2026-01-31'), await on('H1', '2026-02-01')]).toEqual(['ACTIVE FULL', 'SUPERSEDED NONE']);
  });

  test('an executive order extends a class, licence by licence, and a resend changes nothing', async () => {
    await issue('X1', 'X2');
    const extended = { kind: 'INITIAL', action: { type: 'EXTEND', effectiveFrom: '2027-12-01', validThru: '2028-03-31' } } as const;
    const items = ['X1', 'X2', 'X1'].map((number, index) => orderOf(licence(number), index === 2 ? 2 : 1, [extended], { order: { number: 'EO-20-32', decidedOn: '2026-11-01' } }));
    const recorded = await registrar.submit('registry', 'recordBoardOrders', { items });
    expect(JSON.parse(recorded.result)).toEqual({ outcomes: ['X1', 'X2', 'X1'].map((number) => ({ outcome: 'RECORDED', id: `CA~ca-medical~MD~${number}` })) });
    expect(JSON.parse((await registrar.submit('registry', 'recordBoardOrders', { items })).result)).toEqual({ outcomes: ['X1', 'X2', 'X1'].map((number) => ({ outcome: 'ALREADY_RECORDED', id: `CA~ca-medical~MD~${number}` })) });
    expect([await on('X2', '2028-03-31'), await on('X2', '2028-04-01')]).toEqual(['ACTIVE FULL', 'EXPIRED NONE']);
    expect((await eventsOf('X1')).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  describe('of two persons', () => {
    const key = licence('P1');
    const revocation = orderOf(key, 1, [revoked()]);

    beforeAll(async () => {
      await issue('P1', 'P2');
    });

    test.each<[string, (people: { readonly nobody: Party; readonly foreign: Party; readonly registrar: Party }) => SignedBoardOrder, string]>([
      ['nobody beside the officer', () => ({ order: revocation, signatures: [] }), 'TWO_PERSONS_NEEDED'],
      ['one signature', () => ({ order: revocation, signatures: [signatureOf(desk.officer, revocation)] }), 'INVALID_INPUT'],
      ['the same person twice', () => signedBy(desk.officer, desk.officer, revocation), 'SIGNER_TWICE'],
      ['a person who was never introduced', ({ nobody }) => signedBy(desk.officer, nobody, revocation), 'SIGNER_UNKNOWN'],
      ['a member of another organisation’s board', ({ foreign }) => signedBy(desk.officer, foreign, revocation), 'SIGNER_UNKNOWN'],
      ['a registrar as approver', ({ registrar: clerk }) => signedBy(desk.officer, clerk, revocation), 'SIGNER_ROLE'],
      ['a signature over another order', () => ({ order: revocation, signatures: [signatureOf(desk.officer, revocation), signatureOf(desk.member, { ...revocation, actionId: newActionId() })] }), 'SIGNATURE_INVALID'],
      ['signatures under another licence', () => ({ order: { ...revocation, licence: licence('P2') }, signatures: signedBy(desk.officer, desk.member, revocation).signatures }), 'SIGNATURE_INVALID'],
      ['a signature for another channel', () => ({ order: revocation, signatures: [signatureOf(desk.officer, revocation), signatureOf(desk.member, revocation, 'staging')] }), 'SIGNATURE_INVALID'],
      ['two signatures that the submitter took from others', ({ registrar: clerk }) => signedBy(clerk, desk.member, revocation), 'SIGNER_NOT_SUBMITTER'],
    ])('are refused with %s', async (_, signed, code) => {
      const other = await boardDesk(network, 'otherBoard');
      await registrar.submit('registry', 'introduceOfficer', {});
      const nobody = await network.as('CaliforniaMSP', 'new-member', { 'medaccord.role': 'board-member' });
      expect(await codeOf(sent(desk.officer, signed({ nobody, foreign: other.member, registrar })))).toBe(code);
      expect(await on('P1', '2026-03-01')).toBe('ACTIVE FULL');
    });

    test('decide once: the same bytes again change nothing, and for a later position they are worthless', async () => {
      const signed = signedBy(desk.officer, desk.member, revocation);
      expect(await sent(desk.officer, signed)).toMatchObject({ code: 0 });
      expect(await sent(desk.member, signed)).toMatchObject({ result: expect.stringContaining('ALREADY_RECORDED') as string });
      await desk.record(orderOf(key, 2, [reinstated([2], '2026-12-31')]));
      expect(await codeOf(sent(desk.officer, { ...signed, order: { ...revocation, expectedSequence: 3 } }))).toBe('SIGNATURE_INVALID');
      expect(await codeOf(sent(desk.officer, { ...signed, order: { ...revocation, actionId: newActionId() } }))).toBe('STALE_VERSION');
    });

    test('need a certificate that was not withdrawn; only the own organisation withdraws one', async () => {
      const leaving = await network.as('CaliforniaMSP', 'leaving-member', { 'medaccord.role': 'board-member' });
      expect(JSON.parse((await leaving.submit('registry', 'introduceOfficer', {})).result)).toMatchObject({ outcome: 'INTRODUCED', officer: { role: 'board-member', fingerprint: leaving.fingerprint } });
      const { fingerprint } = leaving;
      expect(await codeOf((await inRole(network, 'otherBoard', 'registrar')).submit('registry', 'withdrawOfficer', { fingerprint }))).toBe('SIGNER_UNKNOWN');
      expect(await codeOf(hospital.submit('registry', 'withdrawOfficer', { fingerprint }))).toBe('FORBIDDEN_ORGANISATION');
      expect(JSON.parse((await registrar.submit('registry', 'withdrawOfficer', { fingerprint })).result)).toMatchObject({ outcome: 'WITHDRAWN' });
      expect(JSON.parse((await registrar.submit('registry', 'withdrawOfficer', { fingerprint })).result)).toMatchObject({ outcome: 'ALREADY_RECORDED' });
      expect(await codeOf(leaving.submit('registry', 'introduceOfficer', {}))).toBe('SIGNER_WITHDRAWN');
      expect(await codeOf(sent(desk.officer, signedBy(desk.officer, leaving, orderOf(licence('P2'), 1, [revoked()]))))).toBe('SIGNER_WITHDRAWN');
      expect(await hospital.evaluate('registry', 'readOfficers', { mspId: 'CaliforniaMSP' })).toContainEqual(expect.objectContaining({ fingerprint, withdrawnAt: expect.any(String) as string }));
    });

    test('are introduced by a board alone', async () => {
      expect(await codeOf(hospital.submit('registry', 'introduceOfficer', {}))).toBe('FORBIDDEN_ORGANISATION');
      expect(await codeOf((await inRole(network, 'board', 'service')).submit('registry', 'introduceOfficer', {}))).toBe('FORBIDDEN_ROLE');
      expect(JSON.parse((await desk.officer.submit('registry', 'introduceOfficer', {})).result)).toMatchObject({ outcome: 'ALREADY_RECORDED' });
    });
  });

  describe('with a narrative', () => {
    const document = { salt: 'a5'.repeat(16), narrative: 'What the panel found.' };
    const kept = { transient: { document: JSON.stringify(document) }, endorsers: ['CaliforniaMSP'] };
    const query = { licence: licence('N1'), sequence: 2 };
    const keep = (options: object = kept): Promise<unknown> => desk.officer.submit('registry', 'keepOrderDocument', query, options);

    beforeAll(async () => {
      await issue('N1');
      await desk.recordAlone(orderOf(licence('N1'), 1, [suspended()], { order: { number: '1', decidedOn: '2026-02-01', documentHash: orderDocumentHash(document, { sha256 }) } }));
    });

    test('keep it with the board alone, and only the one whose hash they name', async () => {
      expect(await codeOf(keep({ ...kept, transient: { document: JSON.stringify({ ...document, narrative: 'Something else.' }) } }))).toBe('ORDER_DOCUMENT_DIFFERS');
      expect(await codeOf(keep({ ...kept, transient: { document: JSON.stringify({ ...document, salt: 'a5' }) } }))).toBe('INVALID_INPUT');
      expect(await codeOf(desk.officer.submit('registry', 'keepOrderDocument', { ...query, sequence: 1 }, kept))).toBe('LICENCE_EVENT_TARGET');
      expect(await keep()).toMatchObject({ code: 0 });
      expect(await desk.officer.evaluate('registry', 'readOrderDocument', query)).toMatchObject(document);
      expect(await codeOf(hospital.evaluate('registry', 'readOrderDocument', query))).toBe('FORBIDDEN_ORGANISATION');
      expect(await codeOf((await inRole(network, 'otherBoard', 'disciplinary-officer')).evaluate('registry', 'readOrderDocument', query))).toBe('ORDER_DOCUMENT_NOT_FOUND');
    });

    test('lose it by a seal, and readers see only that there is an event', async () => {
      await desk.recordAlone(orderOf(licence('N1'), 2, [{ kind: 'APPEAL', target: 2, action: { type: 'APPEAL', effectiveFrom: '2026-02-10' } }]));
      expect(await on('N1', '2026-03-01')).toBe('ACTIVE NONE');
      expect(await desk.record(orderOf(licence('N1'), 3, [{ kind: 'SEAL', target: 2 }], { order: { number: 'court-7', decidedOn: '2026-03-01' } }))).toMatchObject({ code: 0 });
      expect(await codeOf(desk.officer.evaluate('registry', 'readOrderDocument', query))).toBe('ORDER_DOCUMENT_NOT_FOUND');
      const events = await eventsOf('N1');
      expect(events).toEqual([expect.objectContaining({ kind: 'INITIAL' }), { sequence: 2, sealed: true }, { sequence: 3, sealed: true }, expect.objectContaining({ kind: 'SEAL', target: 2 })]);
      expect([await on('N1', '2026-03-01'), await on('N1', '2026-03-01', 3)]).toEqual(['ACTIVE FULL', 'ACTIVE NONE']);
    });
  });

  describe('under attack', () => {
    const key = licence('Z1');

    beforeAll(async () => {
      await issue('Z1', 'Z2');
    });

    // Golden scenario m.
    test('a foreign agency cannot create a licence of the board: its own honest peers refuse, and its patched peer’s signature is not enough', async () => {
      const foreign = await inRole(network, 'otherBoard', 'registrar');
      const { result } = await foreign.submit('registry', 'issueLicences', { items: [{ actionId: newActionId(), licence: licence('M1'), effectiveFrom: '2020-01-01', status: 'ACTIVE' }] });
      expect(JSON.parse(result)).toEqual({ outcomes: [{ outcome: 'REFUSED', code: 'FORBIDDEN_ORGANISATION' }] });
      expect(await forgeEvents(network, 'WashingtonMSP', licence('M1'), ['WashingtonMSP'])).toBe(10); // ENDORSEMENT_POLICY_FAILURE
      expect(await codeOf(hospital.evaluate('registry', 'readLicence', { licence: licence('M1') }))).toBe('LICENCE_NOT_FOUND');
    });

    test('a patched peer of the issuing board writes nothing alone, and with honest ones the results differ', async () => {
      expect(await forgeEvents(network, 'CaliforniaMSP', key, ['CaliforniaMSP'])).toBe(10);
      expect(await forgeEvents(network, 'CaliforniaMSP', key, ['CaliforniaMSP', 'GeneralMSP', 'AcmeHealthMSP'])).toBe('not endorsed');
      expect(await eventsOf('Z1')).toHaveLength(1);
    });

    test('an event sent again or before its turn is refused', async () => {
      const [first, second] = [orderOf(key, 1, [suspended()]), orderOf(key, 2, [{ kind: 'APPEAL', target: 2, action: { type: 'APPEAL', effectiveFrom: '2026-02-02' } }])];
      expect(await codeOf(desk.recordAlone(second))).toBe('STALE_VERSION');
      await desk.recordAlone(first);
      await desk.recordAlone(second);
      expect(JSON.parse((await desk.recordAlone(first)).result)).toMatchObject({ outcome: 'ALREADY_RECORDED' });
      expect(await codeOf(desk.recordAlone({ ...first, actionId: newActionId() }))).toBe('STALE_VERSION');
      expect(await eventsOf('Z1')).toHaveLength(3);
    });

    test('a back-dated transaction cannot lie before the licence’s last event, nor further back than peers’ clocks allow', async () => {
      const request = { order: orderOf(licence('Z2'), 1, [suspended()]), signatures: [] };
      const issuedAt = new Date((await eventsOf('Z2'))[0]?.recordedAt ?? '').getTime();
      const back = (milliseconds: number): Promise<unknown> => desk.officer.endorseAt(new Date(issuedAt - milliseconds), 'registry', 'recordBoardOrder', request);
      expect(await codeOf(back(1000))).toBe('RECORDED_TIME_DECREASES');
      await expect(back(86_400_000)).rejects.toMatchObject({ details: expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining('timestamp') as string })]) as unknown });
    });
  });
});
