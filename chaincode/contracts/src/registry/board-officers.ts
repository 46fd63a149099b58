import type { BoardOfficer, SignatureContext, SignedBoardOrder } from '@medaccord/domain';
import { certificateOf, verifySignature } from '../platform/certificates.js';
import type { RegistryContext } from './registry-context.js';
import { officerKey, officers } from './records.js';

/** The record of the caller's own certificate, if there is one, and the certificate. */
export async function loadOwnOfficer(ctx: RegistryContext): Promise<{ readonly existing: BoardOfficer | undefined; readonly certificate: ReturnType<typeof certificateOf> }> {
  const certificate = certificateOf(ctx.clientIdentity);
  return { certificate, existing: await loadOfficer(ctx, certificate.fingerprint) };
}

/** An officer of the caller's organisation, or undefined. */
export async function loadOfficer(ctx: RegistryContext, fingerprint: string): Promise<BoardOfficer | undefined> {
  return ctx.store.get(officers, officerKey(ctx.caller.mspId, fingerprint));
}

/** Saves an officer and tells of it. */
export async function saveOfficer(ctx: RegistryContext, officer: BoardOfficer, type: 'board-officer.introduced.v1' | 'board-officer.withdrawn.v1'): Promise<void> {
  await ctx.store.put(officers, officerKey(officer.mspId, officer.fingerprint), officer);
  ctx.emit([{ type, id: officer.fingerprint, position: officer.withdrawnAt === undefined ? 1 : 2 }]);
}

/** What the signatures of an order are judged by: those signers who are officers of the caller's organisation. */
export async function signatureContext(ctx: RegistryContext, { signatures }: Pick<SignedBoardOrder, 'signatures'>): Promise<SignatureContext> {
  const named = await ctx.store.getMany(officers, signatures.map(({ signer }) => officerKey(ctx.caller.mspId, signer)));
  const found = named.filter((officer) => officer !== undefined).map((officer) => [officer.fingerprint, officer] as const);
  return { channel: ctx.stub.getChannelID(), officers: new Map(found), verify: verifySignature };
}
