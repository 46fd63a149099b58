import { DomainError } from './errors.js';
import { flag, freeText, instant, integer, list, nullable, object, oneOf, optional, parse, parseJson, plainDate, text, variant, where } from './parse.js';

interface Visit {
  readonly day: string;
  readonly units: number;
  readonly kind: 'office' | 'home';
  readonly notes?: readonly string[];
  readonly seen: boolean | null;
}

const visit = object<Visit>({ day: plainDate, units: integer(1, 9), kind: oneOf(['office', 'home']), notes: optional(list(freeText(1, 5), 1, 2)), seen: nullable(flag) });

function issuesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return (error.details.issues ?? []).map(({ code, path }) => `${path} ${code}`);
  }
  return [];
}

describe('parsing at a boundary', () => {
  test('gives the value, leaving out what is left out', () => {
    const value = { day: '2026-02-03', units: 2, kind: 'home', seen: null };
    expect(parse(visit, value)).toEqual(value);
    expect(parseJson(list(visit), JSON.stringify([{ ...value, notes: ['a'] }]))).toEqual([{ ...value, notes: ['a'] }]);
  });

  test('collects everything that is wrong, with its place', () => {
    const value = { day: '2026-02-30', units: 10, kind: 'ship', notes: ['', 'longer', 'x'], 'a/b~': 1 };
    expect(issuesOf(() => parse(visit, value))).toEqual(['/a~1b~0 UNKNOWN_FIELD', '/day NOT_A_DATE', '/units TOO_LARGE', '/kind NOT_ALLOWED', '/notes TOO_MANY', '/seen REQUIRED']);
    expect(issuesOf(() => parse(list(freeText(1, 5)), ['', 'longer', 7]))).toEqual(['/0 REQUIRED', '/1 TOO_LONG', '/2 NOT_A_STRING']);
  });

  test.each([
    [integer(1), 0, ' TOO_SMALL'], [integer(0), 1.5, ' NOT_AN_INTEGER'], [integer(0), -0, ' NOT_AN_INTEGER'], [integer(0), '1', ' NOT_AN_INTEGER'],
    [integer(0), undefined, ' REQUIRED'], [flag, 'true', ' NOT_A_BOOLEAN'], [flag, undefined, ' REQUIRED'], [text(/^a$/), 'b', ' WRONG_FORMAT'],
    [text(/^a$/, 'CHECK_DIGIT'), 'b', ' CHECK_DIGIT'], [freeText(2, 3), 'a', ' TOO_SHORT'], [freeText(0, 3), undefined, ' REQUIRED'], [oneOf(['a']), undefined, ' REQUIRED'],
    [list(flag), {}, ' NOT_A_LIST'], [list(flag), undefined, ' REQUIRED'], [list(flag, 1), [], ' TOO_FEW'], [visit, null, ' NOT_AN_OBJECT'], [visit, [], ' NOT_AN_OBJECT'],
    [visit, undefined, ' REQUIRED'], [instant, '2026-01-01', ' NOT_AN_INSTANT'], [where(integer(0), (n) => n % 2 === 0, 'INCONSISTENT'), 3, ' INCONSISTENT'],
  ])('case %#', (shape, value, expected) => {
    expect(issuesOf(() => parse<unknown>(shape, value))).toEqual([expected]);
  });

  test('a field of the prototype does not count as given', () => {
    expect(issuesOf(() => parse(object<{ toString: string }>({ toString: freeText(0, 9) }), {}))).toEqual(['/toString REQUIRED']);
  });

  test('a tag decides between shapes, and an unknown tag is refused', () => {
    const shape = variant<{ verb: string }>('verb', { go: object({ verb: oneOf(['go']) }) });
    expect(parse(shape, { verb: 'go' })).toEqual({ verb: 'go' });
    expect(issuesOf(() => parse(shape, { verb: 'constructor' }))).toEqual(['/verb NOT_ALLOWED']);
    expect(issuesOf(() => parse(shape, {}))).toEqual(['/verb REQUIRED']);
  });

  test('text that is no JSON is refused as such', () => {
    expect(issuesOf(() => parseJson(visit, '{'))).toEqual([' NOT_JSON']);
  });
});
