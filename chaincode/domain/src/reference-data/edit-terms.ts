import type { PlainDate } from '../shared/dates.js';
import { WHOLE } from '../shared/money.js';
import type { BasisPoints } from '../shared/money.js';
import { integer, list, object, oneOf, optional, plainDate, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { tableNameShape } from './tables.js';
import type { TableName } from './tables.js';

/** A share that is kept of what is paid for services of a time: 253 sequestration, 104 a contract's withhold. */
export interface Reduction {
  readonly reason: '253' | '104';
  readonly share: BasisPoints;
  readonly from: PlainDate;
  readonly thru?: PlainDate;
}

/** Which edits a plan applies beyond those that every plan has. */
export interface EditTerms {
  /**
   * Tables whose rules apply; a line on a date for which one has no edition waits for a person. `exclusions` belongs to
   * federal programmes alone (42 CFR 1001.1901).
   */
  readonly tables: readonly TableName[];
  readonly reductions: readonly Reduction[];
}

/** Reads a plan's edits. */
export const editTermsShape: Shape<EditTerms> = object<EditTerms>({
  tables: where(list(tableNameShape, 0, 50), (tables) => new Set(tables).size === tables.length, 'DUPLICATE'),
  reductions: list(object<Reduction>({ reason: oneOf(['253', '104']), share: integer(0, WHOLE), from: plainDate, thru: optional(plainDate) }), 0, 20),
});
