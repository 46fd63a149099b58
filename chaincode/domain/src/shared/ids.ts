/** An identifier that tells nothing: at least 128 bits, random or keyed by a secret, in lower-case hexadecimal. */
export type OpaqueId = string;

/** National Provider Identifier: ten digits with a check digit. */
export type Npi = string;

/** True for 32 to 64 lower-case hexadecimal digits. A shorter identifier could be guessed from the hash of its key. */
export function isOpaqueId(text: string): boolean {
  return /^[0-9a-f]{32,64}$/.test(text);
}

/** True for a hexadecimal salt of at least 16 bytes. A shorter salt would let a reader of the block guess the document. */
export function isSalt(text: string): boolean {
  return /^(?:[0-9a-f]{2}){16,64}$/.test(text);
}

/**
 * True for a number that the NPI standard allows: ten digits, first 1 or 2, Luhn check digit computed with the prefix
 * 80840 (45 CFR 162.406; the prefix adds a constant 24 to the sum).
 */
export function isNpi(text: string): boolean {
  return /^[12]\d{9}$/.test(text) && luhnSum(text, 24) % 10 === 0;
}

/** The check digit that completes nine digits to an NPI. */
export function npiCheckDigit(nineDigits: string): string {
  return String((10 - (luhnSum(`${nineDigits}0`, 24) % 10)) % 10);
}

/** True for a membership service provider's identifier, such as `HospitalMSP`. */
export function isMspId(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9.-]{0,63}$/.test(text);
}

/** Sum over the digits from the right, every second one doubled and reduced to its digit sum. */
function luhnSum(digits: string, initial: number): number {
  let sum = initial;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - index));
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}
