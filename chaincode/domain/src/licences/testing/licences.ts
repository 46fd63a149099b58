import type { RegistryExecution } from '../../members/registry-execution.js';
import { executionBy } from '../../members/testing/executions.js';
import type { IssueLicence, ReinstateLicence, RevokeLicence, SuspendLicence } from '../commands.js';
import { issueLicences } from '../issue-licences.js';
import type { LicenceState } from '../licence.js';
import { licence } from './timelines.js';

/** The action id number so-and-so. */
export const actionId = (number: number): string => number.toString(16).padStart(32, '0');

/** A licence of 2020 to be issued. */
export const issue = (overrides: Partial<IssueLicence> = {}): IssueLicence => ({ actionId: actionId(1), licence, effectiveFrom: '2020-01-01', status: 'ACTIVE', ...overrides });

/** The licence after it was issued. */
export function issued(overrides: Partial<IssueLicence> = {}, execution: RegistryExecution = executionBy('board', { now: '2026-01-01T00:00:00.000Z' })): LicenceState {
  const [change] = issueLicences([issue(overrides)], new Map(), execution).changes;
  if (change === undefined) throw new Error('was not issued');
  return change.state;
}

/** A suspension of 1 February 2026. */
export const suspension = (overrides: Partial<SuspendLicence> = {}): SuspendLicence => ({
  actionId: actionId(2),
  licence,
  expectedSequence: 1,
  effectiveFrom: '2026-02-01',
  summary: false,
  automaticReinstatement: false,
  basisCodes: ['CARE'],
  ...overrides,
});

/** A revocation of 1 February 2026. */
export const revocation = (overrides: Partial<RevokeLicence> = {}): RevokeLicence => ({ actionId: actionId(3), licence, expectedSequence: 1, effectiveFrom: '2026-02-01', basisCodes: [], ...overrides });

/** A reinstatement of 1 April 2026. */
export const reinstatement = (overrides: Partial<ReinstateLicence> = {}): ReinstateLicence => ({ actionId: actionId(4), licence, expectedSequence: 2, effectiveFrom: '2026-04-01', ends: [2], ...overrides });
