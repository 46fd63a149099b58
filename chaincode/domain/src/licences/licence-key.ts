import { object, parse, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/**
 * What names a licence. A number alone means nothing: boards of one state number alike, and one board numbers each of
 * its licence types alike. Numbers are compared in their normal form and never interpreted.
 */
export interface LicenceKey {
  /** State or country that the licence is valid in: `CA`, or `US-CA` where countries mix. */
  readonly jurisdiction: string;
  /** The board: the id of a unit of a member, unique in the consortium. */
  readonly board: string;
  /** The board's own code for the kind of licence, for example `MD`. */
  readonly type: string;
  /** In normal form: upper case, without blanks. */
  readonly number: string;
}

/** A licence key as one string; no part can contain the separator. */
export type LicenceId = string;

const separator = '~';

export const jurisdictionShape: Shape<string> = text(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/);
export const unitIdShape: Shape<string> = text(/^[a-z0-9][a-z0-9-]{1,39}$/);
export const licenceTypeShape: Shape<string> = text(/^[A-Z0-9][A-Z0-9-]{0,23}$/);

/** Reads a licence key. */
export const licenceKeyShape: Shape<LicenceKey> = object<LicenceKey>({
  jurisdiction: jurisdictionShape,
  board: unitIdShape,
  type: licenceTypeShape,
  number: text(/^[A-Z0-9][A-Z0-9.-]{0,31}$/),
});

/** In the place of a number: every licence of the board's type, which is a class. No licence has it for its number. */
export const EVERY_NUMBER = '*';

/** The class that a licence belongs to. An order about it names it as if it were a licence. */
export function classOf(key: LicenceKey): LicenceKey {
  return { ...key, number: EVERY_NUMBER };
}

/** Whether a key names a class. */
export function isClass({ number }: LicenceKey): boolean {
  return number === EVERY_NUMBER;
}

/** Reads the key of a licence, or of a class. */
export const licenceOrClassShape: Shape<LicenceKey> = object<LicenceKey>({
  jurisdiction: jurisdictionShape,
  board: unitIdShape,
  type: licenceTypeShape,
  number: text(/^(\*|[A-Z0-9][A-Z0-9.-]{0,31})$/),
});

/** The parts of a licence key in the order that they have in ledger keys. */
export function licenceKeyParts(key: LicenceKey): readonly [jurisdiction: string, board: string, type: string, number: string] {
  return [key.jurisdiction, key.board, key.type, key.number];
}

/** For example `CA~ca-medical~MD~A12345`. */
export function licenceId(key: LicenceKey): LicenceId {
  return licenceKeyParts(key).join(separator);
}

/** The id of one event of a licence: its licence and its position there. */
export function licenceEventId(key: LicenceKey, sequence: number): string {
  return `${licenceId(key)}${separator}${sequence}`;
}

/** The key that an id names. Throws INVALID_INPUT for what is no id of a licence. */
export function licenceIdKey(id: LicenceId): LicenceKey {
  const [jurisdiction, board, type, number] = id.split(separator);
  return parse(licenceKeyShape, { jurisdiction, board, type, number });
}

/** Each licence once, in the order of their ids. */
export function distinctLicences(licences: readonly LicenceKey[]): readonly LicenceKey[] {
  return [...new Map(licences.map((licence) => [licenceId(licence), licence])).entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, licence]) => licence);
}
