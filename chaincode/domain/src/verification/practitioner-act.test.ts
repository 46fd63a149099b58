import { refusalOf } from '../shared/testing/refusal.js';
import { HASH, idOf, NPI, Office, signatureOf } from '../credentialing/testing/office.js';
import type { PractitionerCertificate } from '../providers/practitioner-certificate.js';
import { practitionerActBytes } from './practitioner-act.js';
import type { PractitionerAct, PractitionerSignature } from './practitioner-act.js';
import type { ConsentDocument, RecordConsent } from './consent.js';

const OWNER = 'GeneralMSP';
const certificate: PractitionerCertificate = {
  schema: 'practitioner-certificate/v1', npi: NPI, mspId: 'BoardMSP', fingerprint: 'c'.repeat(64), publicKey: 'key of the practitioner', expires: '2027-01-01T00:00:00.000Z', introducedAt: '2026-01-01T00:00:00.000Z',
};
const release = { npi: NPI, elements: ['npdb'], from: '2026-01-01', thru: '2026-12-31', documentHash: HASH } as const;
const consentId = idOf('consent');
const consentAct: PractitionerAct = { act: 'consent', consentId, ...release };
const signed = (act: PractitionerAct, { key = certificate.publicKey, signer = certificate.fingerprint, channel = 'medaccord', owner = OWNER } = {}): PractitionerSignature => ({ signer, signature: signatureOf(key, practitionerActBytes(channel, owner, act)) });
const consent = (practitioner: PractitionerSignature, changes: Partial<RecordConsent> = {}): RecordConsent => ({ verb: 'recordConsent', consentId, consent: { ...release, recordedAs: 'practitioner-signed' }, practitioner, ...changes });

describe('a practitioner’s own act', () => {
  let office: Office;
  const newest = (): ConsentDocument => office.newest('consent', 'consent');

  beforeEach(() => {
    office = new Office('2026-02-01');
    office.practitioners = [certificate];
  });

  test('is a release with the practitioner’s signature, and its withdrawal; both are kept', () => {
    const practitioner = signed(consentAct);
    office.run(consent(practitioner));
    expect(newest().body).toEqual({ ...release, recordedAs: 'practitioner-signed', practitioner });
    const withdrawal = signed({ act: 'withdrawal', consentId, npi: NPI, reason: 'moved away' });
    office.run({ verb: 'withdrawConsent', consent: newest(), reason: 'moved away', practitioner: withdrawal });
    expect(newest().body).toMatchObject({ practitioner, withdrawn: { reason: 'moved away', practitioner: withdrawal } });
  });

  test('is a statement in a file, too', () => {
    office.run({ verb: 'openCredentialFile', fileId: idOf('file'), npi: NPI, profession: 'psychologist', jurisdiction: 'CA', payer: 'general', programme: 'ncqa-accreditation', recipe: 'common/2025-07', event: 'initial' });
    const file = office.file('file');
    const statement = { element: 'work-history', documentHash: HASH, signedOn: '2026-01-30' } as const;
    const practitioner = signed({ act: 'attestation', fileId: file.id, npi: NPI, ...statement });
    office.run({ verb: 'recordAttestation', file, ...statement, practitioner }, 'clerk');
    expect(office.file('file').body.attested).toEqual([{ ...statement, recordedAs: 'practitioner-signed', recordedBy: 'clerk', practitioner }]);
    expect(refusalOf(() => { office.run({ verb: 'recordAttestation', file: office.file('file'), ...statement, element: 'education', practitioner }); })).toBe('SIGNATURE_INVALID');
  });

  test.each<[string, PractitionerSignature, Partial<PractitionerCertificate>, string]>([
    ['by the key of somebody else', signed(consentAct, { key: 'key of an administrator' }), {}, 'SIGNATURE_INVALID'],
    ['with a certificate that no board introduced', signed(consentAct, { signer: 'd'.repeat(64) }), {}, 'SIGNER_UNKNOWN'],
    ['with the certificate of another practitioner', signed(consentAct), { npi: '1003357849' }, 'SIGNER_UNKNOWN'],
    ['with a certificate that was withdrawn', signed(consentAct), { withdrawnAt: '2026-01-31T00:00:00.000Z' }, 'SIGNER_WITHDRAWN'],
    ['with a certificate that has expired', signed(consentAct), { expires: '2026-02-01T12:00:00.000Z' }, 'SIGNER_EXPIRED'],
    ['over other days', signed({ ...consentAct, thru: '2026-11-30' }), {}, 'SIGNATURE_INVALID'],
    ['over another release with the same words', signed({ ...consentAct, consentId: idOf('other') }), {}, 'SIGNATURE_INVALID'],
    ['towards another organisation', signed(consentAct, { owner: 'OtherMSP' }), {}, 'SIGNATURE_INVALID'],
    ['on another channel', signed(consentAct, { channel: 'elsewhere' }), {}, 'SIGNATURE_INVALID'],
    ['under a withdrawal', signed({ act: 'withdrawal', consentId, npi: NPI, reason: 'x' }), {}, 'SIGNATURE_INVALID'],
  ])('is not what is signed %s', (_, practitioner, changes, code) => {
    office.practitioners = [{ ...certificate, ...changes }];
    expect(refusalOf(() => { office.run(consent(practitioner)); })).toBe(code);
  });

  test('is never claimed without the signature, nor denied with it', () => {
    const { practitioner: _, ...unsigned } = consent(signed(consentAct));
    expect(refusalOf(() => { office.run(unsigned); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { office.run(consent(signed(consentAct), { consent: { ...release, recordedAs: 'document-recorded' } })); })).toBe('INVALID_INPUT');
  });
});
