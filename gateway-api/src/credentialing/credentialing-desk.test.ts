import { DomainError, OWN_VERBS } from '@medaccord/domain';
import type { OwnCommandBody, OwnVerb } from '@medaccord/domain';
import { ROLES } from '../auth/permissions.js';
import { actorFor } from './credentialing-desk.js';

const office = ['credentialing', 'medical-staff-office'];

/** Who may give which command, written out once more; where a field decides further, one line per value. */
const ALLOWED: readonly (readonly [OwnVerb, object, readonly string[]])[] = [
  ['recordConsent', {}, office], ['withdrawConsent', {}, office], ['recordConsent', { practitioner: {} }, [...office, 'practitioner']], ['withdrawConsent', { practitioner: {} }, [...office, 'practitioner']], ['collectVerification', {}, office], ['reviewVerification', {}, office],
  ['openCredentialFile', {}, office], ['recordAttestation', {}, office], ['assessCredentialFile', {}, office], ['recordDecisionNotice', {}, office], ['terminateCredentialFile', {}, office],
  ['recordFileAppeal', {}, office], ['decideFileAppeal', {}, ['credentials-committee']],
  ['decideCredentialFile', { route: 'COMMITTEE' }, ['credentials-committee']], ['decideCredentialFile', { route: 'CLEAN_FILE' }, ['medical-director']],
  ['recordDelegation', {}, office], ['receiveRoster', {}, office], ['acknowledgeRoster', {}, office], ['recordExclusionMatch', {}, office], ['decideExclusionMatch', {}, office], ['recordScreeningRun', {}, office],
  ['requestPrivileges', {}, ['medical-staff-office']],
  ['recommendPrivileges', { stage: 'CRITERIA_CHECK' }, ['medical-staff-office']], ['recommendPrivileges', { stage: 'PSV_COMPLETE' }, ['medical-staff-office']],
  ['recommendPrivileges', { stage: 'DEPT_CHAIR' }, ['department-chair']], ['recommendPrivileges', { stage: 'CREDENTIALS_COMMITTEE' }, ['credentials-committee']],
  ['recommendPrivileges', { stage: 'MEC' }, ['medical-executive-committee']], ['decidePrivileges', {}, ['governing-body']], ['grantTemporaryPrivileges', {}, ['medical-director']],
  ['grantByProxy', {}, ['governing-body']], ['concludeReview', {}, ['governing-body', 'medical-executive-committee']], ['recordBylaws', {}, ['governing-body']],
  ['recordFocusedEvaluation', {}, ['department-chair']], ['recordOngoingEvaluation', {}, ['department-chair']], ['confirmAuthority', {}, ['medical-director', 'medical-staff-office']],
  ['recordAdverseAction', {}, ['medical-director', 'medical-executive-committee']], ['recordNpdbReport', {}, ['medical-staff-office']],
];

/** The role in which somebody with these roles would act; undefined where refused. */
function actingRole(verb: OwnVerb, field: object, roles: readonly string[]): string | undefined {
  try {
    return actorFor({ verb, ...field } as OwnCommandBody, { subject: 'somebody', organisation: 'HospitalMSP', roles }).role;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'FORBIDDEN_ROLE') return undefined;
    throw error;
  }
}

test('every verb is written out here', () => {
  expect([...new Set(ALLOWED.map(([verb]) => verb))].sort()).toEqual([...OWN_VERBS].sort());
});

test.each(ALLOWED)('%s %j is given by %j and refused to every other role', (verb, field, allowed) => {
  expect(ROLES.filter((role) => actingRole(verb, field, [role]) !== undefined).sort()).toEqual([...allowed].sort());
  expect(actingRole(verb, field, ROLES.filter((role) => !allowed.includes(role)))).toBeUndefined();
  expect(allowed).toContain(actingRole(verb, field, [...ROLES].reverse()));
});
