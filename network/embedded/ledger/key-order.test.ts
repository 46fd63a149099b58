import fc from 'fast-check';
import { compareKeys, inKeyOrder } from './key-order.js';

describe('the order of keys', () => {
  it('is that of their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('differs from that of JavaScript beyond the basic plane', () => {
    expect(['\uffff', '\u{10400}'].sort()).toEqual(['\u{10400}', '\uffff']);
    expect(['\u{10400}', '\uffff'].sort(compareKeys)).toEqual(['\uffff', '\u{10400}']);
  });

  it('sorts the values of a map', () => {
    expect(inKeyOrder(new Map([['b', 2], ['a', 1], ['', 0]]))).toEqual([0, 1, 2]);
  });
});
