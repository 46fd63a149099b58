import type { ClaimContent, ClaimLine } from '../../claims/claim.js';
import { BILLING_NPI, contractOf, houseService, idOf, officeVisit, roomDays, stayOf, usd } from '../../claims/testing/builders.js';
import type { ClaimsDesk } from '../../claims/testing/claims-desk.js';
import { documentBytes } from '../../documents/bytes.js';
import type { ReferenceEntry } from '../../reference-data/tables.js';
import { toHex } from '../../shared/bytes.js';
import { sha256 } from '../../shared/testing/sha256.js';
import type { EditTerms } from '../../reference-data/edit-terms.js';
import { recompute } from '../recompute.js';
import { deskWith, outcomes } from './testing/tables-desk.js';
import type { Tables } from './testing/tables-desk.js';

const code: ReferenceEntry = { type: 'code' };
const OPERATING_NPI = '1679576722';

/** Half of every charge, without cost shares. */
function house(tables: Tables, terms: Partial<EditTerms> = {}): ClaimsDesk {
  const contract = { ...contractOf(), settings: ['outpatient', 'inpatient'] as const, prices: { type: 'share-of-charges' as const, share: 5000, category: 'stay' } };
  return deskWith(tables, { contract, plan: { benefits: [officeVisit({ category: 'stay', deductibleApplies: false, copayMinor: 0, coinsurance: 0 })] }, ...terms });
}

/** Services of one day at an outpatient hospital. */
function visit(lines: readonly ClaimLine[], changes: Partial<ClaimContent> = {}): ClaimContent {
  return stayOf(lines, { facilityType: '13', statementFrom: '2026-02-03', statementThru: '2026-02-03' }, changes);
}

function service(procedureCode: string, modifiers: readonly string[] = [], changes: Partial<ClaimLine> = {}): ClaimLine {
  return houseService('0360', usd(200), { procedure: { qualifier: 'HC', code: procedureCode, modifiers }, serviceFrom: '2026-02-03', serviceThru: '2026-02-03', ...changes });
}

describe('code lists', () => {
  const admitted = (diagnoses: ClaimContent['diagnoses']): ClaimContent => stayOf([roomDays(4)], {}, { diagnoses });
  test.each<[string, readonly string[], Tables, ClaimContent]>([
    ['a revenue code of the list', ['paid'], { 'revenue-code': { '0120': code } }, stayOf([roomDays(4)])],
    ['none of it', ['CO-16 M50', 'paid'], { 'revenue-code': { '0250': code } }, stayOf([roomDays(4), houseService('0250', usd(10))])],
    ['one that ended before', ['CO-16 M50'], { 'revenue-code': { '0120': { type: 'code', thru: '2026-01-31' } } }, stayOf([roomDays(4)])],
    ['a service of no list, beside a day in a room, which has no code', ['paid', 'CO-181 M20'], { hcpcs: {}, cpt: {} }, stayOf([roomDays(4), service('X0001')])],
    ['a modifier', ['CO-182 N519'], { modifier: {} }, visit([service('X0001', ['RT'])])],
    ['every diagnosis of the claim counts', ['CO-146 M76'], { 'icd-10-cm': { J189: code } }, admitted([{ qualifier: 'ABK', code: 'J189' }, { qualifier: 'ABJ', code: 'R0602' }])],
    ['reasons of a visit among them', ['paid'], { 'icd-10-cm': { J189: code, R05: code } }, admitted([{ qualifier: 'ABK', code: 'J189' }, { qualifier: 'APR', code: 'R05' }])],
    ['ICD-9', ['CO-146 M76'], { 'icd-10-cm': { J189: code } }, admitted([{ qualifier: 'ABK', code: 'J189' }, { qualifier: 'BJ', code: '4659' }])],
    ['tables of other claims are not asked', ['paid'], { 'ncci-ptp': {}, mue: { X0001: { type: 'units', most: 0, indicator: '1' } }, 'place-of-service': {} }, visit([service('X0001')])],
  ])('%s: %j', (_, expected, tables, claim) => {
    expect(outcomes(house(tables), claim)).toEqual(expected);
  });

  test('a stay is coded by the codes of its last day, a visit by those of its own', () => {
    const lists = (desk: ClaimsDesk): ClaimsDesk => {
      desk.load('icd-10-cm', {}, { edition: 'first', thru: '2026-02-04' });
      desk.load('icd-10-cm', { J189: code, R0602: code }, { edition: 'second', from: '2026-02-05' });
      return desk;
    };
    expect(outcomes(lists(house({}, { tables: ['icd-10-cm'] })), stayOf([roomDays(4)]))).toEqual(['paid']);
    expect(outcomes(lists(house({}, { tables: ['icd-10-cm'] })), visit([service('X0001')]))).toEqual(['CO-146 M76']);
  });

  test('waits without an edition of a table that concerns it', () => {
    expect(outcomes(house({}, { tables: ['mue', 'revenue-code', 'mue-outpatient'] }), stayOf([roomDays(4)]))).toEqual(['reference-tables/v2 no-edition revenue-code']);
    expect(outcomes(house({}, { tables: ['mue', 'mue-outpatient'] }), visit([service('X0001')]))).toEqual(['reference-tables/v2 no-edition mue-outpatient']);
  });
});

describe('edits of outpatient hospitals', () => {
  const pair: Tables = { 'ncci-ptp-outpatient': { 'X0001/X0002': { type: 'pair', periods: [{ pays: 'X0001', from: '2020-01-01', modifier: '1' }] } } };
  const most: Tables = { 'mue-outpatient': { X0001: { type: 'units', most: 1, indicator: '2' } } };
  const unattended = (claim: ClaimContent): ClaimContent => ({ ...claim, institutional: { ...(claim.institutional as NonNullable<ClaimContent['institutional']>), attending: { entity: 'person', npi: OPERATING_NPI } } });
  test.each<[string, readonly string[], Tables, ClaimContent]>([
    ['column 2 beside column 1', ['paid', 'CO-236 M80'], pair, visit([service('X0001'), service('X0002')])],
    ['with a modifier', ['paid', 'paid'], pair, visit([service('X0001'), service('X0002', ['59'])])],
    ['of a stay, which has one price', ['paid', 'paid'], pair, stayOf([service('X0001'), service('X0002')])],
    ['two units of one a day', ['CO-151 N362', 'CO-151 N362'], most, visit([service('X0001'), service('X0001')])],
    ['units of a stay', ['paid', 'paid'], most, stayOf([service('X0001'), service('X0001')])],
    ['an add-on alone', ['CO-107 N122'], { 'service-rules': { X0001: { type: 'service', addOnTo: ['X0002'] } } }, visit([service('X0001')])],
  ])('%s: %j', (_, expected, tables, claim) => {
    expect(outcomes(house(tables), claim)).toEqual(expected);
  });

  test('another attending provider is still the same house', () => {
    const desk = house(pair);
    expect(outcomes(desk, visit([service('X0001')]), {}, 'first')).toEqual(['paid']);
    expect(outcomes(desk, unattended(visit([service('X0002')])), { history: [idOf('first')] }, 'second')).toEqual(['CO-236 M80']);
  });
});

describe('authorisation, patient, provider, limits', () => {
  const out: ReferenceEntry = { type: 'exclusion', periods: [{ excludedOn: '2026-01-20' }] };
  const operated = stayOf([roomDays(4)], { operating: { entity: 'person', npi: OPERATING_NPI } });
  test.each<[string, readonly string[], Tables, ClaimContent]>([
    ['a service that was to be authorised', ['paid', 'CO-197 M62'], { 'prior-authorisation': { X0001: { type: 'requirement', authorisation: true, referral: false } } }, stayOf([roomDays(4), service('X0001')])],
    ['one that was to be referred', ['CO-243 N130'], { 'prior-authorisation': { X0001: { type: 'requirement', authorisation: false, referral: true } } }, visit([service('X0001')])],
    ['for the old', ['CO-6'], { 'service-rules': { X0001: { type: 'service', youngest: 65 } } }, visit([service('X0001')])],
    ['for men', ['CO-7'], { 'service-rules': { X0001: { type: 'service', sex: 'M' } } }, visit([service('X0001')])],
    ['a diagnosis of men', ['CO-10'], { 'diagnosis-rules': { J189: { type: 'diagnosis', sex: 'M' } } }, stayOf([roomDays(4)])],
    ['a diagnosis of children', ['CO-9'], { 'diagnosis-rules': { J189: { type: 'diagnosis', oldest: 17 } } }, stayOf([roomDays(4)])],
    ['for none of the diagnoses', ['CO-11'], { 'service-rules': { X0001: { type: 'service', diagnoses: ['M17'] } } }, visit([service('X0001')])],
    ['for one of them', ['paid'], { 'service-rules': { X0001: { type: 'service', diagnoses: ['R06'] } } }, visit([service('X0001')])],
    ['whoever attends is asked for no scope', ['paid'], { 'service-rules': { X0001: { type: 'service', taxonomies: ['207'] } } }, visit([service('X0001')])],
    ['an excluded house', ['CO-B7 N570'], { exclusions: { [BILLING_NPI]: out } }, stayOf([roomDays(4)])],
    ['who operated is excluded', ['CO-B7 N570'], { exclusions: { [OPERATING_NPI]: out } }, operated],
    ['somebody else is', ['paid'], { exclusions: { [OPERATING_NPI]: out } }, stayOf([roomDays(4)])],
  ])('%s: %j', (_, expected, tables, claim) => {
    expect(outcomes(house(tables), claim)).toEqual(expected);
  });

  test('reductions are kept of what is paid, and computing again gives the same bytes', () => {
    const desk = house({ 'revenue-code': { '0120': code } }, { reductions: [{ reason: '253', share: 200, from: '2026-01-01' }] });
    expect(outcomes(desk, stayOf([roomDays(4)]))).toEqual(['paid']);
    // 200 charged, half allowed; 2 % of 100 kept
    expect(desk.eob('claim').body.lines).toMatchObject([{ allowedMinor: usd(100), paidMinor: usd(98), adjustments: [{ reason: '45', amountMinor: usd(100) }, { group: 'CO', reason: '253', amountMinor: usd(2) }] }]);
    const again = recompute(desk.claim('claim'), desk.adjudication('claim'), desk.eob('claim'), sha256);
    expect(toHex(again.adjudication)).toBe(toHex(documentBytes(desk.adjudication('claim'))));
  });
});
