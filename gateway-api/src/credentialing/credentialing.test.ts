import { randomUUID } from 'node:crypto';
import { ROLES } from '../auth/permissions.js';
import { addDays } from '@medaccord/domain';
import type { CredentialFileBody, CredentialingTask, PrivilegesBody, VerificationBody } from '@medaccord/domain';
import type { LogEntry } from './credentialing-reader.js';
import { answered, CredentialingWorld, HASH, LICENCE, NPI, Office, subject, today } from './testing/staff-office.js';

const startMs = 300_000;
let world: CredentialingWorld;
let hospital: Office;
let insurer: Office;

beforeAll(async () => {
  world = await CredentialingWorld.start();
  ({ hospital, insurer } = world);
}, startMs);
afterAll(async () => { await world.stop(); });

const codeOf = async (request: ReturnType<Office['write']>): Promise<readonly unknown[]> => {
  const { status, json } = await request;

  return [status, json['code']];
};

const fppe = { criteria: 'first ten cases', method: 'chart-review', thru: addDays(today(), 90), externalReviewTrigger: 'two complications' };
const items = [{ code: 'CORE-IM', group: 'core', prescribing: false }, { code: 'RX', group: 'special', prescribing: true }];
const application = { verb: 'requestPrivileges', npi: NPI, jurisdiction: 'CA', formVersion: 'im/2026', items };

describe('a verification', () => {
  const question = { npi: NPI, namesSearched: ['Byron, Ada'], surname: 'Byron', jurisdiction: 'CA' };

  test('asks the registry on the ledger and holds its proof; another person reviews it', async () => {
    const id = await hospital.record('credentialing', '/v1/verifications/from-registry', question, 'collector');
    expect(await codeOf(hospital.write('credentialing', `/v1/verifications/${id}/steps`, { verb: 'reviewVerification', decision: 'accepted', discrepancies: [] }, { person: 'collector' }))).toEqual([422, 'SAME_PERSON']);
    await hospital.accepted(id);
    const { newest, versions } = await hospital.read<{ newest: { body: VerificationBody }; versions: { document: { version: number; recorded: { txId: string } }; proof: object }[] }>(`/v1/verifications/${id}`);

    expect(newest.body).toMatchObject({
      method: 'ledger-query', finding: { type: 'standing', authority: 'FULL', licences: [{ licence: LICENCE, knownAt: 1, linkKnownAt: 1, provenance: [expect.any(String) as string] }] },
      ledgerProof: { channel: 'medaccord', txId: versions[0]?.document.recorded.txId }, collectedBy: { system: 'medaccord-gateway', actorId: 'collector' }, review: { by: 'reviewer', decision: 'accepted' },
    });
    expect(versions.map(({ document, proof }) => [document.version, proof])).toEqual([1, 2].map((version) => [
      version, { channel: 'medaccord', transactionId: versions[version - 1]?.document.recorded.txId, blockNumber: expect.any(Number) as number },
    ]));
  });

  test('under the same key gives the first answer, and asks once', async () => {
    const key = randomUUID();
    const [first, again] = [await hospital.write('credentialing', '/v1/verifications/from-registry', question, { key }), await hospital.write('credentialing', '/v1/verifications/from-registry', question, { key })];

    expect(again.json).toEqual(first.json);
    expect(await codeOf(hospital.write('credentialing', '/v1/verifications/from-registry', { ...question, jurisdiction: 'NV' }, { key }))).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
  });

  test('of what is not public needs a release that holds; nothing is asked after its withdrawal', async () => {
    const consentId = await hospital.consent();
    const withConsent = answered('malpractice-history', consentId);
    expect(await codeOf(hospital.write('credentialing', '/v1/verifications', { ...withConsent, consentId: undefined }))).toEqual([422, 'CONSENT_MISSING']);
    await hospital.record('credentialing', '/v1/verifications', withConsent);
    await hospital.record('credentialing', `/v1/consents/${consentId}/steps`, { verb: 'withdrawConsent', reason: 'changed mind' });
    expect(await codeOf(hospital.write('credentialing', '/v1/verifications', withConsent))).toEqual([422, 'CONSENT_MISSING']);
  });

  test('of the data bank takes number, type and day, and refuses any word of its answer', async () => {
    const consentId = await hospital.consent();
    const npdb = answered('npdb', consentId);
    expect(await codeOf(hospital.write('credentialing', '/v1/verifications', { ...npdb, answer: { type: 'npdb', controlNumber: '1234567890', query: 'one-time', report: 'SECRET' } }))).toEqual([400, 'INVALID_INPUT']);
    expect(await codeOf(hospital.write('credentialing', '/v1/verifications', { ...npdb, criteria: 'SECRET' }))).toEqual([400, 'INVALID_INPUT']);
    const id = await hospital.record('credentialing', '/v1/verifications', npdb);
    expect((await hospital.body<VerificationBody>(`/v1/verifications/${id}`)).finding).toEqual({ type: 'npdb', controlNumber: '1234567890', query: 'one-time' });
  });
});

describe('a credential file', () => {
  test('goes from opening to monitoring, and shows its receipts and history', async () => {
    const { fileId, verificationIds } = await hospital.readyFile();
    const steps = `/v1/credential-files/${fileId}/steps`;
    const decision = { verb: 'decideCredentialFile', outcome: 'APPROVED', route: 'CLEAN_FILE', reasons: [], conditions: [] };
    expect(await codeOf(hospital.write('credentialing', steps, decision))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(await codeOf(hospital.write('credentials-committee', steps, decision))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(await codeOf(hospital.write('medical-director', steps, { ...decision, version: 1 }))).toEqual([412, 'STALE_VERSION']);
    await hospital.record('medical-director', steps, { ...decision, version: 2 });
    await hospital.record('medical-staff-office', steps, { verb: 'recordDecisionNotice', sentOn: today() });
    const file = await hospital.read<{ stateToday: string; versions: readonly { document: { body: CredentialFileBody } }[]; verifications: readonly { newest: { id: string } }[] }>(`/v1/credential-files/${fileId}`);

    expect(file.stateToday).toBe('MONITORED');
    expect(file.versions.map(({ document }) => document.body.state)).toEqual(['COLLECTING', 'READY', 'APPROVED', 'MONITORED']);
    expect(file.verifications.map(({ newest }) => newest.id)).toEqual([...verificationIds].sort());
  }, 60_000);

  test('leaves a log of who did what and when', async () => {
    const fileId = await insurer.record('credentialing', '/v1/credential-files', subject('log'), 'ann');
    await insurer.record('credentialing', `/v1/credential-files/${fileId}/steps`, { verb: 'terminateCredentialFile', reason: 'withdrawn' }, 'ben');
    const { entries } = await insurer.read<{ entries: readonly LogEntry[] }>(`/v1/credentialing-log?from=${today()}&thru=${addDays(today(), 1)}`);
    expect(entries.filter(({ id }) => id === fileId).map(({ actorId, verb, version }) => [actorId, verb, version])).toEqual([['ann', 'openCredentialFile', 1], ['ben', 'terminateCredentialFile', 2]]);
    expect((await insurer.read<{ entries: readonly LogEntry[] }>('/v1/credentialing-log?from=2020-01-01&thru=2020-12-31')).entries).toEqual([]);
  });

  test('attests, is not ready with gaps, and ends', async () => {
    const fileId = await insurer.record('credentialing', '/v1/credential-files', subject('own'));
    const steps = `/v1/credential-files/${fileId}/steps`;
    await insurer.record('credentialing', steps, { verb: 'recordAttestation', element: 'work-history', documentHash: HASH, signedOn: today() });
    await insurer.record('credentialing', steps, { verb: 'assessCredentialFile', decisionOn: today(), verificationIds: [] });
    expect(await codeOf(insurer.write('credentials-committee', steps, { verb: 'decideCredentialFile', outcome: 'DEFERRED', route: 'COMMITTEE', reasons: [], conditions: [] }))).toEqual([422, 'FILE_NOT_AT_STEP']);
    await insurer.record('credentialing', steps, { verb: 'terminateCredentialFile', reason: 'withdrawn' });
    const body = await insurer.body<CredentialFileBody>(`/v1/credential-files/${fileId}`);

    expect(body).toMatchObject({ state: 'TERMINATED', attested: [{ element: 'work-history', recordedAs: 'document-recorded' }] });
    expect(body.gaps).toContainEqual({ element: 'licence', why: 'MISSING' });
  });
});

test('a decision against the practitioner is appealed, and others decide', async () => {
  const { fileId } = await hospital.readyFile('appeal');
  const steps = `/v1/credential-files/${fileId}/steps`;
  await hospital.record('credentials-committee', steps, { verb: 'decideCredentialFile', outcome: 'DENIED', route: 'COMMITTEE', reasons: ['gap'], conditions: [] });
  await hospital.record('credentialing', steps, { verb: 'recordFileAppeal', filedOn: today(), grounds: 'explained' });
  const ruling = { verb: 'decideFileAppeal', outcome: 'OVERTURNED', reason: 'heard' };
  expect(await codeOf(hospital.write('medical-director', steps, ruling))).toEqual([403, 'FORBIDDEN_ROLE']);
  expect(await codeOf(hospital.write('credentials-committee', steps, ruling))).toEqual([422, 'SAME_PERSON']);
  await hospital.record('credentials-committee', steps, ruling, 'another@test');
  expect((await hospital.body<CredentialFileBody>(`/v1/credential-files/${fileId}`)).state).toBe('VERIFYING');
}, 60_000);

test('a delegate’s list is answered row by row', async () => {
  const agreement = { delegate: 'Verifiers Inc', functions: ['verification'], from: '2026-01-01', subDelegated: false, documentHash: HASH, audits: [] };
  const delegationId = await insurer.record('credentialing', '/v1/delegations', agreement);
  await insurer.record('credentialing', `/v1/delegations/${delegationId}/steps`, { verb: 'recordDelegation', delegation: { ...agreement, audits: [today()] } });
  const rows = [1, 2].map((row) => ({ row, npi: NPI, change: 'ADDED', decidedOn: today() }));
  const rosterId = await insurer.record('credentialing', '/v1/rosters', { delegationId, month: '2026-03', rows });
  await insurer.record('credentialing', `/v1/rosters/${rosterId}/steps`, { verb: 'acknowledgeRoster', answers: [{ row: 2, answer: 'REJECTED', reason: 'not in network' }] });
  const { items: rosters } = await insurer.read<{ items: unknown[] }>('/v1/rosters');
  const { tasks } = await insurer.read<{ tasks: CredentialingTask[] }>('/v1/credentialing-tasks');

  expect(rosters).toMatchObject([{ body: { rows: [{ row: 1 }, { row: 2, acknowledgement: { answer: 'REJECTED' } }] } }]);
  expect(tasks).toContainEqual({ cause: 'ANSWER_ROSTER', kind: 'roster', id: rosterId, dueOn: today() });
  expect((await insurer.body(`/v1/delegations/${delegationId}`))['audits']).toEqual([today()]);
});

test('a pair that a screening found is decided once', async () => {
  const pair = { npi: NPI, source: 'LEIE', fileMonth: '2026-02', matcher: 'match/v1', score: 80, reasons: ['NPI'], pairHash: HASH };
  const id = await insurer.record('credentialing', '/v1/exclusion-matches', pair);
  const decision = { verb: 'decideExclusionMatch', state: 'FALSE_POSITIVE', reason: 'another birth date' };
  await insurer.record('credentialing', `/v1/exclusion-matches/${id}/steps`, decision);

  expect(await codeOf(insurer.write('credentialing', `/v1/exclusion-matches/${id}/steps`, decision))).toEqual([409, 'SCREENING_DECIDED']);
});

describe('privileges', () => {
  const steps = (id: string): string => `/v1/privileges/${id}/steps`;
  const grant = items.map(({ code }) => ({ code, outcome: 'GRANTED', fppe }));

  /** An application as far as the governing body. */
  async function recommended(fileId: string): Promise<string> {
    const id = await hospital.record('medical-staff-office', '/v1/privileges', application);
    const stages = [
      ['medical-staff-office', { stage: 'CRITERIA_CHECK' }], ['medical-staff-office', { stage: 'PSV_COMPLETE', fileId }], ['department-chair', { stage: 'DEPT_CHAIR' }],
      ['credentials-committee', { stage: 'CREDENTIALS_COMMITTEE' }], ['medical-executive-committee', { stage: 'MEC' }],
    ] as const;
    for (const [role, stage] of stages) {
      for (const other of new Set(stages.map(([one]) => one))) {
        if (other !== role) expect(await codeOf(hospital.write(other, steps(id), { verb: 'recommendPrivileges', recommendation: 'yes', ...stage }))).toEqual([403, 'FORBIDDEN_ROLE']);
      }
      await hospital.record(role, steps(id), { verb: 'recommendPrivileges', recommendation: 'yes', ...stage });
    }

    return id;
  }

  test('go from body to body, are granted, evaluated, acted upon and reported', async () => {
    const { fileId } = await hospital.readyFile('privileges');
    const id = await recommended(fileId);
    const decision = { verb: 'decidePrivileges', months: 24, decisions: grant };
    expect(await codeOf(hospital.write('medical-executive-committee', steps(id), decision))).toEqual([403, 'FORBIDDEN_ROLE']);
    await hospital.record('governing-body', steps(id), decision);
    expect((await hospital.gateway.request('/v1/privileges/search', { method: 'POST', body: { npi: NPI }, claims: { roles: ['department-chair'] } })).json).toMatchObject({ npi: NPI, on: today(), codes: ['CORE-IM', 'RX'] });
    await hospital.record('department-chair', steps(id), { verb: 'recordFocusedEvaluation', code: 'RX', outcome: 'COMPLETED' });
    await hospital.record('department-chair', steps(id), { verb: 'recordOngoingEvaluation', outcome: 'CONTINUE' });
    await hospital.record('medical-director', steps(id), { verb: 'recordAdverseAction', type: 'SUSPENSION', codes: ['RX'], from: today() });
    const due = async (): Promise<readonly string[]> => (await hospital.read<{ tasks: CredentialingTask[] }>('/v1/credentialing-tasks')).tasks.filter((task) => task.id === id).map(({ cause }) => cause);
    expect(await due()).toEqual(['REPORT_TO_NPDB']);
    const reports = async (query = ''): Promise<unknown> => (await hospital.read<{ items: readonly unknown[] }>(`/v1/npdb-reports${query}`)).items;
    expect(await reports()).toMatchObject([{ privilegesId: id, action: 0, npi: NPI, type: 'SUSPENSION', privileges: ['RX'], dateOfAction: today(), lengthOfAction: 'INDEFINITE', dueOn: addDays(today(), 30) }]);
    await hospital.record('medical-staff-office', steps(id), { verb: 'recordNpdbReport', action: 0, controlNumber: '1234567890', sentOn: today() });
    expect([await due(), await reports(), await reports('?sent=true')]).toMatchObject([[], [], [{ report: { controlNumber: '1234567890', late: false } }]]);
    const gone = await hospital.accepted(await hospital.record('credentialing', '/v1/verifications', answered('dea', await hospital.consent(), { answer: { type: 'credential', found: false, adverse: [], references: [] } })));
    await hospital.record('medical-director', steps(id), { verb: 'confirmAuthority', cause: 'DEA', verificationId: gone });
    const body = await hospital.body<PrivilegesBody>(`/v1/privileges/${id}`);

    expect(body.items.map(({ code, state }) => [code, state])).toEqual([['CORE-IM', 'GRANTED'], ['RX', 'RELINQUISHED']]);
    expect(body.adverse).toMatchObject([{ report: { late: false } }]);
  }, 120_000);

  test('are granted for a time by a medical director alone, on the registry’s word', async () => {
    const temporary = { verb: 'grantTemporaryPrivileges', npi: NPI, jurisdiction: 'CA', formVersion: 'im/2026', kind: 'temporary', need: 'patient', thru: addDays(today(), 30), items: items.map((item) => ({ ...item, fppe })) };
    expect(await codeOf(hospital.write('medical-staff-office', '/v1/privileges', temporary))).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(await codeOf(hospital.write('medical-director', '/v1/privileges', { ...temporary, npi: '1003357849' }))).toEqual([422, 'LICENCE_AUTHORITY_NEEDED']);
    await hospital.record('medical-director', '/v1/privileges', temporary);
  });

  test('follow the hospital’s own bylaws, which the governing body records once and then changes', async () => {
    const rules = [
      { cause: 'LICENCE_NONE', concerns: 'all', action: 'RELINQUISH' }, { cause: 'LICENCE_LIMITED', concerns: 'all', action: 'REVIEW' }, { cause: 'DEA_GONE', concerns: 'prescribing', action: 'REVIEW' },
    ];
    const bylaws = { name: 'bylaws 2026', from: today(), rules };
    expect(await codeOf(hospital.write('medical-director', '/v1/bylaws', bylaws))).toEqual([403, 'FORBIDDEN_ROLE']);
    const bylawsId = await hospital.record('governing-body', '/v1/bylaws', bylaws);
    expect(await codeOf(hospital.write('governing-body', '/v1/bylaws', bylaws))).toEqual([409, 'DOCUMENT_EXISTS']);
    const proxy = { verb: 'grantByProxy', npi: NPI, jurisdiction: 'CA', formVersion: 'tele/2026', site: 'Distant Hospital', agreementHash: HASH, listHash: HASH, months: 24, items: items.map((item) => ({ ...item, fppe })) };
    const id = await hospital.record('governing-body', '/v1/privileges', proxy);
    const gone = await hospital.accepted(await hospital.record('credentialing', '/v1/verifications', answered('dea', await hospital.consent(), { answer: { type: 'credential', found: false, adverse: [], references: [] } })));
    await hospital.record('medical-director', steps(id), { verb: 'confirmAuthority', cause: 'DEA', verificationId: gone });
    expect((await hospital.body<PrivilegesBody>(`/v1/privileges/${id}`)).items.map(({ state }) => state)).toEqual(['GRANTED', 'UNDER_REVIEW']);
    await hospital.record('medical-executive-committee', steps(id), { verb: 'concludeReview', reason: 'no longer prescribes', conclusions: [{ code: 'RX', outcome: 'RELINQUISHED' }] });
    expect((await hospital.body<PrivilegesBody>(`/v1/privileges/${id}`)).items.map(({ state }) => state)).toEqual(['GRANTED', 'RELINQUISHED']);
    await hospital.record('governing-body', `/v1/bylaws/${bylawsId}/steps`, { verb: 'recordBylaws', bylaws: { ...bylaws, name: 'bylaws 2027' } });
    expect((await hospital.body(`/v1/bylaws/${bylawsId}`))['name']).toBe('bylaws 2027');
  });

  test('are no insurer’s matter: the ledger refuses', async () => {
    expect(await codeOf(insurer.write('medical-staff-office', '/v1/privileges', application))).toEqual([403, 'FORBIDDEN_ORGANISATION']);
  });
});

describe('who may not', () => {
  test.each(['insurer', 'otherHospital'] as const)('a foreign organisation (%s) reads nothing and takes no step, even if it knows the ids', async (name) => {
    const { [name]: stranger } = world;
    const consentId = await hospital.consent();
    const documents = [
      ['credential-files', await hospital.record('credentialing', '/v1/credential-files', subject('secret')), { verb: 'terminateCredentialFile', reason: 'x' }],
      ['consents', consentId, { verb: 'withdrawConsent', reason: 'x' }],
      ['verifications', await hospital.record('credentialing', '/v1/verifications', answered('dea', consentId)), { verb: 'reviewVerification', decision: 'accepted', discrepancies: [] }],
      ['privileges', await hospital.record('medical-staff-office', '/v1/privileges', application), { verb: 'recommendPrivileges', stage: 'CRITERIA_CHECK', recommendation: 'x' }],
    ] as const;
    for (const [resource, id, step] of documents) {
      expect([resource, (await stranger.gateway.read(`/v1/${resource}/${id}`, 'credentialing')).json['code']]).toEqual([resource, 'DOCUMENT_NOT_FOUND']);
      const role = resource === 'privileges' ? 'medical-staff-office' : 'credentialing';
      expect([resource, ...await codeOf(stranger.write(role, `/v1/${resource}/${id}/steps`, step))]).toEqual([resource, 404, 'DOCUMENT_NOT_FOUND']);
      expect((await stranger.read<{ items: { id: string }[] }>(`/v1/${resource}`)).items.map((one) => one.id)).not.toContain(id);
    }
    expect(await codeOf(stranger.write('credentialing', '/v1/verifications', answered('dea', consentId)))).toEqual([404, 'DOCUMENT_NOT_FOUND']);
    expect((await stranger.gateway.request('/v1/privileges/search', { method: 'POST', body: { npi: NPI }, claims: { roles: ['credentialing'] } })).json).toMatchObject({ codes: [], privileges: [] });
    const token = { claims: { organisation: stranger.gateway.mspId, roles: ['credentialing'] } };
    expect((await hospital.gateway.request(`/v1/credential-files/${documents[0][1]}`, token)).json['code']).toBe('FORBIDDEN_ORGANISATION');
  });

  test('every role that a verb does not name is refused it, and one that it names is found among several', async () => {
    const fileId = await hospital.record('credentialing', '/v1/credential-files', subject());
    const step = { verb: 'terminateCredentialFile', reason: 'withdrawn' };
    for (const role of ROLES.filter((one) => one !== 'credentialing' && one !== 'medical-staff-office')) {
      expect([role, ...await codeOf(hospital.write(role, `/v1/credential-files/${fileId}/steps`, step))]).toEqual([role, 403, 'FORBIDDEN_ROLE']);
    }
    const several = await hospital.gateway.request(`/v1/credential-files/${fileId}/steps`, {
      method: 'POST', body: step, claims: { roles: ['medical-director', 'credentialing'], subject: 'both' }, headers: { 'Idempotency-Key': randomUUID() },
    });
    expect(several.status).toBe(201);
    expect((await hospital.read<{ newest: { recorded: object } }>(`/v1/credential-files/${fileId}`)).newest.recorded).toMatchObject({ by: { actorId: 'both', role: 'credentialing' } });
  });
});

describe('what others see', () => {
  test('errors say where, and repeat nothing', async () => {
    const answer = await hospital.write('credentialing', '/v1/consents', { npi: 'SECRET', elements: ['SECRET'], from: 'SECRET', thru: 'SECRET', documentHash: HASH });

    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('SECRET');
  });

  test('neither metrics nor blocks tell verbs, outcomes or whom they concern', async () => {
    const metrics = (await hospital.gateway.request('/metrics', { token: '' })).text;
    const words = ['recordAdverseAction', 'decidePrivileges', 'SUSPENSION', 'withdrawConsent', 'RELINQUISHED', 'malpractice'];
    const { height } = await hospital.read<{ height: number }>('/v1/blocks');
    expect(metrics).toContain('/v1/privileges/:id/steps');
    for (const word of [...words, NPI]) expect(metrics).not.toContain(word);
    for (let number = 0; number < height; number += 1) {
      const block = (await hospital.gateway.read(`/v1/blocks/${number}`, 'credentialing')).text;
      for (const word of words) expect(block).not.toContain(word);
    }
  });
});
