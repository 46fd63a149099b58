import { DomainError } from '../shared/errors.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import type { BoardOfficer } from './board-officer.js';
import { boardOrderBytes } from './board-order.js';
import type { BoardOrderStep, RecordBoardOrder, SignedBoardOrder } from './board-order.js';
import type { BoardAction, OrderSignature, TimelineEntry } from './licence-event.js';

/** Says whether a signature is that of a key over these bytes; false also for what is no key or no signature. */
export type VerifySignature = (publicKey: string, bytes: Uint8Array, signature: string) => boolean;

/** What the two persons are judged by. */
export interface SignatureContext {
  readonly channel: string;
  /** Officers of the issuer, by fingerprint; of those that the order names the ones that exist. */
  readonly officers: ReadonlyMap<string, BoardOfficer>;
  readonly verify: VerifySignature;
}

/** Who keeps validity; a disciplinary order may renew or extend as well. */
const ADMINISTRATIVE_ROLES: readonly string[] = ['registrar', 'disciplinary-officer'];
const DISCIPLINARY_ROLES: readonly string[] = ['disciplinary-officer'];
/** What is no discipline, whoever it concerns. */
const ADMINISTRATIVE: readonly BoardAction['type'][] = ['ISSUE', 'RENEW', 'REISSUE', 'RENEWAL_FILED', 'EXTEND', 'EXTEND_CLASS', 'CHANGE_STATUS', 'DESIGNATE_PRINCIPAL'];
/** Who approves what another proposed: a member of the board itself. */
const APPROVER_ROLES: readonly string[] = ['board-member'];

/**
 * Refuses an order that its persons may not make. What ends a licence, what takes practice away before a hearing, and what
 * makes a recorded act vanish or end early need two persons who signed the same bytes: a proposer in a role that may take
 * every step, and a member of the board. Throws FORBIDDEN_ROLE, TWO_PERSONS_NEEDED and the SIGNER_ and SIGNATURE_ codes.
 */
export function assertMayOrder({ order, signatures }: SignedBoardOrder, entries: readonly TimelineEntry[], context: SignatureContext, execution: RegistryExecution): void {
  if (signatures.length < 2) {
    assertMayPropose(order, entries, execution.actor.role);
    if (needsTwoPersons(order, entries)) throw new DomainError('TWO_PERSONS_NEEDED');
    return;
  }
  const signed = { board: order.licence.board, bytes: boardOrderBytes(context.channel, order), signatures };
  assertSignedByTwo(signed, ({ role }) => { assertMayPropose(order, entries, role); }, context, execution);
}

/** What two persons of a board signed. */
export interface SignedByTwo {
  readonly board: string;
  readonly bytes: Uint8Array;
  /** The proposer's and the approver's. */
  readonly signatures: readonly OrderSignature[];
}

/**
 * Refuses what was not signed by two persons of the board: a proposer who may, and a member. Throws TWO_PERSONS_NEEDED,
 * FORBIDDEN_UNIT, the SIGNER_ and SIGNATURE_ codes, and what `assertMay` throws.
 */
export function assertSignedByTwo(signed: SignedByTwo, assertMay: (proposer: BoardOfficer) => void, context: SignatureContext, execution: RegistryExecution): void {
  const [proposal, approval] = signed.signatures;
  if (proposal === undefined || approval === undefined) throw new DomainError('TWO_PERSONS_NEEDED');
  const [proposer, approver] = [signerOf(proposal, signed, context, execution), signerOf(approval, signed, context, execution)];
  assertTwoPersons(proposer, approver, execution);
  assertMay(proposer);
  if (!APPROVER_ROLES.includes(approver.role)) throw new DomainError('SIGNER_ROLE');
}

/** Refuses a proposer who may not keep validity. Throws FORBIDDEN_ROLE. */
export function assertAdministers({ role }: Pick<BoardOfficer, 'role'>): void {
  if (!ADMINISTRATIVE_ROLES.includes(role)) throw new DomainError('FORBIDDEN_ROLE');
}

/** Whether an order needs two persons, given what is recorded of its licence. */
export function needsTwoPersons(order: RecordBoardOrder, entries: readonly TimelineEntry[]): boolean {
  const all = withSteps(order, entries);
  return order.steps.some((step) => isGrave(step, all, order));
}

function assertMayPropose(order: RecordBoardOrder, entries: readonly TimelineEntry[], role: string): void {
  const all = withSteps(order, entries);
  const allowed = order.steps.every((step) => (isAdministrative(step, all) ? ADMINISTRATIVE_ROLES : DISCIPLINARY_ROLES).includes(role));
  if (!allowed) throw new DomainError('FORBIDDEN_ROLE');
}

/** A step may be about an earlier one of its own order. */
function withSteps({ expectedSequence, steps }: RecordBoardOrder, entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return [...entries, ...steps.map((step, index) => ({ sequence: expectedSequence + 1 + index, ...step }))];
}

function assertTwoPersons(proposer: BoardOfficer, approver: BoardOfficer, { actor }: RegistryExecution): void {
  if (proposer.subject === approver.subject || proposer.publicKey === approver.publicKey) throw new DomainError('SIGNER_TWICE');
  if (![proposer.subject, approver.subject].includes(actor.subject)) throw new DomainError('SIGNER_NOT_SUBMITTER');
}

function signerOf({ signer, signature }: OrderSignature, { board, bytes }: SignedByTwo, { officers, verify }: SignatureContext, { now }: RegistryExecution): BoardOfficer {
  const officer = officers.get(signer);
  if (officer === undefined) throw new DomainError('SIGNER_UNKNOWN');
  if (officer.withdrawnAt !== undefined) throw new DomainError('SIGNER_WITHDRAWN');
  if (officer.expires <= now) throw new DomainError('SIGNER_EXPIRED');
  if (officer.unit !== undefined && officer.unit !== board) throw new DomainError('FORBIDDEN_UNIT');
  if (!verify(officer.publicKey, bytes, signature)) throw new DomainError('SIGNATURE_INVALID');
  return officer;
}

function isGrave(step: BoardOrderStep, all: readonly TimelineEntry[], order: RecordBoardOrder): boolean {
  const { kind, action, target } = step;
  switch (kind) {
    case 'VOID':
    case 'SEAL':
      return true;
    case 'INITIAL':
      return isGraveAction(action) || (action?.type === 'CHANGE_STATUS' && all.some((entry) => isInError(entry.action)));
    case 'CORRECTION':
    case 'REVISION':
      return [action, ...contentsOf(target, all)].some(isGraveToChange);
    case 'STAY':
      return !isByCourt(action, order) && contentsOf(target, all).some(endsPractice);
    default:
      return false;
  }
}

/** A court's stay is obeyed at once, by whoever is there, where its order is named; a board that lets practise again takes two. */
function isByCourt(action: BoardAction | undefined, { order }: RecordBoardOrder): boolean {
  return action?.type === 'STAY' && action.by === 'COURT' && order !== undefined;
}

function endsPractice(action: BoardAction): boolean {
  return ['REVOKE', 'SURRENDER', 'SUSPEND'].includes(action.type);
}

/** A licence that was issued in error never was one: as much as a void, and so is taking that back. */
function isInError(action: BoardAction | undefined): boolean {
  return action?.type === 'CHANGE_STATUS' && action.status === 'ISSUED_IN_ERROR';
}

/** Another principal licence would make what followed by a compact vanish. */
function isGraveToChange(action: BoardAction | undefined): boolean {
  return isGraveAction(action) || action?.type === 'DESIGNATE_PRINCIPAL';
}

function isGraveAction(action: BoardAction | undefined): boolean {
  if (action?.type === 'SUSPEND') return action.summary;
  return action?.type === 'REVOKE' || action?.type === 'REINSTATE' || isInError(action);
}

function isAdministrative({ kind, action, target }: BoardOrderStep, all: readonly TimelineEntry[]): boolean {
  if (kind === 'VOID') return isAdministrativeAction(all.find(({ sequence }) => sequence === target)?.action);
  return (kind === 'INITIAL' || kind === 'CORRECTION') && isAdministrativeAction(action);
}

function isAdministrativeAction(action: BoardAction | undefined): boolean {
  if (action?.type === 'SURRENDER') return !action.inLieuOfDiscipline;
  if (action?.type === 'RENEWAL_CLOSED') return action.outcome === 'WITHDRAWN';
  return action !== undefined && ADMINISTRATIVE.includes(action.type);
}

/** All that an act ever was, by its own event and by those that corrected or revised it: what two persons made of it one cannot unmake. */
function contentsOf(target: number | undefined, all: readonly TimelineEntry[]): readonly BoardAction[] {
  const about = all.filter(({ sequence, kind, ...entry }) => sequence === target || ((kind === 'CORRECTION' || kind === 'REVISION') && entry.target === target));
  return about.flatMap(({ action }) => action ?? []);
}
