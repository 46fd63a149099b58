import { MOST_LINES, present } from '@medaccord/domain';
import type { ClaimLine, Procedure } from '@medaccord/domain';
import { amountOf, datesOf, drugCodeOf, procedureOf, quantityOf } from './claim-lines.js';
import type { SeparatorSink } from './claim-lines.js';
import type { ClaimLoop, LineLoop } from './claim-loops.js';
import { find, findDate, findReference } from './claim-parties.js';
import { statementOf } from './institutional-facts.js';
import { element } from './segment.js';
import type { Segment } from './segment.js';
import { optionalTextOf, textOf, unreadable } from './unreadable.js';

/** All lines of an institution's claim, numbered from 1; one without days of its own has those of the statement. */
export function revenueLinesOf(claim: ClaimLoop, onOtherSeparator: SeparatorSink): readonly ClaimLine[] {
  const beyond = claim.lines[MOST_LINES.I];
  if (beyond !== undefined) throw unreadable('TOO_MANY_LINES', beyond.start);
  const { statementFrom, statementThru } = statementOf(claim);

  return claim.lines.map((line, index) => lineOf(line, index + 1, { serviceFrom: statementFrom, serviceThru: statementThru }, onOtherSeparator));
}

function lineOf(line: LineLoop, number: number, statement: Pick<ClaimLine, 'serviceFrom' | 'serviceThru'>, onOtherSeparator: SeparatorSink): ClaimLine {
  const service = find(line.segments, 'SV2');
  if (service === undefined) throw unreadable('SERVICE_MISSING', line.start);
  const dtp = findDate(line.segments, '472');

  return {
    number,
    ...present('controlNumber', optionalTextOf(findReference(line.segments, '6R'), 2)),
    procedure: serviceOf(service, onOtherSeparator),
    chargeMinor: amountOf(service, 3),
    quantity: { unit: textOf(service, 4), thousandths: quantityOf(service, 5) },
    diagnosisPointers: [],
    ...(dtp === undefined ? statement : datesOf(dtp)),
    ...present('priorAuthorisation', optionalTextOf(findReference(line.segments, 'G1'), 2)),
    ...present('drugCode', drugCodeOf(line)),
    revenueCode: textOf(service, 1),
    ...present('nonCoveredMinor', element(service, 7) === '' ? undefined : amountOf(service, 7)),
  };
}

/** The procedure, or where none is billed the revenue code itself. */
function serviceOf(service: Segment, onOtherSeparator: SeparatorSink): Procedure {
  if (element(service, 2) === '') return { qualifier: 'NU', code: textOf(service, 1), modifiers: [] };

  return procedureOf(service, 2, onOtherSeparator);
}
