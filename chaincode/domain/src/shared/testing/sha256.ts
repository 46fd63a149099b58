import { concatBytes } from '../bytes.js';

const INITIAL_STATE = firstPrimes(8).map((prime) => fractionBits(prime, 2));
const ROUND_CONSTANTS = firstPrimes(64).map((prime) => fractionBits(prime, 3));

/** SHA-256 (FIPS 180-4) for the domain's own tests, which run without Node's types; production passes in Node's. */
export function sha256(message: Uint8Array): Uint8Array {
  const state = [...INITIAL_STATE];
  const padded = pad(message);
  for (let offset = 0; offset < padded.length; offset += 64) absorb(state, padded.subarray(offset, offset + 64));
  return Uint8Array.from(state.flatMap(bytesOf));
}

function absorb(state: number[], block: Uint8Array): void {
  const words = schedule(block);
  const at = (index: number): number => round[index] ?? 0;
  const round = [...state];
  ROUND_CONSTANTS.forEach((constant, index) => {
    const [a, b, c, e, f, g] = [at(0), at(1), at(2), at(4), at(5), at(6)];
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (at(7) + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + constant + (words[index] ?? 0)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0;
    round.pop();
    round.unshift((first + second) | 0);
    round[4] = (at(4) + first) | 0;
  });
  round.forEach((value, index) => {
    state[index] = ((state[index] ?? 0) + value) | 0;
  });
}

function schedule(block: Uint8Array): number[] {
  const words: number[] = [];
  const at = (index: number): number => words[index] ?? 0;
  for (let index = 0; index < 16; index += 1) words.push(block.subarray(index * 4, index * 4 + 4).reduce((word, byte) => (word << 8) | byte, 0));
  for (let index = 16; index < 64; index += 1) {
    const [early, late] = [at(index - 15), at(index - 2)];
    const mixedEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const mixedLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words.push((at(index - 16) + mixedEarly + at(index - 7) + mixedLate) | 0);
  }
  return words;
}

function pad(message: Uint8Array): Uint8Array {
  const zeros = new Uint8Array((119 - (message.length % 64)) % 64);
  return concatBytes(message, Uint8Array.of(0x80), zeros, Uint8Array.from([...bytesOf(Math.floor(message.length / 2 ** 29)), ...bytesOf(message.length << 3)]));
}

/** The first 32 bits of the fraction of a prime's square or cube root: the standard's constants are these. */
function fractionBits(prime: number, root: 2 | 3): number {
  const value = root === 2 ? Math.sqrt(prime) : Math.cbrt(prime);
  return Math.floor((value % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

function bytesOf(word: number): number[] {
  return [24, 16, 8, 0].map((shift) => (word >>> shift) & 255);
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
