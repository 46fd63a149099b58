import { canonicalBytes } from '../shared/canonical-json.js';
import { DomainError } from '../shared/errors.js';
import { isOpaqueId } from '../shared/ids.js';
import type { OpaqueId } from '../shared/ids.js';
import type { ItemOutcome } from '../shared/item-outcome.js';
import { list, object, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { assertOwnBoard, eventAfter, withEvent } from './append-events.js';
import { boardOrderShape, orderSignatureShape } from './board-order.js';
import { importBatchShape } from './commands.js';
import type { BoardOrder, LicenceEvent, OrderSignature } from './licence-event.js';
import { licenceId, licenceKeyShape, unitIdShape } from './licence-key.js';
import type { LicenceId, LicenceKey } from './licence-key.js';
import type { Licence, LicenceChange, LicenceState } from './licence.js';
import { assertAdministers, assertSignedByTwo } from './order-rights.js';
import type { SignatureContext } from './order-rights.js';

/** A board takes an import back: each licence of it to which nothing has happened since. */
export interface VoidImportBatch {
  /** Chosen by the board's system, the same in every resend. */
  readonly actionId: OpaqueId;
  readonly board: string;
  readonly importBatch: string;
  readonly order: BoardOrder;
}

/** The void as two persons signed it, once for all of the import, and the licences that this transaction is about. */
export interface SignedBatchVoid {
  readonly batchVoid: VoidImportBatch;
  readonly signatures: readonly OrderSignature[];
  readonly licences: readonly LicenceKey[];
}

/** What proposer and approver sign: which import of which board, and not its licences, which the ledger itself knows. */
export function batchVoidBytes(channel: string, batchVoid: VoidImportBatch): Uint8Array {
  return canonicalBytes({ ...batchVoid, schema: 'import-batch-void/v1', channel });
}

/** Reads which import is void. */
export const voidImportBatchShape: Shape<VoidImportBatch> = object<VoidImportBatch>({
  actionId: text(isOpaqueId), board: unitIdShape, importBatch: importBatchShape, order: boardOrderShape,
});

/** Reads a signed void; at most 500 licences in a transaction. */
export const signedBatchVoidShape: Shape<SignedBatchVoid> = object<SignedBatchVoid>({
  batchVoid: voidImportBatchShape, signatures: list(orderSignatureShape, 0, 2), licences: list(licenceKeyShape, 1, 500),
});

/** What is on the ledger of the licences that a void names: each with its newest event. */
export type NewestEvents = ReadonlyMap<LicenceId, { readonly state: LicenceState; readonly newest: LicenceEvent }>;

/**
 * Strikes the event that the import brought, of each of the licences. One with a later event is refused
 * (LICENCE_CHANGED_SINCE), one of another import too (LICENCE_NOT_OF_BATCH); the others are not held up. Throws what
 * `assertSignedByTwo` throws, and FORBIDDEN_ROLE.
 */
export function voidImportBatch(
  { batchVoid, signatures, licences }: SignedBatchVoid, existing: NewestEvents, context: SignatureContext, execution: RegistryExecution,
): { readonly outcomes: readonly ItemOutcome<'VOIDED'>[]; readonly changes: readonly LicenceChange[] } {
  const { board } = batchVoid;
  assertSignedByTwo({ board, bytes: batchVoidBytes(context.channel, batchVoid), signatures }, assertAdministers, context, execution);
  const changes = new Map<LicenceId, LicenceChange>();
  const outcomes = licences.map((licence): ItemOutcome<'VOIDED'> => {
    const id = licenceId(licence);
    try {
      if (changes.has(id)) return { outcome: 'ALREADY_RECORDED', id };
      const change = voided(licence, existing.get(id), { batchVoid, signatures }, execution);
      if (change === undefined) return { outcome: 'ALREADY_RECORDED', id };
      changes.set(id, change);
      return { outcome: 'VOIDED', id };
    } catch (error) {
      if (error instanceof DomainError) return { outcome: 'REFUSED', code: error.code };
      throw error;
    }
  });
  return { outcomes, changes: [...changes.values()] };
}

/** Undefined where this very void struck it before. */
function voided(
  licence: LicenceKey, known: { readonly state: LicenceState; readonly newest: LicenceEvent } | undefined,
  { batchVoid, signatures }: Omit<SignedBatchVoid, 'licences'>, execution: RegistryExecution,
): LicenceChange | undefined {
  if (known === undefined) throw new DomainError('LICENCE_NOT_FOUND');
  const { state, newest } = known;
  const { actionId, board, importBatch, order } = batchVoid;
  assertOwnBoard(licence, state.record.issuer, execution);
  if (newest.actionId === actionId) return undefined;
  if (licence.board !== board || state.record.source?.importBatch !== importBatch) throw new DomainError('LICENCE_NOT_OF_BATCH');
  if (batchOf(newest, state.record) !== importBatch || newest.kind !== 'INITIAL') throw new DomainError('LICENCE_CHANGED_SINCE');
  const event = eventAfter(state.timeline, { actionId, order, signatures, importBatch }, { kind: 'VOID', target: newest.sequence }, execution);
  return { state: withEvent(state, event), events: [event] };
}

/** The import that brought an event; the first events of a licence once did not say it themselves. */
function batchOf({ importBatch, sequence }: LicenceEvent, { source }: Licence): string | undefined {
  return importBatch ?? (sequence === 1 ? source?.importBatch : undefined);
}
