import type { BoardOrderStep, LicenceEvent, LicenceKey, ProviderStanding, Standing, StandingsForClaimsResponse } from '@medaccord/domain';
import { classOf, standingFact } from '@medaccord/domain';
import { boardDesk, newActionId, orderOf, reinstated, signedBy, suspended } from '../testing/board-desk.js';
import type { BoardDesk } from '../testing/board-desk.js';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { assertValid, inRole, startFoundedNetwork } from '../testing/founded-registry.js';

const licence = (number: string, type = 'MD'): LicenceKey => ({ jurisdiction: 'CA', board: 'ca-medical', type, number });
const initial = (action: NonNullable<BoardOrderStep['action']>): BoardOrderStep => ({ kind: 'INITIAL', action });
const npi = '1003357849';
/** Everything else of a licence hangs on the day of the test: it is renewed, lapses and is reissued around it. */
const now = Date.now();
const inDays = (days: number): string => new Date(now + days * 86_400_000).toISOString().slice(0, 10);

describe('a licence on the ledger', () => {
  let network: ContractNetwork;
  let registrar: Party;
  let hospital: Party;
  let desk: BoardDesk;

  const issue = async (key: LicenceKey, particulars: object = {}): Promise<void> => {
    assertValid(await registrar.submit('registry', 'issueLicences', { items: [{ actionId: newActionId(), licence: key, effectiveFrom: '2020-01-01', status: 'ACTIVE', ...particulars }] }));
  };
  const alone = async (by: Party, key: LicenceKey, expected: number, ...steps: readonly BoardOrderStep[]): Promise<string> =>
    by.submit('registry', 'recordBoardOrder', { order: orderOf(key, expected, steps), signatures: [] }).then(({ code }) => String(code), async (error: unknown) => (await refusalOf(Promise.reject(error as Error))).code);
  const on = async (key: LicenceKey, asOf: string, positions: object = {}): Promise<Standing> => (await hospital.evaluate('registry', 'standing', { licence: key, asOf, ...positions })) as Standing;
  const read = async (key: LicenceKey): Promise<{ readonly events: readonly LicenceEvent[]; readonly faults: readonly unknown[] }> =>
    (await hospital.evaluate('registry', 'readLicence', { licence: key })) as { events: readonly LicenceEvent[]; faults: readonly unknown[] };

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    registrar = await inRole(network, 'board', 'registrar');
    hospital = await inRole(network, 'hospital', 'credentialing');
    desk = await boardDesk(network);
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  test('continues while its renewal waits, and is renewed or reissued, never renewed once it has lapsed', async () => {
    const [asked, lapsed] = [licence('R1'), licence('R2')];
    const particulars = { validThru: inDays(-60), grace: { thru: inDays(-30), practice: false } };
    for (const key of [asked, lapsed]) await issue(key, particulars);
    expect(await alone(registrar, asked, 1, initial({ type: 'RENEWAL_FILED', effectiveFrom: inDays(-61), continues: true }))).toBe('0');
    expect(await on(asked, inDays(0))).toMatchObject({ lifecycle: 'ACTIVE', authority: 'FULL', renewalPending: true });
    expect(await on(lapsed, inDays(0))).toMatchObject({ lifecycle: 'LAPSED', authority: 'NONE' });
    const renewal = initial({ type: 'RENEW', effectiveFrom: inDays(-59), validThru: inDays(600) });
    expect(await alone(registrar, lapsed, 1, renewal)).toBe('LICENCE_NOT_IN_FORCE');
    expect(await alone(registrar, lapsed, 1, initial({ type: 'REISSUE', effectiveFrom: inDays(0), validThru: inDays(600) }))).toBe('0');
    expect(await alone(registrar, asked, 2, renewal)).toBe('0');
    expect([await on(asked, inDays(-59)), await on(lapsed, inDays(-1)), await on(lapsed, inDays(0))].map(({ authority }) => authority)).toEqual(['FULL', 'NONE', 'FULL']);
    expect(await alone(registrar, asked, 3, initial({ type: 'RENEWAL_CLOSED', effectiveFrom: inDays(0), outcome: 'DENIED' }))).toBe('FORBIDDEN_ROLE');
    expect(await alone(desk.officer, asked, 3, initial({ type: 'RENEWAL_CLOSED', effectiveFrom: inDays(0), outcome: 'DENIED' }))).toBe('RENEWAL_NOT_PENDING');
  });

  test('is free again where a summary suspension was not heard in time, and stays suspended where it was', async () => {
    const key = licence('S1');
    await issue(key);
    const summary = (from: string): BoardOrderStep => suspended({ summary: true, effectiveFrom: from, hearing: { by: '2026-02-20', unheard: 'DISSOLVES' } });
    await desk.record(orderOf(key, 1, [summary('2026-02-01')]));
    expect(await on(key, '2026-02-20')).toMatchObject({ authority: 'NONE', nextChangeDate: '2026-02-21', encumbrances: [{ hearingBy: '2026-02-20' }] });
    expect(await on(key, '2026-02-21')).toMatchObject({ authority: 'FULL', encumbrances: [] });
    expect(await alone(desk.officer, key, 2, { kind: 'HEARING', target: 2, action: { type: 'HEARING', effectiveFrom: '2026-02-20' } })).toBe('0');
    expect([(await on(key, '2026-02-21')).authority, (await on(key, '2026-02-21', { knownAt: 2 })).authority]).toEqual(['NONE', 'FULL']);
    expect((await read(key)).faults).toEqual([]);
  });

  test('is suspended from an hour on, of the board’s own clock alone', async () => {
    const key = licence('T1');
    await issue(key);
    const at = (zone: string): BoardOrderStep => suspended({ effectiveAt: { time: '17:00', zone } });
    expect(await alone(desk.officer, key, 1, at('America/New_York'))).toBe('EFFECTIVE_DATE_OUT_OF_BOUNDS');
    expect(await alone(desk.officer, key, 1, at('America/Los_Angeles'))).toBe('0');
    expect([await on(key, '2026-01-31'), await on(key, '2026-02-01'), await on(key, '2026-02-02')].map(({ authority }) => authority)).toEqual(['FULL', 'UNKNOWN', 'NONE']);
    expect((await read(key)).events[1]).toMatchObject({ action: { effectiveAt: { time: '17:00', zone: 'America/Los_Angeles' } } });
  });

  test('is revoked for a time or for ever: a petition before that, or ever, is refused', async () => {
    const [forTime, forEver] = [licence('V1'), licence('V2')];
    for (const key of [forTime, forEver]) await issue(key);
    await desk.record(orderOf(forTime, 1, [initial({ type: 'REVOKE', effectiveFrom: '2026-02-01', petitionFrom: inDays(30), basisCodes: [] })]));
    await desk.record(orderOf(forEver, 1, [initial({ type: 'REVOKE', effectiveFrom: '2026-02-01', permanent: true, basisCodes: [] })]));
    for (const key of [forTime, forEver]) expect((await refusalOf(desk.record(orderOf(key, 2, [reinstated([2], inDays(60))])))).code).toBe('REINSTATEMENT_NOT_OPEN');
  });

  test('may practise again by a stay of two persons of the board, or at once by a court’s whose order is named', async () => {
    const key = licence('W1');
    await issue(key);
    await desk.recordAlone(orderOf(key, 1, [suspended()]));
    const stay = (by: 'BOARD' | 'COURT'): BoardOrderStep => ({ kind: 'STAY', target: 2, action: { type: 'STAY', by, effectiveFrom: '2026-02-10' } });
    expect([await alone(desk.officer, key, 2, stay('BOARD')), await alone(desk.officer, key, 2, stay('COURT'))]).toEqual(['TWO_PERSONS_NEEDED', 'TWO_PERSONS_NEEDED']);
    const obeyed = orderOf(key, 2, [stay('COURT')], { order: { number: '26CV-100', decidedOn: '2026-02-10' } });
    assertValid(await desk.recordAlone(obeyed));
    expect((await on(key, '2026-02-10')).authority).toBe('FULL');
  });

  describe('of a class', () => {
    const key = licence('X1', 'DO');
    const everyDo = classOf(key);
    const extension = (validThru: string, overrides: object = {}): BoardOrderStep => initial({ type: 'EXTEND_CLASS', effectiveFrom: '2026-03-01', expiring: { from: '2026-04-01', thru: '2026-09-30' }, validThru, ...overrides });
    const order = { number: 'EO-26-1', decidedOn: '2026-03-01' };
    const ask = async (known?: object): Promise<ProviderStanding | undefined> => {
      const question = { npi, jurisdiction: 'CA', from: '2026-07-01', thru: '2026-07-01', ...known };
      return ((await hospital.evaluate('registry', 'standingsForClaims', { members: [], standings: [question] })) as StandingsForClaimsResponse).standings[0];
    };

    beforeAll(async () => {
      await issue(key, { validThru: '2026-06-30' });
      await issue(licence('X1'), { validThru: '2026-06-30' });
      assertValid(await registrar.submit('registry', 'registerProviders', { items: [{ npi, type: 'individual', name: { family: 'Doe', given: 'Jane' }, taxonomies: ['207R00000X'] }] }));
      assertValid(await registrar.submit('registry', 'linkProviderLicences', { items: [{ type: 'ASSERT', npi, licence: key }] }));
    });

    test('is extended by one order, without touching a licence; what was asked before is answered as before', async () => {
      const before = await ask();
      expect(before?.periods).toMatchObject([{ authority: 'NONE' }]);
      assertValid(await registrar.submit('registry', 'recordBoardOrder', { order: orderOf(everyDo, 0, [extension('2026-10-23')], { order }), signatures: [] }));
      const after = await ask();
      expect(after).toMatchObject({ periods: [{ authority: 'FULL' }], licences: [{ knownAt: 1, classKnownAt: 1, periods: [{ provenance: ['CA~ca-medical~DO~X1~1', 'CA~ca-medical~DO~*~1'] }] }] });
      expect(await ask({ known: before && standingFact(before).licences })).toEqual(before);
      expect(await ask({ known: after && standingFact(after).licences })).toEqual(after);
      expect([(await on(key, '2026-07-01')).lifecycle, (await on(licence('X1'), '2026-07-01')).lifecycle]).toEqual(['ACTIVE', 'EXPIRED']);
      expect(await read(key)).toMatchObject({ events: [{ sequence: 1 }], faults: [] });
      expect(await read(everyDo)).toMatchObject({ events: [{ sequence: 1, order, action: { type: 'EXTEND_CLASS' } }], faults: [] });
    });

    test('is ordered about by its own board alone, and by nothing but an extension', async () => {
      const [foreign, wrongUnit, atHospital] = [await inRole(network, 'otherBoard', 'registrar'), await inRole(network, 'board', 'registrar', 'ca-nursing'), await inRole(network, 'hospital', 'registrar')];
      expect([await alone(foreign, everyDo, 1, extension('2027-01-01')), await alone(foreign, licence('*'), 0, extension('2027-01-01'))]).toEqual(['FORBIDDEN_ORGANISATION', 'FORBIDDEN_ORGANISATION']);
      expect([await alone(wrongUnit, everyDo, 1, extension('2027-01-01')), await alone(atHospital, everyDo, 1, extension('2027-01-01'))]).toEqual(['FORBIDDEN_UNIT', 'FORBIDDEN_ORGANISATION']);
      expect([await alone(desk.officer, everyDo, 1, suspended()), await alone(registrar, key, 1, extension('2027-01-01'))]).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
      expect(await alone(registrar, licence('*', 'DPM'), 0, extension('2027-01-01'))).toBe('LICENCE_TYPE_NOT_OF_BOARD');
      const { result } = await registrar.submit('registry', 'issueLicences', { items: [{ actionId: newActionId(), licence: everyDo, effectiveFrom: '2020-01-01', status: 'ACTIVE' }] });
      expect(JSON.parse(result)).toMatchObject({ outcomes: [{ code: 'INVALID_INPUT', issues: [{ path: '/items/0/licence/number' }] }] });
    });

    test('loses an extension by a void of two persons', async () => {
      const voided = orderOf(everyDo, 1, [{ kind: 'VOID', target: 1 }], { order: { number: 'court-9', decidedOn: '2026-07-02' } });
      expect((await refusalOf(desk.recordAlone(voided))).code).toBe('TWO_PERSONS_NEEDED');
      assertValid(await desk.officer.submit('registry', 'recordBoardOrder', signedBy(desk.officer, desk.member, voided)));
      expect([(await on(key, '2026-07-01')).lifecycle, (await on(key, '2026-07-01', { knownAt: 1, classKnownAt: 1 })).lifecycle, (await on(key, '2026-07-01', { knownAt: 1 })).lifecycle]).toEqual(['EXPIRED', 'ACTIVE', 'EXPIRED']);
    });
  });
});
