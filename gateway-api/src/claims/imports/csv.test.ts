import { Readable } from 'node:stream';
import { DomainError, freeText, object, optional } from '@medaccord/domain';
import type { Issue } from '@medaccord/domain';
import { grouped, readCsv, wholeNumber } from './csv.js';

interface Pair { readonly name: string; readonly amount: number; readonly note?: string }

const shape = object<Pair>({ name: freeText(1, 10), amount: wholeNumber(0), note: optional(freeText(1, 20)) });
const read = (text: string): ReturnType<typeof readCsv<Pair>> => readCsv(Readable.from([Buffer.from(text)]), shape);

async function issuesOf(text: string): Promise<readonly string[]> {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof DomainError) return (error.details['issues'] as readonly Issue[]).map(({ code, path }) => `${code} ${path}`);
  }

  return [];
}

test.each<[string, string, readonly unknown[]]>([
  ['plain values', 'name,amount,note\na,1,x\n', [{ line: 2, value: { name: 'a', amount: 1, note: 'x' } }]],
  ['no line break at the end, carriage returns, an empty value', 'name,amount,note\r\na,1,', [{ line: 2, value: { name: 'a', amount: 1 } }]],
  ['quotes with commas, quotes and line breaks', 'name,amount,note\n"a,""b""",1,"x\ny"\nc,2,z', [{ line: 2, value: { name: 'a,"b"', amount: 1, note: 'x\ny' } }, { line: 4, value: { name: 'c', amount: 2, note: 'z' } }]],
  ['empty lines', 'name,amount\n\na,1\n\n', [{ line: 3, value: { name: 'a', amount: 1 } }]],
])('reads %s', async (_, text, expected) => {
  expect(await read(text)).toEqual(expected);
});

test.each<[string, string, readonly string[]]>([
  ['each fault with line and column', 'name,amount\n,1\nb,x\nc,-1', ['REQUIRED /lines/2/name', 'NOT_AN_INTEGER /lines/3/amount', 'TOO_SMALL /lines/4/amount']],
  ['a row of another length', 'name,amount\na,1,2', ['TOO_MANY /lines/2']],
  ['an unknown column', 'name,amount,colour\na,1,red', ['UNKNOWN_FIELD /lines/2/colour']],
  ['a quote that is not closed', 'name,amount\n"a,1', ['WRONG_FORMAT /lines/2']],
  ['a file without rows', 'name,amount\n', ['TOO_FEW /lines']],
])('tells %s', async (_, text, expected) => {
  expect(await issuesOf(text)).toEqual(expected);
});

test('rows of one key that follow each other belong together', () => {
  const rows = ['a', 'a', 'b', 'a'].map((value, index) => ({ line: index, value }));

  expect(grouped(rows, (value) => value).map((group) => group.map(({ line }) => line))).toEqual([[0, 1], [2], [3]]);
});
