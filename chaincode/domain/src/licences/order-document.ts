import { DomainError } from '../shared/errors.js';
import { toHex, utf8 } from '../shared/bytes.js';
import { isSalt } from '../shared/ids.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, integer, object, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { assertOwnBoard } from './append-events.js';
import type { LicenceEvent } from './licence-event.js';
import { licenceOrClassShape } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import type { Licence } from './licence.js';

/** The narrative of an order, as it lies with the board alone. */
export interface OrderDocument {
  readonly schema: 'order-document/v1';
  readonly actionId: OpaqueId;
  /** At least 16 random bytes in hexadecimal: without them the hash on the ledger could be guessed from the text. */
  readonly salt: string;
  readonly narrative: string;
}

/** Names the order whose document is kept or asked for: its licence and the position of one of its events. */
export interface OrderDocumentQuery {
  readonly licence: LicenceKey;
  readonly sequence: number;
}

/** Reads the name of an order. */
export const orderDocumentQueryShape: Shape<OrderDocumentQuery> = object<OrderDocumentQuery>({ licence: licenceOrClassShape, sequence: integer(1) });

/** Reads salt and narrative, which travel in the transient map. */
export const orderDocumentShape: Shape<Pick<OrderDocument, 'salt' | 'narrative'>> = object<Pick<OrderDocument, 'salt' | 'narrative'>>({
  salt: text(isSalt),
  narrative: freeText(1, 200_000),
});

/** What an order's `documentHash` is: SHA-256 in hexadecimal over salt and narrative. */
export function orderDocumentHash({ salt, narrative }: Pick<OrderDocument, 'salt' | 'narrative'>, { sha256 }: Pick<RegistryExecution, 'sha256'>): string {
  return toHex(sha256(utf8(salt + narrative)));
}

/**
 * The document to keep for the order of an event. It must be the one whose hash the recorded order names. Throws
 * LICENCE_EVENT_TARGET where there is no such event or it names no document, ORDER_DOCUMENT_DIFFERS, and what
 * `assertOwnBoard` throws.
 */
export function orderDocument(record: Licence, event: LicenceEvent | undefined, document: Pick<OrderDocument, 'salt' | 'narrative'>, execution: RegistryExecution): OrderDocument {
  assertOwnBoard(record.licence, record.issuer, execution);
  if (event?.order?.documentHash === undefined) throw new DomainError('LICENCE_EVENT_TARGET');
  if (event.order.documentHash !== orderDocumentHash(document, execution)) throw new DomainError('ORDER_DOCUMENT_DIFFERS');
  return { schema: 'order-document/v1', actionId: event.actionId, ...document };
}

/** The orders whose documents go with a seal: those of the sealed events, by action id. */
export function sealedOrders(appended: readonly LicenceEvent[], all: readonly LicenceEvent[]): readonly OpaqueId[] {
  const targets = appended.flatMap(({ kind, target }) => (kind === 'SEAL' ? [target] : []));
  return [...new Set([...all, ...appended].filter(({ sequence }) => targets.includes(sequence)).map(({ actionId }) => actionId))];
}
