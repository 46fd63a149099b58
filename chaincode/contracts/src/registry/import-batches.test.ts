import type { LicenceKey, LicenceView, VoidImportBatch } from '@medaccord/domain';
import { batchVoidBytes, licenceId } from '@medaccord/domain';
import { boardDesk, newActionId, orderOf, suspended } from '../testing/board-desk.js';
import type { BoardDesk } from '../testing/board-desk.js';
import { refusalOf } from '../testing/contract-network.js';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';

const licence = (number: string, board = 'ca-medical', type = 'MD'): LicenceKey => ({ jurisdiction: 'CA', board, type, number });
const imported = (number: string, importBatch = 'ca-1'): object => ({ actionId: newActionId(), licence: licence(number), effectiveFrom: '2020-01-01', status: 'ACTIVE', source: { status: 'Current', importBatch, recordedOn: '2025-12-31' } });

describe('an import on the ledger', () => {
  let network: ContractNetwork;
  let registrar: Party;
  let desk: BoardDesk;

  const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;
  const batchVoid = (overrides: Partial<VoidImportBatch> = {}): VoidImportBatch => ({ actionId: newActionId(), board: 'ca-medical', importBatch: 'ca-1', order: { number: 'R-1', decidedOn: '2026-02-01' }, ...overrides });
  const signedVoid = (signed: VoidImportBatch, numbers: readonly string[], sent = signed, by: readonly Party[] = [desk.officer, desk.member]): object => ({
    batchVoid: sent, licences: numbers.map((number) => licence(number)), signatures: by.map((party) => ({ signer: party.fingerprint, signature: party.sign(batchVoidBytes('medaccord', signed)) })),
  });
  const submit = async (party: Party, request: object): Promise<unknown> => (JSON.parse((await party.submit('registry', 'voidImportBatch', request)).result) as { outcomes: unknown }).outcomes;
  const read = async (...numbers: readonly string[]): Promise<readonly (LicenceView | null)[]> => (await registrar.evaluate('registry', 'readLicences', { licences: numbers.map((number) => licence(number)), asOf: '2026-03-01' })) as (LicenceView | null)[];

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    registrar = await inRole(network, 'board', 'registrar');
    desk = await boardDesk(network);
    await registrar.submit('registry', 'issueLicences', { items: [imported('A1'), imported('A2'), imported('A3'), imported('A4', 'ca-2')] });
  }, 120_000);
  afterAll(async () => { await network.stop(); });

  test('is read in one question, a licence that is not there as null', async () => {
    expect(await read('A1', 'Z9')).toMatchObject([{ licence: { source: { importBatch: 'ca-1' } }, events: [{ sequence: 1, importBatch: 'ca-1', sourceRecordedAt: '2025-12-31' }], struck: [], standing: { authority: 'FULL' }, issuedOn: '2020-01-01' }, null]);
  });

  test('is void where two persons say so, licence by licence', async () => {
    await desk.recordAlone(orderOf(licence('A2'), 1, [suspended()]));
    const command = batchVoid();

    expect(await submit(desk.officer, signedVoid(command, ['A1', 'A2', 'A4', 'Z9']))).toEqual([
      { outcome: 'VOIDED', id: licenceId(licence('A1')) }, { outcome: 'REFUSED', code: 'LICENCE_CHANGED_SINCE' }, { outcome: 'REFUSED', code: 'LICENCE_NOT_OF_BATCH' }, { outcome: 'REFUSED', code: 'LICENCE_NOT_FOUND' },
    ]);
    expect(await submit(desk.member, signedVoid(command, ['A1', 'A3']))).toMatchObject([{ outcome: 'ALREADY_RECORDED' }, { outcome: 'VOIDED' }]);
    expect(await read('A1', 'A2')).toMatchObject([{ struck: [1], standing: { lifecycle: 'NOT_ISSUED' } }, { struck: [], standing: { authority: 'NONE' } }]);
  });

  test('comes again under another name, with particulars of its own', async () => {
    await registrar.submit('registry', 'issueLicences', { items: [{ ...imported('A1', 'ca-3'), validThru: '2027-12-31', holder: 'Doe, Jane' }] });
    expect(await read('A1')).toMatchObject([{ licence: { holder: 'Doe, Jane', source: { importBatch: 'ca-3' } }, events: [{}, { kind: 'VOID' }, { sequence: 3, importBatch: 'ca-3' }], standing: { authority: 'FULL' }, validThru: '2027-12-31' }]);
    expect(await registrar.evaluate('registry', 'readLicence', { licence: licence('A1') })).toMatchObject({ faults: [] });
  });

  test('is not void by one person, by two who signed another import, by another unit or another agency', async () => {
    const command = batchVoid({ importBatch: 'ca-2' });
    const nurse = await inRole(network, 'board', 'disciplinary-officer', 'ca-nursing');
    await nurse.submit('registry', 'introduceOfficer', {});
    const stranger = await inRole(network, 'otherBoard', 'disciplinary-officer');

    expect(await codeOf(submit(desk.officer, { ...signedVoid(command, ['A4']), signatures: [] }))).toBe('TWO_PERSONS_NEEDED');
    expect(await codeOf(submit(desk.officer, signedVoid(batchVoid(), ['A4'], command)))).toBe('SIGNATURE_INVALID');
    expect(await codeOf(submit(nurse, signedVoid(command, ['A4'], command, [nurse, desk.member])))).toBe('FORBIDDEN_UNIT');
    expect(await codeOf(submit(stranger, signedVoid(command, ['A4'])))).toBe('SIGNER_UNKNOWN');
    expect(await codeOf(submit(await inRole(network, 'hospital', 'registrar'), signedVoid(command, ['A4'])))).toBe('FORBIDDEN_ORGANISATION');
    expect(await codeOf(submit(await inRole(network, 'board', 'biller'), signedVoid(command, ['A4'])))).toBe('FORBIDDEN_ROLE');
    expect(await read('A4')).toMatchObject([{ struck: [], standing: { authority: 'FULL' } }]);
  });

  test('is read by the board’s own words, which nobody else defines', async () => {
    const words = { board: 'ca-medical', version: 1, words: [{ word: 'Conditional', meaning: 'INACTIVE' }] };
    const define = async (party: Party): Promise<unknown> => party.submit('registry', 'defineStatusWords', words);

    expect(await codeOf(define(await inRole(network, 'otherBoard', 'registrar')))).toBe('FORBIDDEN_ORGANISATION');
    expect(await codeOf(define(await inRole(network, 'board', 'registrar', 'ca-nursing')))).toBe('FORBIDDEN_UNIT');
    expect(await codeOf(define(await inRole(network, 'hospital', 'registrar')))).toBe('FORBIDDEN_ORGANISATION');
    expect(await codeOf(define(desk.officer))).toBe('FORBIDDEN_ROLE');
    await define(registrar);
    expect(await codeOf(define(registrar))).toBe('STALE_VERSION');
    expect(await registrar.evaluate('registry', 'readStatusWords', { board: 'ca-medical' })).toMatchObject([{ version: 1, mspId: 'CaliforniaMSP' }]);
  });
});
