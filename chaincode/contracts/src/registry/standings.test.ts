import type { LicenceKey, ProviderLinks, ProviderStanding, StandingsForClaimsResponse } from '@medaccord/domain';
import { boardDesk, orderOf, suspended } from '../testing/board-desk.js';
import type { BoardDesk } from '../testing/board-desk.js';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';

const licence = (number: string, board = 'ca-medical', type = 'MD'): LicenceKey => ({ jurisdiction: 'CA', board, type, number });
const [doe, roe, poe] = ['1003357849', '1234567893', '1679576722'] as const;
let actions = 0;
const actionId = (): string => (actions += 1).toString(16).padStart(32, '0');

describe('providers, their licences and what claims asks', () => {
  let network: ContractNetwork;
  let registrar: Party;
  let desk: BoardDesk;
  let hospital: Party;
  let insurer: Party;

  const batch = async (by: Party, transaction: string, items: readonly object[]): Promise<readonly { outcome: string; code?: string }[]> =>
    (JSON.parse((await by.submit('registry', transaction, { items })).result) as { outcomes: { outcome: string; code?: string }[] }).outcomes;
  const link = async (by: Party, type: string, npi: string, key: LicenceKey): Promise<string> => {
    const [result] = await batch(by, 'linkProviderLicences', [{ type, npi, licence: key }]);
    return result?.code ?? result?.outcome ?? 'nothing';
  };
  const ask = async (query: object): Promise<ProviderStanding> => {
    const response = (await insurer.evaluate('registry', 'standingsForClaims', { members: [], standings: [query] })) as StandingsForClaimsResponse;
    const [answer] = response.standings;
    if (answer === undefined) throw new Error('no answer');
    return answer;
  };
  const authorityOf = async (npi: string): Promise<string | undefined> => (await ask({ npi, jurisdiction: 'CA', from: '2026-03-01', thru: '2026-03-01' })).periods[0]?.authority;

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    registrar = await inRole(network, 'board', 'registrar');
    desk = await boardDesk(network);
    hospital = await inRole(network, 'hospital', 'credentialing');
    insurer = await inRole(network, 'insurer', 'credentialing');
    const issued = [licence('A1'), licence('A2'), licence('N1', 'ca-nursing', 'RN')].map((key) => ({ actionId: actionId(), licence: key, effectiveFrom: '2020-01-01', status: 'ACTIVE' }));
    await batch(registrar, 'issueLicences', issued);
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  test('registers providers with an outcome for each', async () => {
    const provider = (npi: string, family: string): object => ({ npi, type: 'individual', name: { family, given: 'Jane' }, taxonomies: ['207R00000X'] });
    await batch(hospital, 'registerProviders', [provider(doe, 'Doe')]);
    expect(await batch(hospital, 'registerProviders', [provider(doe, 'Doe'), provider(doe, 'Dow'), provider(roe, 'Roe'), provider(poe, 'Poe'), provider('1234567890', 'Bad')])).toEqual([
      { outcome: 'ALREADY_RECORDED', id: doe },
      { outcome: 'REFUSED', code: 'PROVIDER_ALREADY_REGISTERED' },
      { outcome: 'REGISTERED', id: roe },
      { outcome: 'REGISTERED', id: poe },
      { outcome: 'REFUSED', code: 'INVALID_INPUT', issues: [expect.objectContaining({ code: 'CHECK_DIGIT', path: '/items/4/npi' })] },
    ]);
  });

  test('knows nothing of a provider without a confirmed link', async () => {
    expect(await authorityOf(doe)).toBe('UNKNOWN');
    expect(await ask({ npi: '1679576730', jurisdiction: 'CA', from: '2026-03-01', thru: '2026-03-02' })).toMatchObject({ registered: false, licences: [], periods: [{ authority: 'UNKNOWN', thru: '2026-03-02' }] });
  });

  test('takes the board’s word for a link', async () => {
    expect(await link(registrar, 'ASSERT', doe, licence('A1'))).toBe('CONFIRMED');
    expect(await link(registrar, 'ASSERT', doe, licence('A1'))).toBe('ALREADY_RECORDED');
    expect(await link(hospital, 'PROPOSE', doe, licence('A1'))).toBe('ALREADY_RECORDED');
    expect(await link(hospital, 'DISPUTE', doe, licence('A1'))).toBe('LINK_NOT_OPEN');
    expect(await authorityOf(doe)).toBe('FULL');
  });

  test('takes a link that two organisations tell, never one alone, until one of them doubts it', async () => {
    expect(await link(hospital, 'CONFIRM', roe, licence('A2'))).toBe('LINK_NOT_FOUND');
    expect(await link(hospital, 'PROPOSE', roe, licence('A2'))).toBe('PROPOSED');
    expect(await authorityOf(roe)).toBe('UNKNOWN');
    expect(await link(hospital, 'CONFIRM', roe, licence('A2'))).toBe('LINK_CONFIRMER_IS_PROPOSER');
    expect(await link(insurer, 'CONFIRM', roe, licence('A2'))).toBe('CONFIRMED');
    expect(await authorityOf(roe)).toBe('FULL');
    expect(await link(hospital, 'DISPUTE', roe, licence('A2'))).toBe('DISPUTED');
    expect(await authorityOf(roe)).toBe('UNKNOWN');
    expect(await link(insurer, 'CONFIRM', roe, licence('A2'))).toBe('LINK_NOT_OPEN');
    expect(await link(registrar, 'CONFIRM', roe, licence('A2'))).toBe('CONFIRMED');
    expect(await authorityOf(roe)).toBe('FULL');
    expect(await hospital.evaluate('registry', 'readProvider', { npi: roe })).toMatchObject({
      provider: { npi: roe },
      links: [{ links: [{ events: [{ type: 'PROPOSE' }, { type: 'CONFIRM' }, { type: 'DISPUTE' }, { type: 'CONFIRM', byBoard: true }] }] } satisfies { links: readonly { events: readonly Partial<ProviderLinks['links'][number]['events'][number]>[] }[] }],
    });
  });

  test('refuses an assertion by anyone but the board, of what does not exist, and by another of its boards', async () => {
    expect(await link(hospital, 'ASSERT', poe, licence('A1'))).toBe('FORBIDDEN_ORGANISATION');
    expect(await link(registrar, 'ASSERT', poe, licence('A9'))).toBe('LICENCE_NOT_FOUND');
    expect(await link(registrar, 'ASSERT', '1679576730', licence('A1'))).toBe('PROVIDER_NOT_FOUND');
    const nursing = await inRole(network, 'board', 'registrar', 'ca-nursing');
    expect(await link(nursing, 'ASSERT', poe, licence('A1'))).toBe('FORBIDDEN_UNIT');
    expect(await link(nursing, 'ASSERT', poe, licence('N1', 'ca-nursing', 'RN'))).toBe('CONFIRMED');
  });

  // Golden scenario h.
  test('answers for another state by a multistate licence that its own board has linked there, and by nothing else', async () => {
    const inNevada = async (): Promise<unknown> => (await ask({ npi: poe, jurisdiction: 'NV', from: '2026-03-01', thru: '2026-03-01' })).periods;
    expect(await inNevada()).toMatchObject([{ authority: 'UNKNOWN' }]);
    const asserted = async (by: Party): Promise<unknown> => (await batch(by, 'linkProviderLicences', [{ type: 'ASSERT', npi: poe, licence: licence('N1', 'ca-nursing', 'RN'), countsIn: 'NV' }]))[0];
    expect(await asserted(await inRole(network, 'otherBoard', 'registrar'))).toMatchObject({ code: 'FORBIDDEN_ORGANISATION' });
    expect(await asserted(hospital)).toMatchObject({ code: 'FORBIDDEN_ORGANISATION' });
    expect(await asserted(registrar)).toMatchObject({ outcome: 'CONFIRMED' });
    expect(await inNevada()).toMatchObject([{ authority: 'FULL' }]);
  });

  test('splits a stay at the day on which a suspension begins, and re-computes what was known before', async () => {
    const stay = { npi: doe, jurisdiction: 'CA', from: '2026-01-30', thru: '2026-02-02' };
    const before = await ask(stay);
    expect(before.periods).toEqual([{ from: '2026-01-30', thru: '2026-02-02', authority: 'FULL' }]);
    await desk.record(orderOf(licence('A1'), 1, [suspended({ summary: true, basisCodes: ['DANGER'] })]));
    const after = await ask(stay);
    expect(after.periods).toEqual([
      { from: '2026-01-30', thru: '2026-01-31', authority: 'FULL' },
      { from: '2026-02-01', thru: '2026-02-02', authority: 'NONE' },
    ]);
    const known = before.licences.map(({ licence: key, knownAt, linkKnownAt }) => ({ licence: key, knownAt, linkKnownAt }));
    expect(known).toEqual([{ licence: licence('A1'), knownAt: 1, linkKnownAt: 1 }]);
    expect(await ask({ ...stay, known })).toEqual(before);
  });

  test('answers members, clock and standings in one call', async () => {
    const request = { members: ['GeneralMSP', 'NobodyMSP'], standings: [doe, roe].map((npi) => ({ npi, jurisdiction: 'CA', from: '2026-03-01', thru: '2026-03-01' })) };
    const unset = (await insurer.evaluate('registry', 'standingsForClaims', request)) as StandingsForClaimsResponse;
    expect(unset).toMatchObject({ schema: 'standings-for-claims/v1', clock: null, members: [{ mspId: 'GeneralMSP', kind: 'hospital' }, null] });
    expect(unset.standings.map(({ periods }) => periods[0]?.authority)).toEqual(['NONE', 'FULL']);
    const service = await inRole(network, 'insurer', 'service');
    await service.submit('registry', 'advanceClock', { time: new Date().toISOString() });
    expect(await insurer.evaluate('registry', 'standingsForClaims', request)).toMatchObject({ clock: { tick: 1 } });
  });

  test('refuses a period that ends before it begins', async () => {
    const { code, details } = await refusalOf(ask({ npi: doe, jurisdiction: 'CA', from: '2026-03-02', thru: '2026-03-01' }));
    expect([code, details.issues?.[0]]).toEqual(['INVALID_INPUT', expect.objectContaining({ code: 'INCONSISTENT', path: '/standings/0' })]);
  });
});
