import { executionBy, membersOfTest } from '../members/testing/executions.js';
import { parse } from '../shared/parse.js';
import { licenceOfRow, rosterMeaning } from './roster.js';
import { defineStatusWords, defineStatusWordsShape } from './status-words.js';
import type { DefineStatusWords, StatusWords } from './status-words.js';
import { licence } from './testing/timelines.js';

const table: DefineStatusWords = { board: licence.board, version: 1, words: [{ word: 'Conditional, Expired', meaning: 'DATES' }, { word: 'Revoked', meaning: 'REVOKED' }, { word: 'ACTIVE', meaning: 'UNKNOWN' }] };
const words: StatusWords = { schema: 'status-words/v1', ...table, mspId: 'BoardMSP', definedAt: '2026-01-01T00:00:00.000Z' };
const roster = { jurisdiction: 'CA', board: licence.board, type: 'MD', importBatch: 'b', recordedOn: '2026-03-01', words };
const codeOf = (call: () => unknown): unknown => {
  try { return call(); } catch (error) { return (error as { code?: string }).code; }
};

describe('a board’s own table of status words', () => {
  test.each([
    ['conditional, expired', '2026-02-01', 'ACTIVE', 'ACTIVE'], // DATES: valid until then
    ['Revoked', undefined, 'REVOKED', 'UNKNOWN'], // an order revokes, no import
    ['Active', undefined, 'UNKNOWN', 'UNKNOWN'], // the board’s own word goes before the general one
    ['Retired', undefined, 'RETIRED', 'RETIRED'],
    ['Void', undefined, 'UNKNOWN', 'UNKNOWN'],
  ])('reads “%s” valid thru %s as %s and imports it as %s', (status, validThru, meaning, imported) => {
    const row = { number: 'A1', status, effectiveFrom: '2020-01-01', ...(validThru === undefined ? {} : { validThru }) };
    expect([rosterMeaning(row, roster), licenceOfRow(row, roster)]).toMatchObject([meaning, { status: imported, source: { status, wordsVersion: 1 } }]);
  });

  test('has versions, one after the other', () => {
    const first = defineStatusWords(undefined, table, executionBy('board'));
    expect(first).toMatchObject({ schema: 'status-words/v1', version: 1, mspId: membersOfTest.board.mspId });
    expect(defineStatusWords(first, { ...table, version: 2 }, executionBy('board'))).toMatchObject({ version: 2 });
    expect(codeOf(() => defineStatusWords(first, table, executionBy('board')))).toBe('STALE_VERSION');
  });

  test('is the board’s own', () => {
    expect(codeOf(() => defineStatusWords(undefined, table, executionBy('otherBoard')))).toBe('FORBIDDEN_ORGANISATION');
    expect(codeOf(() => defineStatusWords(undefined, table, executionBy('board', { unit: 'ca-nursing' })))).toBe('FORBIDDEN_UNIT');
  });

  test('says each word once, and means something by it', () => {
    const issuesOf = (some: unknown): unknown => codeOf(() => parse(defineStatusWordsShape, { ...table, words: some }));
    expect([issuesOf([{ word: 'A', meaning: 'ACTIVE' }, { word: ' a ', meaning: 'RETIRED' }]), issuesOf([{ word: 'A', meaning: 'GOOD' }]), issuesOf([])]).toEqual(['INVALID_INPUT', 'INVALID_INPUT', 'INVALID_INPUT']);
  });
});
