import fc from 'fast-check';
import { toHex } from './bytes.js';
import { canonicalBytes, canonicalJson } from './canonical-json.js';

const integerJson = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constant(null), fc.boolean(), fc.maxSafeInteger().filter((n) => !Object.is(n, -0)), fc.string({ unit: 'grapheme' }), tie('array'), tie('object')),
  array: fc.array(tie('value'), { maxLength: 5 }),
  object: fc.dictionary(fc.string({ maxLength: 5 }), tie('value'), { maxKeys: 5, noNullPrototype: true }),
})).value;

describe('canonical JSON', () => {
  test('sorts keys by code unit at every level and adds no space', () => {
    expect(canonicalJson({ b: [{ z: 1, a: null }], 'ä': true, B: 'x' })).toBe('{"B":"x","b":[{"a":null,"z":1}],"ä":true}');
  });

  test('reads back as the same value and writes the same text again', () => {
    fc.assert(
      fc.property(integerJson, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer({ min: 1 }), { noNullPrototype: true }), (value) => {
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonicalJson(value));
      }),
    );
  });

  test.each([
    ['undefined', { a: undefined }, '$.a'],
    ['a fraction', [0.5], '$[0]'],
    ['not a number', NaN, '$'],
    ['infinity', { a: [Infinity] }, '$.a[0]'],
    ['negative zero', -0, '$'],
    ['an unsafe integer', 2 ** 53, '$'],
    ['a lone surrogate', 'x\ud800', '$'],
    ['a hole in a list', new Array(1), '$[0]'],
    ['a big integer', 1n, '$'],
    ['a date', new Date(0), '$'],
    ['a map', new Map(), '$'],
    ['a function', () => 1, '$'],
  ])('refuses %s and names its place only', (_, value, path) => {
    expect(() => canonicalJson(value)).toThrow(new RegExp(`^${path.replace(/[$[\].]/g, '\\$&')}: `));
  });

  test('refuses a cycle', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => canonicalJson(cycle)).toThrow('nested too deeply');
  });

  test('bytes are UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text)), (text) => {
        const escaped = toHex(canonicalBytes(text)).replace(/../g, '%$&');
        expect(decodeURIComponent(escaped)).toBe(JSON.stringify(text));
      }),
    );
  });
});
