import type { ClaimContent, ClaimLine } from '@medaccord/domain';
import type { SegmentWriter, WrittenElement } from './segment-writer.js';
import { writeLineDecisions, writeOtherPayers } from './write-other-payers.js';
import { decimal, writeDrug, writeProvider, writeReferences, writeServiceDates, x12Amount, x12Date, yesOrNo } from './write-parts.js';
import type { Address } from './write-parts.js';

/** A professional claim from its CLM on (837P loops 2300 and 2400). */
export function writeProfessionalClaim(writer: SegmentWriter, claim: ClaimContent, address: Address): void {
  writer.segment(
    'CLM', claim.patientControlNumber, x12Amount(claim.totalChargeMinor), '', '', [claim.placeOfService ?? '', 'B', claim.frequency],
    'Y', claim.acceptsAssignment ? 'A' : 'C', yesOrNo(claim.benefitsAssigned), 'Y', '', causesOf(claim),
  );
  if (claim.accident?.date !== undefined) writer.segment('DTP', '439', 'D8', x12Date(claim.accident.date));
  writeReferences(writer, { F8: claim.originalReference, '9F': claim.referral, G1: claim.priorAuthorisation });
  if (claim.diagnoses.length > 0) writer.segment('HI', ...claim.diagnoses.map(({ qualifier, code }) => [qualifier, code]));
  writeClaimProviders(writer, claim, address);
  writeOtherPayers(writer, claim);
  for (const line of claim.lines) {
    writeLine(writer, line);
    writeLineDecisions(writer, line, claim.otherPayers);
  }
}

function causesOf({ accident }: ClaimContent): WrittenElement {
  return accident === undefined ? '' : [...[0, 1, 2].map((index) => accident.kinds[index] ?? ''), accident.state ?? ''];
}

function writeClaimProviders(writer: SegmentWriter, { referring, rendering, serviceFacility }: ClaimContent, address: Address): void {
  if (referring !== undefined) writeProvider(writer, 'DN', referring);
  if (rendering !== undefined) writeProvider(writer, '82', rendering);
  if (serviceFacility !== undefined) writeProvider(writer, '77', serviceFacility, address);
}

function writeLine(writer: SegmentWriter, line: ClaimLine): void {
  const { procedure, quantity } = line;
  writer.segment('LX', line.number).segment(
    'SV1', [procedure.qualifier, procedure.code, ...procedure.modifiers], x12Amount(line.chargeMinor), quantity.unit,
    decimal(quantity.thousandths, 3), line.placeOfService, '', line.diagnosisPointers, '', line.emergency === true ? 'Y' : '',
  );
  writeServiceDates(writer, line);
  writeReferences(writer, { G1: line.priorAuthorisation, '6R': line.controlNumber });
  writeDrug(writer, line);
  if (line.rendering !== undefined) writeProvider(writer, '82', line.rendering);
  if (line.ordering !== undefined) writeProvider(writer, 'DK', line.ordering);
}
