import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { referenceTo } from '../documents/bytes.js';
import type { JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import { dateOfInstant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { AnswerRequest, PendCommand, ReleasePend, RequestInformation } from './commands.js';
import type { PendBody, PendDocument } from './pend.js';

/** What such a command rests on: the claim waits, and the pend is the newest, or there is none yet. */
export function pendPreconditions({ claim, before }: PendCommand): Preconditions {
  const first = before === undefined ? [{ key: documentKey({ kind: 'pend', id: claim.id, version: 1 }), code: 'INPUT_MISSING' as const, input: 'pend' }] : [];
  return { ...NO_PRECONDITIONS, documents: [claim, ...(before === undefined ? [] : [before])], open: [claim.id], absent: first };
}

/** Asks for information; from now on the clock of prompt payment may stand still. Throws PEND_NOT_OPEN while a request waits. */
export function requestInformation(command: RequestInformation, parties: JointParties, execution: Execution): Effects {
  const body = bodyOf(command, execution);
  if (body.state === 'INFORMATION_REQUESTED') throw new DomainError('PEND_NOT_OPEN');
  const { answer: _, ...rest } = body;
  return written(command, { ...rest, state: 'INFORMATION_REQUESTED', dueOn: command.dueOn, request: { of: command.of, codes: command.codes, on: todayOf(execution) } }, parties, execution);
}

/**
 * Records the answer, by hashes; the clock runs again. A provider's answer comes from the hospital, a patient's reaches the
 * insurer. Throws PEND_NOT_OPEN where nothing was asked, FORBIDDEN to the other party.
 */
export function answerRequest(command: AnswerRequest, parties: JointParties, execution: Execution): Effects {
  const { body } = command.before;
  const { request } = body;
  if (body.state !== 'INFORMATION_REQUESTED' || request === undefined) throw new DomainError('PEND_NOT_OPEN');
  if ((request.of === 'provider') !== (execution.actor.mspId === parties.hospitalMsp)) throw new DomainError('FORBIDDEN');
  const on = todayOf(execution);
  const answer = { on, ...present('note', command.note), attachments: command.attachments };
  return written(command, { ...body, state: 'ANSWERED', answer, pauses: [...body.pauses, { from: request.on, thru: on }] }, parties, execution);
}

/** Lifts holds for the next decision, which another person then makes. Throws SAME_PERSON to who last worked on the pend. */
export function releasePend(command: ReleasePend, parties: JointParties, execution: Execution): Effects {
  const by = command.before?.recorded.by;
  if (by?.mspId === execution.actor.mspId && by.actorId === execution.actor.actorId) throw new DomainError('SAME_PERSON');
  const body = bodyOf(command, execution);
  return written(command, { ...body, state: 'RELEASED', releases: [...body.releases, ...command.releases] }, parties, execution);
}

/** Who lifted holds does not decide the claim. Throws SAME_PERSON. */
export function assertSecondPerson(pend: PendDocument | undefined, { actor }: Execution): void {
  if (pend?.body.state !== 'RELEASED') return;
  const { by } = pend.recorded;
  if (by.mspId === actor.mspId && by.actorId === actor.actorId) throw new DomainError('SAME_PERSON');
}

/** The pend so far, or a new one; a new one says nothing until its command does. */
function bodyOf({ claim, before }: PendCommand, { sha256 }: Execution): PendBody {
  return before?.body ?? { claim: referenceTo(claim, sha256), state: 'RELEASED', releases: [], pauses: [] };
}

function todayOf({ now }: Execution): string {
  return dateOfInstant(now, 0);
}

function written({ claim, before }: PendCommand, body: PendBody, parties: JointParties, execution: Execution): Effects {
  if (before !== undefined && before.id !== claim.id) throw new DomainError('INPUT_MISMATCH', { input: 'pend' });
  const document: PendDocument = newDocument(execution, 'pend', { id: claim.id, version: (before?.version ?? 0) + 1 }, parties, body);
  return { documents: [document], opened: [], closed: [], index: [], items: [{ id: claim.id, outcome: 'RECORDED', version: document.version }] };
}
