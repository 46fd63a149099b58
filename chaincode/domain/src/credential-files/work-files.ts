import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, nextVersion, recordedDocument, todayIn } from '../credentialing/execution.js';
import type { PlainDate } from '../shared/dates.js';
import { addDays } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import { present } from '../shared/present.js';
import { assertSignedByPractitioner, signersAsked } from '../verification/practitioner-act.js';
import { policyOn } from '../verification/ageing-policy.js';
import { isClean, shortcomingOn } from '../verification/validity.js';
import type { VerificationDocument } from '../verification/verification.js';
import type {
  AssessCredentialFile, CredentialFileCommand, DecideCredentialFile, DecideFileAppeal, OpenCredentialFile, RecordAttestation, RecordDecisionNotice, RecordFileAppeal,
  TerminateCredentialFile,
} from './commands.js';
import { dueAfter, fileStateOn } from './credential-file.js';
import type { Attested, CredentialFileBody, CredentialFileDocument, FileState, Gap } from './credential-file.js';
import { requiredElements } from './recipe.js';

/** States in which a file waits for its decision. */
const UNDECIDED: readonly FileState[] = ['COLLECTING', 'VERIFYING', 'READY', 'DEFERRED'];
const DECIDED: readonly FileState[] = ['APPROVED', 'CONDITIONAL', 'DENIED'];

/** What a command rests on: the file, its verifications, the file that it renews. */
export function credentialFilePreconditions(command: CredentialFileCommand): OwnPreconditions {
  if (command.verb === 'openCredentialFile') return { ...NOTHING_ASKED, documents: command.previous === undefined ? [] : [command.previous] };
  const verifications = command.verb === 'assessCredentialFile' || command.verb === 'decideCredentialFile' ? command.verifications : [];
  const practitioners = command.verb === 'recordAttestation' ? signersAsked(command.file.body.npi, command.practitioner) : [];
  return { ...NOTHING_ASKED, documents: [command.file, ...verifications], practitioners };
}

/**
 * Opens a file under its recipe. Throws INITIAL_FILE_NEEDED where what is to be renewed is overdue for too long,
 * INVALID_INPUT where a recredentialing names nothing that it renews, or another clinician's.
 */
export function openCredentialFile({ verb: _, fileId, previous, ...subject }: OpenCredentialFile, execution: OwnExecution): OwnEffects {
  const { now } = execution;
  if ((subject.event === 'recredential') !== (previous !== undefined)) throw invalidInput([issue('INCONSISTENT', '/body/previous')]);
  const body: CredentialFileBody = {
    ...subject,
    required: requiredElements(subject.recipe, subject),
    state: 'COLLECTING',
    openedAt: now,
    ...present('previous', previous && renewed(previous, subject, todayIn(execution))),
    attested: [],
    verified: [],
    gaps: [],
  };
  return recordedDocument(execution, 'credential-file', { id: fileId, version: 1 }, body);
}

function renewed({ id, body }: CredentialFileDocument, { npi, payer }: Pick<CredentialFileBody, 'npi' | 'payer'>, today: PlainDate): CredentialFileBody['previous'] {
  if (body.npi !== npi || body.payer !== payer) throw invalidInput([issue('INCONSISTENT', '/body/previous')]);
  if (body.decision === undefined || body.nextDueOn === undefined) throw new DomainError('FILE_NOT_AT_STEP', { state: body.state });
  if (fileStateOn(body, today) === 'LAPSED') throw new DomainError('INITIAL_FILE_NEEDED');
  return { fileId: id, decidedOn: body.decision.at.slice(0, 10) };
}

/**
 * Adds a statement of the practitioner. Throws FILE_NOT_AT_STEP, INVALID_INPUT for a signature of a later day, and the
 * refusals of `assertSignedByPractitioner`.
 */
export function recordAttestation({ file, element, documentHash, signedOn, practitioner }: RecordAttestation, execution: OwnExecution): OwnEffects {
  assertState(file, UNDECIDED);
  if (signedOn > todayIn(execution)) throw invalidInput([issue('TOO_LARGE', '/body/signedOn')]);
  const statement = { element, documentHash, signedOn };
  if (practitioner !== undefined) assertSignedByPractitioner({ act: 'attestation', fileId: file.id, npi: file.body.npi, ...statement }, practitioner, execution);
  const recordedAs = practitioner === undefined ? 'document-recorded' : 'practitioner-signed';
  const attested: Attested = { ...statement, recordedAs, recordedBy: execution.actor.actorId, ...present('practitioner', practitioner) };
  return following(file, { attested: [...file.body.attested, attested] }, execution);
}

/**
 * Weighs the verifications for a decision on a day. What ages out before that day pushes the file back to VERIFYING, and
 * the gaps say what to ask again. Throws FILE_NOT_AT_STEP and INPUT_MISMATCH.
 */
export function assessCredentialFile({ file, verifications, decisionOn }: AssessCredentialFile, execution: OwnExecution): OwnEffects {
  assertState(file, UNDECIDED);
  if (decisionOn < todayIn(execution)) throw invalidInput([issue('TOO_SMALL', '/body/decisionOn')]);
  const gaps = gapsOn(file, verifications, decisionOn);
  const state = gaps.length === 0 ? 'READY' : verifications.length === 0 ? 'COLLECTING' : 'VERIFYING';
  const verified = verifications.map(({ id, version, body }) => ({ element: body.element, verificationId: id, version }));
  return following(file, { state, plannedDecisionOn: decisionOn, verified, gaps }, execution);
}

/**
 * Decides a file with effect from now, never earlier. Throws FILE_NOT_AT_STEP; FILE_NOT_COMPLETE with the elements that do
 * not carry a decision today; FILE_NOT_CLEAN where the committee has something to weigh.
 */
export function decideCredentialFile(command: DecideCredentialFile, execution: OwnExecution): OwnEffects {
  const { file, verifications, outcome, route, reasons, conditions } = command;
  const today = todayIn(execution);
  assertState(file, ['READY']);
  assertSameVerifications(file, verifications);
  const gaps = gapsOn(file, verifications, today);
  if (gaps.length > 0) throw new DomainError('FILE_NOT_COMPLETE', { elements: gaps.map(({ element }) => element) });
  assertRoute(command);
  const isFinal = outcome !== 'DEFERRED';
  const appealable = outcome === 'DENIED' || outcome === 'CONDITIONAL';
  if (appealable && reasons.length === 0) throw invalidInput([issue('REQUIRED', '/body/reasons')]);
  if ((outcome === 'CONDITIONAL') !== conditions.length > 0) throw invalidInput([issue('INCONSISTENT', '/body/conditions')]);
  const policy = policyOn(file.body.programme, today).version;
  const decision = { outcome, route, by: execution.actor.actorId, at: execution.now, reasons, conditions, appealable, policy };
  const isApproval = outcome === 'APPROVED' || outcome === 'CONDITIONAL';
  return following(file, {
    state: outcome, ...(isFinal && { decision }), ...(isApproval && { nextDueOn: dueAfter(file.body.programme, today) }),
  }, execution);
}

/** Records the notice, and whether it came in time; an approved file is monitored from then on. */
export function recordDecisionNotice({ file, sentOn }: RecordDecisionNotice, execution: OwnExecution): OwnEffects {
  const { decision, programme } = file.body;
  if (decision === undefined || file.body.notice !== undefined) throw new DomainError('FILE_NOT_AT_STEP', { state: file.body.state });
  const decidedOn = decision.at.slice(0, 10);
  if (sentOn < decidedOn || sentOn > todayIn(execution)) throw invalidInput([issue('INCONSISTENT', '/body/sentOn')]);
  const late = sentOn > addDays(decidedOn, policyOn(programme, decidedOn).noticeDays);
  return following(file, { state: decision.outcome === 'DENIED' ? 'CLOSED' : 'MONITORED', notice: { sentOn, late } }, execution);
}

/**
 * Records an appeal against a decision that may be appealed. Throws FILE_NOT_AT_STEP where it may not, or one is open;
 * INVALID_INPUT for a day before the decision or after today.
 */
export function recordFileAppeal({ file, filedOn, grounds }: RecordFileAppeal, execution: OwnExecution): OwnEffects {
  const { decision, appeals = [], state } = file.body;
  const isOpen = appeals.some(({ decided }) => decided === undefined);
  if (decision?.appealable !== true || isOpen || state === 'TERMINATED') throw new DomainError('FILE_NOT_AT_STEP', { state });
  if (filedOn < decision.at.slice(0, 10) || filedOn > todayIn(execution)) throw invalidInput([issue('INCONSISTENT', '/body/filedOn')]);
  return following(file, { appeals: [...appeals, { filedOn, grounds }] }, execution);
}

/**
 * Decides the open appeal. Overturned, the decision falls and the file is to be verified and decided anew. Throws
 * FILE_NOT_AT_STEP without an open appeal, SAME_PERSON for the author of the decision.
 */
export function decideFileAppeal({ file, outcome, reason }: DecideFileAppeal, execution: OwnExecution): OwnEffects {
  const { appeals = [], decision, state } = file.body;
  const last = appeals.at(-1);
  if (last === undefined || last.decided !== undefined) throw new DomainError('FILE_NOT_AT_STEP', { state });
  if (decision?.by === execution.actor.actorId) throw new DomainError('SAME_PERSON');
  const decided = { outcome, by: execution.actor.actorId, at: execution.now, reason };
  const changes = { appeals: [...appeals.slice(0, -1), { ...last, decided }] };
  if (outcome !== 'OVERTURNED') return following(file, changes, execution);
  const { decision: _, notice: __, nextDueOn: ___, ...anew } = file.body;
  return recordedDocument(execution, 'credential-file', nextVersion(file), { ...anew, ...changes, state: 'VERIFYING' });
}

/** Ends a file. Throws FILE_NOT_AT_STEP where it has ended. */
export function terminateCredentialFile({ file, reason }: TerminateCredentialFile, execution: OwnExecution): OwnEffects {
  assertState(file, [...UNDECIDED, ...DECIDED, 'MONITORED']);
  return following(file, { state: 'TERMINATED', closedFor: reason }, execution);
}

/** What keeps a file from a decision on a day. Throws INPUT_MISMATCH for a verification of somebody else. */
export function gapsOn({ body }: CredentialFileDocument, verifications: readonly VerificationDocument[], decisionOn: PlainDate): readonly Gap[] {
  if (verifications.some((one) => one.body.npi !== body.npi)) throw new DomainError('INPUT_MISMATCH');
  const policy = policyOn(body.programme, decisionOn);
  return body.required.flatMap((element): readonly Gap[] => {
    const found = verifications.filter((one) => one.body.element === element).map((one) => shortcomingOn(one, decisionOn, policy));
    if (found.includes(undefined)) return [];
    return [{ element, why: found[0] ?? 'MISSING' }];
  });
}

function assertRoute({ file, verifications, outcome, route }: DecideCredentialFile): void {
  if (route === 'COMMITTEE') return;
  const isOutcome = outcome === 'APPROVED' || outcome === 'DEFERRED';
  if (!isOutcome || !verifications.every(isClean) || file.body.gaps.length > 0) throw new DomainError('FILE_NOT_CLEAN');
}

/** Nothing adverse is left out between the assessment and the decision. */
function assertSameVerifications({ body }: CredentialFileDocument, verifications: readonly VerificationDocument[]): void {
  const name = (id: string, version: number): string => `${id}~${version}`;
  const [assessed, given] = [new Set(body.verified.map((one) => name(one.verificationId, one.version))), new Set(verifications.map((one) => name(one.id, one.version)))];
  if (assessed.size !== given.size || [...assessed].some((one) => !given.has(one))) throw new DomainError('INPUT_MISMATCH');
}

function assertState({ body }: CredentialFileDocument, states: readonly FileState[]): void {
  if (!states.includes(body.state)) throw new DomainError('FILE_NOT_AT_STEP', { state: body.state });
}

function following(file: CredentialFileDocument, changes: Partial<CredentialFileBody>, execution: OwnExecution): OwnEffects {
  return recordedDocument(execution, 'credential-file', nextVersion(file), { ...file.body, ...changes });
}
