import { freeText, list, npiShape, object, oneOf, optional, text, variant, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { jurisdictionShape, licenceTypeShape, unitIdShape } from '../licences/licence-key.js';
import type { BoardUnit, FacilityUnit, MemberKind, Unit } from './member.js';

/** Reads the name of a time zone, as `America/Los_Angeles`; whether it exists nobody here knows. */
export const timeZoneShape: Shape<string> = text(/^[A-Za-z]+(\/[A-Za-z0-9_+-]+){0,2}$/);

const base = { id: unitIdShape, name: freeText(1, 120), status: oneOf(['OPEN', 'CLOSED']) };

const facility: Shape<FacilityUnit> = object<FacilityUnit>({
  ...base,
  kind: oneOf(['facility']),
  npi: optional(npiShape),
  tin: optional(text(/^\d{9}$/)),
  ccn: optional(text(/^[0-9A-Z]{6}$/)),
});

const board: Shape<BoardUnit> = object<BoardUnit>({
  ...base,
  kind: oneOf(['board']),
  jurisdiction: jurisdictionShape,
  licenceTypes: list(licenceTypeShape, 1, 200),
  timeZone: timeZoneShape,
});

/** Reads the units of a member: at most 500, each id once. */
export const unitsShape: Shape<readonly Unit[]> = where(
  list(variant<Unit>('kind', { facility, board }), 0, 500),
  (units) => new Set(units.map(({ id }) => id)).size === units.length,
  'DUPLICATE',
);

/** The kind of unit that a kind of member has; the consortium office has none. */
export function unitKindOf(kind: MemberKind): Unit['kind'] | undefined {
  switch (kind) {
    case 'insurer':
    case 'hospital':
      return 'facility';
    case 'licensing-board':
      return 'board';
    case 'consortium':
      return undefined;
  }
}

/** In the order of their ids, so that equal sets of units have equal bytes. */
export function inOrder(units: readonly Unit[]): readonly Unit[] {
  return [...units].sort((left, right) => (left.id < right.id ? -1 : 1));
}
