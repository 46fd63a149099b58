import { type KeyObject, randomBytes } from 'node:crypto';
import { AuthorityKeyIdentifierExtension, X509Certificate } from '../../identities/authority/x509.js';
import { type AuthorityCertificates, type EnrolmentRequest, generatePrivateKey, type Issuer } from '../../identities/index.js';
import { FabricError } from '../fabric-error.js';
import { ALREADY_REGISTERED, ALREADY_REVOKED, FabricCaClient, type FabricCaCaller, type FabricCaEndpoint, FabricCaRefusal, type Registration } from './fabric-ca-client.js';

/** A certificate authority of an organisation's Fabric CA, and the registrar that this issuer acts as. */
export interface FabricCaAuthority {
  readonly endpoint: FabricCaEndpoint;
  readonly registrar: { readonly id: string; readonly secret: string };
}

/** An organisation's two authorities; both may be on one server under different names. */
export interface FabricCaAuthorities {
  readonly identity: FabricCaAuthority;
  readonly tls: FabricCaAuthority;
}

/**
 * Issues an organisation's certificates through its own Fabric CA. Private keys stay here; the authority sees certificate
 * requests. Validity is the server's own. Throws `FabricCaRefusal`.
 */
export class FabricCaIssuer implements Issuer {
  private constructor(
    readonly authorities: AuthorityCertificates,
    private readonly identity: Registrar,
    private readonly tls: Registrar,
  ) {}

  /** Enrols the registrars and reads the authorities' certificates. */
  static async open({ identity, tls }: FabricCaAuthorities): Promise<FabricCaIssuer> {
    const [identityRegistrar, tlsRegistrar] = [await Registrar.open(identity), await Registrar.open(tls)];
    return new FabricCaIssuer({ identity: identityRegistrar.authority, tls: tlsRegistrar.authority }, identityRegistrar, tlsRegistrar);
  }

  async enrol({ profile, name, role, attributes, hosts, key }: EnrolmentRequest): Promise<string> {
    const registration = { id: name, type: role, attributes: profile === 'identity' ? attributes : {} };
    return profile === 'identity' ? this.identity.issue(registration, key) : this.tls.issue(registration, key, { profile: 'tls', hosts });
  }

  async revoke(certificate: string): Promise<void> {
    await this.identity.revoke(new X509Certificate(certificate));
  }

  /** The authority's own list, also where it is empty: the server does not say whether anything was ever revoked. */
  async revocationList(): Promise<string | undefined> {
    return this.identity.revocationList();
  }
}

/** One authority with the registrar's own certificate. */
class Registrar {
  private constructor(
    private readonly client: FabricCaClient,
    private readonly caller: FabricCaCaller,
    readonly authority: string,
  ) {}

  static async open({ endpoint, registrar }: FabricCaAuthority): Promise<Registrar> {
    const client = new FabricCaClient(endpoint);
    const key = await generatePrivateKey();
    const certificate = await client.enrol({ id: registrar.id, key }, registrar.secret);
    return new Registrar(client, { certificate, key }, rootOf(await client.chain()));
  }

  /** Registers the identity where it is not, and enrols it with a secret that nobody keeps. */
  async issue(identity: Omit<Registration, 'secret'>, key: KeyObject, more: { readonly profile?: string; readonly hosts?: readonly string[] } = {}): Promise<string> {
    const registration = { ...identity, secret: randomBytes(24).toString('base64url') };
    try {
      await this.client.register(registration, this.caller);
    } catch (error) {
      if (!(error instanceof FabricCaRefusal) || error.caCode !== ALREADY_REGISTERED) throw error;
      await this.client.modify(registration, this.caller);
    }
    return this.client.enrol({ id: identity.id, key, ...more }, registration.secret);
  }

  async revoke(certificate: X509Certificate): Promise<void> {
    try {
      await this.client.revoke(certificate.serialNumber, certificate.getExtension(AuthorityKeyIdentifierExtension)?.keyId ?? '', this.caller);
    } catch (error) {
      if (!(error instanceof FabricCaRefusal) || error.caCode !== ALREADY_REVOKED) throw error;
    }
  }

  async revocationList(): Promise<string> {
    return this.client.revocationList(this.caller);
  }
}

/** The root's certificate; MSP folders of this project hold no intermediate authorities yet. */
function rootOf(chain: string): string {
  const certificates = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ?? [];
  const [root] = certificates;
  if (root === undefined || certificates.length > 1) {
    throw new FabricError('CA_REFUSED', `the authority's chain has ${certificates.length} certificates: only root authorities are supported`);
  }
  return root.endsWith('\n') ? root : `${root}\n`;
}
