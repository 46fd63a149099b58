import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, policyOn } from '@medaccord/domain';
import type { Element, VerificationBody, VerificationDocument } from '@medaccord/domain';
import type { CodeableConcept, Extension, VerificationResult } from 'fhir/r4.js';
import { practitioner, verificationResult } from './index.js';
import type { HeldLicence, Scope } from './index.js';

const today = '2026-03-10';
const at = '2026-03-10T09:00:00.000Z';
const npi = '1234567893';
const licence = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };
const answer = { licence, authority: 'FULL', knownAt: 1, linkKnownAt: 1, provenance: ['CA~ca-medical~MD~A1~1'] } as const;
const standing = { type: 'standing', jurisdiction: 'CA', authority: 'FULL', licences: [answer] } as const;
const review = { by: 'reviewer', at: '2026-03-09T10:00:00.000Z', decision: 'accepted', discrepancies: [] } as const;
const context = { organisation: { mspId: 'HospitalMSP', name: 'General Hospital' }, today, policy: policyOn('ncqa-accreditation', today), signature: { certificate: 'PEM', data: 'c2lnbmF0dXJl', at } };

function receipt(changes: Partial<VerificationBody> = {}): VerificationDocument {
  const body: VerificationBody = {
    npi, namesSearched: ['FIXTURE, AVERY'], element: 'licence', source: { name: 'Medical board', type: 'primary' }, method: 'ledger-query', criteria: '', asOf: '2026-03-09', retrievedAt: '2026-03-09T08:00:00.000Z', finding: standing,
    warnings: [], collectedBy: { system: 'registry', version: '1', actorId: 'collector' }, review, ...changes,
  };

  return { schema: 'verification/v1', kind: 'verification', id: 'f'.repeat(32), version: 2, parties: { ownerMsp: 'HospitalMSP' }, salt: 'a'.repeat(32), recorded: { at: review.at, by: { mspId: 'HospitalMSP', actorId: 'reviewer', role: 'credentialing' }, commandId: 'c'.repeat(32), txId: 'tx' }, body } as unknown as VerificationDocument;
}

const credential = (changes: object = {}): VerificationBody['finding'] => ({ type: 'credential', found: true, adverse: [], references: [], ...changes });
const resultOf = (changes: Partial<VerificationBody> = {}): VerificationResult => verificationResult(receipt(changes), context);
const codeOf = (concept: CodeableConcept | undefined): string | undefined => concept?.coding?.[0]?.code;
const without = (changes: Partial<VerificationBody>): Partial<VerificationBody> => changes;

describe('a receipt as VerificationResult, row by row of the guide', () => {
  test('target and targetLocation: the clinician, and of a licence the very qualification', () => {
    expect(resultOf()).toMatchObject({ resourceType: 'VerificationResult', target: [{ reference: `Practitioner/${npi}`, identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: npi } }], targetLocation: ["Practitioner.qualification.where(identifier.value = 'A1')"] });
    const located = (['dea', 'education', 'exclusion', 'work-history'] as const).map((element) => resultOf({ element, finding: credential() }).targetLocation);
    expect(located).toEqual([['Practitioner.qualification'], ['Practitioner.qualification'], ['Practitioner'], ['Practitioner']]);
  });

  test('need: initial, or periodic where it takes the place of an earlier one', () => {
    expect([codeOf(resultOf().need), codeOf(resultOf({ supersedes: 'e'.repeat(32) }).need)]).toEqual(['initial', 'periodic']);
  });

  test.each<readonly [VerificationResult['status'], string, Partial<VerificationBody>]>([
    ['validated', 'accepted by a second person', {}],
    ['attested', 'the clinician’s own word, accepted', { element: 'attestation', method: 'letter', finding: credential() }],
    ['in-process', 'the source did not answer', { review: { ...review, decision: 'unable' } }],
    ['in-process', 'the board is silent', { finding: { ...standing, authority: 'UNKNOWN' } }],
    ['req-revalid', 'aged out: 121 days', { retrievedAt: `${addDays(today, -121)}T08:00:00.000Z` }],
    ['val-fail', 'a discrepancy', { review: { ...review, decision: 'discrepancy', discrepancies: ['name'] } }],
    ['val-fail', 'a suspended licence', { finding: { ...standing, authority: 'NONE' } }],
    ['val-fail', 'an expired registration', { element: 'dea', method: 'api', finding: credential({ expiresOn: '2026-03-01' }) }],
    ['reval-fail', 'the same when asked again', { supersedes: 'e'.repeat(32), finding: { ...standing, authority: 'NONE' } }],
  ])('status %s: %s', (status, _, changes) => {
    expect(resultOf(changes)).toMatchObject({ status, statusDate: review.at });
  });

  test('status in-process, as of the retrieval, before anybody has looked', () => {
    const { review: _, ...body } = receipt().body;
    expect(verificationResult({ ...receipt(), body }, context)).toMatchObject({ status: 'in-process', statusDate: '2026-03-09T08:00:00.000Z' });
  });

  test('validationType and validationProcess: primary; of what the clinician says, nothing', () => {
    expect([codeOf(resultOf().validationType), codeOf(resultOf().validationProcess?.[0])]).toEqual(['primary', 'primary']);
    const said = resultOf({ element: 'attestation', method: 'letter', finding: credential() });
    expect([codeOf(said.validationType), codeOf(said.validationProcess?.[0]), said.primarySource]).toEqual(['nothing', 'standalone', undefined]);
  });

  test('frequency, lastPerformed and nextScheduled: monthly where the programme monitors', () => {
    expect(resultOf()).toMatchObject({ frequency: { repeat: { frequency: 1, period: 1, periodUnit: 'mo' } }, lastPerformed: '2026-03-09T08:00:00.000Z', nextScheduled: '2026-04-09' });
    expect(resultOf({ element: 'education', finding: credential() })).not.toHaveProperty('frequency');
  });

  test('failureAction: fatal for what nobody practises without, else a warning', () => {
    const actions = (['licence', 'dea', 'exclusion', 'work-history'] as const).map((element: Element) => codeOf(resultOf(without({ element, ...(element === 'licence' ? {} : { finding: credential() }) })).failureAction));
    expect(actions).toEqual(['fatal', 'fatal', 'fatal', 'warn']);
  });

  test('primarySource: who and what it is, how it was asked, what came of it and when, and whether it tells changes by itself', () => {
    const coded = (...codes: readonly string[]): object[] => codes.map((code) => ({ coding: [expect.objectContaining({ code })] }));
    expect(resultOf().primarySource).toEqual([{
      who: { display: 'Medical board' }, type: coded('lic-board'), communicationMethod: coded('pull'), validationStatus: coded('successful')[0], validationDate: '2026-03-09', canPushUpdates: coded('yes')[0], pushTypeAvailable: coded('any'),
    }]);
    expect(resultOf({ element: 'dea', method: 'phone', finding: credential({ expiresOn: '2026-03-01' }) }).primarySource).toEqual([{
      who: { display: 'Medical board' }, type: coded('reg-auth'), communicationMethod: coded('manual'), validationStatus: coded('failed')[0], validationDate: '2026-03-09', canPushUpdates: coded('undetermined')[0],
    }]);
    expect(resultOf({ review: { ...review, decision: 'unable' } }).primarySource).toMatchObject([{ validationStatus: coded('unknown')[0] }]);
  });

  test('attestation: who recorded it on the clinician’s behalf, never as the clinician’s own act', () => {
    expect(resultOf({ element: 'attestation', method: 'letter', finding: credential() }).attestation).toMatchObject({ who: { identifier: { value: 'HospitalMSP' } }, onBehalfOf: { reference: `Practitioner/${npi}` }, date: '2026-03-09' });
    expect(resultOf().attestation).toBeUndefined();
  });

  test('validator: the verifying organisation, its certificate and its signature over the receipt', () => {
    expect(resultOf().validator).toEqual([{
      organization: { type: 'Organization', identifier: { system: 'urn:medaccord:member', value: 'HospitalMSP' }, display: 'General Hospital' }, identityCertificate: 'PEM',
      attestationSignature: expect.objectContaining({ when: at, data: 'c2lnbmF0dXJl', type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.5' }] }) as object,
    }]);
  });

  test('of the data bank nothing but that it was asked', () => {
    const text = JSON.stringify(resultOf({ element: 'npdb', method: 'portal', finding: { type: 'npdb', controlNumber: '5500000012345678', query: 'one-time' } }));
    expect(text).not.toContain('5500000012345678');
  });
});

describe('a standing as Practitioner.qualification', () => {
  const provider = { schema: 'provider/v1', npi, type: 'individual', name: { family: 'Fixture', given: 'Avery' }, taxonomies: [], registeredBy: 'LicensingBoardMSP', registeredAt: at } as const;
  const scope = (changes: Partial<Scope> = {}): Scope => ({ jurisdiction: 'CA', lifecycle: 'ACTIVE', authority: 'FULL', encumbrances: [], ...changes });
  const held = (...scopes: readonly Scope[]): HeldLicence => ({ licence, from: '2020-01-01', thru: '2027-12-31', scopes });
  const extensionsOf = (...scopes: readonly Scope[]): readonly Extension[] => practitioner(provider, [held(...scopes)]).qualification?.[0]?.extension ?? [];

  test('has number, type, period and issuer, the state where it counts, and the clinician’s NPI', () => {
    expect(practitioner(provider, [held(scope(), scope({ jurisdiction: 'NV' }))])).toMatchObject({
      resourceType: 'Practitioner', id: npi, identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: npi }], name: [{ family: 'Fixture', given: ['Avery'] }],
      qualification: [{
        identifier: [{ system: 'urn:medaccord:board:ca-medical', value: 'A1' }], code: { coding: [{ code: 'MD' }], text: 'MD' }, period: { start: '2020-01-01', end: '2027-12-31' }, issuer: { identifier: { value: 'ca-medical' } },
        extension: ['CA', 'NV'].map((code) => ({ url: 'http://hl7.org/fhir/us/ndh/StructureDefinition/base-ext-practitioner-qualification-scope', extension: [{ url: 'status', valueCode: 'active' }, { url: 'whereValid', valueCodeableConcept: { coding: [{ system: 'https://www.usps.com/', code }] } }] })),
      }],
    });
  });

  test.each<readonly [string, Partial<Scope>]>([
    ['active', {}], ['active', { authority: 'LIMITED' }], ['inactive', { authority: 'NONE' }], ['inactive', { lifecycle: 'EXPIRED', authority: 'NONE' }], ['revoked', { lifecycle: 'REVOKED', authority: 'NONE' }],
    ['issued-in-error', { lifecycle: 'ISSUED_IN_ERROR', authority: 'NONE' }], ['unknown', { authority: 'UNKNOWN' }],
  ])('is %s', (status, changes) => {
    expect(extensionsOf(scope(changes))[0]?.extension?.[0]).toEqual({ url: 'status', valueCode: status });
  });

  test('keeps a probation, for which the profile has no word', () => {
    const [, probation] = extensionsOf(scope({ authority: 'LIMITED', encumbrances: [{ type: 'PROBATION', from: '2026-01-01', thru: '2030-12-31', codes: ['CARE'], action: 2, stayed: true }] }));
    expect(probation?.extension?.map(({ url }) => url)).toEqual(['type', 'whereValid', 'period', 'code', 'stayed']);
    expect(probation?.extension?.[0]).toEqual({ url: 'type', valueCode: 'PROBATION' });
    const derived = { type: 'PRIVILEGE_INACTIVE', from: '2026-01-01', codes: [], causedBy: { licence, event: 2, rule: 'nlc/1' } } as const;
    expect(extensionsOf(scope({ authority: 'NONE', derived: [derived] }))[1]?.extension?.at(-1)).toEqual({ url: 'causedBy', valueString: 'CA~ca-medical~MD~A1' });
  });
});

const folder = process.env['MEDACCORD_FHIR_EXAMPLES_DIR'];
const withExamples = folder !== undefined && existsSync(folder) ? describe : describe.skip;
if (withExamples === describe.skip) process.stderr.write('Skipped: HL7’s own examples, as MEDACCORD_FHIR_EXAMPLES_DIR names no folder with them (HL7-VhDir, HL7-fhir-us-ndh).\n');

withExamples('beside HL7’s own examples', () => {
  const read = (...path: readonly string[]): string => readFileSync(join(folder ?? '', ...path), 'utf8').replaceAll(/<!--[\s\S]*?-->/g, '');

  test('every coded field names the code system that the example of a licence names', () => {
    const xml = read('HL7-VhDir', 'input', 'examples', 'verificationresult-example-license.xml');
    const result = resultOf();
    const [source] = result.primarySource ?? [];
    const ours = { ...result, ...source } as Readonly<Record<string, unknown>>;
    const systemOf = (concepts: unknown): string | undefined => [concepts as CodeableConcept | CodeableConcept[]].flat()[0]?.coding?.[0]?.system;
    const fields = ['need', 'validationType', 'validationProcess', 'failureAction', 'type', 'communicationMethod', 'validationStatus', 'canPushUpdates', 'pushTypeAvailable'];
    const theirs = fields.map((field) => new RegExp(`<${field}>\\s*<coding>\\s*<system value="([^"]+)"`).exec(xml)?.[1]);
    expect(fields.map((field) => systemOf(ours[field]))).toEqual(theirs);
  });

  test('every field that the directory’s example of a verified licence has, ours has', () => {
    const fsh = read('HL7-fhir-us-ndh', 'input', 'fsh', 'Example-VerificationResult.fsh');
    const instance = fsh.slice(fsh.indexOf('Instance: Verify-JoeSmith\n'), fsh.indexOf('Instance: Verify-JoeSmith-2'));
    const fields = new Set([...instance.matchAll(/^\* ([A-Za-z]+)/gm)].map(([, field]) => field ?? ''));
    // Of a licence the board is asked; what the clinician says is a receipt of its own.
    fields.delete('attestation');
    expect([...fields].filter((field) => !Object.keys(resultOf()).includes(field))).toEqual([]);
    const [source] = resultOf().primarySource ?? [];
    const parts = [...instance.matchAll(/^\* primarySource\[[^\]]+\]\.([A-Za-z]+)/gm)].map(([, part]) => part ?? '');
    expect(parts.filter((part) => source === undefined || !Object.keys(source).includes(part))).toEqual([]);
  });

  test('a qualification tells the state by the same code system, and the licence’s type by the directory’s', () => {
    const xml = read('HL7-VhDir', 'input', 'examples', 'practitioner-example-washington.xml');
    const fsh = read('HL7-fhir-us-ndh', 'input', 'fsh', 'Example-Practitioner.fsh');
    expect(/<extension url="whereValid">\s*<valueCodeableConcept>\s*<coding>\s*<system value="([^"]+)"/.exec(xml)?.[1]).toBe('https://www.usps.com/');
    expect(fsh).toContain('extension[scope].extension[status].valueCode');
    expect(fsh).toContain('extension[scope].extension[whereValid].valueCodeableConcept');
  });
});
