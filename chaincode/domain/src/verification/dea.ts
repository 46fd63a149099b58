/** A DEA registration number: letter, letter or 9, seven digits with a check digit. */
export const DEA_PATTERN = /^[A-Z][A-Z9]\d{7}$/;

/** True where the last digit is that of (d1 + d3 + d5) + 2 (d2 + d4 + d6), modulo 10. */
export function hasDeaCheckDigit(number: string): boolean {
  if (!DEA_PATTERN.test(number)) return false;
  const digit = (index: number): number => Number(number.charAt(index + 1));
  const sum = digit(1) + digit(3) + digit(5) + 2 * (digit(2) + digit(4) + digit(6));
  return sum % 10 === digit(7);
}

/**
 * What is odd about a number, for a person to look at. Nothing is ever rejected for it: the second letter is the initial
 * of the surname when the number was issued (9 for a business), and surnames change.
 */
export function deaWarnings(number: string, surname: string): readonly string[] {
  const warnings: string[] = [];
  if (!hasDeaCheckDigit(number)) warnings.push('DEA_CHECK_DIGIT');
  const initial = number.charAt(1);
  if (initial !== '9' && initial !== surname.charAt(0).toUpperCase()) warnings.push('DEA_INITIAL');
  return warnings;
}
