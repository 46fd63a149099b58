import type { RegistryExecution } from '../members/registry-execution.js';
import type { BoardOrderStep } from '../licences/board-order.js';
import { licenceId } from '../licences/licence-key.js';
import { knownActions } from '../licences/timeline.js';
import type { LicenceTimeline } from '../licences/timeline.js';
import { addDays } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';

/**
 * Refuses a designation that cannot be meant, and no other step: a principal licence lies in another state; in the medical compact it may be
 * the licence itself, which is how its board says that this is the principal one. Another principal licence counts for the
 * future only, so that nobody redesignates away what followed; a wrong one is corrected, by two persons. Throws
 * COMPACT_PRINCIPAL and EFFECTIVE_DATE_OUT_OF_BOUNDS.
 */
export function assertPrincipal({ licence, entries, lastSequence }: LicenceTimeline, { kind, action }: BoardOrderStep, { now }: RegistryExecution): void {
  if (action?.type !== 'DESIGNATE_PRINCIPAL') return;
  const { rule, principal, effectiveFrom } = action;
  const isItself = licenceId(principal) === licenceId(licence);
  const isPossible = isItself ? rule === 'imlc/1' : principal.jurisdiction !== licence.jurisdiction;
  if (!isPossible) throw new DomainError('COMPACT_PRINCIPAL');
  const isAnother = kind === 'INITIAL' && knownActions(entries, lastSequence).actions.some((earlier) => earlier.action.type === 'DESIGNATE_PRINCIPAL');
  if (isAnother && effectiveFrom < addDays(now.slice(0, 10), -1)) throw new DomainError('EFFECTIVE_DATE_OUT_OF_BOUNDS');
}
