const SUFFIXES = new Set(['JR', 'SR', 'II', 'III', 'IV', 'MD', 'DO', 'RN', 'DDS', 'PHD']);

/** Letters without accents, in capitals, one blank between words. */
export function plainName(name: string): string {
  return name.normalize('NFD').replaceAll(/[\u0300-\u036f'’.]/g, '').toUpperCase().replaceAll(/[^A-Z]+/g, ' ').trim();
}

/** Every way in which a family name may stand in a list: as a whole, in one word, by its parts, without suffixes. */
export function familyNameVariants(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => {
    const words = plainName(name).split(' ').filter((word) => word !== '' && !SUFFIXES.has(word));
    return words.length === 0 ? [] : [words.join(' '), words.join(''), ...words.filter((word) => word.length > 2)];
  }));
}

/** How near two given names are: the same, the first letter only, or neither. */
export function givenNameAgreement(first: string, second: string): 'same' | 'initial' | 'none' {
  const [one = '', other = ''] = [plainName(first).split(' ')[0], plainName(second).split(' ')[0]];
  if (one === '' || other === '') return 'none';
  if (one === other) return 'same';
  return one.startsWith(other) || other.startsWith(one) ? 'initial' : 'none';
}
