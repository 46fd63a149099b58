import type { PlainDate } from '../shared/dates.js';
import { isOpaqueId } from '../shared/ids.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, integer, object, oneOf, optional, plainDate, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { graceShape, validityInOrder } from './board-order.js';
import { ISSUE_STATUSES } from './licence-event.js';
import type { Grace, IssueAction } from './licence-event.js';
import { licenceKeyShape } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import type { LicenceSource } from './licence.js';

/** One licence of a batch: newly granted, or loaded from the board's roster. */
export interface IssueLicence {
  /** Chosen by the board's system, the same in every resend. */
  readonly actionId: OpaqueId;
  readonly licence: LicenceKey;
  readonly effectiveFrom: PlainDate;
  readonly validThru?: PlainDate;
  readonly grace?: Grace;
  readonly status: IssueAction['status'];
  readonly numberAsPrinted?: string;
  readonly holder?: string;
  readonly source?: LicenceSource;
}

/** Reads the board's own name of an import. */
export const importBatchShape: Shape<string> = text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

const source: Shape<LicenceSource> = object<LicenceSource>({
  status: optional(freeText(1, 60)),
  importBatch: optional(importBatchShape),
  wordsVersion: optional(integer(1)),
  recordedOn: optional(plainDate),
});

/** Reads one licence to issue. */
export const issueLicenceShape: Shape<IssueLicence> = where(
  object<IssueLicence>({
    actionId: text(isOpaqueId),
    licence: licenceKeyShape,
    effectiveFrom: plainDate,
    validThru: optional(plainDate),
    grace: optional(graceShape),
    status: oneOf(ISSUE_STATUSES),
    numberAsPrinted: optional(freeText(1, 60)),
    holder: optional(freeText(1, 120)),
    source: optional(source),
  }),
  validityInOrder,
  'INCONSISTENT',
);
