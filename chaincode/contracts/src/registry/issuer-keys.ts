import type { IssuerKey } from '@medaccord/domain';
import { issuerKeyKey, issuerKeys } from './records.js';
import type { RegistryContext } from './registry-context.js';

/** A key with which the caller's organisation signs attestations, or undefined. */
export async function loadIssuerKey(ctx: RegistryContext, keyId: string): Promise<IssuerKey | undefined> {
  return ctx.store.get(issuerKeys, issuerKeyKey(ctx.caller.mspId, keyId));
}

/** Saves a key and tells of it. */
export async function saveIssuerKey(ctx: RegistryContext, key: IssuerKey): Promise<void> {
  const isRevoked = key.revoked !== undefined;
  await ctx.store.put(issuerKeys, issuerKeyKey(key.mspId, key.keyId), key);
  ctx.emit([{ type: isRevoked ? 'issuer-key.revoked.v1' : 'issuer-key.introduced.v1', id: key.keyId, position: isRevoked ? 2 : 1 }]);
}
