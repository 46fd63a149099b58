import type { CommandBody } from '../claims/command.js';
import { claimOf, idOf, line } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { parse } from '../shared/parse.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { assertMandated, mandateShape } from './mandate.js';
import type { MandateBody, MandateDocument } from './mandate.js';

const mandate: MandateBody = { agent: { name: 'Billing Service', taxId: '111111111' }, people: ['bea'], functions: ['submitClaims', 'askEligibility'], units: ['123456789'], from: '2026-01-01', thru: '2026-06-30', revoked: false };
const submission: CommandBody = { verb: 'submitClaims', items: [{ claimId: idOf('claim'), claim: claimOf() }] };

function recorded(body: MandateBody): MandateDocument {
  const desk = new LifeCycleDesk();
  desk.organisation = 'HospitalMSP';
  desk.run({ verb: 'recordMandates', items: [{ id: idOf('mandate'), version: 1, body }] });
  return desk.newest('mandate', idOf('mandate'));
}

const refusal = (changes: Partial<MandateBody>, command: Partial<Parameters<typeof assertMandated>[1]> = {}): unknown =>
  refusalOf(() => { assertMandated(recorded({ ...mandate, ...changes }), { body: submission, actorId: 'bea', principalMsp: 'HospitalMSP', now: '2026-03-01T12:00:00.000Z', ...command }); });

const otherBiller = claimOf([line()], { billing: { ...claimOf().billing, taxId: '987654321' } });

test('a mandate is the principal’s own', () => {
  expect(recorded(mandate)).toMatchObject({ parties: { ownerMsp: 'HospitalMSP' }, body: mandate });
});

test.each<[string, Partial<MandateBody>, Partial<Parameters<typeof assertMandated>[1]>]>([
  ['what it names', {}, {}],
  ['its last day', {}, { now: '2026-06-30T23:59:59.000Z' }],
  ['every biller where it names none', { units: [] }, { body: { verb: 'submitClaims', items: [{ claimId: idOf('claim'), claim: otherBiller }] } }],
  ['a verb without a biller where it names none', { units: [] }, { body: { verb: 'askEligibility', items: [] } }],
])('a mandate covers %s', (_, changes, command) => {
  expect(refusal(changes, command)).toBeUndefined();
});

test.each<[string, Partial<MandateBody>, Partial<Parameters<typeof assertMandated>[1]>]>([
  ['another person', {}, { actorId: 'ben' }],
  ['another principal', {}, { principalMsp: 'InsurerMSP' }],
  ['a verb that it does not name', {}, { body: { verb: 'heal', items: [] } }],
  ['a day before it', {}, { now: '2025-12-31T12:00:00.000Z' }],
  ['a day after it', {}, { now: '2026-07-01T00:00:00.000Z' }],
  ['anything once it is revoked', { revoked: true }, {}],
  ['another biller', {}, { body: { verb: 'submitClaims', items: [{ claimId: idOf('claim'), claim: otherBiller }] } }],
  ['a command in which no biller is seen, where it names some', {}, { body: { verb: 'askEligibility', items: [] } }],
  ['mandates', { functions: ['recordMandates'], units: [] }, { body: { verb: 'recordMandates', items: [] } }],
])('a mandate does not cover %s', (_, changes, command) => {
  expect(refusal(changes, command)).toBe('MANDATE_DOES_NOT_COVER');
});

test('a mandate ends after it begins, and is for somebody and something', () => {
  for (const changes of [{ thru: '2025-01-01' }, { people: [] }, { functions: [] }]) expect(refusalOf(() => parse(mandateShape, { ...mandate, ...changes }))).toBe('INVALID_INPUT');
});
