import type { BoardOrderStep, LicenceKey, OrderSignature, RecordBoardOrder, SignedBoardOrder, SuspendAction } from '@medaccord/domain';
import { boardOrderBytes } from '@medaccord/domain';
import { assertValid, inRole } from './founded-registry.js';
import type { Committed, ContractNetwork, Party } from './contract-network.js';

let actions = 0;

/** An action id that no other order of the test has. */
export const newActionId = (): string => (actions += 1).toString(16).padStart(32, 'a');

/** A suspension from 1 February 2026 on. */
export const suspended = (overrides: Partial<SuspendAction> = {}): BoardOrderStep => ({
  kind: 'INITIAL',
  action: { type: 'SUSPEND', summary: false, effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: ['CARE'], ...overrides },
});

/** A revocation from a day on. */
export const revoked = (effectiveFrom = '2026-02-01'): BoardOrderStep => ({ kind: 'INITIAL', action: { type: 'REVOKE', effectiveFrom, basisCodes: [] } });

/** A reinstatement from a day on. */
export const reinstated = (ends: readonly number[], effectiveFrom = '2026-05-01'): BoardOrderStep => ({ kind: 'INITIAL', action: { type: 'REINSTATE', effectiveFrom, ends } });

/** An order with these steps, the first after the event that it expects to be the last. */
export const orderOf = (licence: LicenceKey, expectedSequence: number, steps: readonly BoardOrderStep[], overrides: Partial<RecordBoardOrder> = {}): RecordBoardOrder => ({
  actionId: newActionId(),
  licence,
  expectedSequence,
  steps,
  ...overrides,
});

/** A person's signature under an order. */
export function signatureOf(party: Party, order: RecordBoardOrder, channel = 'medaccord'): OrderSignature {
  return { signer: party.fingerprint, signature: party.sign(boardOrderBytes(channel, order)) };
}

/** An order with the signatures of proposer and approver. */
export function signedBy(proposer: Party, approver: Party, order: RecordBoardOrder): SignedBoardOrder {
  return { order, signatures: [signatureOf(proposer, order), signatureOf(approver, order)] };
}

/** The people of a board who decide together, both introduced. */
export interface BoardDesk {
  readonly officer: Party;
  readonly member: Party;
  /** Signed by both and sent by the officer. */
  record(order: RecordBoardOrder): Promise<Committed>;
  /** Sent by the officer alone. */
  recordAlone(order: RecordBoardOrder): Promise<Committed>;
}

/** The disciplinary officer and a member of an agency, one of the usual ones or another. */
export async function boardDesk(network: ContractNetwork, of: 'board' | 'otherBoard' | Pick<BoardDesk, 'officer' | 'member'> = 'board'): Promise<BoardDesk> {
  const { officer, member } = typeof of === 'string' ? { officer: await inRole(network, of, 'disciplinary-officer'), member: await inRole(network, of, 'board-member') } : of;
  for (const party of [officer, member]) assertValid(await party.submit('registry', 'introduceOfficer', {}));
  return {
    officer,
    member,
    record: (order) => officer.submit('registry', 'recordBoardOrder', signedBy(officer, member, order)),
    recordAlone: (order) => officer.submit('registry', 'recordBoardOrder', { order, signatures: [] }),
  };
}
