import { freeText, list, object, oneOf, opaqueId, REOPENING_CAUSES } from '@medaccord/domain';
import type { Shape } from '@medaccord/domain';
import type { ClaimToReopen } from './reopening.js';

const MOST = 500;

/** Reads claims to open again. */
export const reopenRequest: Shape<{ readonly claims: readonly ClaimToReopen[] }> = object({
  claims: list(object<ClaimToReopen>({ claimId: opaqueId, cause: oneOf(REOPENING_CAUSES), reason: freeText(1, 500) }), 1, MOST),
});
