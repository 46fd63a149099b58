import { MOST_LINES, present } from '@medaccord/domain';
import type { ClaimLine } from '@medaccord/domain';
import type { ClaimLoop, LineLoop } from './claim-loops.js';
import { find, findDate, findReference, partyOf, providerOf } from './claim-parties.js';
import { compositeOf } from './composite.js';
import { element } from './segment.js';
import type { Segment } from './segment.js';
import { optionalTextOf, textOf, unreadable } from './unreadable.js';
import { dateRangeOf, minorUnits, thousandths } from './values.js';

const MOST_MODIFIERS = 4;
const MOST_POINTERS = 4;

/** What the lines of a claim report besides themselves: composites cut at another separator than the header's. */
export type SeparatorSink = (segment: Segment) => void;

/** All service lines of a claim, numbered from 1 whatever their LX says. */
export function linesOf(claim: ClaimLoop, onOtherSeparator: SeparatorSink): readonly ClaimLine[] {
  const beyond = claim.lines[MOST_LINES.P];
  if (beyond !== undefined) throw unreadable('TOO_MANY_LINES', beyond.start);

  return claim.lines.map((line, index) => lineOf(claim, line, index + 1, onOtherSeparator));
}

function lineOf(claim: ClaimLoop, line: LineLoop, number: number, onOtherSeparator: SeparatorSink): ClaimLine {
  const service = find(line.segments, 'SV1');
  if (service === undefined) throw unreadable('SERVICE_MISSING', line.start);
  const [rendering, ordering] = [partyOf([line], '82'), partyOf([line], 'DK')];

  return {
    number,
    ...present('controlNumber', optionalTextOf(findReference(line.segments, '6R'), 2)),
    procedure: procedureOf(service, 1, onOtherSeparator),
    chargeMinor: amountOf(service, 2),
    quantity: { unit: textOf(service, 3), thousandths: quantityOf(service, 4) },
    ...present('placeOfService', optionalTextOf(service, 5)),
    diagnosisPointers: pointersOf(service),
    ...datesOf(findDate(line.segments, '472') ?? findDate(claim.segments, '472')),
    ...present('rendering', rendering && providerOf(rendering)),
    ...present('ordering', ordering && providerOf(ordering)),
    ...present('emergency', element(service, 9) === 'Y' ? true : undefined),
    ...present('priorAuthorisation', optionalTextOf(findReference(line.segments, 'G1'), 2)),
    ...present('drugCode', drugCodeOf(line)),
  };
}

/** A procedure with its modifiers. */
export function procedureOf(service: Segment, elementNumber: number, onOtherSeparator: SeparatorSink): ClaimLine['procedure'] {
  const { parts, otherSeparator } = compositeOf(service, elementNumber, 'procedure');
  if (otherSeparator) onOtherSeparator(service);
  if (parts.some((part) => part.length > 80)) throw unreadable('TOO_LONG', service, elementNumber);
  const [qualifier = '', code = '', ...rest] = parts;

  return { qualifier, code, modifiers: rest.slice(0, MOST_MODIFIERS).filter((modifier) => modifier !== '') };
}

/** A charge in minor units; a negative one is no charge. */
export function amountOf(segment: Segment, elementNumber: number): number {
  const minor = minorUnits(element(segment, elementNumber));
  if (minor === undefined || minor < 0 || !Number.isSafeInteger(minor)) throw unreadable('NOT_AN_AMOUNT', segment, elementNumber);

  return minor;
}

/** How much was done, in thousandths; absent is zero, which the front end rejects. */
export function quantityOf(service: Segment, elementNumber: number): number {
  const text = element(service, elementNumber);
  if (text === '') return 0;
  const count = thousandths(text);
  if (count === undefined || count < 0 || !Number.isSafeInteger(count)) throw unreadable('NOT_A_QUANTITY', service, elementNumber);

  return count;
}

/** Positions of diagnoses. Paper's letters A to L are positions too; what is neither points nowhere (0), for the front end to reject. */
function pointersOf(service: Segment): readonly number[] {
  return compositeOf(service, 7, 'pointers')
    .parts.filter((text) => text !== '')
    .slice(0, MOST_POINTERS)
    .map((text) => (/^[A-L]$/.test(text) ? text.charCodeAt(0) - 64 : /^\d{1,2}$/.test(text) ? Number(text) : 0));
}

/** First and last day of a service; what is no date stays as billed, for the front end to reject. */
export function datesOf(dtp: Segment | undefined): Pick<ClaimLine, 'serviceFrom' | 'serviceThru'> {
  if (dtp === undefined) return { serviceFrom: '', serviceThru: '' };
  const text = textOf(dtp, 3);
  const range = dateRangeOf(element(dtp, 2), text) ?? { from: text, thru: text };

  return { serviceFrom: range.from, serviceThru: range.thru };
}

/** The drug of a line (LIN03). */
export function drugCodeOf(line: LineLoop): string | undefined {
  const drug = line.segments.find((segment) => segment.id === 'LIN' && element(segment, 2) === 'N4');

  return optionalTextOf(drug, 3);
}
