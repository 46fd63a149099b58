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
import type { AnswerRequest, PendCommand, ReleasePend, RequestInformation, RoutePend } from './commands.js';
import type { PendBody, PendDocument } from './pend.js';

/** What such a command rests on: the claim waits, and the pend is the newest, or there is none yet. */
export function pendPreconditions({ claim, before }: PendCommand): Preconditions {
  const first = before === undefined ? [{ key: documentKey({ kind: 'pend', id: claim.id, version: 1 }), code: 'INPUT_MISSING' as const, input: 'pend' }] : [];
  return { ...NO_PRECONDITIONS, documents: [claim, ...(before === undefined ? [] : [before])], open: [claim.id], absent: first };
}

/** Puts the claim into a queue, for somebody, until a day; what was asked and lifted before stays. */
export function routePend(command: RoutePend, parties: JointParties, execution: Execution): Effects {
  const { before, queue, assignee, reasons, dueOn } = command;
  const kept = before?.body;
  return written(command, {
    claim: referenceTo(command.claim, execution.sha256),
    state: kept?.state ?? 'QUEUED',
    queue,
    ...present('assignee', assignee),
    reasons,
    dueOn,
    ...present('request', kept?.request),
    ...present('answer', kept?.answer),
    releases: kept?.releases ?? [],
    pauses: kept?.pauses ?? [],
  }, parties, execution);
}

/** Asks for information; from now on the clock of prompt payment may stand still. Throws PEND_NOT_OPEN while a request waits. */
export function requestInformation(command: RequestInformation, parties: JointParties, execution: Execution): Effects {
  const { body } = command.before;
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

/** Lifts holds for the next decision. Throws SAME_PERSON where the supervisor is who last worked on the pend, or its assignee. */
export function releasePend(command: ReleasePend, parties: JointParties, execution: Execution): Effects {
  const { body, recorded } = command.before;
  const { actor } = execution;
  const worked = recorded.by.mspId === actor.mspId ? [recorded.by.actorId, body.assignee] : [body.assignee];
  if (worked.includes(actor.actorId)) throw new DomainError('SAME_PERSON');
  return written(command, { ...body, state: 'RELEASED', releases: [...body.releases, ...command.releases] }, parties, execution);
}

function todayOf({ now }: Execution): string {
  return dateOfInstant(now, 0);
}

function written({ claim, before }: PendCommand, body: PendBody, parties: JointParties, execution: Execution): Effects {
  if (before !== undefined && before.id !== claim.id) throw new DomainError('INPUT_MISMATCH', { input: 'pend' });
  const document: PendDocument = newDocument(execution, 'pend', { id: claim.id, version: (before?.version ?? 0) + 1 }, parties, body);
  return { documents: [document], opened: [], closed: [], index: [], items: [{ id: claim.id, outcome: 'RECORDED', version: document.version }] };
}
