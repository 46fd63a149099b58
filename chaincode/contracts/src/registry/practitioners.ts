import type { IntroducePractitioner, PractitionerCertificate, PractitionerContext, PractitionerQuery } from '@medaccord/domain';
import { readCertificate, verifySignature } from '../platform/certificates.js';
import { practitionerCertificateKey, practitionerCertificates, providerLinks } from './records.js';
import type { RegistryContext } from './registry-context.js';

/** What an introduction is judged by. Throws CERTIFICATE_UNREADABLE. */
export async function loadPractitionerContext(ctx: RegistryContext, { npi, certificate: pem, authority }: IntroducePractitioner): Promise<PractitionerContext> {
  const certificate = readCertificate(ctx.clientIdentity, pem, authority);
  const existing = await loadPractitioner(ctx, { npi, fingerprint: certificate.fingerprint });
  return { existing, certificate, links: await ctx.store.list(providerLinks, [npi]), channel: ctx.stub.getChannelID(), verify: verifySignature };
}

/** A practitioner's certificate, or undefined. */
export async function loadPractitioner(ctx: RegistryContext, query: PractitionerQuery): Promise<PractitionerCertificate | undefined> {
  return ctx.store.get(practitionerCertificates, practitionerCertificateKey(query));
}

/** Practitioners' certificates in the order asked; null for one that was not introduced for that NPI. */
export async function loadPractitioners(ctx: RegistryContext, queries: readonly PractitionerQuery[]): Promise<readonly (PractitionerCertificate | null)[]> {
  return (await ctx.store.getMany(practitionerCertificates, queries.map(practitionerCertificateKey))).map((found) => found ?? null);
}

/** Saves a certificate's record and tells of it. */
export async function savePractitioner(ctx: RegistryContext, practitioner: PractitionerCertificate, type: 'practitioner.introduced.v1' | 'practitioner.withdrawn.v1'): Promise<void> {
  await ctx.store.put(practitionerCertificates, practitionerCertificateKey(practitioner), practitioner);
  ctx.emit([{ type, id: `${practitioner.npi}~${practitioner.fingerprint}`, position: practitioner.withdrawnAt === undefined ? 1 : 2 }]);
}
