import type { AdjudicationDocument } from '../adjudication/adjudication.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { referenceTo } from '../documents/bytes.js';
import type { JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import { dateOfInstant } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { AppealBody, AppealDocument } from './appeal.js';
import type { DecideAppeal, FileAppeal, WithdrawAppeal } from './commands.js';
import { COMMERCIAL_APPEALS, lastDayToDecide, lastDayToFile } from './deadlines.js';
import type { AppealLevel, AppealTerms } from './deadlines.js';

/** What filing rests on: the decision is final and stands, and the last step of the claim's appeals is the newest. */
export function filingPreconditions({ adjudication, before }: FileAppeal): Preconditions {
  const { id, version } = adjudication;
  const first = before === undefined ? [{ key: documentKey({ kind: 'appeal', id, version: 1 }), code: 'INPUT_MISSING' as const, input: 'appeal' }] : [];
  const reversed = { key: documentKey({ kind: 'reversal', id, version }), code: 'ADJUDICATION_REVERSED' as const };
  return { ...NO_PRECONDITIONS, documents: [adjudication, ...(before === undefined ? [] : [before])], absent: [...first, reversed] };
}

/** What a decision or withdrawal rests on. */
export function appealPreconditions(command: DecideAppeal | WithdrawAppeal): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [command.appeal, ...(command.verb === 'decideAppeal' ? [command.adjudication] : [])] };
}

/**
 * Files one level of an appeal, within its time. A level follows the one before it once that was upheld, or is overdue: then
 * nobody has to wait any longer. Throws APPEAL_LATE, APPEAL_NOT_OPEN where the level is not the next one, and FORBIDDEN where
 * the track is not the filer's.
 */
export function fileAppeal(command: FileAppeal, parties: JointParties, execution: Execution): Effects {
  const { adjudication, before, track, level, urgent, grounds, evidence } = command;
  assertTrack(track, level, parties, execution);
  const terms = termsOf(adjudication);
  const filedOn = today(adjudication, execution);
  const previous = before?.body.adjudication.key === documentKey(adjudication) ? before.body : undefined;
  const decidedOn = startOf(level, terms, track, previous, adjudication, filedOn);
  if (decidedOn === undefined) throw new DomainError('APPEAL_NOT_OPEN');
  if (filedOn > lastDayToFile(terms, level, decidedOn)) throw new DomainError('APPEAL_LATE');
  const cited = referenceTo(adjudication, execution.sha256);
  const body: AppealBody = { adjudication: cited, track, level, state: 'FILED', urgent, grounds, evidence, filedOn, dueOn: lastDayToDecide(terms, level, filedOn, urgent) };
  return written(adjudication.id, (before?.version ?? 0) + 1, body, parties, execution);
}

/** Records what came of an appeal; who decided the claim does not decide the appeal. Throws APPEAL_NOT_OPEN, SAME_PERSON. */
export function decideAppeal({ adjudication, appeal, state, reason }: DecideAppeal, parties: JointParties, execution: Execution): Effects {
  if (appeal.body.state !== 'FILED') throw new DomainError('APPEAL_NOT_OPEN');
  if (appeal.body.adjudication.key !== documentKey(adjudication)) throw new DomainError('INPUT_MISMATCH', { input: 'adjudication' });
  const { by } = adjudication.recorded;
  if (by.mspId === execution.actor.mspId && by.actorId === execution.actor.actorId) throw new DomainError('SAME_PERSON');
  const decidedOn = today(adjudication, execution);
  return written(appeal.id, appeal.version + 1, { ...appeal.body, state, decidedOn, late: decidedOn > appeal.body.dueOn, reason }, parties, execution);
}

/** Takes an appeal back. Throws APPEAL_NOT_OPEN, and FORBIDDEN to anyone but the organisation that filed it. */
export function withdrawAppeal({ appeal, reason }: WithdrawAppeal, parties: JointParties, execution: Execution): Effects {
  if (appeal.body.state !== 'FILED') throw new DomainError('APPEAL_NOT_OPEN');
  if (appeal.recorded.by.mspId !== execution.actor.mspId) throw new DomainError('FORBIDDEN');
  return written(appeal.id, appeal.version + 1, { ...appeal.body, state: 'WITHDRAWN', reason }, parties, execution);
}

function assertTrack(track: FileAppeal['track'], level: AppealLevel, { hospitalMsp }: JointParties, { actor }: Execution): void {
  const isOwn = (track === 'provider-dispute') === (actor.mspId === hospitalMsp);
  if (!isOwn) throw new DomainError('FORBIDDEN');
  if (track === 'provider-dispute' && level === 'EXTERNAL') throw new DomainError('APPEAL_NOT_OPEN');
}

/** The day from which the time to file runs; undefined where the level may not be asked for now. */
function startOf(
  level: AppealLevel, terms: AppealTerms, track: FileAppeal['track'], previous: AppealBody | undefined, adjudication: AdjudicationDocument, filedOn: PlainDate,
): PlainDate | undefined {
  if (level === 'FIRST') return previous === undefined || previous.state === 'WITHDRAWN' ? today(adjudication, { now: adjudication.recorded.at }) : undefined;
  if (previous?.track !== track || previous.level !== levelBefore(level, terms)) return undefined;
  if (previous.state === 'UPHELD') return previous.decidedOn;
  return previous.state === 'FILED' && filedOn > previous.dueOn ? previous.dueOn : undefined;
}

function levelBefore(level: 'SECOND' | 'EXTERNAL', terms: AppealTerms): AppealLevel | undefined {
  if (level === 'SECOND') return terms.hasSecond ? 'FIRST' : undefined;
  return terms.hasSecond ? 'SECOND' : 'FIRST';
}

function termsOf({ body: { facts } }: AdjudicationDocument): AppealTerms {
  return facts.plan?.terms.appeals ?? COMMERCIAL_APPEALS;
}

/** The day where the insurer's clocks stand. */
function today({ body: { facts } }: AdjudicationDocument, { now }: Pick<Execution, 'now'>): PlainDate {
  return dateOfInstant(now, facts.plan?.terms.utcOffsetMinutes ?? 0);
}

function written(id: string, version: number, body: AppealBody, parties: JointParties, execution: Execution): Effects {
  const document: AppealDocument = newDocument(execution, 'appeal', { id, version }, parties, { ...body, ...present('reason', body.reason) });
  return { documents: [document], opened: [], closed: [], index: [], items: [{ id, outcome: 'RECORDED', version }] };
}
