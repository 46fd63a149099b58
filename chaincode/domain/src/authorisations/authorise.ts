import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { opaqueId } from '../documents/document.js';
import type { JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, integer, object, oneOf, optional } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import { authorisationDocumentShape, authorisationRequestShape, decisionDueAt } from './authorisation.js';
import type { AuthorisationBody, AuthorisationDocument, AuthorisationRequest } from './authorisation.js';

/** Hospital, biller or denials. Asks for services to be approved. */
export interface RequestAuthorisation {
  readonly verb: 'requestAuthorisation';
  readonly authorisationId: OpaqueId;
  readonly request: AuthorisationRequest;
}

/** Insurer, claims-examiner. Approves units, or none with a reason. */
export interface DecideAuthorisation {
  readonly verb: 'decideAuthorisation';
  readonly authorisation: AuthorisationDocument;
  readonly unitsApproved: number;
  readonly reason?: string;
}

/** Hospital, biller or denials. Takes a request or what is left of an approval back. */
export interface CancelAuthorisation {
  readonly verb: 'cancelAuthorisation';
  readonly authorisation: AuthorisationDocument;
  readonly reason: string;
}

const reason = freeText(1, 2000);

/** Reads a request for authorisation. */
export const requestAuthorisationShape: Shape<RequestAuthorisation> = object<RequestAuthorisation>({
  verb: oneOf(['requestAuthorisation']), authorisationId: opaqueId, request: authorisationRequestShape,
});

/** Reads a decision on it. */
export const decideAuthorisationShape: Shape<DecideAuthorisation> = object<DecideAuthorisation>({
  verb: oneOf(['decideAuthorisation']), authorisation: authorisationDocumentShape, unitsApproved: integer(0), reason: optional(reason),
});

/** Reads a cancellation. */
export const cancelAuthorisationShape: Shape<CancelAuthorisation> = object<CancelAuthorisation>({
  verb: oneOf(['cancelAuthorisation']), authorisation: authorisationDocumentShape, reason,
});

/** What a decision or cancellation rests on; a request on nothing. */
export function authorisationPreconditions(command: RequestAuthorisation | DecideAuthorisation | CancelAuthorisation): Preconditions {
  return command.verb === 'requestAuthorisation' ? NO_PRECONDITIONS : { ...NO_PRECONDITIONS, documents: [command.authorisation] };
}

/** Records a request; the legal clock starts. Throws INVALID_INPUT for days in the wrong order. */
export function requestAuthorisation({ authorisationId, request }: RequestAuthorisation, parties: JointParties, execution: Execution): Effects {
  if (request.thru < request.from) throw invalidInput([issue('INCONSISTENT', '/body/request/thru')]);
  const body: AuthorisationBody = { request, state: 'REQUESTED', dueAt: decisionDueAt(request, execution.now), unitsApproved: 0, uses: [] };
  return written({ id: authorisationId, version: 1 }, body, parties, execution);
}

/**
 * Records the decision, and whether it came in time. Throws AUTHORISATION_NOT_OPEN where it is decided already, and
 * INVALID_INPUT for more units than asked, or for fewer without the specific reason.
 */
export function decideAuthorisation({ authorisation, unitsApproved, reason: why }: DecideAuthorisation, parties: JointParties, execution: Execution): Effects {
  const { request, state, dueAt } = authorisation.body;
  if (state !== 'REQUESTED') throw new DomainError('AUTHORISATION_NOT_OPEN');
  if (unitsApproved > request.units) throw invalidInput([issue('TOO_LARGE', '/body/unitsApproved')]);
  if (unitsApproved < request.units && why === undefined) throw invalidInput([issue('REQUIRED', '/body/reason')]);
  const decided = { state: unitsApproved === 0 ? 'DENIED' : 'APPROVED', unitsApproved, decidedAt: execution.now, late: execution.now > dueAt } as const;
  return written(next(authorisation), { ...authorisation.body, ...decided, ...present('reason', why) }, parties, execution);
}

/** Takes it back: what is used stays used. Throws AUTHORISATION_NOT_OPEN where nothing is left to take back. */
export function cancelAuthorisation({ authorisation, reason: why }: CancelAuthorisation, parties: JointParties, execution: Execution): Effects {
  if (authorisation.body.state === 'DENIED' || authorisation.body.state === 'CANCELLED') throw new DomainError('AUTHORISATION_NOT_OPEN');
  return written(next(authorisation), { ...authorisation.body, state: 'CANCELLED', reason: why }, parties, execution);
}

function next({ id, version }: AuthorisationDocument): { readonly id: string; readonly version: number } {
  return { id, version: version + 1 };
}

function written(name: { readonly id: string; readonly version: number }, body: AuthorisationBody, parties: JointParties, execution: Execution): Effects {
  const document = newDocument(execution, 'authorisation', name, parties, body);
  return { documents: [document], opened: [], closed: [], index: [], items: [{ id: name.id, outcome: 'RECORDED', version: name.version }] };
}
