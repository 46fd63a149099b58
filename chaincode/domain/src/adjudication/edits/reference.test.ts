import type { AuthorisationDocument, AuthorisationRequest } from '../../authorisations/authorisation.js';
import type { ClaimContent, ClaimLine } from '../../claims/claim.js';
import { BILLING_NPI, RENDERING_NPI, claimOf, idOf, line, usd } from '../../claims/testing/builders.js';
import { ClaimsDesk } from '../../claims/testing/claims-desk.js';
import type { ReferenceEntry } from '../../reference-data/tables.js';
import { deskWith, outcomes } from './testing/tables-desk.js';
import type { Tables } from './testing/tables-desk.js';

const billed = (code: string, modifiers: readonly string[] = [], changes: Partial<ClaimLine> = {}): ClaimLine => line({ procedure: { qualifier: 'HC', code, modifiers }, ...changes });
const units = (count: number): Pick<ClaimLine, 'quantity'> => ({ quantity: { unit: 'UN', thousandths: count * 1000 } });
const patient = (changes: Partial<ClaimContent['subscriber']>): Partial<ClaimContent> => ({ subscriber: { ...claimOf().subscriber, ...changes } });
const code: ReferenceEntry = { type: 'code' };
const ORDERING_NPI = '1245319599';

describe('code lists: valid on the day of service', () => {
  const dated: ReferenceEntry = { type: 'code', from: '2026-02-01', thru: '2026-02-28' };
  test.each<[string, string, Tables, ClaimContent]>([
    ['a code in its list', 'paid', { hcpcs: { X0001: code } }, claimOf()],
    ['on its first day', 'paid', { hcpcs: { X0001: dated } }, claimOf([line({ serviceFrom: '2026-02-01' })])],
    ['the day before', 'CO-181 M20', { hcpcs: { X0001: dated } }, claimOf([line({ serviceFrom: '2026-01-31' })])],
    ['on its last day', 'paid', { hcpcs: { X0001: { ...dated, thru: '2026-02-03' } } }, claimOf()],
    ['the day after', 'CO-181 M20', { hcpcs: { X0001: { ...dated, thru: '2026-02-02' } } }, claimOf()],
    ['a code that is proved to be absent', 'CO-181 M20', { hcpcs: { X0000: code, X0002: code } }, claimOf()],
    ['a code of another list', 'paid', { cpt: {} }, claimOf()],
    ['a modifier', 'CO-182 N519', { modifier: { '25': code } }, claimOf([billed('X0001', ['25', 'ZZ'])])],
    ['a place', 'CO-16 M77', { 'place-of-service': { '12': code } }, claimOf()],
    ['a diagnosis', 'paid', { 'icd-10-cm': { J069: code } }, claimOf()],
    ['a heading', 'CO-146 M76', { 'icd-10-cm': { J069: { type: 'code', heading: true } } }, claimOf()],
    ['no such diagnosis', 'CO-146 M76', { 'icd-10-cm': {} }, claimOf()],
    ['ICD-9 after its time', 'CO-146 M76', { 'icd-10-cm': {} }, claimOf([line()], { diagnoses: [{ qualifier: 'BK', code: '4659' }] })],
  ])('%s: %s', (_, expected, tables, claim) => {
    expect(outcomes(deskWith(tables), claim)).toEqual([expected]);
  });

  test('without an edition for the day the claim waits; a plan that applies no table does not ask', () => {
    const desk = new ClaimsDesk({ plan: { edits: { tables: ['hcpcs', 'mue'], reductions: [] } } });
    desk.load('hcpcs', { X0001: code }, { thru: '2026-02-02' });
    expect(outcomes(desk, claimOf())).toEqual(['reference-tables/v2 no-edition hcpcs', 'reference-tables/v2 no-edition mue']);
    const without = new ClaimsDesk();
    without.load('hcpcs', {});
    expect(outcomes(without, claimOf())).toEqual(['paid']);
  });

  test('the edition is that of the day of service, and the decision records it', () => {
    const desk = deskWith({ hcpcs: {} });
    desk.load('hcpcs', { X0001: code }, { edition: '2026q2', from: '2026-02-04' });
    const claim = claimOf([line({ serviceFrom: '2026-02-03' }), line({ serviceFrom: '2026-02-04' })]);
    expect(outcomes(desk, claim)).toEqual(['CO-181 M20', 'paid']);
    const { facts, inputs } = desk.adjudication('claim').body;
    expect(facts.reference?.tables).toMatchObject([{ edition: '2026', version: 1 }, { edition: '2026q2', version: 1 }].sort((a, b) => (idOfEdition(desk, a.edition) < idOfEdition(desk, b.edition) ? -1 : 1)));
    expect(inputs.filter(({ key }) => key.startsWith('reference-table~'))).toHaveLength(2);
  });
});

function idOfEdition(desk: ClaimsDesk, edition: string): string {
  return desk.all('reference-table').find(({ body }) => body.edition === edition)?.id ?? '';
}

describe('code logic: what the payer expects of a code', () => {
  const expecting = (entry: Omit<Extract<ReferenceEntry, { type: 'service' }>, 'type'>): Tables => ({ 'service-rules': { X0001: { type: 'service', ...entry } } });
  const diagnosis = (entry: Omit<Extract<ReferenceEntry, { type: 'diagnosis' }>, 'type'>): Tables => ({ 'diagnosis-rules': { J069: { type: 'diagnosis', ...entry } } });
  test.each<[string, string, Tables, ClaimContent]>([
    ['a modifier that fits', 'paid', expecting({ modifiers: ['25'] }), claimOf([billed('X0001', ['25'])])],
    ['one that does not', 'CO-4 N519', expecting({ modifiers: ['25'] }), claimOf([billed('X0001', ['26'])])],
    ['a place that does not fit', 'CO-5 M77', expecting({ places: ['21'] }), claimOf()],
    ['too young by a day', 'CO-6', expecting({ youngest: 46 }), claimOf([line()], patient({ birthDate: '1980-02-04' }))], // 45 on 3 February 2026
    ['old enough on the birthday', 'paid', expecting({ youngest: 46 }), claimOf([line()], patient({ birthDate: '1980-02-03' }))],
    ['too old', 'CO-6', expecting({ oldest: 17 }), claimOf()],
    ['another sex', 'CO-7', expecting({ sex: 'M' }), claimOf()],
    ['a sex that is not known', 'paid', expecting({ sex: 'M' }), claimOf([line()], patient({ sex: 'U' }))],
    ['a diagnosis for which it is not done', 'CO-11', expecting({ diagnoses: ['K', 'J0'] }), claimOf([line()], { diagnoses: [{ qualifier: 'ABK', code: 'J18' }] })],
    ['a diagnosis for which it is', 'paid', expecting({ diagnoses: ['K', 'J0'] }), claimOf()],
    ['a diagnosis of children', 'CO-9', diagnosis({ oldest: 17 }), claimOf()],
    ['a diagnosis of men', 'CO-10', diagnosis({ sex: 'M' }), claimOf()],
    ['a provider whose type may not', 'CO-185 N95', expecting({ taxonomies: ['208'] }), claimOf([line()], { rendering: { entity: 'person', npi: RENDERING_NPI, taxonomy: '207R00000X' } })],
    ['one whose type may', 'paid', expecting({ taxonomies: ['207R'] }), claimOf([line()], { rendering: { entity: 'person', npi: RENDERING_NPI, taxonomy: '207R00000X' } })],
    ['one whose type the claim does not tell', 'scope-fits-code/v1 taxonomy-unknown', expecting({ taxonomies: ['207R'] }), claimOf()],
    ['a code of which nothing is expected', 'paid', { 'service-rules': {} }, claimOf()],
  ])('%s: %s', (_, expected, tables, claim) => {
    expect(outcomes(deskWith(tables), claim)).toEqual([expected]);
  });
});

describe('NCCI pairs: X0001 pays, X0002 is column 2', () => {
  const pair = (modifier: '0' | '1' | '9', thru?: string): Tables => ({
    'ncci-ptp': { 'X0001/X0002': { type: 'pair', periods: [{ pays: 'X0001', from: '2018-01-01', ...(thru !== undefined && { thru }), modifier }] } },
  });
  const [column1, column2] = [billed('X0001'), billed('X0002')];
  test.each<[string, readonly string[], Tables, ClaimContent]>([
    ['both on one day', ['paid', 'CO-236 M80'], pair('0'), claimOf([column1, column2])],
    ['in the other order', ['CO-236 M80', 'paid'], pair('0'), claimOf([column2, column1])],
    ['indicator 0 and a modifier', ['paid', 'CO-236 M80'], pair('0'), claimOf([column1, billed('X0002', ['59'])])],
    ['indicator 1 without modifier', ['paid', 'CO-236 M80'], pair('1'), claimOf([column1, column2])],
    ['indicator 1, 59 on column 2', ['paid', 'paid'], pair('1'), claimOf([column1, billed('X0002', ['59'])])],
    ['indicator 1, XS on column 1', ['paid', 'paid'], pair('1'), claimOf([billed('X0001', ['XS']), column2])],
    ['indicator 1, LT on column 1 alone', ['paid', 'CO-236 M80'], pair('1'), claimOf([billed('X0001', ['LT']), column2])],
    ['indicator 1, 25 where no rules tell visits', ['paid', 'paid'], pair('1'), claimOf([column1, billed('X0002', ['25'])])],
    ['indicator 1, 25 on what is no visit', ['paid', 'CO-236 M80'], { ...pair('1'), 'service-rules': {} }, claimOf([column1, billed('X0002', ['25'])])],
    ['indicator 1, 25 on a visit', ['paid', 'paid'], { ...pair('1'), 'service-rules': { X0002: { type: 'service', visit: true } } }, claimOf([column1, billed('X0002', ['25'])])],
    ['indicator 9', ['paid', 'paid'], pair('9'), claimOf([column1, column2])],
    ['after the edit’s time', ['paid', 'paid'], pair('0', '2026-02-02'), claimOf([column1, column2])],
    ['on different days', ['paid', 'paid'], pair('0'), claimOf([column1, billed('X0002', [], { serviceFrom: '2026-02-04' })])],
    ['by different providers', ['paid', 'paid'], pair('0'), claimOf([column1, { ...column2, rendering: { entity: 'person', npi: '1122334455' } }])],
    ['no such pair', ['paid', 'paid'], { 'ncci-ptp': {} }, claimOf([column1, column2])],
  ])('%s: %j', (_, expected, tables, claim) => {
    expect(outcomes(deskWith(tables), claim)).toEqual(expected);
  });

  test('a column 1 that is denied itself takes nothing away', () => {
    const desk = deskWith({ 'ncci-ptp': { 'X0002/X0003': { type: 'pair', periods: [{ pays: 'X0003', from: '2018-01-01', modifier: '0' }] } } });
    expect(outcomes(desk, claimOf([billed('X0003'), column2]))).toEqual(['PR-204', 'paid']);
  });

  test('history counts in both directions: column 2 after column 1 is denied; column 1 after column 2 is paid, and noted', () => {
    const after = deskWith(pair('0'));
    expect(outcomes(after, claimOf([column1]), {}, 'first')).toEqual(['paid']);
    expect(outcomes(after, claimOf([column2]), { history: [idOf('first')] }, 'second')).toEqual(['CO-236 M80']);
    const before = deskWith(pair('0'));
    expect(outcomes(before, claimOf([column2]), {}, 'first')).toEqual(['paid']);
    expect(outcomes(before, claimOf([column1]), { history: [idOf('first')] }, 'second')).toEqual(['paid']);
    expect(before.adjudication('second').body.rulesFired).toEqual([{ rule: 'ncci-ptp/v1', line: 1, effect: 'note', reason: 'earlier-column-2' }]);
  });

  test('also between two claims of one command', () => {
    const desk = deskWith(pair('0'));
    desk.submit('a', claimOf([column1]));
    desk.submit('b', claimOf([column2]));
    desk.adjudicate(['a', 'b']);
    expect(desk.eob('b').body.lines[0]?.adjustments).toEqual([{ group: 'CO', reason: '236', amountMinor: usd(200) }]);
  });
});

describe('medically unlikely units: 3 of X0001', () => {
  const most = (indicator: '1' | '2' | '3'): Tables => ({ mue: { X0001: { type: 'units', most: 3, indicator } } });
  const two = [line(units(2)), line({ ...units(2), chargeMinor: usd(201) })];
  test.each<[string, readonly string[], Tables, ClaimContent]>([
    ['as many as likely', ['paid'], most('1'), claimOf([line(units(3))])],
    ['more: the whole line', ['CO-151 N362'], most('1'), claimOf([line(units(4))])],
    ['indicator 1 counts each line', ['paid', 'paid'], most('1'), claimOf(two)],
    ['indicator 2 counts the day: 4, all lines of it', ['CO-151 N362', 'CO-151 N362'], most('2'), claimOf(two)],
    ['indicator 3 likewise', ['CO-151 N362', 'CO-151 N362'], most('3'), claimOf(two)],
    ['a day that is not the same', ['paid', 'paid'], most('2'), claimOf([line(units(2)), line({ ...units(2), serviceFrom: '2026-02-04' })])],
    ['a week of 14: 2 a day', ['paid'], most('2'), claimOf([line({ ...units(14), serviceFrom: '2026-02-02', serviceThru: '2026-02-08' })])],
    ['a week of 25: 3.57, rounded 4 a day', ['CO-151 N362'], most('1'), claimOf([line({ ...units(25), serviceFrom: '2026-02-02', serviceThru: '2026-02-08' })])],
  ])('%s: %j', (_, expected, tables, claim) => {
    expect(outcomes(deskWith(tables), claim)).toEqual(expected);
  });

  test('paid history counts; denied history does not', () => {
    const desk = deskWith(most('2'));
    expect(outcomes(desk, claimOf([line(units(4))]), {}, 'denied')).toEqual(['CO-151 N362']);
    expect(outcomes(desk, claimOf([line(units(2))]), { history: [idOf('denied')] }, 'paid')).toEqual(['paid']);
    expect(outcomes(desk, claimOf([billed('X0001', ['76'], units(2))]), { history: [idOf('paid')] }, 'more')).toEqual(['CO-151 N362']);
  });
});

describe('add-ons and global periods', () => {
  const rules: Tables = {
    'service-rules': {
      X0001: { type: 'service', visit: true },
      X0002: { type: 'service', globalDays: 10, addOnTo: ['X0001'] },
    },
  };
  test.each<[string, readonly string[], ClaimContent]>([
    ['an add-on alone', ['CO-107 N122'], claimOf([billed('X0002')])],
    ['its primary on another day', ['CO-107 N122', 'paid'], claimOf([billed('X0002'), line({ serviceFrom: '2026-02-02' })])],
    ['beside its primary, a visit that another led to', ['paid', 'paid'], claimOf([billed('X0002'), billed('X0001', ['57'])])],
    ['beside a visit of the same day', ['paid', 'CO-97 M144'], claimOf([billed('X0002'), line()])],
  ])('%s: %j', (_, expected, claim) => {
    expect(outcomes(deskWith(rules), claim)).toEqual(expected);
  });

  const procedure = (globalDays: 0 | 10 | 90): Tables => ({ 'service-rules': { X0001: { type: 'service', visit: true }, X0002: { type: 'service', globalDays } } });
  test.each<[string, string, 0 | 10 | 90, string, readonly string[]]>([
    ['the day itself', 'CO-97 M144', 0, '2026-02-03', []],
    ['the day itself, 25', 'paid', 0, '2026-02-03', ['25']],
    ['the day after 0 days', 'paid', 0, '2026-02-04', []],
    ['the tenth day', 'CO-97 M144', 10, '2026-02-13', []],
    ['the tenth day, unrelated', 'paid', 10, '2026-02-13', ['24']],
    ['the tenth day, 25 does not help', 'CO-97 M144', 10, '2026-02-13', ['25']],
    ['the eleventh day', 'paid', 10, '2026-02-14', []],
    ['the ninetieth day', 'CO-97 M144', 90, '2026-05-04', []],
    ['the day before a 90-day procedure', 'CO-97 M144', 90, '2026-02-02', []],
    ['the day before a 10-day procedure', 'paid', 10, '2026-02-02', []],
  ])('a visit on %s: %s', (_, expected, globalDays, day, modifiers) => {
    const desk = deskWith(procedure(globalDays));
    expect(outcomes(desk, claimOf([billed('X0002')]), {}, 'procedure')).toEqual(['paid']);
    desk.today = '2026-05-05';
    expect(outcomes(desk, claimOf([billed('X0001', modifiers, { serviceFrom: day })]), { history: [idOf('procedure')] }, 'visit')).toEqual([expected]);
  });
});

describe('prior authorisation and referral', () => {
  const needed: Tables = { 'prior-authorisation': { X0001: { type: 'requirement', authorisation: true, referral: false } } };
  const asked: AuthorisationRequest = { personKey: 'M-1', providerNpis: [RENDERING_NPI], codes: ['X0001'], from: '2026-02-01', thru: '2026-02-28', units: 3, urgent: false, clock: 'cms' };
  const authorised = (desk: ClaimsDesk, request: Partial<AuthorisationRequest> = {}, unitsApproved = 3): readonly AuthorisationDocument[] => {
    const authorisationId = idOf('authorisation');
    desk.run({ verb: 'requestAuthorisation', authorisationId, request: { ...asked, ...request } });
    if (unitsApproved >= 0) desk.run({ verb: 'decideAuthorisation', authorisation: desk.newest('authorisation', authorisationId), unitsApproved, reason: 'decided' });
    return [desk.newest('authorisation', authorisationId)];
  };
  const naming = (lines: readonly ClaimLine[]): ClaimContent => claimOf(lines, { priorAuthorisation: idOf('authorisation') });

  test.each<[string, readonly string[], ClaimContent, Partial<AuthorisationRequest>, number]>([
    ['none named', ['CO-197 M62'], claimOf(), {}, 3],
    ['one named', ['paid'], naming([line()]), {}, 3],
    ['not decided', ['CO-197 M62'], naming([line()]), {}, -1],
    ['refused', ['CO-197 M62'], naming([line()]), {}, 0],
    ['for another service', ['CO-15 M62'], naming([line()]), { codes: ['X0002'] }, 3],
    ['before its time', ['CO-15 M62'], naming([line()]), { from: '2026-02-04' }, 3],
    ['after its time', ['CO-302 M62'], naming([line()]), { thru: '2026-02-02' }, 3],
    ['for another provider', ['CO-296 M62'], naming([line()]), { providerNpis: [BILLING_NPI] }, 3],
    ['for whichever provider', ['paid'], naming([line()]), { providerNpis: [] }, 3],
    ['more units than approved', ['CO-198 M62'], naming([line(units(4))]), {}, 3],
    ['2 of 3, then 2 of 1, then 1 of 1', ['paid', 'CO-198 M62', 'paid'], naming([line(units(2)), line({ ...units(2), serviceFrom: '2026-02-04' }), line({ serviceFrom: '2026-02-05' })]), {}, 3],
    ['a service that needs none', ['paid'], claimOf([billed('X0002')]), {}, 3],
  ])('%s: %j', (_, expected, claim, request, approved) => {
    const desk = deskWith(needed);
    expect(outcomes(desk, claim, { authorisations: authorised(desk, request, approved) })).toEqual(expected);
  });

  test('a number that is no authorisation is CO-15', () => {
    expect(outcomes(deskWith(needed), claimOf([line()], { priorAuthorisation: 'A-1' }))).toEqual(['CO-15 M62']);
  });

  const referred: Tables = { 'prior-authorisation': { X0001: { type: 'requirement', authorisation: false, referral: true, from: '2026-02-03' } } };
  test.each<[string, string, ClaimContent, number]>([
    ['none', 'CO-243 N130', claimOf(), 3],
    ['approved', 'paid', claimOf([line()], { referral: idOf('authorisation') }), 3],
    ['not approved', 'CO-243 N130', claimOf([line()], { referral: idOf('authorisation') }), 0],
    ['before it was needed', 'paid', claimOf([line({ serviceFrom: '2026-02-02' })]), 3],
  ])('a referral, %s: %s', (_, expected, claim, approved) => {
    const desk = deskWith(referred);
    expect(outcomes(desk, claim, { authorisations: authorised(desk, {}, approved) })).toEqual([expected]);
  });
});

describe('exclusion from federal programmes', () => {
  const out: ReferenceEntry = { type: 'exclusion', periods: [{ excludedOn: '2026-01-20', reinstatedOn: '2026-03-01', waivedOn: '2026-01-20', waiverState: 'NV' }] };
  const referring = { referring: { entity: 'person' as const, npi: '1679576722' } };
  const ordering = { entity: 'person' as const, npi: ORDERING_NPI };
  test.each<[string, string, string, ClaimContent]>([
    ['who rendered', 'CO-B7 N570', RENDERING_NPI, claimOf()],
    ['who rendered, in an emergency', 'paid', RENDERING_NPI, claimOf([line({ emergency: true })])],
    ['who bills', 'CO-B7 N570', BILLING_NPI, claimOf([line({ emergency: true })])],
    ['who referred', 'CO-183 N574', '1679576722', claimOf([line()], referring)],
    ['somebody else', 'paid', '1679576722', claimOf()],
    ['before it began', 'paid', RENDERING_NPI, claimOf([line({ serviceFrom: '2026-01-19' })])],
    ['after reinstatement', 'paid', RENDERING_NPI, claimOf([line({ serviceFrom: '2026-03-01' })])],
    ['in the state that waived it', 'paid', RENDERING_NPI, claimOf([line()], { serviceFacility: { entity: 'organisation', state: 'NV' } })],
    ['who ordered', 'CO-184 N574', ORDERING_NPI, claimOf([line({ ordering })])],
    ['who ordered, in an emergency', 'paid', ORDERING_NPI, claimOf([line({ ordering, emergency: true })])],
    ['who ordered another service', 'paid', ORDERING_NPI, claimOf()],
  ])('%s: %s', (_, expected, npi, claim) => {
    const desk = deskWith({ exclusions: { [npi]: out } });
    desk.today = '2026-03-10';
    expect(outcomes(desk, claim)).toEqual([expected]);
  });

  test('a referrer comes before who ordered', () => {
    const desk = deskWith({ exclusions: { '1679576722': out, [ORDERING_NPI]: out } });
    expect(outcomes(desk, claimOf([line({ ordering })], referring))).toEqual(['CO-183 N574']);
  });
});

test('a review off the ledger holds the claim until a person lifts it', () => {
  const desk = deskWith({});
  const externalHolds = [{ class: 'audit', dueOn: '2026-03-01' }];
  expect(outcomes(desk, claimOf(), { externalHolds })).toEqual(['external-hold/v1 audit']);
  desk.adjudicate(['claim'], { externalHolds, releases: [{ rule: 'external-hold/v1', reason: 'nothing found' }] });
  expect(desk.eob('claim').body.decision).toBe('PAID');
});
