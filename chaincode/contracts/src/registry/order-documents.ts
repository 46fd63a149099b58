import type { LicenceChange, LicenceKey, OrderDocument } from '@medaccord/domain';
import { canonicalBytes, DomainError, implicitCollection, licenceKeyParts, orderDocumentShape, parseJson, sealedOrders } from '@medaccord/domain';
import { loadEvents } from './licence-records.js';
import type { RegistryContext } from './registry-context.js';

/** Name of the transient field with salt and narrative. */
const TRANSIENT = 'document';

/** Salt and narrative as the proposal brings them. Throws INVALID_INPUT. */
export function presentedDocument(ctx: RegistryContext): Pick<OrderDocument, 'salt' | 'narrative'> {
  const bytes = ctx.stub.getTransient().get(TRANSIENT);
  return parseJson(orderDocumentShape, bytes === undefined ? '{}' : new TextDecoder().decode(bytes));
}

/** Keeps a document with the board alone: nothing public is written, so that the board's own peer suffices and sees it alone. */
export async function keepDocument(ctx: RegistryContext, licence: LicenceKey, document: OrderDocument): Promise<void> {
  await ctx.stub.putPrivateData(implicitCollection(ctx.caller.mspId), keyOf(ctx, licence, document.actionId), canonicalBytes(document));
}

/** The document of an order at the board's own peer. Throws FOREIGN_PEER and ORDER_DOCUMENT_NOT_FOUND. */
export async function readDocument(ctx: RegistryContext, licence: LicenceKey, actionId: string): Promise<OrderDocument> {
  if (ctx.stub.getMspID() !== ctx.caller.mspId) throw new DomainError('FOREIGN_PEER');
  const bytes = await ctx.stub.getPrivateData(implicitCollection(ctx.caller.mspId), keyOf(ctx, licence, actionId));
  if (bytes.length === 0) throw new DomainError('ORDER_DOCUMENT_NOT_FOUND');
  return JSON.parse(new TextDecoder().decode(bytes)) as OrderDocument;
}

/** Purges the documents of what an order seals, from every peer of the board and from its history of private data. */
export async function purgeSealed(ctx: RegistryContext, { state, events }: LicenceChange): Promise<void> {
  if (!events.some(({ kind }) => kind === 'SEAL')) return;
  const before = await loadEvents(ctx, { ...state.timeline, lastSequence: state.timeline.lastSequence - events.length });
  for (const actionId of sealedOrders(events, before)) {
    await ctx.stub.purgePrivateData(implicitCollection(state.record.issuer), keyOf(ctx, state.record.licence, actionId));
  }
}

function keyOf(ctx: RegistryContext, licence: LicenceKey, actionId: string): string {
  return ctx.stub.createCompositeKey('order-document', [...licenceKeyParts(licence), actionId]);
}
