import type { ClaimContent } from '@medaccord/domain';
import { demoClaims } from '../../fixtures/demo-claims.js';
import type { DemoDates } from '../../fixtures/demo-dates.js';

/** Claims of the benchmark: three lines each, each of its own person and family, so that none waits for another. */
export function generatedClaims(dates: DemoDates, first: number, count: number): ClaimContent[] {
  const [template] = demoClaims(dates);
  const line = template?.lines[0];
  if (template === undefined || line === undefined) throw new Error('the demo has no claim to start from');
  const lines = [1, 2, 3].map((number) => ({ ...line, number, controlNumber: `L${number}` }));
  return Array.from({ length: count }, (_, index) => ({
    ...template,
    patientControlNumber: `B${first + index}`,
    subscriber: { ...template.subscriber, memberId: memberIdOf(first + index) },
    lines,
    totalChargeMinor: lines.reduce((sum, { chargeMinor }) => sum + chargeMinor, 0),
  }));
}

/** The member id of the person with a serial number. */
export function memberIdOf(serial: number): string {
  return `BENCH-${serial}`;
}
