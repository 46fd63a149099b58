import type { PlainDate } from '../../shared/dates.js';
import type { ClaimContent } from '../claim.js';
import type { Rejection } from '../rejection.js';
import type { FrontEndCheck } from './check.js';
import { balanceCheck, claimNumberCheck, frequencyCheck, patientCheck, subscriberCheck } from './claim-header.js';
import { diagnosisCheck, placeOfServiceCheck, procedureCheck, serviceDatesCheck, unitsCheck } from './lines.js';
import { billingTaxIdCheck, providerNpiCheck } from './providers.js';

/** Every front-end check in force, in the order in which reasons are listed. */
export const FRONT_END_CHECKS: readonly FrontEndCheck[] = [
  frequencyCheck,
  claimNumberCheck,
  subscriberCheck,
  patientCheck,
  providerNpiCheck,
  billingTaxIdCheck,
  diagnosisCheck,
  procedureCheck,
  unitsCheck,
  serviceDatesCheck,
  placeOfServiceCheck,
  balanceCheck,
];

/** Every reason to reject a claim; none means that it is taken in. */
export function examineAtFrontEnd(content: ClaimContent, receivedOn: PlainDate): readonly Rejection[] {
  return FRONT_END_CHECKS.flatMap(({ id, examine }) => examine(content, receivedOn).map((finding) => ({ ...finding, rule: id })));
}
