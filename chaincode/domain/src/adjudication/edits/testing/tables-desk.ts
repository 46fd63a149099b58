import type { ClaimContent } from '../../../claims/claim.js';
import type { AdjudicationItem, NewFeeSchedule } from '../../../claims/command.js';
import { ClaimsDesk } from '../../../claims/testing/claims-desk.js';
import type { BenefitPlanBody } from '../../../coverage/benefit-plan.js';
import type { EditTerms } from '../../../reference-data/edit-terms.js';
import type { ReferenceEntry, TableName } from '../../../reference-data/tables.js';

/** Entries by table and key. */
export type Tables = Partial<Record<TableName, Readonly<Record<string, ReferenceEntry>>>>;

/** A desk whose plan applies these tables, deductible used up. */
export function deskWith(tables: Tables, { plan, contract, ...terms }: Partial<EditTerms> & { readonly plan?: Partial<BenefitPlanBody>; readonly contract?: NewFeeSchedule } = {}): ClaimsDesk {
  const names = Object.keys(tables) as TableName[];
  const edits = { tables: names, reductions: [], ...terms };
  const desk = new ClaimsDesk({ plan: { timelyFilingDays: 365, ...plan, edits }, used: { deductible: 500 }, ...(contract !== undefined && { contract }) });
  for (const name of names) desk.load(name, tables[name] ?? {});
  return desk;
}

/** The denial of each line in order, or `paid`; or the hold. */
export function outcomes(desk: ClaimsDesk, claim: ClaimContent, item: Partial<AdjudicationItem> = {}, name = 'claim'): readonly string[] {
  expect(desk.submit(name, claim)).toMatchObject({ outcome: 'ACCEPTED' });
  const [{ outcome, reasons } = {}] = desk.adjudicate([name], item);
  if (outcome === 'PENDED') return reasons ?? [];
  return desk.eob(name).body.lines.map(({ denied, adjustments, remarks }) => (denied ? [...adjustments.map(({ group, reason }) => `${group}-${reason}`), ...remarks].join(' ') : 'paid'));
}
