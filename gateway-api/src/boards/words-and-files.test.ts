import { createHash } from 'node:crypto';
import { nameParts } from './act-fields.js';
import { csvOf } from './csv-lines.js';
import { dayDigest } from './digest.js';
import { wordsOf } from './holder-words.js';

test.each([
  ['O\'Neil-Doe, Zoë', ['ONEIL', 'DOE', 'ZOE']],
  ['van der Berg', ['VAN', 'DER', 'BERG']],
  ['Løvås  (née Groß)', ['LØVAS', 'NEE', 'GROSS']],
  [' %_* ', []],
])('the name “%s” has the words %j', (name, words) => {
  expect(wordsOf(name)).toEqual(words);
});

test.each([
  ['Doe, Jane Ann Mary', { firstName: 'Jane', middleName: 'Ann Mary', lastName: 'Doe' }],
  ['Jane Ann Doe', { firstName: 'Jane', middleName: 'Ann', lastName: 'Doe' }],
  ['Doe', { lastName: 'Doe' }],
  ['Doe,', { lastName: 'Doe' }],
  [undefined, undefined],
])('the name “%s” has these parts', (name, parts) => {
  expect(nameParts(name)).toEqual(parts);
});

test('a field is quoted where it must be, and is no formula', () => {
  expect(csvOf(['a', 'b'], [{ a: 'x "y", z', b: 1 }, { a: '=SUM(A1)' }, { a: '-7', b: 'two\nlines' }])).toBe('a,b\r\n"x ""y"", z",1\r\n\'=SUM(A1),\r\n-7,"two\nlines"\r\n');
});

test('a day’s digest is the hash over its events in the order of the chain', () => {
  const event = (sequence: number, type: string): Parameters<typeof dayDigest>[2][number] => ({ position: sequence, licenceId: 'WA~b~RN~1', sequence, board: 'b', transactionId: `t${sequence}`, recordedAt: new Date('2026-03-01T10:00:00Z'), type, reportType: null, reportDueOn: null });

  expect(dayDigest('b', '2026-03-01', [event(1, 'ISSUE'), event(2, 'RENEW'), event(3, 'RENEW')])).toEqual({
    schema: 'board-day/v1', board: 'b', day: '2026-03-01', events: 3, byType: { ISSUE: 1, RENEW: 2 },
    sha256: createHash('sha256').update('[["WA~b~RN~1",1,"t1"],["WA~b~RN~1",2,"t2"],["WA~b~RN~1",3,"t3"]]').digest('hex'),
  });
});
