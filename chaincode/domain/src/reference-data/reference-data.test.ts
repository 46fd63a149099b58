import fc from 'fast-check';
import { assembleAdjudication } from '../adjudication/assemble.js';
import { recompute } from '../adjudication/recompute.js';
import { claimOf, idOf, line } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import type { AdjudicateClaims } from '../claims/command.js';
import { documentBytes } from '../documents/bytes.js';
import { toHex } from '../shared/bytes.js';
import { MerkleTree } from '../shared/merkle.js';
import { parse } from '../shared/parse.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { inputKey, provedEntry, referenceInput, referenceInputShape } from './entry-input.js';
import type { ReferenceInput } from './entry-input.js';
import { editionOn, referenceLeaf, referenceTableBodyShape, referenceTableId } from './reference-table.js';
import type { ReferenceTableBody } from './reference-table.js';
import { pairKey } from './tables.js';

const body: ReferenceTableBody = { table: 'mue', edition: '2026q1', from: '2026-01-01', count: 1, root: 'a'.repeat(64), fileSha256: 'b'.repeat(64) };

describe('an edition', () => {
  test('has one id, whatever its version says', () => {
    expect(referenceTableId(body, sha256)).toBe(referenceTableId({ ...body, edition: '2026q1' }, sha256));
    expect(referenceTableId(body, sha256)).not.toBe(referenceTableId({ ...body, edition: '2026q2' }, sha256));
  });

  test.each<[string, Partial<ReferenceTableBody>]>([
    ['an unknown table', { table: 'ncci' as 'mue' }],
    ['an edition’s name with blanks', { edition: '2026 Q1' }],
    ['days in the wrong order', { thru: '2025-12-31' }],
    ['a root that is none', { root: 'x' }],
  ])('is refused: %s', (_, changes) => {
    expect(parse(referenceTableBodyShape, body)).toEqual(body);
    expect(refusalOf(() => parse(referenceTableBodyShape, { ...body, ...changes }))).toBe('INVALID_INPUT');
  });

  test('is that of the day; of several the one that began last', () => {
    const quarters = [body, { ...body, edition: '2026q2', from: '2026-04-01' }, { ...body, edition: '2025', from: '2025-01-01', thru: '2026-12-31' }];
    expect(['2024-12-31', '2025-06-01', '2026-03-31', '2026-04-01'].map((date) => editionOn(quarters, 'mue', date)?.edition)).toEqual([undefined, '2025', '2026q1', '2026q2']);
    expect(editionOn(quarters, 'hcpcs', '2026-04-01')).toBeUndefined();
  });
});

test('a pair has one key, whichever code is named first', () => {
  expect(pairKey('X0002', 'X0001')).toBe(pairKey('X0001', 'X0002'));
});

describe('entries and their absence', () => {
  const codes = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
  const name = (number: number): string => `X${String(number).padStart(4, '0')}`;

  test('are proved for every key, and for no other answer', () => {
    fc.assert(fc.property(codes, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (listed, asked, other) => {
      const desk = new ClaimsDesk();
      const leaves = [...listed].sort((a, b) => a - b).map((number) => referenceLeaf(body.fileSha256, name(number), { type: 'code' }, sha256));
      const tree = new MerkleTree(leaves, sha256);
      desk.load('hcpcs', {}, { root: tree.root, count: leaves.length });
      const [table] = desk.all('reference-table');
      if (table === undefined) throw new Error('a table expected');
      const input = parse(referenceInputShape, JSON.parse(JSON.stringify(referenceInput(table.id, tree, name(asked))))) ;
      expect(inputKey(input)).toBe(name(asked));
      expect(provedEntry(table, input, sha256)).toEqual(listed.includes(asked) ? { type: 'code' } : null);
      if (input.type === 'not-listed' && listed.includes(other)) expect(refusalOf(() => provedEntry(table, { ...input, key: name(other) }, sha256))).toBe('PROOF_INVALID');
      if (input.type === 'listed' && asked !== other) {
        const leaf = { ...input.inclusion.leaf, key: name(other) };
        expect(refusalOf(() => provedEntry(table, { ...input, inclusion: { ...input.inclusion, leaf } }, sha256))).toBe('PROOF_INVALID');
      }
    }), { numRuns: 60 });
  });
});

describe('a decision by tables', () => {
  const desk = new ClaimsDesk({ plan: { edits: { tables: ['mue', 'hcpcs'], reductions: [] } } });
  desk.load('mue', { X0001: { type: 'units', most: 1, indicator: '2' } });
  desk.load('hcpcs', { X0001: { type: 'code' }, X0003: { type: 'code' } });
  desk.submit('claim', claimOf([line({ quantity: { unit: 'UN', thousandths: 2000 } }), line({ procedure: { qualifier: 'HC', code: 'X0002', modifiers: [] } })]));
  const command = assembleAdjudication(desk.reading(['claim']), sha256);
  const entries = command.entries ?? [];
  const isListed = (input: ReferenceInput): input is Extract<ReferenceInput, { type: 'listed' }> => input.type === 'listed';
  const raised = entries.map((input): ReferenceInput => (isListed(input) && input.inclusion.leaf.value.type === 'units'
    ? { ...input, inclusion: { ...input.inclusion, leaf: { ...input.inclusion.leaf, value: { type: 'units', most: 9, indicator: '2' } } } } : input));
  const denied = entries.filter(isListed).map((input): ReferenceInput => ({ type: 'not-listed', tableId: input.tableId, key: inputKey(input), absence: {} }));
  const elsewhere = entries.map((input): ReferenceInput => ({ ...input, tableId: entries.find(({ tableId }) => tableId !== input.tableId)?.tableId ?? '' }));

  test.each<[string, string, Partial<AdjudicateClaims>]>([
    ['an altered entry', 'PROOF_INVALID', { entries: raised }],
    ['an entry said to be absent', 'PROOF_INVALID', { entries: [...entries.filter((input) => !isListed(input)), ...denied] }],
    ['an entry of another table', 'PROOF_INVALID', { entries: elsewhere }],
    ['no entries', 'INPUT_MISSING', { entries: [] }],
    ['an entry twice', 'INPUT_MISMATCH', { entries: [...entries, ...entries] }],
  ])('is refused with %s: %s', (_, code, changes) => {
    expect(entries).toHaveLength(4);
    expect(refusalOf(() => desk.run({ ...command, ...changes }))).toBe(code);
  });

  test('without a table the claim waits; with all it is decided, records them, and computes again to the same bytes', () => {
    const waiting = desk.run({ ...command, referenceTables: [], entries: [] });
    expect(waiting.items).toMatchObject([{ outcome: 'PENDED', reasons: ['reference-tables/v2 no-edition mue', 'reference-tables/v2 no-edition hcpcs'] }]);
    desk.run(command);
    const [adjudication, eob] = [desk.adjudication('claim'), desk.eob('claim')];
    expect(eob.body.lines.map(({ adjustments }) => adjustments[0]?.reason)).toEqual(['151', '181']);
    expect(adjudication.body.facts.reference?.tables.map(({ table, version }) => [table, version]).sort()).toEqual([['hcpcs', 1], ['mue', 1]]);
    desk.load('mue', { X0001: { type: 'units', most: 9, indicator: '2' } }, { edition: '2027', from: '2026-01-02' });
    const again = recompute(desk.claim('claim'), adjudication, eob, sha256);
    expect([toHex(again.adjudication), toHex(again.eob)]).toEqual([toHex(documentBytes(adjudication)), toHex(documentBytes(eob))]);
    expect(desk.waiting.has(idOf('claim'))).toBe(false);
  });
});
