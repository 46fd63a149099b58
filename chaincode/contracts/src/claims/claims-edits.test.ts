import { MerkleTree, referenceLeaf } from '@medaccord/domain';
import type {
  AdjudicateClaims, ClaimFile, HistoryInput, Receipt, Recomputation, RecordReferenceTables, ReferenceEntry, ReferenceInput, ReferenceTableBody, ReferenceTableDocument, ReferenceTableFile, TableName,
} from '@medaccord/domain';
import { sha256 } from '../platform/sha256.js';
import { refusalOf } from '../testing/contract-network.js';
import { assertValid } from '../testing/founded-registry.js';
import { ClaimsTown, SERVICE_DAY } from './testing/claims-town.js';
import type { Role } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

const FILE = '5e'.repeat(32);
const PAIRS: Readonly<Record<string, ReferenceEntry>> = {
  'X0000/X0001': { type: 'pair', periods: [{ pays: 'X0000', from: '2020-01-01', modifier: '0' }] },
  'X0001/X0002': { type: 'pair', periods: [{ pays: 'X0001', from: '2020-01-01', modifier: '1' }] },
};
const UNITS: Readonly<Record<string, ReferenceEntry>> = { X0001: { type: 'units', most: 2, indicator: '2' }, X0003: { type: 'units', most: 1, indicator: '1' } };
const two = { quantity: { unit: 'UN', thousandths: 2000 } };
const column2 = { procedure: { qualifier: 'HC', code: 'X0002', modifiers: [] } };

describe('edits by tables of which the ledger holds the root', () => {
  let town: ClaimsTown;
  let terms: { readonly planId: string; readonly feeScheduleId: string };
  let tables: readonly ReferenceTableFile[];

  const recording = (table: TableName, entries: Readonly<Record<string, ReferenceEntry>>, version = 1): RecordReferenceTables => {
    const body: ReferenceTableBody = { table, edition: '2026q1', from: '2020-01-01', count: Object.keys(entries).length, root: treeOf(entries).root, fileSha256: FILE };
    return { verb: 'recordReferenceTables', items: [{ version, body }] };
  };

  /** Records an edition as the person whose matter it is; read as the examiner, because that person reads no private documents. */
  const load = async (table: TableName, entries: Readonly<Record<string, ReferenceEntry>>, version = 1): Promise<ReferenceTableFile> => {
    const command = town.command('reference-data', recording(table, entries, version));
    assertValid(await town.send('reference-data', command));
    const [item] = (await town.read<Receipt>('claims-examiner', 'readReceipt', command.commandId)).body.items;
    return { document: await town.read<ReferenceTableDocument>('claims-examiner', 'readNewest', 'reference-table', item?.id ?? ''), tree: treeOf(entries) };
  };

  interface Ready {
    readonly claimIds: readonly string[];
    readonly command: AdjudicateClaims;
    readonly next: (claimIds: readonly string[], history: readonly HistoryInput[]) => Promise<AdjudicateClaims>;
  }

  /** Claims of one fresh member, with the command that decides them. */
  const ready = async (member: string, ...lines: readonly Parameters<typeof claim>[1][][]): Promise<Ready> => {
    const contents = lines.map((one) => claim(member, ...one));
    const [first] = contents;
    if (first === undefined) throw new Error('a claim expected');
    const insured = await town.enrol(first, terms.planId);
    const next: Ready['next'] = (claimIds, history) => town.adjudication(claimIds, { ...terms, ...insured }, history, tables);
    const claimIds = await town.submit(...contents);
    return { claimIds, command: await next(claimIds, []), next };
  };

  /** Each line's first reason with its remark, as one party holds the decision. */
  const reasonsAt = async (role: Role, claimId: string): Promise<readonly string[]> =>
    (await town.read<ClaimFile>(role, 'readClaim', claimId)).eob?.body.lines.map(({ denied, adjustments: [one], remarks }) => (denied ? `${one?.group ?? ''}-${one?.reason ?? ''} ${remarks.join(' ')}` : 'paid')) ?? [];

  const refusal = async (body: AdjudicateClaims): Promise<string> => (await refusalOf(town.send('claims-examiner', town.command('claims-examiner', body)))).code;

  beforeAll(async () => {
    town = await ClaimsTown.start();
    terms = await town.insure({ edits: { tables: ['ncci-ptp', 'mue'], reductions: [] } });
    tables = [await load('ncci-ptp', PAIRS), await load('mue', UNITS)];
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  test('a table is recorded by the people of reference data alone', async () => {
    const body = recording('hcpcs', {});
    for (const role of ['plan-admin', 'claims-examiner'] as const) expect((await refusalOf(town.send(role, town.command(role, body)))).code).toBe('FORBIDDEN_ROLE');
    expect((await refusalOf(town.read('reference-data', 'listOpen', '', '10'))).code).toBe('FORBIDDEN_ROLE');
  });

  test('a pair and too many units are denied with the same reasons at both parties, and computed again to the same bytes', async () => {
    const { claimIds: [paired = '', excessive = ''], command } = await ready('M-1', [service(SERVICE_DAY), service(SERVICE_DAY, column2)], [service(SERVICE_DAY, two)]);
    // 1 unit is paid with the first claim; 1 + 2 = 3 are more than 2 of the day
    await town.apply('claims-examiner', { ...command, items: command.items.map((item) => ({ ...item, releases: [{ rule: 'duplicate/v2', reason: 'looked at' }] })) });
    for (const role of ['claims-examiner', 'biller'] as const) {
      expect(await reasonsAt(role, paired)).toEqual(['paid', 'CO-236 M80']);
      expect(await reasonsAt(role, excessive)).toEqual(['CO-151 N362']);
      expect(await town.read<Recomputation>(role, 'recompute', paired)).toMatchObject({ same: true });
    }
    const { adjudication } = await town.read<ClaimFile>('biller', 'readClaim', paired);
    expect(adjudication?.body.facts.reference?.tables.map(({ table, version }) => `${table} ${version}`).sort()).toEqual(['mue 1', 'ncci-ptp 1']);
  });

  test('what was paid before counts', async () => {
    const { claimIds: [first = ''], command, next } = await ready('M-2', [service(SERVICE_DAY)]);
    await town.apply('claims-examiner', command);
    const { claim: decided, eob } = await town.read<ClaimFile>('claims-examiner', 'readClaim', first);
    if (eob === null) throw new Error('a decision expected');
    const [second = ''] = await town.submit(claim('M-2', service(SERVICE_DAY, column2)));
    await town.apply('claims-examiner', await next([second], [{ claim: decided, eob }]));
    expect(await reasonsAt('biller', second)).toEqual(['CO-236 M80']);
  });

  test('an altered entry, proof or table is refused by both peers', async () => {
    const { command } = await ready('M-3', [service(SERVICE_DAY, two), service(SERVICE_DAY, column2)]);
    const entries = command.entries ?? [];
    const change = (alter: (input: ReferenceInput) => ReferenceInput): Partial<AdjudicateClaims> => ({ entries: entries.map(alter) });
    const raised = change((input) => (input.type === 'listed' && input.inclusion.leaf.value.type === 'units' ? { ...input, inclusion: { ...input.inclusion, leaf: { ...input.inclusion.leaf, value: { type: 'units', most: 99, indicator: '2' } } } } : input));
    const bent = change((input) => (input.type === 'listed' ? { ...input, inclusion: { ...input.inclusion, path: { ...input.inclusion.path, siblings: input.inclusion.path.siblings.map(() => FILE) } } } : input));
    const hidden = change((input) => (input.type === 'listed' ? { type: 'not-listed', tableId: input.tableId, key: input.inclusion.leaf.key, absence: {} } : input));
    const forged = { referenceTables: (command.referenceTables ?? []).map((table) => ({ ...table, body: { ...table.body, root: FILE } })) };
    const refusals: [string, Partial<AdjudicateClaims>][] = [['PROOF_INVALID', raised], ['PROOF_INVALID', bent], ['PROOF_INVALID', hidden], ['INPUT_MISSING', { entries: [] }], ['DOCUMENT_MISMATCH', forged]];
    for (const [code, changes] of refusals) expect(await refusal({ ...command, ...changes })).toBe(code);
  });

  test('an edition that was corrected meanwhile is not used any more', async () => {
    const { command } = await ready('M-4', [service(SERVICE_DAY)]);
    await load('mue', { X0001: { type: 'units', most: 5, indicator: '2' } }, 2);
    expect(await refusal(command)).toBe('STALE_VERSION');
  });
});

function treeOf(entries: Readonly<Record<string, ReferenceEntry>>): MerkleTree<ReferenceEntry> {
  return new MerkleTree(Object.entries(entries).map(([key, value]) => referenceLeaf(FILE, key, value, sha256)), sha256);
}
