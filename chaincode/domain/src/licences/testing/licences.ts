import { executionBy } from '../../members/testing/executions.js';
import type { RegistryExecution } from '../../members/registry-execution.js';
import { toHex, utf8 } from '../../shared/bytes.js';
import { sha256 } from '../../shared/testing/sha256.js';
import type { BoardOfficer } from '../board-officer.js';
import { boardOrderBytes } from '../board-order.js';
import type { BoardOrderStep, RecordBoardOrder, SignedBoardOrder } from '../board-order.js';
import type { IssueLicence } from '../commands.js';
import { issueLicences } from '../issue-licences.js';
import type { LicenceEvent, OrderSignature, SuspendAction } from '../licence-event.js';
import type { LicenceChange, LicenceState } from '../licence.js';
import type { SignatureContext, VerifySignature } from '../order-rights.js';
import { recordBoardOrder } from '../record-board-order.js';
import type { OrderRequest } from '../record-board-order.js';
import { licence } from './timelines.js';

/** The action id number so-and-so. */
export const actionId = (number: number): string => number.toString(16).padStart(32, '0');

/** A licence of 2020 to be issued. */
export const issue = (overrides: Partial<IssueLicence> = {}): IssueLicence => ({ actionId: actionId(1), licence, effectiveFrom: '2020-01-01', status: 'ACTIVE', ...overrides });

/** The licence after it was issued. */
export function issued(overrides: Partial<IssueLicence> = {}, execution: RegistryExecution = executionBy('board', { now: '2026-01-01T00:00:00.000Z' })): LicenceState {
  const [change] = issueLicences([issue(overrides)], new Map(), execution).changes;
  if (change === undefined) throw new Error('was not issued');
  return change.state;
}

/** An order with these steps. */
export const orderOf = (steps: readonly BoardOrderStep[], overrides: Partial<RecordBoardOrder> = {}): RecordBoardOrder => ({ actionId: actionId(2), licence, expectedSequence: 1, steps, ...overrides });

/** A suspension from 1 February 2026 on. */
export const suspended = (overrides: Partial<SuspendAction> = {}): BoardOrderStep => ({
  kind: 'INITIAL',
  action: { type: 'SUSPEND', summary: false, effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: ['CARE'], ...overrides },
});

/** A revocation from 1 February 2026 on. */
export const revoked: BoardOrderStep = { kind: 'INITIAL', action: { type: 'REVOKE', effectiveFrom: '2026-02-01', basisCodes: [] } };

/** A reinstatement from 1 April 2026 on. */
export const reinstated = (ends: readonly number[] = [2], effectiveFrom = '2026-04-01'): BoardOrderStep => ({ kind: 'INITIAL', action: { type: 'REINSTATE', effectiveFrom, ends } });

/** An order of suspension. */
export const suspension = (overrides: Partial<RecordBoardOrder> = {}): RecordBoardOrder => orderOf([suspended()], overrides);

/** A key of a test "signs" by hashing itself with the bytes. */
export const verifyOfTest: VerifySignature = (publicKey, bytes, signature) => signature === signatureOf(publicKey, bytes);

const signatureOf = (publicKey: string, bytes: Uint8Array): string => toHex(sha256(utf8(`${publicKey} ${toHex(sha256(bytes))}`)));

const officer = (digit: string, role: string, overrides: Partial<BoardOfficer> = {}): BoardOfficer => ({
  schema: 'board-officer/v1',
  fingerprint: digit.repeat(64),
  publicKey: `key ${digit}`,
  expires: '2027-01-01T00:00:00.000Z',
  mspId: 'BoardMSP',
  role,
  subject: digit.repeat(64),
  introducedAt: '2026-01-01T00:00:00.000Z',
  ...overrides,
});

/** People of the board; the officer is the one who submits as `executionBy('board')`. */
export const officersOfTest = {
  officer: officer('c', 'disciplinary-officer'),
  officerAgain: officer('d', 'board-member', { subject: 'c'.repeat(64) }),
  member: officer('e', 'board-member'),
  otherMember: officer('f', 'board-member'),
  registrar: officer('a', 'registrar'),
  expired: officer('1', 'board-member', { expires: '2026-03-10T12:00:00.000Z' }),
  withdrawn: officer('2', 'board-member', { withdrawnAt: '2026-03-09T00:00:00.000Z' }),
  ofNursing: officer('3', 'board-member', { unit: 'ca-nursing' }),
} as const;

/** What signatures are judged by in tests. */
export const contextOfTest: SignatureContext = {
  channel: 'medaccord',
  officers: new Map(Object.values(officersOfTest).map((one) => [one.fingerprint, one])),
  verify: verifyOfTest,
};

/** The signature of somebody under an order. */
export function signatureBy(who: Pick<BoardOfficer, 'fingerprint' | 'publicKey'>, order: RecordBoardOrder, channel = contextOfTest.channel): OrderSignature {
  return signatureOver(who, boardOrderBytes(channel, order));
}

/** The signature of somebody over these bytes. */
export function signatureOver(who: Pick<BoardOfficer, 'fingerprint' | 'publicKey'>, bytes: Uint8Array): OrderSignature {
  return { signer: who.fingerprint, signature: signatureOf(who.publicKey, bytes) };
}

/** An order that officer and board member signed. */
export function signedByBoth(order: RecordBoardOrder, proposer: BoardOfficer = officersOfTest.officer, approver: BoardOfficer = officersOfTest.member): SignedBoardOrder {
  return { order, signatures: [signatureBy(proposer, order), signatureBy(approver, order)] };
}

/** The request of an order, signed by both. */
export const requestOf = (signed: SignedBoardOrder, following: readonly LicenceEvent[] = []): OrderRequest => ({ ...contextOfTest, signed, following });

/** What an order signed by both leaves. */
export function recorded(state: LicenceState, order: RecordBoardOrder, execution: RegistryExecution = executionBy('board', { role: 'disciplinary-officer' })): LicenceChange {
  const result = recordBoardOrder(state, requestOf(signedByBoth(order)), execution);
  if (result.outcome !== 'RECORDED') throw new Error('was recorded before');
  return result.change;
}
