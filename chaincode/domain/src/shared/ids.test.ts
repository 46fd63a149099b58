import fc from 'fast-check';
import { isMspId, isNpi, isOpaqueId, isSalt, npiCheckDigit } from './ids.js';

describe('NPI', () => {
  test.each(['1234567893', '1003357849'])('%s is well formed', (npi) => {
    expect(isNpi(npi)).toBe(true);
  });

  test.each(['9996643922', '1234567890', '0000000000', '9999999990', '123456789', '12345678933', '12345 7893'])('%s is not', (npi) => {
    expect(isNpi(npi)).toBe(false);
  });

  test('exactly one check digit completes nine digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 299_999_999 }), (nine) => {
        const accepted = Array.from({ length: 10 }, (_, digit) => String(digit)).filter((digit) => isNpi(`${nine}${digit}`));
        expect(accepted).toEqual([npiCheckDigit(String(nine))]);
      }),
    );
  });
});

test('an opaque id has at least 128 bits, a salt at least 16 bytes', () => {
  expect([isOpaqueId('a'.repeat(31)), isOpaqueId('a'.repeat(32)), isOpaqueId('A'.repeat(32)), isOpaqueId('a'.repeat(65))]).toEqual([false, true, false, false]);
  expect([isSalt('00'.repeat(15)), isSalt('00'.repeat(16)), isSalt(`${'00'.repeat(16)}0`), isSalt('zz'.repeat(16))]).toEqual([false, true, false, false]);
});

test('an MSP id may not carry key separators', () => {
  expect([isMspId('HospitalMSP'), isMspId('Hospital~MSP'), isMspId(''), isMspId('_implicit')]).toEqual([true, false, false, false]);
});
