import type { PlainDate } from '../../shared/dates.js';
import type { ClaimContent, ClaimType } from '../claim.js';
import type { Rejection } from '../rejection.js';
import type { FrontEndCheck } from './check.js';
import { balanceCheck, billFrequencyCheck, claimNumberCheck, frequencyCheck, patientCheck, subscriberCheck } from './claim-header.js';
import { admissionCheck, facilityTypeCheck, institutionalCodesCheck, institutionalProvidersCheck, revenueLinesCheck, statementDatesCheck } from './institutional.js';
import { diagnosisCheck, placeOfServiceCheck, procedureCheck, serviceDatesCheck, unitsCheck } from './lines.js';
import { billingTaxIdCheck, providerNpiCheck } from './providers.js';

/** The front-end checks in force for professional claims, in the order in which reasons are listed. */
const PROFESSIONAL_CHECKS: readonly FrontEndCheck[] = [
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

/** The same for institutional claims. */
const INSTITUTIONAL_CHECKS: readonly FrontEndCheck[] = [
  billFrequencyCheck,
  claimNumberCheck,
  facilityTypeCheck,
  statementDatesCheck,
  admissionCheck,
  subscriberCheck,
  patientCheck,
  providerNpiCheck,
  institutionalProvidersCheck,
  billingTaxIdCheck,
  diagnosisCheck,
  institutionalCodesCheck,
  revenueLinesCheck,
  serviceDatesCheck,
  balanceCheck,
];

/** Every front-end check in force by the type of claim. */
export const FRONT_END_CHECKS: Readonly<Record<ClaimType, readonly FrontEndCheck[]>> = { P: PROFESSIONAL_CHECKS, I: INSTITUTIONAL_CHECKS };

/** Every reason to reject a claim; none means that it is taken in. */
export function examineAtFrontEnd(content: ClaimContent, receivedOn: PlainDate): readonly Rejection[] {
  return FRONT_END_CHECKS[content.type].flatMap(({ id, examine }) => examine(content, receivedOn).map((finding) => ({ ...finding, rule: id })));
}
