/** The words of a name as names are compared: capitals without accents and signs; `O'Neil-Doe, Zoë` gives ONEIL, DOE, ZOE. */
export function wordsOf(name: string): readonly string[] {
  return name.normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '').toUpperCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
