import type { ClaimContent, ClaimLine, OtherPayer, ReportedLine } from '@medaccord/domain';
import type { SegmentWriter } from './segment-writer.js';
import { decimal, writeReferences, x12Amount, x12Date } from './write-parts.js';

/** 2320, 2330A and 2330B: the payers before the one that the claim is sent to; what they paid of a line stands with the line. */
export function writeOtherPayers(writer: SegmentWriter, { otherPayers = [], subscriber }: ClaimContent): void {
  otherPayers.forEach(({ payerSequence, name, claimNumber, reported }, index) => {
    writer.segment('SBR', payerSequence, '18', '', '', '', '', '', '', 'CI');
    if (reported !== undefined) writer.segment('AMT', 'D', x12Amount(reported.lines.reduce((sum, { paidMinor }) => sum + paidMinor, 0)));
    writer.segment('OI', '', '', 'Y', '', '', 'Y').segment('NM1', 'IL', '1', subscriber.familyName, subscriber.givenName, '', '', '', 'MI', 'OTHER');
    writer.segment('NM1', 'PR', '2', name, '', '', '', '', 'PI', payerId(index));
    writeReferences(writer, { F8: claimNumber });
  });
}

/** 2430: what each of them decided of a line. */
export function writeLineDecisions(writer: SegmentWriter, line: ClaimLine, otherPayers: readonly OtherPayer[] = []): void {
  otherPayers.forEach(({ reported }, index) => {
    const decided = reported?.lines.find(({ number }) => number === line.number);
    if (reported !== undefined && decided !== undefined) writeLineDecision(writer, line, payerId(index), reported.decidedOn, decided);
  });
}

/** What names another payer within the file. */
function payerId(index: number): string {
  return `PAYER${index + 1}`;
}

function writeLineDecision(writer: SegmentWriter, { procedure, quantity, revenueCode }: ClaimLine, id: string, decidedOn: string, { paidMinor, adjustments }: ReportedLine): void {
  const service = procedure.qualifier === 'NU' ? '' : [procedure.qualifier, procedure.code, ...procedure.modifiers];
  writer.segment('SVD', id, x12Amount(paidMinor), service, revenueCode, decimal(quantity.thousandths, 3));
  for (const { group, reason, amountMinor } of adjustments) writer.segment('CAS', group, reason, signedAmount(amountMinor));
  writer.segment('DTP', '573', 'D8', x12Date(decidedOn));
}

function signedAmount(minor: number): string {
  return minor < 0 ? `-${x12Amount(-minor)}` : x12Amount(minor);
}
