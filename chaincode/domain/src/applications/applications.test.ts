import { executionBy } from '../members/testing/executions.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { parse } from '../shared/parse.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { applicationShape, applicationStepShape, denialReportDueOn } from './application.js';
import type { ApplicationCommand, ApplicationDocument, ApplicationFor, ApplicationStep } from './application.js';
import { applicationRoles, carryApplication } from './carry-application.js';
import type { ApplicationExecution } from './carry-application.js';

const asked: ApplicationFor = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', basis: 'EXAMINATION', applicant: { name: 'Doe, Jane', reference: 'P-1001', npi: '1234567893' } };
const licence = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };
const review: ApplicationStep = { to: 'UNDER_REVIEW', on: '2026-01-10' };
const denied: ApplicationStep = { to: 'DENIED', on: '2026-02-01', reason: 'False statement.', basisCodes: ['FRAUD'] };
const withdrawn: ApplicationStep = { to: 'WITHDRAWN', on: '2026-02-01' };
const issued: ApplicationStep = { to: 'ISSUED', on: '2026-02-01', licence };

const executionOf = (registry: RegistryExecution = executionBy('board')): ApplicationExecution => ({
  registry, now: registry.now, txId: 'ab'.repeat(32), commandId: '1'.repeat(32), salt: '2'.repeat(32), sha256, actor: { mspId: 'BoardMSP', actorId: 'clerk', role: 'registrar' },
});
const file = (overrides: Partial<ApplicationFor> = {}, registry?: RegistryExecution, on = '2026-01-05'): ApplicationDocument =>
  carryApplication({ body: { verb: 'fileApplication', applicationId: 'a'.repeat(32), asked: { ...asked, ...overrides }, on } }, executionOf(registry));
const step = (application: ApplicationDocument, one: ApplicationStep): ApplicationDocument => carryApplication({ body: { verb: 'stepApplication', application, step: one } }, executionOf());
const after = (...steps: readonly ApplicationStep[]): ApplicationDocument => steps.reduce(step, file());

describe('an application for a licence', () => {
  test('is filed without a number, reviewed, and issued as a licence of its class', () => {
    expect(file()).toMatchObject({ version: 1, parties: { ownerMsp: 'BoardMSP' }, body: { ...asked, state: 'FILED', on: '2026-01-05' } });
    expect(after(review, issued)).toMatchObject({ version: 3, body: { ...asked, state: 'ISSUED', licence } });
    expect(parse(applicationShape, JSON.parse(JSON.stringify(after(review, issued))))).toEqual(after(review, issued));
  });

  test('is denied with grounds, which is reported within 30 days, and taken up again where an appeal succeeds', () => {
    const { body } = after(review, denied);
    expect([body.state, body.reason, body.basisCodes, denialReportDueOn(body)]).toEqual(['DENIED', 'False statement.', ['FRAUD'], '2026-03-03']);
    expect(after(review, denied, { to: 'UNDER_REVIEW', on: '2026-02-20', reason: 'Remanded.' }).body).toMatchObject({ state: 'UNDER_REVIEW' });
    expect(denialReportDueOn(after(review).body)).toBeUndefined();
  });

  test.each<[string, readonly ApplicationStep[], string]>([
    ['issued without a review', [issued], 'APPLICATION_STATE'],
    ['denied without a review', [denied], 'APPLICATION_STATE'],
    ['issued after its denial', [review, denied, issued], 'APPLICATION_STATE'],
    ['withdrawn after its denial', [review, denied, withdrawn], 'APPLICATION_STATE'],
    ['reviewed after its withdrawal', [withdrawn, { ...review, on: '2026-02-02' }], 'APPLICATION_STATE'],
    ['denied after its issue', [review, issued, denied], 'APPLICATION_STATE'],
    ['reviewed before it was filed', [{ ...review, on: '2026-01-04' }], 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
    // Today is 10 March; a board's day may be one ahead.
    ['withdrawn the day after tomorrow', [{ ...withdrawn, on: '2026-03-12' }], 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
    ['issued as a licence of another type', [review, { ...issued, licence: { ...licence, type: 'RN' } }], 'INVALID_INPUT'],
  ])('is not %s', (_, steps, code) => {
    expect(refusalOf(() => after(...steps))).toBe(code);
  });

  test.each<[string, () => unknown, string]>([
    ['a board of another agency', () => file({}, executionBy('otherBoard')), 'FORBIDDEN_ORGANISATION'],
    ['a hospital', () => file({}, executionBy('hospital')), 'FORBIDDEN_ORGANISATION'],
    ['the agency’s other board', () => file({}, executionBy('board', { unit: 'ca-nursing' })), 'FORBIDDEN_UNIT'],
    ['a type that the board does not issue', () => file({ type: 'RN' }), 'LICENCE_TYPE_NOT_OF_BOARD'],
    ['a day to come', () => file({}, undefined, '2026-03-12'), 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
  ])('is not filed by or for %s', (_, attempt, code) => {
    expect(refusalOf(attempt)).toBe(code);
  });

  test('is worked on by a registrar, and denied by a member of the board', () => {
    const rolesOf = (body: ApplicationCommand['body']): readonly string[] => applicationRoles({ body });
    expect(rolesOf({ verb: 'fileApplication', applicationId: 'a'.repeat(32), asked, on: '2026-01-05' })).toEqual(['registrar']);
    expect([review, denied, withdrawn, issued].map((one) => rolesOf({ verb: 'stepApplication', application: file(), step: one }))).toEqual([['registrar'], ['board-member'], ['registrar'], ['registrar']]);
  });

  test.each<[string, unknown]>([
    ['a denial without grounds', { to: 'DENIED', on: '2026-02-01', reason: 'x', basisCodes: [] }],
    ['an issue without a licence', { to: 'ISSUED', on: '2026-02-01' }],
    ['a step that nobody knows', { to: 'PARDONED', on: '2026-02-01' }],
  ])('is not read with %s', (_, said) => {
    expect(refusalOf(() => parse(applicationStepShape, said))).toBe('INVALID_INPUT');
  });
});
