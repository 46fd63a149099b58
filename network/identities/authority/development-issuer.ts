import { X509Certificate, X509Crl } from './x509.js';
import { IdentityError } from '../identity-error.js';
import type { AuthorityPaths, OrganizationPaths } from '../tree/organization-paths.js';
import { readIfPresent, writeWhole } from '../tree/durable-file.js';
import { revocationListPath } from '../tree/msp-folder.js';
import { CertificateAuthority } from './certificate-authority.js';
import type { AuthorityCertificates, EnrolmentRequest, Issuer } from './issuer.js';
import { privateKeyFromPem, privateKeyToPem } from './key-pair.js';

/**
 * The project's own certificate authority for development, tests and evaluation: both authorities' keys are files in the
 * organisation's `ca` and `tlsca` folders, as Fabric's development tool leaves them. Opening it again continues with the
 * same keys.
 */
export class DevelopmentIssuer implements Issuer {
  readonly authorities: AuthorityCertificates;

  private constructor(
    private readonly paths: OrganizationPaths,
    private readonly identity: CertificateAuthority,
    private readonly tls: CertificateAuthority,
  ) {
    this.authorities = { identity: pemOf(identity.certificate), tls: pemOf(tls.certificate) };
  }

  /** Opens the organisation's authorities, creating them where there are none. */
  static async open(paths: OrganizationPaths): Promise<DevelopmentIssuer> {
    const identity = await openAuthority(paths.identityAuthority, paths.domain);
    const tls = await openAuthority(paths.tlsAuthority, paths.domain);
    return new DevelopmentIssuer(paths, identity, tls);
  }

  async enrol(request: EnrolmentRequest): Promise<string> {
    const authority = request.profile === 'identity' ? this.identity : this.tls;
    return pemOf(await authority.issue(request));
  }

  async revoke(certificate: string): Promise<void> {
    const parsed = new X509Certificate(certificate);
    if (parsed.issuer !== this.identity.certificate.subject || !(await parsed.verify({ publicKey: this.identity.certificate, signatureOnly: true }))) {
      throw new IdentityError('CERTIFICATE_FOREIGN', `the certificate was not issued by ${this.paths.identityAuthority.commonName}`);
    }
    const revoked = await this.revokedSerialNumbers();
    if (revoked.has(parsed.serialNumber)) {
      return;
    }
    const list = await this.identity.revocationList([...revoked, parsed.serialNumber], new Date());
    await writeWhole(revocationListPath(this.paths.msp), `${list.toString('pem')}\n`);
  }

  async revocationList(): Promise<string | undefined> {
    return readIfPresent(revocationListPath(this.paths.msp));
  }

  private async revokedSerialNumbers(): Promise<ReadonlySet<string>> {
    const list = await this.revocationList();
    return new Set(list === undefined ? [] : new X509Crl(list).entries.map((entry) => entry.serialNumber));
  }
}

async function openAuthority(paths: AuthorityPaths, organisation: string): Promise<CertificateAuthority> {
  const certificate = await readIfPresent(paths.certificate);
  const key = await readIfPresent(paths.privateKey);
  if (certificate !== undefined && key !== undefined) {
    return CertificateAuthority.restore(certificate, privateKeyFromPem(key));
  }
  const authority = await CertificateAuthority.create(paths.commonName, organisation);
  // The certificate last: it is what tells the next run that the pair is complete.
  await writeWhole(paths.privateKey, privateKeyToPem(authority.privateKey), 'secret');
  await writeWhole(paths.certificate, pemOf(authority.certificate));
  return authority;
}

function pemOf(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}
