import { X509Certificate } from 'node:crypto';
import { ATTRIBUTE_EXTENSION, readAttributes } from './attributes.js';
import { CertificateAuthority } from './certificate-authority.js';
import { createCertificateRequest } from './certificate-request.js';
import { readSigned } from './der.js';
import { decodeSignature, isLowS } from './ecdsa-signature.js';
import type { EnrolmentRequest } from './issuer.js';
import { generatePrivateKey } from './key-pair.js';
import { AuthorityKeyIdentifierExtension, Pkcs10CertificateRequest, SubjectKeyIdentifierExtension, type X509Certificate as Certificate } from './x509.js';

let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await CertificateAuthority.create('ca.ward.example', 'ward.example');
});

async function issue(change: Partial<EnrolmentRequest> = {}): Promise<{ parsed: Certificate; certificate: X509Certificate }> {
  const key = await generatePrivateKey();
  const parsed = await authority.issue({ profile: 'identity', name: 'clerk@ward.example', role: 'client', attributes: {}, hosts: [], key, ...change });
  return { parsed, certificate: new X509Certificate(parsed.toString('pem')) };
}

describe('the development authority', () => {
  test('signs certificates that its own certificate verifies', async () => {
    const { certificate, parsed } = await issue();
    const issuer = new X509Certificate(authority.certificate.toString('pem'));
    expect(certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.checkIssued(issuer)).toBe(true);
    expect(issuer.ca).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(parsed.getExtension(AuthorityKeyIdentifierExtension)?.keyId).toBe(authority.certificate.getExtension(SubjectKeyIdentifierExtension)?.keyId);
  });

  test('classifies identities by organisational unit, and gives TLS certificates none', async () => {
    expect((await issue({ role: 'admin' })).certificate.subject).toBe('OU=admin\nCN=clerk@ward.example');
    expect((await issue({ profile: 'tls' })).certificate.subject).toBe('CN=clerk@ward.example');
  });

  test('states attributes in the extension that the chaincode reads, not critical', async () => {
    const { parsed } = await issue({ attributes: { 'desk.number': '7' } });
    const extension = parsed.getExtension(ATTRIBUTE_EXTENSION);
    expect(Buffer.from(extension?.value ?? new ArrayBuffer(0)).toString()).toBe('{"attrs":{"desk.number":"7"}}');
    expect(extension?.critical).toBe(false);
    expect(readAttributes(extension)).toEqual({ 'desk.number': '7' });
    expect(readAttributes(null)).toEqual({});
  });

  test('names hosts and addresses in TLS certificates', async () => {
    const { certificate } = await issue({ profile: 'tls', hosts: ['peer0.ward.example', '127.0.0.1'] });
    expect(certificate.checkHost('peer0.ward.example')).toBe('peer0.ward.example');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('peer1.ward.example')).toBeUndefined();
  });

  test('gives the validity that was asked for, ten years otherwise', async () => {
    const validity = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2021-01-01T00:00:00Z') };
    expect((await issue({ validity })).certificate.validToDate).toEqual(validity.notAfter);
    const years = ((await issue()).certificate.validToDate.getTime() - Date.now()) / (365.25 * 86_400_000);
    expect(years).toBeCloseTo(10, 1);
  });

  test('signs with a low S, so that Fabric keeps the bytes as they are', async () => {
    const certificates = await Promise.all(Array.from({ length: 12 }, async () => (await issue()).parsed));
    for (const certificate of [...certificates, authority.certificate]) {
      const numbers = decodeSignature(readSigned(new Uint8Array(certificate.rawData)).signature);
      expect(numbers !== undefined && isLowS(numbers)).toBe(true);
    }
  });

  test('gives no serial number twice', async () => {
    const serials = await Promise.all(Array.from({ length: 10 }, async () => (await issue()).certificate.serialNumber));
    expect(new Set(serials).size).toBe(10);
  });
});

test('a certificate request is signed by its own key', async () => {
  const request = new Pkcs10CertificateRequest(await createCertificateRequest('clerk', await generatePrivateKey()));
  expect(request.subject).toBe('CN=clerk');
  expect(await request.verify()).toBe(true);
});
