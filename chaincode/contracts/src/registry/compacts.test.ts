import type { BoardOrderStep, CompactView, LicenceKey, ProviderStanding, Standing, StandingsForClaimsResponse } from '@medaccord/domain';
import { boardDesk, newActionId, orderOf, reinstated, signedBy, suspended } from '../testing/board-desk.js';
import type { BoardDesk } from '../testing/board-desk.js';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';
import type { OrganisationOfTest } from '../testing/organisations.js';

const nevada: OrganisationOfTest = {
  mspId: 'NevadaMSP', name: 'nevada', kind: 'licensing-board',
  units: [{ id: 'nv-medical', name: 'nv-medical', status: 'OPEN', kind: 'board', jurisdiction: 'NV', licenceTypes: ['MD'], timeZone: 'America/Los_Angeles' }],
};
/** Fabric's validation code of a transaction that read what another one changed. */
const mvccReadConflict = 11;
const [npi, from, thru] = ['1003357849', '2026-01-15', '2026-12-31'] as const;
const ca = (number: string): LicenceKey => ({ jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number });
const wa = (number: string): LicenceKey => ({ jurisdiction: 'WA', board: 'wa-medical', type: 'MD', number });
const nv = (number: string): LicenceKey => ({ jurisdiction: 'NV', board: 'nv-medical', type: 'MD', number });
const designated = (principal: LicenceKey, rule: 'imlc/1' | 'nlc/1' = 'imlc/1'): BoardOrderStep => ({ kind: 'INITIAL', action: { type: 'DESIGNATE_PRINCIPAL', effectiveFrom: '2021-01-01', rule, principal } });
const ended = (licence: LicenceKey, event: number, effectiveFrom: string): BoardOrderStep => ({ kind: 'INITIAL', action: { type: 'REINSTATE', effectiveFrom, ends: [], endsDerived: [{ licence, event }] } });

describe('licences in a compact', () => {
  let network: ContractNetwork;
  let insurer: Party;
  let desks: { readonly ca: BoardDesk; readonly wa: BoardDesk; readonly nv: BoardDesk };
  let registrars: readonly Party[];

  const issue = async (number: string): Promise<void> => {
    for (const [index, licence] of [ca(number), wa(number), nv(number)].entries()) {
      await registrars[index]?.submit('registry', 'issueLicences', { items: [{ actionId: newActionId(), licence, effectiveFrom: '2020-01-01', status: 'ACTIVE' }] });
    }
  };
  /** The principal licence in California, members of the compact in Washington and Nevada: each by its own registrar. */
  const join = async (number: string): Promise<void> => {
    await issue(number);
    for (const [index, licence] of [ca(number), wa(number), nv(number)].entries()) {
      await registrars[index]?.submit('registry', 'recordBoardOrder', { order: orderOf(licence, 1, [designated(ca(number))]), signatures: [] });
    }
  };
  const standing = async (licence: LicenceKey, asOf: string, known: object = {}): Promise<Standing> => (await insurer.evaluate('registry', 'standing', { licence, asOf, ...known })) as Standing;
  const on = async (licence: LicenceKey, asOf: string, known: object = {}): Promise<string> => (await standing(licence, asOf, known)).authority;
  const three = async (number: string, asOf: string): Promise<readonly string[]> => Promise.all([ca(number), wa(number), nv(number)].map((licence) => on(licence, asOf)));
  const ask = async (query: object): Promise<ProviderStanding> => {
    const { standings } = (await insurer.evaluate('registry', 'standingsForClaims', { members: [], standings: [query] })) as StandingsForClaimsResponse;
    if (standings[0] === undefined) throw new Error('no answer');
    return standings[0];
  };

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry'], [nevada]);
    insurer = await inRole(network, 'insurer', 'credentialing');
    const [officer, member, registrar] = await Promise.all(['disciplinary-officer', 'board-member', 'registrar'].map((role) => network.as('NevadaMSP', role, { 'medaccord.role': role }))) as [Party, Party, Party];
    registrars = [await inRole(network, 'board', 'registrar'), await inRole(network, 'otherBoard', 'registrar'), registrar];
    desks = { ca: await boardDesk(network), wa: await boardDesk(network, 'otherBoard'), nv: await boardDesk(network, { officer, member }) };
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  // Golden scenario e.
  test('are suspended with the principal one, which ends for each by its own board alone, and never by another’s hand', async () => {
    await join('E1');
    await desks.ca.record(orderOf(ca('E1'), 2, [suspended()]));
    expect([await three('E1', '2026-01-31'), await three('E1', '2026-02-01')]).toEqual([['FULL', 'FULL', 'FULL'], ['NONE', 'NONE', 'NONE']]);
    const { derived, encumbrances, related, provenance } = await standing(wa('E1'), '2026-02-01');
    expect({ derived, encumbrances, related }).toEqual({
      derived: [{ type: 'SUSPENSION', from: '2026-02-01', codes: ['CARE'], causedBy: { licence: ca('E1'), event: 3, rule: 'imlc/1' } }],
      encumbrances: [],
      related: [{ licence: ca('E1'), knownAt: 3 }, { licence: nv('E1'), knownAt: 2 }],
    });
    expect(provenance).toEqual(['WA~wa-medical~MD~E1~1', 'WA~wa-medical~MD~E1~2']);
    await desks.ca.record(orderOf(ca('E1'), 3, [reinstated([3])]));
    expect(await three('E1', '2026-06-01')).toEqual(['FULL', 'NONE', 'NONE']);
    expect((await refusalOf(desks.nv.record(orderOf(wa('E1'), 2, [ended(ca('E1'), 3, '2026-06-01')])))).code).toBe('FORBIDDEN_ORGANISATION');
    expect((await refusalOf(desks.wa.record(orderOf(wa('E1'), 2, [ended(ca('E1'), 2, '2026-06-01')])))).code).toBe('LICENCE_NOT_SUSPENDED');
    await desks.wa.record(orderOf(wa('E1'), 2, [ended(ca('E1'), 3, '2026-06-01')]));
    expect([await three('E1', '2026-05-31'), await three('E1', '2026-06-01')]).toEqual([['FULL', 'NONE', 'NONE'], ['FULL', 'FULL', 'NONE']]);
  });

  test('are suspended for ninety days after another member’s board has acted', async () => {
    await join('N1');
    await desks.wa.record(orderOf(wa('N1'), 2, [suspended()], { order: { number: 'WA-1', decidedOn: '2026-02-05' } }));
    expect(await Promise.all(['2026-02-04', '2026-02-05', '2026-05-05', '2026-05-06'].map((day) => three('N1', day)))).toEqual([['FULL', 'NONE', 'FULL'], ['NONE', 'NONE', 'NONE'], ['NONE', 'NONE', 'NONE'], ['FULL', 'NONE', 'FULL']]);
    expect((await standing(ca('N1'), '2026-02-05')).nextChangeDate).toBe('2026-05-06');
    await desks.wa.record(orderOf(wa('N1'), 3, [{ kind: 'VOID', target: 3 }]));
    expect(await three('N1', '2026-02-05')).toEqual(['FULL', 'FULL', 'FULL']);
  });

  test('are shown with each other, and with one that is not on the ledger', async () => {
    await join('V1');
    await desks.ca.record(orderOf(ca('V1'), 2, [suspended()]));
    const { compact } = (await insurer.evaluate('registry', 'readLicence', { licence: nv('V1') })) as { compact: CompactView };
    expect(compact.licences.map(({ licence, knownAt, designations }) => [licence.jurisdiction, knownAt, designations.map(({ principal }) => principal.jurisdiction)])).toEqual([['CA', 3, ['CA']], ['NV', 2, ['CA']], ['WA', 2, ['CA']]]);
    expect(compact.derived).toMatchObject([{ type: 'SUSPENSION', causedBy: { licence: ca('V1'), event: 3 } }]);
    expect(await insurer.evaluate('registry', 'readLicences', { licences: [nv('V1')], asOf: '2026-03-01' })).toMatchObject([{ standing: { authority: 'NONE', derived: [{ causedBy: { licence: ca('V1'), event: 3 } }] } }]);
    await issue('V2');
    expect(await insurer.evaluate('registry', 'readLicence', { licence: wa('V2') })).not.toHaveProperty('compact');
    await desks.wa.recordAlone(orderOf(wa('V2'), 1, [designated({ ...ca('V2'), number: 'ABSENT' })]));
    expect(await insurer.evaluate('registry', 'readLicence', { licence: wa('V2') })).toMatchObject({ compact: { derived: [], licences: [{ licence: { number: 'ABSENT' }, knownAt: 0, designations: [] }, { knownAt: 2 }] } });
  });

  test('answer claims with the positions of all of them, and again to the same bytes', async () => {
    await join('K1');
    await registrars[2]?.submit('registry', 'registerProviders', { items: [{ npi, type: 'individual', name: { family: 'Doe', given: 'Jane' }, taxonomies: ['207R00000X'] }] });
    await registrars[2]?.submit('registry', 'linkProviderLicences', { items: [{ type: 'ASSERT', npi, licence: nv('K1') }] });
    const query = { npi, jurisdiction: 'NV', from, thru };
    const before = await ask(query);
    expect(before).toMatchObject({ periods: [{ from, thru, authority: 'FULL' }], licences: [{ knownAt: 2, related: [{ licence: ca('K1'), knownAt: 2 }, { licence: wa('K1'), knownAt: 2 }] }] });
    const asKnown = (answer: ProviderStanding): object => ({ ...query, known: answer.licences.map(({ licence, knownAt, linkKnownAt, related }) => ({ licence, knownAt, linkKnownAt, related })) });
    await desks.wa.record(orderOf(wa('K1'), 2, [suspended()], { order: { number: 'WA-2', decidedOn: '2026-03-01' } }));
    const during = await ask(query);
    expect(during.periods).toEqual([{ from, thru: '2026-02-28', authority: 'FULL' }, { from: '2026-03-01', thru: '2026-05-29', authority: 'NONE' }, { from: '2026-05-30', thru, authority: 'FULL' }]);
    await desks.ca.record(orderOf(ca('K1'), 2, [suspended({ effectiveFrom: '2026-01-01' })]));
    expect((await ask(query)).periods).toEqual([{ from, thru, authority: 'NONE' }]);
    expect([await ask(asKnown(before)), await ask(asKnown(during))]).toEqual([before, during]);
    // an answer of before there were compacts names no related licences: it computes from the licence's own events
    expect((await ask({ ...query, known: [{ licence: nv('K1'), knownAt: 2, linkKnownAt: 1 }] })).periods).toEqual([{ from, thru, authority: 'FULL' }]);
    expect([await on(nv('K1'), from), await on(nv('K1'), from, { knownAt: 2 }), await on(nv('K1'), from, { knownAt: 2, related: [{ licence: ca('K1'), knownAt: 3 }] })]).toEqual(['NONE', 'FULL', 'NONE']);
  });

  test('are in what a transaction has read: of two that come in at once one comes too late, and so does an end of what a court voids', async () => {
    await issue('M1');
    const joining = (licence: LicenceKey): object => ({ order: orderOf(licence, 1, [designated(ca('M1'))]), signatures: [] });
    const [california, washington, ours] = registrars as readonly [Party, Party, Party];
    expect(await ours.endorseThen('registry', 'recordBoardOrder', joining(nv('M1')), {}, async () => washington.submit('registry', 'recordBoardOrder', joining(wa('M1'))))).toBe(mvccReadConflict);
    await ours.submit('registry', 'recordBoardOrder', joining(nv('M1')));
    await california.submit('registry', 'recordBoardOrder', joining(ca('M1')));
    await desks.ca.record(orderOf(ca('M1'), 2, [suspended()]));
    const end = signedBy(desks.wa.officer, desks.wa.member, orderOf(wa('M1'), 2, [ended(ca('M1'), 3, '2026-03-01')]));
    expect(await desks.wa.officer.endorseThen('registry', 'recordBoardOrder', end, {}, async () => desks.ca.record(orderOf(ca('M1'), 3, [{ kind: 'VOID', target: 3 }])))).toBe(mvccReadConflict);
    expect(await three('M1', '2026-02-01')).toEqual(['FULL', 'FULL', 'FULL']);
  });

  // The privilege of a Washington licence in California: a record of California's own board.
  test('of a home state carry a privilege, on which a remote state acts by a record of its own', async () => {
    await issue('P1');
    await desks.ca.record(orderOf(ca('P1'), 1, [designated(wa('P1'), 'nlc/1'), suspended()]));
    await registrars[1]?.submit('registry', 'registerProviders', { items: [{ npi: '1234567893', type: 'individual', name: { family: 'Roe', given: 'Jan' }, taxonomies: ['163W00000X'] }] });
    for (const countsIn of ['CA', 'NV']) await registrars[1]?.submit('registry', 'linkProviderLicences', { items: [{ type: 'ASSERT', npi: '1234567893', licence: wa('P1'), countsIn }] });
    const inState = async (jurisdiction: string): Promise<unknown> => (await ask({ npi: '1234567893', jurisdiction, from: '2026-03-01', thru: '2026-03-01' })).licences.map(({ periods }) => periods.map(({ authority, derived }) => [authority, derived]));
    expect(await inState('CA')).toEqual([[['NONE', [{ type: 'SUSPENSION', from: '2026-02-01', codes: ['CARE'], causedBy: { licence: ca('P1'), event: 3, rule: 'nlc/1' } }]]]]);
    expect(await inState('NV')).toEqual([[['FULL', undefined]]]);
    expect(await on(wa('P1'), '2026-03-01')).toBe('FULL');
  });
});
