import type { ClaimLine } from '../../claims/claim.js';
import { renderingProvider } from '../../claims/claim.js';
import { editionOn } from '../../reference-data/reference-table.js';
import type { EntryOf, TableName } from '../../reference-data/tables.js';
import type { PlainDate } from '../../shared/dates.js';
import type { HistoryClaim, HistoryLine } from '../adjudication.js';
import { pend } from '../rule.js';
import { dayFor, tablesFor } from '../reference-facts.js';
import type { Case, EditRule } from '../rule.js';

/** Each table that the plan applies has an edition for the line's day: else a person looks, because unknown never denies. */
export const referenceTables: EditRule = {
  id: 'reference-tables/v1',
  source: 'house rule: claims guide, decisions; an edit is not skipped because its table is not loaded',
  examine: ({ serviceFrom }, { facts: { plan, reference } }) =>
    (plan?.terms.edits?.tables ?? []).filter((table) => editionOn(reference?.tables ?? [], table, serviceFrom) === undefined).map((table) => pend(`no-edition ${table}`)),
};

/** As reference-tables/v1, of the tables alone that concern the claim. */
export const referenceTables2: EditRule = {
  id: 'reference-tables/v2',
  source: 'house rule: as reference-tables/v1; practitioners and outpatient hospitals have NCCI tables of their own',
  examine: (line, { content, facts: { plan, reference } }) =>
    tablesFor(content, plan?.terms.edits ?? { tables: [] }).filter((table) => editionOn(reference?.tables ?? [], table, dayFor(table, line, content)) === undefined).map((table) => pend(`no-edition ${table}`)),
};

/** What a table says of a key on a day: null where it says nothing, undefined where the plan does not apply it, it has no edition, or it was not asked. */
export function entryOn<T extends TableName>({ facts: { plan, reference } }: Case, table: T, key: string, date: PlainDate): EntryOf<T> | null | undefined {
  if (reference === undefined || plan?.terms.edits?.tables.includes(table) !== true) return undefined;
  const edition = editionOn(reference.tables, table, date);
  const fact = reference.entries.find((one) => one.tableId === edition?.tableId && one.key === key);
  // The proof of an entry showed that it is of its table's type.
  return fact?.entry as EntryOf<T> | null | undefined;
}

/** A service that stands beside a line: of the same claim, or of the person's history. */
export interface OtherService extends Pick<HistoryLine, 'procedure' | 'quantity' | 'serviceFrom' | 'serviceThru'> {
  readonly npi?: string;
  readonly taxId?: string;
  readonly isEarlier: boolean;
}

/** The services that stand beside a line and are not denied, of the same provider. */
export type ServicesBeside = (line: ClaimLine, given: Case) => readonly OtherService[];

/**
 * Finds the services beside a line: those of its claim that none of these rules denies, and those of history that were not
 * denied. A provider is the same by NPI, where one is not known by tax id.
 */
export function servicesBeside(before: readonly EditRule[]): ServicesBeside {
  const known = new WeakMap<Case, readonly ClaimLine[]>();
  const passed = (given: Case): readonly ClaimLine[] => {
    const lines = known.get(given) ?? given.content.lines.filter((line) => !before.some((rule) => rule.examine(line, given).some(({ effect }) => effect === 'deny')));
    known.set(given, lines);
    return lines;
  };
  return (line, given) => {
    const own = serviceOf(line, given);
    const inClaim = passed(given).filter(({ number }) => number !== line.number).map((other) => serviceOf(other, given));
    const earlier = given.facts.history.flatMap((claim) => claim.lines.filter(({ denied }) => !denied).map((other) => earlierService(claim, other)));
    return [...inClaim, ...earlier].filter((other) => isSameProvider(own, other));
  };
}

/** A house is known by its tax id: who attends a patient does not render its services. */
function serviceOf(line: ClaimLine, { content }: Case): OtherService {
  const [npi, taxId] = [content.institutional === undefined ? renderingProvider(content, line).npi : undefined, content.billing.taxId];
  return { ...line, ...(npi !== undefined && { npi }), ...(taxId !== undefined && { taxId }), isEarlier: false };
}

function earlierService({ billingTaxId }: HistoryClaim, line: HistoryLine): OtherService {
  return { ...line, ...(line.renderingNpi !== undefined && { npi: line.renderingNpi }), ...(billingTaxId !== undefined && { taxId: billingTaxId }), isEarlier: true };
}

function isSameProvider(one: OtherService, other: OtherService): boolean {
  if (one.npi !== undefined && other.npi !== undefined) return one.npi === other.npi;
  return one.taxId !== undefined && one.taxId === other.taxId;
}
