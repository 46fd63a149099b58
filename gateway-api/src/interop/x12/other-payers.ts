import { present } from '@medaccord/domain';
import type { ClaimContent, OtherPayer, ReportedAdjustment, ReportedDecision, ReportedLine } from '@medaccord/domain';
import type { ClaimLoop, LineDecisionLoop, OtherPayerLoop } from './claim-loops.js';
import { amountOf } from './claim-lines.js';
import { find, findDate, findReference, partyOf, sequenceOf } from './claim-parties.js';
import { element } from './segment.js';
import type { Segment } from './segment.js';
import { optionalTextOf, textOf, unreadable } from './unreadable.js';
import { dateOf, minorUnits } from './values.js';

/** More payers than this the standard does not allow. */
const MOST_PAYERS = 10;
/** CAS: a group, then so many times a reason, an amount and a quantity. */
const REASONS_OF_A_GROUP = 6;
const ORDER: readonly OtherPayer['payerSequence'][] = ['P', 'S', 'T', 'U'];

/**
 * The payers before the one that the claim is sent to (2320, 2330B), in their order, with what each decided: line by line
 * (2430), or as a whole (AMT*D, CAS) where the claim has one line. What one decided of several lines as a whole is left out,
 * and its segment given to `dropped`.
 */
export function otherPayersOf(claim: ClaimLoop, ours: ClaimContent['subscriber']['payerSequence'], dropped: (segment: Segment) => void): readonly OtherPayer[] | undefined {
  const payers = claim.otherPayers
    .map((loop) => ({ loop, payerSequence: sequenceOf(loop.start) }))
    .filter(({ payerSequence }) => ORDER.indexOf(payerSequence) < ORDER.indexOf(ours))
    .sort((left, right) => ORDER.indexOf(left.payerSequence) - ORDER.indexOf(right.payerSequence));
  payers.slice(MOST_PAYERS).forEach(({ loop }) => { dropped(loop.start); });
  return payers.length === 0 ? undefined : payers.slice(0, MOST_PAYERS).map(({ loop, payerSequence }) => otherPayerOf(claim, loop, payerSequence, dropped));
}

function otherPayerOf(claim: ClaimLoop, loop: OtherPayerLoop, payerSequence: OtherPayer['payerSequence'], dropped: (segment: Segment) => void): OtherPayer {
  const payer = partyOf([loop], 'PR');
  return {
    payerSequence,
    ...present('name', optionalTextOf(payer?.name, 3)),
    ...present('claimNumber', optionalTextOf(findReference(payer?.segments ?? [], 'F8'), 2)),
    ...present('reported', reportedOf(claim, loop, payer === undefined ? '' : element(payer.name, 9), dropped)),
  };
}

function reportedOf(claim: ClaimLoop, loop: OtherPayerLoop, payerId: string, dropped: (segment: Segment) => void): ReportedDecision | undefined {
  const isTheirs = ({ start }: LineDecisionLoop): boolean => claim.otherPayers.length === 1 || element(start, 1) === payerId;
  const decided = claim.lines.flatMap(({ decisions }, index) => decisions.filter(isTheirs).slice(0, 1).map((decision) => ({ number: index + 1, decision })));
  const paid = loop.segments.find((segment) => segment.id === 'AMT' && element(segment, 1) === 'D');
  if (decided.length > 0) {
    const date = decided.map(({ decision }) => findDate(decision.segments, '573')).find((dtp) => dtp !== undefined);
    return { decidedOn: dateIn(date ?? findDate(loop.segments, '573')), lines: decided.map(({ number, decision }) => ({ number, paidMinor: amountOf(decision.start, 2), adjustments: adjustmentsOf(decision.segments) })) };
  }
  if (paid === undefined) return undefined;
  if (claim.lines.length !== 1) {
    dropped(paid);
    return undefined;
  }
  const line: ReportedLine = { number: 1, paidMinor: amountOf(paid, 2), adjustments: adjustmentsOf(loop.segments) };
  return { decidedOn: dateIn(findDate(loop.segments, '573')), lines: [line] };
}

/** A missing date is as good as a wrong one: the front end asks for it. */
function dateIn(dtp: Segment | undefined): string {
  return dtp === undefined ? '' : (dateOf(element(dtp, 2), element(dtp, 3)) ?? textOf(dtp, 3));
}

function adjustmentsOf(segments: readonly Segment[]): readonly ReportedAdjustment[] {
  const adjustments = segments.filter(({ id }) => id === 'CAS').flatMap((cas) => Array.from({ length: REASONS_OF_A_GROUP }, (_, index) => adjustmentOf(cas, 2 + 3 * index)).filter((one) => one !== undefined));
  const first = find(segments, 'CAS');
  if (first !== undefined && adjustments.length > 5 * REASONS_OF_A_GROUP) throw unreadable('TOO_LONG', first);
  return adjustments;
}

function adjustmentOf(cas: Segment, at: number): ReportedAdjustment | undefined {
  if (element(cas, at) === '' && element(cas, at + 1) === '') return undefined;
  const amountMinor = minorUnits(element(cas, at + 1));
  if (amountMinor === undefined || !Number.isSafeInteger(amountMinor)) throw unreadable('NOT_AN_AMOUNT', cas, at + 1);
  return { group: textOf(cas, 1), reason: textOf(cas, at), amountMinor };
}
