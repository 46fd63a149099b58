import { AUTHORISATION_CLOCKS, flag, freeText, integer, list, mspId, npiShape, object, oneOf, optional, plainDate, text } from '@medaccord/domain';
import type { DecideAuthorisation, Shape } from '@medaccord/domain';
import type { AuthorisationToRequest } from './authorisation-desk.js';

/** Reads services to be approved. */
export const authorisationToRequest: Shape<AuthorisationToRequest> = object<AuthorisationToRequest>({
  insurerMsp: mspId,
  memberId: freeText(1, 80),
  dependant: optional(object<NonNullable<AuthorisationToRequest['dependant']>>({ birthDate: optional(freeText(1, 80)), givenName: optional(freeText(1, 80)) })),
  providerNpis: list(npiShape, 0, 20),
  codes: list(text(/^[A-Z0-9]{1,20}$/), 1, 50),
  from: plainDate,
  thru: plainDate,
  units: integer(1, 100_000),
  urgent: flag,
  clock: oneOf(AUTHORISATION_CLOCKS),
});

/** Reads a decision on them. */
export const authorisationDecisionRequest: Shape<Pick<DecideAuthorisation, 'unitsApproved' | 'reason'>> = object<Pick<DecideAuthorisation, 'unitsApproved' | 'reason'>>({
  unitsApproved: integer(0), reason: optional(freeText(1, 2000)),
});
