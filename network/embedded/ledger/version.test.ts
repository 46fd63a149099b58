import { compareVersions, formatVersion, sameVersion, versionBytes } from './version.js';

const at = (blockNumber: number, txNumber: number): { blockNumber: number; txNumber: number } => ({ blockNumber, txNumber });

describe('a version', () => {
  it.each([
    [at(0, 0), '0000'],
    [at(1, 0), '010100'],
    [at(255, 256), '01ff020100'],
    [at(0x1_0000_0000, 7), '0501000000000107'],
  ])('%j is encoded as the peer encodes it', (version, hex) => {
    expect(Buffer.from(versionBytes(version)).toString('hex')).toBe(hex);
  });

  it('prints as in the texts of the peer', () => {
    expect(formatVersion(at(5, 2))).toBe('{BlockNum: 5, TxNum: 2}');
    expect(formatVersion(undefined)).toBe('<nil>');
  });

  it('orders by block, then by transaction', () => {
    expect(compareVersions(at(1, 9), at(2, 0))).toBeLessThan(0);
    expect(compareVersions(at(2, 1), at(2, 0))).toBeGreaterThan(0);
    expect(compareVersions(at(2, 1), at(2, 1))).toBe(0);
  });

  it('equals only the same version, and absence only absence', () => {
    expect(sameVersion(at(0, 0), at(0, 0))).toBe(true);
    expect(sameVersion(undefined, undefined)).toBe(true);
    expect(sameVersion(at(0, 0), undefined)).toBe(false);
    expect(sameVersion(at(1, 0), at(0, 1))).toBe(false);
    expect(sameVersion(at(1, 0), at(1, 1))).toBe(false);
  });
});
