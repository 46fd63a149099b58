import { isInpatient, settingOf } from '../claims/claim.js';
import type { ClaimContent, ClaimDocument, InstitutionalFacts } from '../claims/claim.js';
import { MOST_LINES } from '../claims/claim-shape.js';
import type { SubmissionItem } from '../claims/command.js';
import { CONTINUING, FIRST, isPartialBill, LAST, LATE_CHARGES } from '../claims/frequency.js';
import type { Rejection } from '../claims/rejection.js';
import { isInForce, pricesSetting } from '../coverage/fee-schedule.js';
import type { FeeScheduleBody } from '../coverage/fee-schedule.js';
import { sumOf } from '../shared/money.js';

/** Bills before the end of a stay. */
const BEFORE_THE_END = [FIRST, CONTINUING];
/** Bills of a stay that ended: a last or only one, a replaced one, one with late charges. */
const OF_THE_WHOLE = ['1', LAST, LATE_CHARGES, '7'];

/** True where a contract accepts such a bill. */
export function acceptsPartialBill(contract: Pick<FeeScheduleBody, 'interimBills' | 'settings' | 'from' | 'thru'>, content: ClaimContent): boolean {
  return contract.interimBills === true && pricesSetting(contract, settingOf(content)) && isInForce(contract, governingDay(content));
}

/**
 * What is wrong with a bill of a part of a stay: no contract accepts it (A7), it does not go on from the bill that it names, or
 * its late charges are not of that bill's stay (A8), or the stay has more lines than a claim (A7).
 */
export function examinePartialBill({ claim, original, contract }: SubmissionItem): readonly Rejection[] {
  if (!isPartialBill(claim)) return [];
  const rejection = (category: Rejection['category'], status: string, path: string): readonly Rejection[] => [{ category, status, path, rule: 'partial-bill/v1' }];
  if (contract === undefined || !acceptsPartialBill(contract.body, claim)) return rejection('A7', '535', '/frequency');
  if (original === undefined) return [];
  if (!goesOnFrom(claim, original.body.content)) return rejection('A8', '464', '/originalReference');
  return contentTakenIn({ claim, original }).lines.length > MOST_LINES.I ? rejection('A7', '121', '/lines') : [];
}

/**
 * The claim as it is taken in. Late charges re-price the stay: their claim is the whole stay again, what was billed before
 * and then the late lines, under its own number.
 */
export function contentTakenIn({ claim, original }: Pick<SubmissionItem, 'claim' | 'original'>): ClaimContent {
  if (claim.frequency !== LATE_CHARGES || original === undefined) return claim;
  const before = original.body.content;
  const lines = [...before.lines, ...claim.lines].map((line, index) => ({ ...line, number: index + 1 }));
  const { trace: _, ...stay } = before;
  const { frequency, patientControlNumber, originalReference, trace } = claim;
  return {
    ...stay, frequency, patientControlNumber, ...(originalReference !== undefined && { originalReference }), totalChargeMinor: sumOf(lines.map(({ chargeMinor }) => chargeMinor)), lines,
    ...(trace !== undefined && { trace }),
  };
}

/** Interim bills are cumulative: each bills the stay from its admission, and takes the place of the one before. */
function goesOnFrom(claim: ClaimContent, before: ClaimDocument['body']['content']): boolean {
  const [now, then] = [claim.institutional, before.institutional];
  if (now === undefined || then === undefined || startOf(now) !== startOf(then) || now.facilityType !== then.facilityType) return false;
  if (claim.frequency !== LATE_CHARGES) return BEFORE_THE_END.includes(before.frequency) && now.statementThru >= then.statementThru;
  // What other payers decided was about the lines before: then a replacement tells it anew.
  return OF_THE_WHOLE.includes(before.frequency) && before.otherPayers === undefined && claim.lines.every(({ serviceFrom, serviceThru }) => serviceFrom >= then.statementFrom && serviceThru <= then.statementThru);
}

function startOf({ admission, statementFrom }: InstitutionalFacts): string {
  return `${admission?.date ?? ''} ${statementFrom}`;
}

/** A stay is billed under the contract of its admission. */
function governingDay(content: ClaimContent): string {
  const { admission, statementFrom = '' } = content.institutional ?? {};
  return isInpatient(content) ? (admission?.date ?? statementFrom) : statementFrom;
}
