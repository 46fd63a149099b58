import type { OpaqueId } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';

/** The id of a board's action, the same in every resend; for clients whose own system has none. */
export function actionIdOf(write: WriteRequest, index = 0): OpaqueId {
  return write.derive(`action ${index}`).toString('hex').slice(0, 32);
}
