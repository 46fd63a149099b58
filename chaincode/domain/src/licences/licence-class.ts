import { DomainError } from '../shared/errors.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { assertMayIssue } from './issue-licences.js';
import { isClass } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import { withoutEvents } from './licence.js';
import type { LicenceState } from './licence.js';

/**
 * What an order is about, as it is recorded. A class comes into being with the first order that its board makes for it.
 * Throws LICENCE_NOT_FOUND, and what `assertMayIssue` throws.
 */
export function orderedState(existing: LicenceState | undefined, licence: LicenceKey, execution: RegistryExecution): LicenceState {
  if (existing !== undefined) return existing;
  if (!isClass(licence)) throw new DomainError('LICENCE_NOT_FOUND');
  assertMayIssue(licence, execution);
  return withoutEvents({ schema: 'licence/v1', licence, issuer: execution.actor.member.mspId }, execution);
}
