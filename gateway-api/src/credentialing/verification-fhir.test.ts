import { verify, X509Certificate } from 'node:crypto';
import { documentBytes } from '@medaccord/domain';
import type { VerificationDocument } from '@medaccord/domain';
import type { Practitioner, VerificationResult } from 'fhir/r4.js';
import { CredentialingWorld, NPI } from './testing/staff-office.js';

let world: CredentialingWorld;

beforeAll(async () => { world = await CredentialingWorld.start(); }, 300_000);
afterAll(async () => { await world.stop(); });

describe('HL7’s form', () => {
  test('of a receipt names the board’s answer and carries the organisation’s signature over it', async () => {
    const { gateway } = world.hospital;
    const id = await world.hospital.licenceVerified();
    const { status, headers, text } = await gateway.read(`/v1/verifications/${id}/fhir`, 'credentialing');
    const result = JSON.parse(text) as VerificationResult;
    const { newest } = await world.hospital.read<{ readonly newest: VerificationDocument }>(`/v1/verifications/${id}`);
    const [validator] = result.validator ?? [];

    expect([status, headers.get('content-type')]).toEqual([200, 'application/fhir+json; charset=utf-8']);
    expect(result).toMatchObject({ id, status: 'validated', target: [{ reference: `Practitioner/${NPI}` }], validator: [{ organization: { display: 'General Hospital' } }] });
    const { publicKey } = new X509Certificate(validator?.identityCertificate ?? '');
    const isSigned = (document: VerificationDocument): boolean => verify('sha256', documentBytes(document), publicKey, Buffer.from(validator?.attestationSignature?.data ?? '', 'base64'));
    expect([isSigned(newest), isSigned({ ...newest, version: 3 })]).toEqual([true, false]);
  });

  test('of a receipt is the office’s own to see, and asks for a programme that there is', async () => {
    const id = await world.hospital.licenceVerified();
    const codeOf = async (path: string, role = 'credentialing'): Promise<unknown> => (await world.hospital.gateway.read(path, role)).json['code'];

    expect(await codeOf(`/v1/verifications/${id}/fhir`, 'biller')).toBe('FORBIDDEN_ROLE');
    expect(await codeOf(`/v1/verifications/${id}/fhir?programme=none`)).toBe('INVALID_INPUT');
    expect(await codeOf(`/v1/verifications/${'0'.repeat(32)}/fhir`)).toBe('DOCUMENT_NOT_FOUND');
    expect((await world.otherHospital.gateway.read(`/v1/verifications/${id}/fhir`, 'credentialing')).json['code']).toBe('DOCUMENT_NOT_FOUND');
  });

  test('of a clinician follows the ledger: active, then inactive with the suspension told', async () => {
    const practitioner = async (): Promise<Practitioner> => JSON.parse((await world.hospital.gateway.read(`/v1/providers/${NPI}/fhir`, 'credentialing')).text) as Practitioner;
    const statusOf = ({ qualification }: Practitioner): unknown => qualification?.[0]?.extension?.[0]?.extension?.[0]?.valueCode;
    const before = await practitioner();
    await world.suspend();
    const after = await practitioner();

    expect(before).toMatchObject({ id: NPI, qualification: [{ identifier: [{ value: 'A1' }], code: { text: 'MD' }, issuer: { display: 'ca-medical' } }] });
    expect([statusOf(before), statusOf(after)]).toEqual(['active', 'inactive']);
    expect(after.qualification?.[0]?.extension?.[1]).toMatchObject({ url: 'urn:medaccord:fhir:encumbrance', extension: expect.arrayContaining([{ url: 'type', valueCode: 'SUSPENSION' }]) as object });
    expect((await world.hospital.gateway.read('/v1/providers/1234567890/fhir', 'credentialing')).json['code']).toBe('INVALID_INPUT');
    expect((await world.hospital.gateway.read('/v1/providers/1003357849/fhir', 'credentialing')).json['code']).toBe('PROVIDER_NOT_FOUND');
  });
});
