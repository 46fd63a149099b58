import { sha256 } from '../../shared/testing/sha256.js';
import type { Member, Unit } from '../member.js';
import type { RegistryExecution } from '../registry-execution.js';

const boardUnit = (id: string, licenceTypes: readonly string[]): Unit => ({ id, name: id, status: 'OPEN', kind: 'board', jurisdiction: 'CA', licenceTypes, timeZone: 'America/Los_Angeles' });

const member = (mspId: string, kind: Member['kind'], units: readonly Unit[] = []): Member => ({
  schema: 'member/v1',
  mspId,
  name: mspId,
  kind,
  status: 'ACTIVE',
  units,
  version: 1,
  registeredAt: '2025-01-01T00:00:00.000Z',
  changedAt: '2025-01-01T00:00:00.000Z',
});

/** Members of domain tests: an agency with two boards, another agency, a hospital, an insurer. */
export const membersOfTest = {
  board: member('BoardMSP', 'licensing-board', [boardUnit('ca-medical', ['MD']), boardUnit('ca-nursing', ['RN'])]),
  otherBoard: member('OtherBoardMSP', 'licensing-board'),
  hospital: member('HospitalMSP', 'hospital'),
  insurer: member('InsurerMSP', 'insurer'),
} as const;

/** A transaction of one of them. */
export function executionBy(who: keyof typeof membersOfTest, overrides: { readonly now?: string; readonly unit?: string; readonly role?: string; readonly subject?: string } = {}): RegistryExecution {
  const { now = '2026-03-10T12:00:00.000Z', ...bound } = overrides;
  return { actor: { member: membersOfTest[who], role: 'any', subject: 'c'.repeat(64), ...bound }, now, txId: `tx-${now}`, sha256 };
}
