import { executionBy } from '../members/testing/executions.js';
import { licence } from '../licences/testing/timelines.js';
import { toHex } from '../shared/bytes.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { practitionerActBytes } from '../verification/practitioner-act.js';
import { introducePractitioner, withdrawPractitioner } from './practitioner-certificate.js';
import type { IntroducePractitioner, PractitionerContext } from './practitioner-certificate.js';
import type { LinkEvent, ProviderLinks } from './provider-links.js';

const npi = '1234567893';
const assertion: LinkEvent = { sequence: 1, type: 'ASSERT', mspId: 'BoardMSP', byBoard: true, recordedAt: '2026-01-01T00:00:00.000Z', subject: '', txId: '' };
const links = (...events: readonly LinkEvent[]): readonly ProviderLinks[] => [{ schema: 'provider-links/v1', npi, jurisdiction: 'CA', links: [{ licence, events }] }];
const certificate = { fingerprint: 'f'.repeat(64), publicKey: 'key', expires: '2027-01-01T00:00:00.000Z', role: 'practitioner', npi, isOfSendersAuthority: true };
const command: IntroducePractitioner = { npi, certificate: 'pem', authority: 'pem', possession: 'signed' };
const context: PractitionerContext = {
  existing: undefined, certificate, links: links(assertion), channel: 'medaccord',
  verify: (key, bytes, signature) => key === 'key' && signature === 'signed' && toHex(bytes) === toHex(practitionerActBytes('medaccord', 'BoardMSP', { act: 'possession', npi })),
};
const introduced = { schema: 'practitioner-certificate/v1', fingerprint: certificate.fingerprint, publicKey: 'key', expires: certificate.expires, npi, mspId: 'BoardMSP', introducedAt: '2026-03-10T12:00:00.000Z' } as const;

describe('a practitioner’s certificate', () => {
  test('is introduced by the board whose licence the practitioner holds, once', () => {
    expect(introducePractitioner(command, context, executionBy('board'))).toEqual(introduced);
    expect(introducePractitioner(command, { ...context, existing: introduced }, executionBy('board'))).toBeUndefined();
  });

  test.each<[string, Partial<PractitionerContext>, string]>([
    ['of another authority than the board’s', { certificate: { ...certificate, isOfSendersAuthority: false } }, 'CERTIFICATE_NOT_OF_AUTHORITY'],
    ['in another role', { certificate: { ...certificate, role: 'registrar' } }, 'CERTIFICATE_NOT_OF_PRACTITIONER'],
    ['that names another NPI', { certificate: { ...certificate, npi: '1003357849' } }, 'CERTIFICATE_NOT_OF_PRACTITIONER'],
    ['that names no NPI', { certificate: { ...certificate, npi: undefined } }, 'CERTIFICATE_NOT_OF_PRACTITIONER'],
    ['that has expired', { certificate: { ...certificate, expires: '2026-03-10T12:00:00.000Z' } }, 'SIGNER_EXPIRED'],
    ['of somebody who holds no licence', { links: [] }, 'PRACTITIONER_NOT_LICENSED'],
    ['of somebody whose licence the board denies', { links: links(assertion, { ...assertion, sequence: 2, type: 'DISPUTE' }) }, 'PRACTITIONER_NOT_LICENSED'],
    ['of somebody whose licence only others vouch for', { links: links({ ...assertion, type: 'PROPOSE', mspId: 'HospitalMSP', byBoard: false }, { ...assertion, sequence: 2, type: 'CONFIRM', mspId: 'InsurerMSP', byBoard: false }) }, 'PRACTITIONER_NOT_LICENSED'],
    ['whose key nobody shows', { verify: () => false }, 'SIGNATURE_INVALID'],
    ['that was withdrawn', { existing: { ...introduced, withdrawnAt: '2026-03-01T00:00:00.000Z' } }, 'SIGNER_WITHDRAWN'],
  ])('%s is not introduced', (_, changes, code) => {
    expect(refusalOf(() => introducePractitioner(command, { ...context, ...changes }, executionBy('board')))).toBe(code);
  });

  test('is not introduced by another board', () => {
    expect(refusalOf(() => introducePractitioner(command, context, executionBy('otherBoard')))).toBe('PRACTITIONER_NOT_LICENSED');
  });

  test('is withdrawn by the board that introduced it, for ever', () => {
    const withdrawn = withdrawPractitioner(introduced, executionBy('board'));
    expect(withdrawn).toEqual({ ...introduced, withdrawnAt: '2026-03-10T12:00:00.000Z' });
    expect(withdrawPractitioner(withdrawn, executionBy('board'))).toBeUndefined();
    for (const [existing, who] of [[introduced, 'otherBoard'], [undefined, 'board']] as const) expect(refusalOf(() => withdrawPractitioner(existing, executionBy(who)))).toBe('SIGNER_UNKNOWN');
  });
});
