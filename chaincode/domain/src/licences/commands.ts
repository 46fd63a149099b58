import type { PlainDate } from '../shared/dates.js';
import { isOpaqueId } from '../shared/ids.js';
import type { OpaqueId } from '../shared/ids.js';
import { flag, freeText, integer, list, object, oneOf, optional, plainDate, sha256Shape, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { BoardOrder } from './licence-event.js';
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
  readonly status: 'ACTIVE' | 'UNKNOWN';
  readonly numberAsPrinted?: string;
  readonly holder?: string;
  readonly source?: LicenceSource;
}

/** What every action on an issued licence names. */
interface ActionOnLicence {
  readonly actionId: OpaqueId;
  readonly licence: LicenceKey;
  /** The last event that the board knew when it decided; another one in between makes the request stale. */
  readonly expectedSequence: number;
  readonly effectiveFrom: PlainDate;
  readonly order?: BoardOrder;
}

export interface SuspendLicence extends ActionOnLicence {
  readonly summary: boolean;
  readonly effectiveThru?: PlainDate;
  readonly automaticReinstatement: boolean;
  readonly basisCodes: readonly string[];
}

export interface ReinstateLicence extends ActionOnLicence {
  /** Sequence numbers of the actions that end. */
  readonly ends: readonly number[];
}

export interface RevokeLicence extends ActionOnLicence {
  readonly basisCodes: readonly string[];
}

const actionId = text(isOpaqueId);
const codes = list(text(/^[A-Z0-9][A-Z0-9-]{0,23}$/), 0, 16);

const order: Shape<BoardOrder> = object<BoardOrder>({
  number: text(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/),
  decidedOn: plainDate,
  documentHash: optional(sha256Shape),
});

const source: Shape<LicenceSource> = object<LicenceSource>({
  status: optional(freeText(1, 60)),
  importBatch: optional(text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)),
  recordedOn: optional(plainDate),
});

/** Reads one licence to issue. */
export const issueLicenceShape: Shape<IssueLicence> = where(
  object<IssueLicence>({
    actionId,
    licence: licenceKeyShape,
    effectiveFrom: plainDate,
    validThru: optional(plainDate),
    status: oneOf(['ACTIVE', 'UNKNOWN']),
    numberAsPrinted: optional(freeText(1, 60)),
    holder: optional(freeText(1, 120)),
    source: optional(source),
  }),
  ({ effectiveFrom, validThru }) => validThru === undefined || effectiveFrom <= validThru,
  'INCONSISTENT',
);

const onLicence = { actionId, licence: licenceKeyShape, expectedSequence: integer(1), effectiveFrom: plainDate, order: optional(order) };

/** Reads a suspension; one that ends automatically has a last day. */
export const suspendLicenceShape: Shape<SuspendLicence> = where(
  object<SuspendLicence>({
    ...onLicence,
    summary: flag,
    effectiveThru: optional(plainDate),
    automaticReinstatement: flag,
    basisCodes: codes,
  }),
  ({ effectiveFrom, effectiveThru, automaticReinstatement }) => (effectiveThru === undefined ? !automaticReinstatement : effectiveFrom <= effectiveThru),
  'INCONSISTENT',
);

/** Reads a reinstatement. */
export const reinstateLicenceShape: Shape<ReinstateLicence> = object<ReinstateLicence>({ ...onLicence, ends: list(integer(1), 1, 64) });

/** Reads a revocation. */
export const revokeLicenceShape: Shape<RevokeLicence> = object<RevokeLicence>({ ...onLicence, basisCodes: codes });
