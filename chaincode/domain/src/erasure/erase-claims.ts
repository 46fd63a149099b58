import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { AbsentKey, Preconditions } from '../claims/preconditions.js';
import { recorded } from '../coverage/record-statements.js';
import { opaqueId } from '../documents/document.js';
import type { JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey, openKey } from '../documents/key.js';
import { DomainError } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import { flag, freeText, list, object, oneOf, optional, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import { ACCOMPANYING_KINDS, COUNTED_KINDS, ERASURE_REASONS, erasureDocumentShape, versionCountsShape } from './erasure.js';
import type { ErasureBody, ErasureDocument, VersionCounts } from './erasure.js';

/** Either party, privacy-officer. Asks the other one to erase all that there is about a claim. */
export interface ProposeErasure {
  readonly verb: 'proposeErasure';
  readonly claimId: OpaqueId;
  readonly reason: ErasureBody['reason'];
  readonly note?: string;
  /** The last step so far, where an earlier proposal was declined. */
  readonly before?: ErasureDocument;
}

/** The other party, privacy-officer. Agrees or not. */
export interface AnswerErasure {
  readonly verb: 'answerErasure';
  readonly erasure: ErasureDocument;
  readonly approve: boolean;
  readonly note?: string;
}

/** Insurer, privacy-officer. Erases, in both collections, what both agreed to. */
export interface ExecuteErasure {
  readonly verb: 'executeErasure';
  readonly erasure: ErasureDocument;
  readonly versions: VersionCounts;
  /** Keys of the insurer's own indexes and queues that name the claim. */
  readonly own: readonly string[];
}

const note = optional(freeText(1, 500));

/** Reads a proposal. */
export const proposeErasureShape: Shape<ProposeErasure> = object<ProposeErasure>({ verb: oneOf(['proposeErasure']), claimId: opaqueId, reason: oneOf(ERASURE_REASONS), note, before: optional(erasureDocumentShape) });

/** Reads an answer. */
export const answerErasureShape: Shape<AnswerErasure> = object<AnswerErasure>({ verb: oneOf(['answerErasure']), erasure: erasureDocumentShape, approve: flag, note });

/** Reads the order to erase. */
export const executeErasureShape: Shape<ExecuteErasure> = where(
  object<ExecuteErasure>({ verb: oneOf(['executeErasure']), erasure: erasureDocumentShape, versions: versionCountsShape, own: list(freeText(1, 300), 0, 1000) }),
  ({ erasure: { id }, own }) => own.every((key) => OWN_KEYS.test(key) && key.split('~').includes(id)),
  'INCONSISTENT',
);

/** Keys that only the insurer has about a claim: where it is found again, in which queue it lay, what it wrote alone, what people were told. */
const OWN_KEYS = /^(coverage-claim|service|routing|notice|unilateral|attempt)~/;

/** What the steps rest on: a claim that waits for nothing, and counts beyond which there is no version. */
export function erasurePreconditions(command: ProposeErasure | AnswerErasure | ExecuteErasure): Preconditions {
  if (command.verb === 'proposeErasure') return { ...NO_PRECONDITIONS, documents: command.before === undefined ? [] : [command.before], absent: unlessOpen(command.claimId) };
  if (command.verb === 'answerErasure') return { ...NO_PRECONDITIONS, documents: [command.erasure] };
  const { erasure, versions } = command;
  const newer = COUNTED_KINDS.map((kind): AbsentKey => ({ key: documentKey({ kind, id: erasure.id, version: (versions[kind] ?? 0) + 1 }), code: 'STALE_VERSION' }));
  return { ...NO_PRECONDITIONS, documents: [erasure], absent: [...unlessOpen(erasure.id), ...newer] };
}

function unlessOpen(claimId: OpaqueId): readonly AbsentKey[] {
  return [{ key: openKey(claimId), code: 'CLAIM_STILL_OPEN' }];
}

/** Records the proposal. Throws ERASURE_NOT_OPEN where an earlier one was not declined. */
export function proposeErasure({ claimId, reason, note: said, before }: ProposeErasure, parties: JointParties, execution: Execution): Effects {
  if (before !== undefined && (before.id !== claimId || before.body.state !== 'DECLINED')) throw new DomainError('ERASURE_NOT_OPEN');
  const body: ErasureBody = { state: 'PROPOSED', reason, proposedBy: execution.actor.mspId, ...present('note', said) };
  return step(claimId, (before?.version ?? 0) + 1, body, parties, execution);
}

/** Records the answer. Throws ERASURE_NOT_OPEN where nothing is proposed, SAME_PARTY where the proposer answers itself. */
export function answerErasure({ erasure, approve, note: said }: AnswerErasure, parties: JointParties, execution: Execution): Effects {
  const { state, reason, proposedBy } = erasure.body;
  if (state !== 'PROPOSED') throw new DomainError('ERASURE_NOT_OPEN');
  if (proposedBy === execution.actor.mspId) throw new DomainError('SAME_PARTY');
  const body: ErasureBody = { state: approve ? 'APPROVED' : 'DECLINED', reason, proposedBy, ...present('note', said) };
  return step(erasure.id, erasure.version + 1, body, parties, execution);
}

/**
 * Purges every version of every document under the claim's id from both collections, and each party's own keys; what
 * remains is this step, without notes. Remittances are accounts of payment and stay. Throws ERASURE_NOT_OPEN before the other
 * party agreed.
 */
export function executeErasure({ erasure, versions, own }: ExecuteErasure, parties: JointParties, execution: Execution): Effects {
  const { state, reason, proposedBy } = erasure.body;
  if (state !== 'APPROVED') throw new DomainError('ERASURE_NOT_OPEN');
  const effects = step(erasure.id, erasure.version + 1, { state: 'ERASED', reason, proposedBy, erased: versions }, parties, execution);
  const earlier = Array.from({ length: erasure.version }, (_, index) => documentKey({ kind: 'erasure', id: erasure.id, version: index + 1 }));
  const insurers = own.map((key) => ({ mspId: parties.insurerMsp, key }));
  const hospitals = hospitalsOwnKeys(erasure.id).map((key) => ({ mspId: parties.hospitalMsp, key }));
  return { ...effects, purged: [...erasedKeys(erasure.id, versions), ...earlier], ownPurged: [...insurers, ...hospitals] };
}

/** What a hospital that filed the claim alone has of it: the attempt, and the lodgement, which is settled at most once. */
function hospitalsOwnKeys(id: OpaqueId): readonly string[] {
  return [documentKey({ kind: 'attempt', id, version: 1 }), ...[1, 2].map((version) => documentKey({ kind: 'lodged', id, version }))];
}

/** Every key that an erasure purges where it exists. */
export function erasedKeys(id: OpaqueId, versions: VersionCounts): readonly string[] {
  const upTo = (kind: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => documentKey({ kind, id, version: index + 1 }));
  return [...COUNTED_KINDS.flatMap((kind) => upTo(kind, versions[kind] ?? 0)), ...ACCOMPANYING_KINDS.flatMap((kind) => upTo(kind, versions.adjudication))];
}

function step(id: OpaqueId, version: number, body: ErasureBody, parties: JointParties, execution: Execution): Effects {
  return recorded([newDocument(execution, 'erasure', { id, version }, parties, body)]);
}
