import { present } from '@medaccord/domain';
import type { ClaimContent, Diagnosis, SubmitterTrace } from '@medaccord/domain';
import type { ClaimLoop } from './claim-loops.js';
import { amountOf, linesOf } from './claim-lines.js';
import type { SeparatorSink } from './claim-lines.js';
import { billingProviderOf, find, findDate, findReference, partyOf, patientOf, providerOf, subscriberOf } from './claim-parties.js';
import { compositeOf } from './composite.js';
import { otherPayersOf } from './other-payers.js';
import type { Composite } from './composite.js';
import { element } from './segment.js';
import type { Segment } from './segment.js';
import { optionalTextOf, textOf, unreadable } from './unreadable.js';
import { dateOf } from './values.js';

const DIAGNOSIS_QUALIFIERS = ['ABK', 'ABF', 'BK', 'BF'];
/** As many as the standard allows on a professional claim; pointers reach no further. */
const MOST_DIAGNOSES = 12;

/** What happens while a claim is read that does not end it. */
export interface ContentNotes {
  readonly otherSeparator: SeparatorSink;
  /** A segment of which something was left out, as a claim holds no more. */
  readonly dropped: (segment: Segment) => void;
}

/**
 * The claim that a loop says. What the claim's document can hold is taken as it was billed, also where it is wrong: the
 * front end rejects it with a reason. Throws `UnreadableClaim` where the document has no way to hold it.
 */
export function claimContentOf(loop: ClaimLoop, notes: ContentNotes): ClaimContent {
  if (loop.cutAt !== undefined) throw unreadable('TOO_MANY_SEGMENTS', loop.cutAt);
  const place = compositeOf(loop.start, 5, 'place');
  if (place.otherSeparator) notes.otherSeparator(loop.start);

  return {
    type: 'P',
    ...headOf(loop, place),
    ...referencesOf(loop),
    ...present('accident', accidentOf(loop)),
    ...providersOf(loop),
    subscriber: subscriberOf(loop.subscriber),
    ...present('patient', patientOf(loop.patient)),
    ...present('otherPayers', otherPayersOf(loop, subscriberOf(loop.subscriber).payerSequence, notes.dropped)),
    diagnoses: diagnosesOf(loop, notes),
    lines: linesOf(loop, notes.otherSeparator),
    ...present('trace', traceOf(loop)),
  };
}

function headOf({ start, billing }: ClaimLoop, { parts: [place = '', , frequency = ''] }: Composite): Pick<ClaimContent, 'frequency' | 'patientControlNumber' | 'currency' | 'totalChargeMinor' | 'placeOfService' | 'acceptsAssignment' | 'benefitsAssigned'> {
  if (place.length > 80 || frequency.length > 80) throw unreadable('TOO_LONG', start, 5);
  const currency = optionalTextOf(find(billing?.segments, 'CUR'), 2) ?? 'USD';

  return {
    frequency,
    patientControlNumber: textOf(start, 1),
    currency: /^[A-Z]{3}$/.test(currency) ? currency : 'USD',
    totalChargeMinor: amountOf(start, 2),
    ...present('placeOfService', place === '' ? undefined : place),
    acceptsAssignment: element(start, 7) === 'A',
    benefitsAssigned: element(start, 8) === 'Y',
  };
}

function referencesOf({ segments }: ClaimLoop): Pick<ClaimContent, 'originalReference' | 'priorAuthorisation' | 'referral'> {
  const reference = (qualifier: string): string | undefined => optionalTextOf(findReference(segments, qualifier), 2);

  return { ...present('originalReference', reference('F8')), ...present('priorAuthorisation', reference('G1')), ...present('referral', reference('9F')) };
}

function accidentOf({ start, segments }: ClaimLoop): ClaimContent['accident'] {
  textOf(start, 11);
  const causes = compositeOf(start, 11, 'causes').parts;
  const kinds = causes.slice(0, 3).filter((kind) => kind !== '');
  const dtp = findDate(segments, '439');
  if (kinds.length === 0 && dtp === undefined) return undefined;
  const date = dtp === undefined ? undefined : (dateOf(element(dtp, 2), element(dtp, 3)) ?? textOf(dtp, 3));

  return { kinds, ...present('date', date), ...present('state', causes[3] === '' ? undefined : causes[3]) };
}

function providersOf(loop: ClaimLoop): Pick<ClaimContent, 'billing' | 'rendering' | 'referring' | 'serviceFacility'> {
  const provider = (...codes: readonly string[]): ReturnType<typeof providerOf> | undefined => {
    const party = partyOf([loop], ...codes);
    return party === undefined ? undefined : providerOf(party);
  };

  return {
    billing: billingProviderOf(loop.billing),
    ...present('rendering', provider('82')),
    ...present('referring', provider('DN', 'P3')),
    ...present('serviceFacility', provider('77')),
  };
}

/** Codes without their point; the standard allows no point, and real files have it. */
function diagnosesOf(loop: ClaimLoop, notes: ContentNotes): readonly Diagnosis[] {
  const found: Diagnosis[] = [];
  for (const segment of loop.segments.filter(({ id }) => id === 'HI')) {
    segment.elements.forEach((_, index) => {
      const { parts, otherSeparator } = compositeOf(segment, index + 1, 'diagnosis');
      const [qualifier = '', code = ''] = parts;
      if (!DIAGNOSIS_QUALIFIERS.includes(qualifier)) return;
      if (otherSeparator) notes.otherSeparator(segment);
      if (code.length > 80) throw unreadable('TOO_LONG', segment, index + 1);
      if (found.length === MOST_DIAGNOSES) notes.dropped(segment);
      else found.push({ qualifier, code: code.replaceAll('.', '') });
    });
  }

  return found.sort((left, right) => rank(left) - rank(right));
}

/** The principal diagnosis comes first, wherever the file has it. */
function rank({ qualifier }: Diagnosis): number {
  return qualifier.endsWith('K') ? 0 : 1;
}

function traceOf({ context, header }: ClaimLoop): SubmitterTrace | undefined {
  if (context === undefined) return undefined;
  const bht = find(header.segments, 'BHT');
  const short = (text: string): string | undefined => (text === '' || text.length > 80 ? undefined : text);

  return {
    ...present('interchangeControl', short(context.interchangeControlNumber)),
    ...present('groupControl', short(context.groupControlNumber)),
    ...present('transactionControl', short(context.transactionControlNumber)),
    ...present('batchReference', bht === undefined ? undefined : short(element(bht, 3))),
  };
}
