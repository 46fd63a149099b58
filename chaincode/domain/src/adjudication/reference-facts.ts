import { SETTINGS, isInpatient, placeOfService, renderingProvider, settingOf } from '../claims/claim.js';
import type { ClaimContent, ClaimLine, Setting } from '../claims/claim.js';
import { editionOn } from '../reference-data/reference-table.js';
import type { ReferenceTableBody, ReferenceTableDocument } from '../reference-data/reference-table.js';
import type { EditTerms } from '../reference-data/edit-terms.js';
import { pairKey } from '../reference-data/tables.js';
import type { ReferenceEntry, TableName } from '../reference-data/tables.js';
import { daysBetween } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import { present } from '../shared/present.js';

/** An edition that was used. */
export interface EditionFact extends Pick<ReferenceTableBody, 'table' | 'edition' | 'from' | 'thru' | 'root' | 'fileSha256'> {
  readonly tableId: OpaqueId;
  readonly version: number;
}

/** What an edition says of a key; null where it is proved to say nothing. */
export interface ReferenceEntryFact {
  readonly tableId: OpaqueId;
  readonly key: string;
  readonly entry: ReferenceEntry | null;
}

/** The editions and entries that a decision used, each once, in order. */
export interface ReferenceFacts {
  readonly tables: readonly EditionFact[];
  readonly entries: readonly ReferenceEntryFact[];
}

/** Something that a claim asks of an edition. */
export interface ReferenceQuestion {
  readonly document: ReferenceTableDocument;
  readonly key: string;
}

/** A service of the same person, as far as questions follow from it. */
type OtherLine = Pick<ClaimLine, 'procedure' | 'serviceFrom'>;

/** The longest global period, and how many days before the procedure it begins (claims guide 2.3 step 12). */
const GLOBAL_PERIOD = { after: 90, before: 1 } as const;

/**
 * Which days of a person's history the rules look at: those of the claim's services; where payment policy knows global
 * periods, also those in whose period a service of the claim may lie.
 */
export function relevantDays(days: readonly PlainDate[], edits: EditTerms | undefined): (date: PlainDate) => boolean {
  if (edits?.tables.includes('service-rules') !== true) return (date) => days.includes(date);
  return (date) => days.some((day) => daysBetween(date, day) <= GLOBAL_PERIOD.after && daysBetween(day, date) <= GLOBAL_PERIOD.before);
}

/** Tables that concern some kinds of claims alone; the others concern all. */
const CONCERNED: Partial<Record<TableName, readonly Setting[]>> = {
  'ncci-ptp': ['professional'], mue: ['professional'], 'place-of-service': ['professional'],
  'ncci-ptp-outpatient': ['outpatient'], 'mue-outpatient': ['outpatient'], 'revenue-code': ['outpatient', 'inpatient'],
};

/** Of the tables that a plan applies those that concern a claim. */
export function tablesFor(content: Pick<ClaimContent, 'institutional'>, { tables }: Pick<EditTerms, 'tables'>): readonly TableName[] {
  return tables.filter((table) => (CONCERNED[table] ?? SETTINGS).includes(settingOf(content)));
}

/** Everything that a claim asks of the tables that its plan applies, beside these other services of the person; each once, in order. */
export function referenceQuestions(content: ClaimContent, terms: EditTerms, editions: readonly ReferenceTableDocument[], others: readonly OtherLine[]): readonly ReferenceQuestion[] {
  const isRelevant = relevantDays(content.lines.map(({ serviceFrom }) => serviceFrom), terms);
  const nearby = others.filter(({ serviceFrom }) => isRelevant(serviceFrom));
  return distinctQuestions(tablesFor(content, terms).flatMap((table) => [
    ...content.lines.flatMap((line) => ask(table, keysOf(table, line, content, nearby), dayFor(table, line, content), editions)),
    ...(table === 'service-rules' ? nearby.flatMap(({ procedure, serviceFrom }) => ask(table, [procedure.code], serviceFrom, editions)) : []),
  ]));
}

/** Questions each once, in order of edition and key. */
export function distinctQuestions(questions: readonly ReferenceQuestion[]): readonly ReferenceQuestion[] {
  const named = new Map(questions.map((question) => [`${question.document.id}~${question.key}`, question]));
  return [...named].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, question]) => question);
}

/** The editions that are in force on the claim's days, or asked about another service; each once, in order. */
export function editionsOf(content: ClaimContent, terms: EditTerms, editions: readonly ReferenceTableDocument[], questions: readonly ReferenceQuestion[]): readonly ReferenceTableDocument[] {
  const inForce = tablesFor(content, terms).flatMap((table) => content.lines.flatMap((line) => editionOf(editions, table, dayFor(table, line, content)) ?? []));
  const named = new Map([...inForce, ...questions.map(({ document }) => document)].map((document) => [document.id, document]));
  return [...named.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Editions as a decision records them. */
export function editionFacts(editions: readonly ReferenceTableDocument[]): readonly EditionFact[] {
  return editions.map(({ id, version, body: { table, edition, from, thru, root, fileSha256 } }) => (
    { tableId: id, version, table, edition, from, ...present('thru', thru), root, fileSha256 }));
}

/** The diagnoses that a line points to; an institution's lines point to none and answer for all of the claim's. */
export function diagnosesOf({ diagnosisPointers }: ClaimLine, { institutional, diagnoses }: ClaimContent): ClaimContent['diagnoses'] {
  return institutional === undefined ? diagnosisPointers.flatMap((pointer) => diagnoses[pointer - 1] ?? []) : diagnoses;
}

/** The day whose codes of diagnoses count: of the service; a stay is coded when it ends, by the codes of that day. */
export function diagnosisDay({ serviceFrom }: ClaimLine, content: ClaimContent): PlainDate {
  return isInpatient(content) ? (content.institutional?.statementThru ?? serviceFrom) : serviceFrom;
}

/** The day whose edition of a table counts for a line. */
export function dayFor(table: TableName, line: ClaimLine, content: ClaimContent): PlainDate {
  return table === 'icd-10-cm' || table === 'diagnosis-rules' ? diagnosisDay(line, content) : line.serviceFrom;
}

/** True for ICD-10-CM; the qualifiers of ICD-9-CM lack the A. */
export function isIcd10({ qualifier }: ClaimContent['diagnoses'][number]): boolean {
  return qualifier.startsWith('A');
}

/** HCPCS Level II codes begin with a letter; every other service code is CPT's. */
export function codeTable(code: string): 'hcpcs' | 'cpt' {
  return /^[A-Z]/.test(code) ? 'hcpcs' : 'cpt';
}

/** NPIs of all who have a part in a line. */
export function npisOf(line: ClaimLine, content: ClaimContent): readonly string[] {
  const { billing, referring, serviceFacility, institutional } = content;
  return [renderingProvider(content, line), billing, referring, serviceFacility, line.ordering, institutional?.operating, institutional?.otherOperating].flatMap((provider) => provider?.npi ?? []);
}

/** True for a service with a code of its own; an institution's line may have its revenue code alone. */
function isCoded({ procedure }: OtherLine): boolean {
  return procedure.qualifier !== 'NU';
}

function ask(table: TableName, keys: readonly string[], date: PlainDate, editions: readonly ReferenceTableDocument[]): readonly ReferenceQuestion[] {
  const document = editionOf(editions, table, date);
  return document === undefined ? [] : keys.map((key) => ({ document, key }));
}

function editionOf(editions: readonly ReferenceTableDocument[], table: TableName, date: PlainDate): ReferenceTableDocument | undefined {
  return editionOn(editions.map((document) => ({ ...document.body, document })), table, date)?.document;
}

function keysOf(table: TableName, line: ClaimLine, content: ClaimContent, nearby: readonly OtherLine[]): readonly string[] {
  const { code, modifiers } = line.procedure;
  switch (table) {
    case 'ncci-ptp':
    case 'ncci-ptp-outpatient':
      return isCoded(line) ? [...content.lines, ...nearby].filter((other) => other.serviceFrom === line.serviceFrom && other.procedure.code !== code && isCoded(other)).map(({ procedure }) => pairKey(code, procedure.code)) : [];
    case 'mue':
    case 'mue-outpatient':
    case 'prior-authorisation':
    case 'service-rules':
      return isCoded(line) ? [code] : [];
    case 'hcpcs':
    case 'cpt':
      return isCoded(line) && codeTable(code) === table ? [code] : [];
    case 'revenue-code':
      return [line.revenueCode ?? ''].filter((revenueCode) => revenueCode !== '');
    case 'icd-10-cm':
    case 'diagnosis-rules':
      return diagnosesOf(line, content).filter(isIcd10).map((diagnosis) => diagnosis.code);
    case 'place-of-service':
      return [placeOfService(content, line) ?? ''].filter((place) => place !== '');
    case 'modifier':
      return modifiers;
    case 'exclusions':
      return npisOf(line, content);
    default:
      return []; // lists of reason and remark codes, which no rule looks at
  }
}
