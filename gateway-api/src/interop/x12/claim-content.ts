import { MOST_DIAGNOSES, present } from '@medaccord/domain';
import type { ClaimContent, ClaimType, Diagnosis, SubmitterTrace } from '@medaccord/domain';
import type { ClaimLoop } from './claim-loops.js';
import { amountOf, linesOf } from './claim-lines.js';
import { billingProviderOf, find, findDate, findReference, partyOf, patientOf, providerOf, subscriberOf } from './claim-parties.js';
import { codesOf } from './claim-codes.js';
import type { ContentNotes } from './claim-codes.js';
import { compositeOf } from './composite.js';
import { otherPayersOf } from './other-payers.js';
import type { Composite } from './composite.js';
import { institutionalFactsOf } from './institutional-facts.js';
import { revenueLinesOf } from './revenue-lines.js';
import { element } from './segment.js';
import { optionalTextOf, textOf, unreadable } from './unreadable.js';
import { dateOf } from './values.js';

const DIAGNOSIS_QUALIFIERS: Readonly<Record<ClaimType, readonly string[]>> = {
  P: ['ABK', 'ABF', 'BK', 'BF'],
  I: ['ABK', 'ABF', 'ABJ', 'APR', 'ABN', 'BK', 'BF', 'BJ', 'PR', 'BN'],
};

/**
 * The claim that a loop says. What the claim's document can hold is taken as it was billed, also where it is wrong: the
 * front end rejects it with a reason. Throws `UnreadableClaim` where the document has no way to hold it.
 */
export function claimContentOf(loop: ClaimLoop, type: ClaimType, notes: ContentNotes): ClaimContent {
  if (loop.cutAt !== undefined) throw unreadable('TOO_MANY_SEGMENTS', loop.cutAt);
  const place = compositeOf(loop.start, 5, 'place');
  if (place.otherSeparator) notes.otherSeparator(loop.start);

  return {
    type,
    ...headOf(loop, place),
    ...placeOf(loop, type, place, notes),
    ...referencesOf(loop),
    ...present('accident', accidentOf(loop)),
    ...providersOf(loop),
    subscriber: subscriberOf(loop.subscriber),
    ...present('patient', patientOf(loop.patient)),
    ...present('otherPayers', otherPayersOf(loop, subscriberOf(loop.subscriber).payerSequence, notes.dropped)),
    diagnoses: diagnosesOf(loop, type, notes),
    lines: type === 'P' ? linesOf(loop, notes.otherSeparator) : revenueLinesOf(loop, notes.otherSeparator),
    ...present('trace', traceOf(loop)),
  };
}

/** What kind of claim a transaction carries: as its guide says, else as its services are. */
export function transactionTypeOf({ context, lines }: ClaimLoop): ClaimType {
  const version = context?.version ?? '';
  if (version !== '') return /X223/.test(version) ? 'I' : 'P';

  return lines.some(({ segments }) => segments.some(({ id }) => id === 'SV2')) ? 'I' : 'P';
}

/** CLM05-1: where a professional's services were done, or what kind of house and care an institution bills. */
function placeOf(loop: ClaimLoop, type: ClaimType, { parts: [place = ''] }: Composite, notes: ContentNotes): Pick<ClaimContent, 'placeOfService' | 'institutional'> {
  if (type === 'I') return { institutional: institutionalFactsOf(loop, place, notes) };

  return present('placeOfService', place === '' ? undefined : place);
}

function headOf({ start, billing }: ClaimLoop, { parts: [place = '', , frequency = ''] }: Composite): Pick<ClaimContent, 'frequency' | 'patientControlNumber' | 'currency' | 'totalChargeMinor' | 'acceptsAssignment' | 'benefitsAssigned'> {
  if (place.length > 80 || frequency.length > 80) throw unreadable('TOO_LONG', start, 5);
  const currency = optionalTextOf(find(billing?.segments, 'CUR'), 2) ?? 'USD';

  return {
    frequency,
    patientControlNumber: textOf(start, 1),
    currency: /^[A-Z]{3}$/.test(currency) ? currency : 'USD',
    totalChargeMinor: amountOf(start, 2),
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
function diagnosesOf(loop: ClaimLoop, type: ClaimType, notes: ContentNotes): readonly Diagnosis[] {
  const codes = codesOf(loop, DIAGNOSIS_QUALIFIERS[type], MOST_DIAGNOSES[type], notes);
  const found = codes.map(({ parts: [qualifier = '', code = '', ...rest] }): Diagnosis => {
    const onAdmission = type === 'I' ? rest[6] : undefined;
    return { qualifier, code: code.replaceAll('.', ''), ...present('presentOnAdmission', onAdmission === '' ? undefined : onAdmission) };
  });

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
