import { benefitYearOf, examineAtFrontEnd, governingDate, isNpi, personKey, renderingProvider, serviceState } from '@medaccord/domain';
import type { BenefitPlanBody, ClaimContent, LicenceKey, Unit } from '@medaccord/domain';
import { DEMO_MEMBERS } from '../fixtures/demo-registry.js';
import type { GatewayClient } from './gateway-client.js';
import { recordPlan } from './insure.js';
import type { People } from './people.js';

/** Sample files of the standard are from its first years. */
const longAgo = '1990-01-01';
const network = 'sample-network';
const category = 'any';

/** A plan that asks for nothing but a licence and leaves the patient 20 % of each charge. */
const eightyPercent: BenefitPlanBody = {
  name: 'Sample eighty percent',
  currency: 'USD',
  network,
  utcOffsetMinutes: 0,
  benefitYearMonth: 1,
  timelyFilingDays: 36_600,
  timelyFilingHasNoAppeal: false,
  requiredData: [],
  otherPayers: 'ignore',
  credentials: 'ENFORCE',
  costShareOrder: ['deductible', 'copay', 'coinsurance'],
  deductible: { kind: 'aggregate', individualMinor: 0, familyMinor: 0 },
  outOfPocket: { kind: 'aggregate', individualMinor: 0, familyMinor: 10 ** 12 },
  rounding: 'halfUp',
  benefits: [{ type: 'covered', category, deductibleApplies: false, copayMinor: 0, coinsurance: 2000, countsToOutOfPocket: false, copayCountsToDeductible: false }],
};

/** A clinician of a file, in a state in which the file has services by them. */
interface Clinician {
  readonly npi: string;
  readonly name: string;
  readonly state: string;
}

/** The members of a consortium whose agency has a board in every state of the file. */
export function membersFor(claims: readonly ClaimContent[]): typeof DEMO_MEMBERS {
  const states = new Set(cliniciansOf(acceptable(claims)).map(({ state }) => state));
  const units = [...states].sort().map(
    (state): Unit => ({ id: boardOf(state), kind: 'board', name: `Sample board of ${state}`, status: 'OPEN', jurisdiction: state, licenceTypes: ['MD'], timeZone: 'America/New_York' }),
  );
  return { ...DEMO_MEMBERS, LicensingBoardMSP: { name: 'Sample Licensing Agency', kind: 'licensing-board', units } };
}

/** Enters the file's rendering providers with demo licences, and its people in a plan that pays 80 % of charges. */
export async function enrol({ registrar, planAdmin }: People, all: readonly ClaimContent[]): Promise<void> {
  const claims = acceptable(all);
  await licenseAll(registrar, cliniciansOf(claims));
  const planId = await recordPlan(planAdmin, eightyPercent);
  const prices = { type: 'share-of-charges', share: 10_000, category };
  await planAdmin.post('/v1/fee-schedules', { hospitalMsp: 'HospitalMSP', items: [{ feeSchedule: { name: 'Sample share of charges', network, currency: 'USD', from: longAgo, settings: ['professional', 'outpatient', 'inpatient'], prices } }] });
  await coverAll(planAdmin, planId, claims);
}

/** Claims that the front end will reject need nobody enrolled; their dates and numbers may be anything. */
function acceptable(claims: readonly ClaimContent[]): ClaimContent[] {
  const today = new Date().toISOString().slice(0, 10);
  return claims.filter((claim) => examineAtFrontEnd(claim, today).length === 0);
}

async function licenseAll(registrar: GatewayClient, clinicians: readonly Clinician[]): Promise<void> {
  const once = [...new Map(clinicians.map((clinician) => [clinician.npi, clinician])).values()];
  const providers = once.map(({ npi, name }) => ({ npi, type: 'individual', name: { family: name.split(',')[0]?.trim() ?? 'SAMPLE' }, taxonomies: [] }));
  const licences = clinicians.map((clinician, index) => ({ actionId: String(index + 1).padStart(32, '0'), licence: licenceOf(clinician), effectiveFrom: longAgo, status: 'ACTIVE' }));
  const links = clinicians.map((clinician) => ({ npi: clinician.npi, licence: licenceOf(clinician), type: 'ASSERT' }));
  for (const [path, items] of [['/v1/providers', providers], ['/v1/licences', licences], ['/v1/provider-licence-links', links]] as [string, object[]][]) {
    for (const part of parts(items, 500)) await registrar.post(path, { items: part });
  }
}

async function coverAll(planAdmin: GatewayClient, planId: string, claims: readonly ClaimContent[]): Promise<void> {
  const people = [...new Map(claims.filter(({ subscriber }) => subscriber.memberId.trim() !== '').map((claim) => [personKey(claim), claim])).values()];
  const coverages = people.map((claim, index) => ({ ...insuredPersonOf(claim), known: true, family: claim.subscriber.memberId, person: `p${index}`, periods: [{ from: longAgo, planId }], reason: 'enrolment' }));
  for (const items of parts(coverages, 200)) await planAdmin.post('/v1/coverages', { items });
  for (const items of parts(totalsOf(claims, coverages), 200)) await planAdmin.post('/v1/accumulators', { items });
}

/** Totals of every family in every benefit year of its claims, nothing used. */
function totalsOf(claims: readonly ClaimContent[], coverages: readonly { readonly family: string; readonly person: string }[]): object[] {
  const years = new Map<string, Set<string>>();
  for (const claim of claims) {
    const { memberId } = claim.subscriber;
    const ofFamily = years.get(memberId) ?? new Set<string>();
    years.set(memberId, ofFamily);
    for (const date of [governingDate(claim, () => true), ...claim.lines.map(({ serviceFrom }) => serviceFrom)]) ofFamily.add(benefitYearOf(eightyPercent, date));
  }
  return [...years].flatMap(([family, ofFamily]) => {
    const owners = ['family', ...coverages.filter((coverage) => coverage.family === family).map(({ person }) => person)].sort();
    const totals = owners.flatMap((owner) => ['deductible', 'out-of-pocket'].map((bucket) => ({ leaf: `${owner}/${bucket}`, usedMinor: 0 })));
    return owners.length === 1 ? [] : [...ofFamily].map((benefitYear) => ({ family, benefitYear, currency: 'USD', reason: 'opening', totals }));
  });
}

/** Everybody with a real NPI who did a service somewhere, once per state. */
function cliniciansOf(claims: readonly ClaimContent[]): Clinician[] {
  const found = new Map<string, Clinician>();
  for (const claim of claims) {
    for (const line of claim.lines) {
      const { npi, name = 'SAMPLE' } = renderingProvider(claim, line);
      const state = serviceState(claim, line);
      if (npi !== undefined && isNpi(npi) && state !== undefined && /^[A-Z]{2}$/.test(state)) found.set(`${npi} ${state}`, { npi, name, state });
    }
  }
  return [...found.values()];
}

function licenceOf({ npi, state }: Clinician): LicenceKey {
  return { jurisdiction: state, board: boardOf(state), type: 'MD', number: npi };
}

function boardOf(state: string): string {
  return `sample-board-${state.toLowerCase()}`;
}

/** A person as the insurer's routes name them: the subscriber, or a dependant who shares the member id. */
function insuredPersonOf({ subscriber, patient }: ClaimContent): object {
  const { memberId } = subscriber;
  return patient === undefined ? { memberId } : { memberId, dependant: { birthDate: patient.birthDate, givenName: patient.givenName } };
}

function parts<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
