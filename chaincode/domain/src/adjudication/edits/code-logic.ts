import { placeOfService, renderingProvider } from '../../claims/claim.js';
import type { ClaimLine } from '../../claims/claim.js';
import type { DiagnosisEntry, ServiceEntry } from '../../reference-data/tables.js';
import type { PlainDate } from '../../shared/dates.js';
import { diagnosesOf, diagnosisDay } from '../reference-facts.js';
import { deny, pend } from '../rule.js';
import type { Case, EditFinding, EditRule } from '../rule.js';
import { entryOn } from './tables.js';

/** One way in which a line may not fit what a payer expects of its code. */
function serviceRule(id: string, source: string, misfits: (expected: ServiceEntry, line: ClaimLine, given: Case) => boolean, finding: EditFinding): EditRule {
  return {
    id,
    source: `claims guide 2.3 step 10, 2.5; ${source}`,
    examine: (line, given) => {
      const expected = entryOn(given, 'service-rules', line.procedure.code, line.serviceFrom);
      return expected !== undefined && expected !== null && misfits(expected, line, given) ? [finding] : [];
    },
  };
}

/** Every modifier is one that the code may carry. */
export const modifierFitsCode = serviceRule('modifier-fits-code/v1', 'CARC 4 with N519', ({ modifiers }, { procedure }) =>
  modifiers !== undefined && procedure.modifiers.some((modifier) => !modifiers.includes(modifier)), deny('CO', '4', 'N519'));

/** The place of service is one where the code may be done. */
export const placeFitsCode = serviceRule('place-fits-code/v1', 'CARC 5 with M77', ({ places }, line, { content }) => {
  const place = placeOfService(content, line);
  return places !== undefined && place !== undefined && !places.includes(place);
}, deny('CO', '5', 'M77'));

/** The patient's age fits the code; an age that is not known fits. */
export const ageFitsCode = serviceRule('age-fits-code/v1', 'CARC 6', (expected, line, given) => isOutside(expected, ageOn(line.serviceFrom, given)), deny('CO', '6'));

/** The patient's sex fits the code; one that is not known fits. */
export const sexFitsCode = serviceRule('sex-fits-code/v1', 'CARC 7', ({ sex }, _, given) => isOther(sex, given), deny('CO', '7'));

/** The line points to a diagnosis for which the code is done. */
export const diagnosisFitsCode = serviceRule('diagnosis-fits-code/v1', 'CARC 11', ({ diagnoses }, line, { content }) =>
  diagnoses !== undefined && !diagnosesOf(line, content).some(({ code }) => diagnoses.some((beginning) => code.startsWith(beginning))), deny('CO', '11'));

/** Whoever rendered the service is of a type that may: else CO-185; where the claim does not tell the type, a person looks. */
export const scopeFitsCode: EditRule = {
  id: 'scope-fits-code/v1',
  source: 'claims guide 2.3 step 7, 2.5; CARC 185 with N95',
  examine: (line, given) => {
    const taxonomies = entryOn(given, 'service-rules', line.procedure.code, line.serviceFrom)?.taxonomies;
    if (taxonomies === undefined) return [];
    const { taxonomy } = renderingProvider(given.content, line);
    if (taxonomy === undefined) return [pend('taxonomy-unknown')];
    return taxonomies.some((beginning) => taxonomy.startsWith(beginning)) ? [] : [deny('CO', '185', 'N95')];
  },
};

/** The patient's age fits every diagnosis that the line points to. */
export const ageFitsDiagnosis = diagnosisRule('age-fits-diagnosis/v1', '9', (expected, line, given) => isOutside(expected, ageOn(line.serviceFrom, given)));

/** The patient's sex fits every diagnosis that the line points to. */
export const sexFitsDiagnosis = diagnosisRule('sex-fits-diagnosis/v1', '10', ({ sex }, _, given) => isOther(sex, given));

function diagnosisRule(id: string, reason: string, misfits: (expected: DiagnosisEntry, line: ClaimLine, given: Case) => boolean): EditRule {
  return {
    id,
    source: `claims guide 2.3 step 10, 2.5; CARC ${reason}`,
    examine: (line, given) => {
      const expectations = diagnosesOf(line, given.content).flatMap(({ code }) => entryOn(given, 'diagnosis-rules', code, diagnosisDay(line, given.content)) ?? []);
      return expectations.some((expected) => misfits(expected, line, given)) ? [deny('CO', reason)] : [];
    },
  };
}

function isOutside({ youngest = 0, oldest = Number.MAX_SAFE_INTEGER }: Pick<ServiceEntry, 'youngest' | 'oldest'>, age: number | undefined): boolean {
  return age !== undefined && (age < youngest || age > oldest);
}

function isOther(expected: 'F' | 'M' | undefined, { content }: Case): boolean {
  const sex = (content.patient ?? content.subscriber).sex ?? 'U';
  return expected !== undefined && sex !== 'U' && sex !== expected;
}

/** Whole years on a day; undefined where the birth date is not known. */
function ageOn(date: PlainDate, { content }: Case): number | undefined {
  const { birthDate } = content.patient ?? content.subscriber;
  if (birthDate === undefined || birthDate === '') return undefined;
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
