import { coverageClaimKey } from '../documents/key.js';
import { parseDocumentKey } from '../documents/key.js';
import { serviceKeys } from '../claims/service-keys.js';
import type { IndexEntry } from '../documents/execution.js';
import type { ReversalInput } from './reversal.js';

/**
 * What the insurer's indexes say of a decision that is taken back: the claim is no history of the person any more, and
 * nothing to review. A new decision writes the same keys again.
 */
export function reversedEntries({ claim, adjudication }: ReversalInput): readonly IndexEntry[] {
  const value = { claimId: claim.id, claimVersion: claim.version, version: adjudication.version, reversed: 1 };
  const coverage = adjudication.body.inputs.map(({ key }) => parseDocumentKey(key)).find(({ kind }) => kind === 'coverage');
  const keys = [...(coverage === undefined ? [] : [coverageClaimKey(coverage.id, claim.id)]), ...serviceKeys(claim)];
  return keys.map((key) => ({ key, value }));
}
