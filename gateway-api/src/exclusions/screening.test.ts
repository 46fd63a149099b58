import { createHash, randomUUID } from 'node:crypto';
import { npiCheckDigit } from '@medaccord/domain';
import type { ScreenedPerson, ScreeningRunDocument } from '@medaccord/domain';
import { done } from '../testing/founding.js';
import type { TestAnswer } from '../testing/test-gateway.js';
import type { ScreeningSummary } from './screening-desk.js';
import { csvOf, rawRow } from './testing/leie-files.js';
import { load, StewardWorld } from './testing/steward-world.js';

const [clear, namesake, byNpi] = ['1234567893', '1003357849', '1679576722'];
const person = (npi: string, familyName: string, givenName: string, more: Partial<ScreenedPerson> = {}): ScreenedPerson => ({ npi, familyNames: [familyName], givenName, states: ['CA'], zips: [], ...more });

const july = [
  rawRow({ LASTNAME: 'NAMESAKE', FIRSTNAME: 'NELL', EXCLDATE: '20220720', DOB: '19600606' }),
  rawRow({ LASTNAME: 'OTHER', FIRSTNAME: 'OLIVE', EXCLDATE: '20220720' }),
];
const august = [rawRow({ LASTNAME: 'MARRIED', FIRSTNAME: 'BEA', NPI: byNpi, EXCLDATE: '20220920' })];

describe('screening', () => {
  let world: StewardWorld;

  beforeAll(async () => {
    world = await StewardWorld.start();
  }, 240_000);
  afterAll(async () => {
    await world.stop();
  }, 60_000);

  const run = async (key = randomUUID()): Promise<TestAnswer> => world.hospital.write('/v1/screening/runs', 'credentialing', { source: 'LEIE' }, { 'Idempotency-Key': key });
  const ran = async (): Promise<ScreeningSummary> => (await done(run())).json as unknown as ScreeningSummary;
  const name = async (...items: readonly ScreenedPerson[]): Promise<TestAnswer> => done(world.hospital.write('/v1/screening/clinicians', 'medical-staff-office', { items }));
  const decide = async (matchId: string, state: string, reason: string): Promise<TestAnswer> =>
    world.hospital.write(`/v1/exclusion-matches/${matchId}/steps`, 'credentialing', { verb: 'decideExclusionMatch', state, reason, evidenceHash: 'ab'.repeat(32) });
  const recorded = async (): Promise<readonly ScreeningRunDocument[]> => ((await world.hospital.read('/v1/screening/runs', 'credentialing')).json as { items: ScreeningRunDocument[] }).items;

  test('needs a list, files that stewards told the ledger, and clinicians', async () => {
    expect((await run()).json['code']).toBe('EXCLUSION_LIST_EMPTY');
    await done(load(world.hospital, 'credentialing', '2022-07', 'full', csvOf(july)));
    expect((await run()).json['code']).toBe('EXCLUSION_SNAPSHOT_MISSING');
    await world.publish('2022-07', 'full', july);
    expect((await run()).json['code']).toBe('NOBODY_TO_SCREEN');
  });

  test('is recorded also when everybody is clear, with the hash of the file', async () => {
    await name(person(clear, 'Clear', 'Cleo'));
    const summary = await ran();
    const sha256 = createHash('sha256').update(csvOf(july)).digest('hex');

    expect(summary).toMatchObject({ parts: 1, attested: true, counts: { CLEAR: 1, POTENTIAL: 0 }, notClear: [], snapshots: [{ source: 'LEIE', month: '2022-07', file: 'full', sha256 }] });
    expect((await recorded()).map(({ body }) => body)).toEqual([{ runId: summary.runId, part: 1, parts: 1, snapshots: summary.snapshots, matcher: 'leie-match/v1', clinicians: [{ npi: clear, result: 'CLEAR', matchIds: [] }] }]);
  });

  test('happens once per key', async () => {
    const key = randomUUID();
    const [first, again] = [await run(key), await run(key)];

    expect(again.json).toEqual(first.json);
    expect(await recorded()).toHaveLength(2);
  });

  test('leaves a namesake to a person, and believes the person until identifiers change', async () => {
    await name(person(namesake, 'Namesake', 'Nell'));
    const [found] = (await ran()).notClear;
    expect(found).toMatchObject({ npi: namesake, result: 'POTENTIAL' });
    const matchId = found?.matchIds[0] ?? '';
    expect((await world.hospital.read(`/v1/exclusion-matches/${matchId}/sides`, 'credentialing')).json).toMatchObject({
      match: { body: { state: 'POTENTIAL', score: 60, reasons: ['FAMILY_NAME', 'GIVEN_NAME', 'STATE'] } }, person: { npi: namesake }, row: { lastName: 'NAMESAKE', birthDate: '1960-06-06' },
    });

    await done(decide(matchId, 'FALSE_POSITIVE', 'the diploma shows another birth date'));
    expect((await decide(matchId, 'CONFIRMED', 'after all')).json['code']).toBe('SCREENING_DECIDED');
    expect(await ran()).toMatchObject({ counts: { FALSE_POSITIVE: 1, POTENTIAL: 0 }, notClear: [{ npi: namesake, result: 'FALSE_POSITIVE', matchIds: [matchId] }] });

    await name(person(namesake, 'Namesake', 'Nell', { zips: ['90001'] }));
    expect(await ran()).toMatchObject({ counts: { POTENTIAL: 1 }, notClear: [{ npi: namesake, result: 'POTENTIAL', matchIds: [matchId] }] });
    await name(person(namesake, 'Namesake', 'Nell', { zips: ['90001'], birthDate: '1980-01-01' }));
    expect(await ran()).toMatchObject({ counts: { CLEAR: 2, POTENTIAL: 0 } }); // born on another day: no candidate
  });

  test('finds a new exclusion by its NPI whatever the name, names every file, and keeps the decision', async () => {
    await name(person(byNpi, 'Maiden', 'Bea'));
    await world.publish('2022-08', 'exclusions', august);
    const { notClear: [found], snapshots } = await ran();
    expect(snapshots.map(({ month, file }) => [month, file])).toEqual([['2022-07', 'full'], ['2022-08', 'exclusions']]);
    await done(decide(found?.matchIds[0] ?? '', 'CONFIRMED', 'her NPI'));

    expect(await ran()).toMatchObject({ counts: { CONFIRMED: 1 }, notClear: [{ npi: byNpi, result: 'CONFIRMED' }] });
    expect((await world.hospital.read(`/v1/exclusion-matches/${found?.matchIds[0] ?? ''}`, 'credentialing')).json).toMatchObject({ newest: { version: 2, body: { state: 'CONFIRMED', decision: { by: 'credentialing@test', reason: 'her NPI' } } } });
  });

  test('knows former names and other numbers that two organisations have told the registry', async () => {
    const [present, replaced] = ['1679576730', '1083617021'];
    await done(world.board.write('/v1/providers', 'registrar', { items: [present, replaced].map((npi) => ({ npi, type: 'individual', name: { family: 'Present', given: 'Pia' }, taxonomies: [] })) }));
    await name(person(present, 'Present', 'Pia'));
    await world.publish('2022-09', 'exclusions', [
      rawRow({ LASTNAME: 'FORMER', FIRSTNAME: 'PIA', EXCLDATE: '20221020' }), rawRow({ LASTNAME: 'ELSE', FIRSTNAME: 'X', NPI: replaced, EXCLDATE: '20221020' }),
    ]);
    const facts = [{ type: 'NAMED', npi: present, name: { family: 'Former', given: 'Pia' }, thru: '2019-12-31' }, { type: 'REPLACED', npi: replaced, by: present, from: '2020-01-01' }];
    await done(world.hospital.write('/v1/provider-identities', 'credentialing', { items: facts.map((fact) => ({ type: 'PROPOSE', fact, evidenceHash: 'e'.repeat(64) })) }));
    expect((await ran()).notClear.find(({ npi }) => npi === present)).toBeUndefined();
    await done(world.board.write('/v1/provider-identities', 'registrar', { items: facts.map((fact) => ({ type: 'CONFIRM', fact })) }));
    const found = (await ran()).notClear.find(({ npi }) => npi === present);
    const pairs = await Promise.all((found?.matchIds ?? []).map(async (id) => (await world.hospital.read(`/v1/exclusion-matches/${id}/sides`, 'credentialing')).json));
    expect(pairs.map((pair) => (pair['row'] as { lastName: string } | undefined)?.lastName).sort()).toEqual(['ELSE', 'FORMER']);
    expect(pairs).toEqual(pairs.map(() => expect.objectContaining({ person: expect.objectContaining({ familyNames: ['Present', 'Former'], otherNpis: [replaced] }) as unknown }) as unknown));
    await done(world.hospital.write('/v1/screening/clinicians/removals', 'credentialing', { npis: [present] }));
  }, 60_000);

  test('goes on in parts where there are many clinicians', async () => {
    const many = Array.from({ length: 230 }, (_, index) => person(npiOf(index), 'Many', `Person${String.fromCharCode(65 + (index % 26))}`));
    await name(...many);
    const summary = await ran();
    const parts = (await recorded()).filter(({ body }) => body.runId === summary.runId);

    expect(summary).toMatchObject({ parts: 3, counts: { CLEAR: 232, CONFIRMED: 1 } }); // 230 and Clear and Namesake; Bea
    expect(parts.map(({ body }) => [body.part, body.clinicians.length]).sort()).toEqual([[1, 100], [2, 100], [3, 33]]);
    expect((await done(world.hospital.write('/v1/screening/clinicians/removals', 'credentialing', { npis: many.map(({ npi }) => npi) }))).json).toEqual({ count: 230 });
    expect(((await world.hospital.read('/v1/screening/clinicians?limit=2', 'credentialing')).json as { items: { npi: string }[]; next: string }).items.map(({ npi }) => npi)).toEqual([namesake, clear].sort());
  }, 60_000);

  test('stays with the organisation', async () => {
    for (const path of ['/v1/screening/runs', '/v1/exclusion-matches', '/v1/screening/clinicians']) expect((await world.insurer.read(path, 'credentialing')).json).toMatchObject({ items: [] });
    expect((await world.hospital.read('/v1/screening/runs', 'biller')).json['code']).toBe('FORBIDDEN_ROLE');
  });

  test('rests on stewards of an insurer or the consortium office alone', async () => {
    const attest = async (gateway: StewardWorld['hospital'], role: string): Promise<unknown> => (await gateway.write('/v1/exclusion-lists/LEIE/files/2022-08/exclusions/attestations', role, undefined)).json['code'];
    expect(await attest(world.hospital, 'credentialing')).toBe('FORBIDDEN_ROLE');
    expect(await attest(world.hospital, 'exclusion-steward')).toBe('FORBIDDEN_ROLE'); // nobody is enrolled so
    expect((await world.insurer.write('/v1/exclusion-lists/LEIE/files/2022-10/full/attestations', 'exclusion-steward', undefined)).json['code']).toBe('EXCLUSION_FILE_NOT_FOUND');
    expect((await world.hospital.read('/v1/exclusion-lists/LEIE/snapshots', 'credentialing')).json).toMatchObject([
      { month: '2022-07', rows: 2, attestations: [{ mspId: 'ConsortiumMSP' }, { mspId: 'InsurerMSP' }] }, { month: '2022-08', rows: 1 }, { month: '2022-09', rows: 2 },
    ]);
  });

  test('refuses what is not a clinician', async () => {
    const refused = await world.hospital.write('/v1/screening/clinicians', 'credentialing', { items: [{ ...person('1234567890', '', 'X'), ssn: '1' }] });
    expect([refused.status, (refused.json['issues'] as { path: string }[]).map(({ path }) => path)]).toEqual([400, ['/items/0/ssn', '/items/0/npi', '/items/0/familyNames/0']]);
    expect((await world.hospital.read(`/v1/exclusion-matches/${'ab'.repeat(16)}/sides`, 'credentialing')).json['code']).toBe('DOCUMENT_NOT_FOUND');
  });
});

/** Distinct numbers with their check digits. */
function npiOf(index: number): string {
  const nine = `12${String(index).padStart(7, '0')}`;

  return `${nine}${npiCheckDigit(nine)}`;
}
