import { createHash, X509Certificate } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import type { NodeRole } from '../authority/issuer.js';
import { IdentityError } from '../identity-error.js';
import { MspIdentity } from './msp-identity.js';
import { type Principal, readPrincipal } from './principal.js';
import { RevocationList } from './revocation.js';

interface NodeOu {
  readonly role: NodeRole;
  readonly unit: string;
  /** Hash of the authority chain that the unit is bound to; undefined where any of the organisation's will do. */
  readonly certifiersId: Buffer | undefined;
}

/** One organisation's membership rules, as its entry in the channel configuration states them (X.509 type). */
export class Msp {
  readonly mspId: string;
  readonly tlsRootCertificates: readonly string[];
  private readonly roots: readonly X509Certificate[];
  private readonly intermediates: readonly X509Certificate[];
  private readonly admins: ReadonlySet<string>;
  private readonly revocationLists: readonly RevocationList[];
  private readonly nodeOus: readonly NodeOu[] | undefined;
  private readonly identities = new Map<string, MspIdentity>();

  /** Throws MSP_CONFIGURATION_INVALID. */
  constructor(configuration: msp.FabricMSPConfig) {
    this.mspId = configuration.getName();
    this.roots = configuration.getRootCertsList_asU8().map(readCertificate);
    if (this.roots.length === 0) {
      throw new IdentityError('MSP_CONFIGURATION_INVALID', 'expected at least one CA certificate');
    }
    this.intermediates = configuration.getIntermediateCertsList_asU8().map(readCertificate);
    this.admins = new Set(configuration.getAdminsList_asU8().map((pem) => fingerprint(readCertificate(pem))));
    this.revocationLists = configuration.getRevocationListList_asU8().map((bytes) => new RevocationList(bytes));
    this.tlsRootCertificates = configuration.getTlsRootCertsList_asU8().map((pem) => Buffer.from(pem).toString());
    this.nodeOus = readNodeOus(configuration.getFabricNodeOus());
    if (this.admins.size === 0 && !(this.nodeOus?.some(({ role }) => role === 'admin') ?? false)) {
      throw new IdentityError('MSP_CONFIGURATION_INVALID', 'administrators must be declared when no admin ou classification is set');
    }
  }

  /** Reads a certificate (PEM) as an identity of this organisation; throws where it does not chain to its authorities. */
  identity(pem: Uint8Array): MspIdentity {
    const key = Buffer.from(pem).toString('latin1');
    const known = this.identities.get(key);
    if (known !== undefined) {
      return known;
    }
    const certificate = readIdentityCertificate(key);
    const identity = new MspIdentity(this.mspId, certificate, this.chainOf(certificate), this);
    this.identities.set(key, identity);
    return identity;
  }

  /** Why the organisation does not stand by an identity of its own; undefined where it does. */
  whyInvalid(identity: MspIdentity): IdentityError | undefined {
    if (identity.certificate.ca) {
      return new IdentityError('IDENTITY_UNTRUSTED', 'could not obtain certification chain: An X509 certificate with Basic Constraint: Certificate Authority equals true cannot be used as an identity');
    }
    const isRevoked = identity.chain.slice(0, 1).some((issuer) => this.revocationLists.some((list) => list.revokes(identity.certificate, issuer)));
    if (isRevoked) {
      return new IdentityError('IDENTITY_REVOKED', 'could not validate identity against certification chain: The certificate has been revoked');
    }
    return this.whyUnclassified(identity);
  }

  /** True where an identity of this organisation matches the principal. */
  satisfies(identity: MspIdentity, principal: msp.MSPPrincipal): boolean {
    return this.matches(identity, readPrincipal(principal));
  }

  private matches(identity: MspIdentity, principal: Principal): boolean {
    switch (principal.kind) {
      case 'role':
        return principal.mspId === this.mspId && this.hasRole(identity, principal.role);
      case 'unit':
        return principal.mspId === this.mspId && isInUnit(identity, principal);
      case 'identity':
        return this.isSame(identity, principal.serialized);
      case 'anonymity':
        return principal.nominal;
      case 'combined':
        return principal.all.every((part) => this.matches(identity, part));
      case 'unknown':
        return false;
    }
  }

  private hasRole(identity: MspIdentity, role: 'member' | NodeRole): boolean {
    if (role === 'admin' && this.admins.has(fingerprint(identity.certificate))) {
      return true;
    }
    return identity.isValid && (role === 'member' || this.hasUnitOf(identity, role));
  }

  private hasUnitOf(identity: MspIdentity, role: NodeRole): boolean {
    const nodeOu = this.nodeOus?.find((entry) => entry.role === role);
    return nodeOu !== undefined && identity.organizationalUnits.includes(nodeOu.unit);
  }

  private isSame(identity: MspIdentity, serialized: Uint8Array): boolean {
    const named = msp.SerializedIdentity.deserializeBinary(serialized);
    try {
      return named.getMspid() === this.mspId && this.identity(named.getIdBytes_asU8()).id === identity.id && identity.isValid;
    } catch {
      // A principal that names a certificate of nobody is satisfied by nobody.
      return false;
    }
  }

  private whyUnclassified(identity: MspIdentity): IdentityError | undefined {
    if (this.nodeOus === undefined) {
      return undefined;
    }
    const units = identity.organizationalUnits.flatMap((unit) => this.nodeOus?.filter((entry) => entry.unit === unit) ?? []);
    const [first] = units;
    if (first === undefined) {
      return unclassified(`the identity does not have an OU that resolves to client, peer, orderer, or admin role. OUs: [${identity.organizationalUnits.join(' ')}], MSP: [${this.mspId}]`);
    }
    if (units.some(({ certifiersId }) => certifiersId !== undefined && !certifiersId.equals(certifiersIdOf(identity.chain)))) {
      return unclassified(`certifiersIdentifier does not match: [${identity.organizationalUnits.join(' ')}], MSP: [${this.mspId}]`);
    }
    if (units.length > 1) {
      return unclassified(`the identity must have a client, a peer, an orderer, or an admin OU role to be valid, not a combination of them. OUs: [${identity.organizationalUnits.join(' ')}], MSP: [${this.mspId}]`);
    }
    return undefined;
  }

  /** Authorities from the nearest to the root, as they stood when the certificate began: blocks are validated years later. */
  private chainOf(certificate: X509Certificate): readonly X509Certificate[] {
    const chain: X509Certificate[] = [];
    let current = certificate;
    while (chain.length <= this.intermediates.length) {
      const root = this.roots.find((candidate) => issued(candidate, current));
      if (root !== undefined) {
        return validTogether(certificate, [...chain, root]);
      }
      const intermediate = this.intermediates.find((candidate) => issued(candidate, current));
      if (intermediate === undefined) {
        break;
      }
      chain.push(intermediate);
      current = intermediate;
    }
    throw new IdentityError('IDENTITY_UNTRUSTED', 'the supplied identity is not valid: x509: certificate signed by unknown authority');
  }
}

function isInUnit(identity: MspIdentity, { unit, certifiersId }: Extract<Principal, { kind: 'unit' }>): boolean {
  return identity.isValid && identity.organizationalUnits.includes(unit) && certifiersIdOf(identity.chain).equals(certifiersId);
}

function issued(authority: X509Certificate, certificate: X509Certificate): boolean {
  return authority.ca && authority.subject === certificate.issuer && certificate.verify(authority.publicKey);
}

/** Fabric takes one second after the certificate's beginning as the time at which the whole chain has to be valid. */
function validTogether(certificate: X509Certificate, chain: readonly X509Certificate[]): readonly X509Certificate[] {
  const moment = certificate.validFromDate.getTime() + 1000;
  if (![certificate, ...chain].every((one) => one.validFromDate.getTime() <= moment && moment <= one.validToDate.getTime())) {
    throw new IdentityError('IDENTITY_UNTRUSTED', 'the supplied identity is not valid: x509: certificate has expired or is not yet valid');
  }
  return chain;
}

function unclassified(reason: string): IdentityError {
  return new IdentityError('IDENTITY_UNCLASSIFIED', `could not validate identity's OUs: ${reason}`);
}

function readCertificate(pem: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new IdentityError('MSP_CONFIGURATION_INVALID', 'getCertFromPem error: failed to parse x509 cert', { cause });
  }
}

function readIdentityCertificate(pem: string): X509Certificate {
  if (!pem.includes('-----BEGIN')) {
    throw new IdentityError('IDENTITY_MALFORMED', 'could not decode the PEM structure');
  }
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch (cause) {
    throw new IdentityError('IDENTITY_MALFORMED', 'parseCertificate failed', { cause });
  }
  if (certificate.publicKey.asymmetricKeyType !== 'ec' || certificate.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new IdentityError('IDENTITY_MALFORMED', "could not validate identity's public key algorithm: only ECDSA on P-256 is supported");
  }
  return certificate;
}

function fingerprint(certificate: X509Certificate): string {
  return certificate.fingerprint256;
}

/** SHA-256 over the chain's authorities, which Fabric binds organisational units to. */
function certifiersIdOf(chain: readonly X509Certificate[]): Buffer {
  const hash = createHash('sha256');
  chain.forEach((certificate) => hash.update(certificate.raw));
  return hash.digest();
}

function readNodeOus(nodeOus: msp.FabricNodeOUs | undefined): readonly NodeOu[] | undefined {
  if (nodeOus?.getEnable() !== true) {
    return undefined;
  }
  const entries: [NodeRole, msp.FabricOUIdentifier | undefined][] = [
    ['client', nodeOus.getClientOuIdentifier()],
    ['peer', nodeOus.getPeerOuIdentifier()],
    ['admin', nodeOus.getAdminOuIdentifier()],
    ['orderer', nodeOus.getOrdererOuIdentifier()],
  ];
  const result = entries.flatMap(([role, identifier]) => {
    if (identifier === undefined) {
      return [];
    }
    const pem = identifier.getCertificate_asU8();
    // The unit is bound to the authority itself; chains through intermediates end at the same certificate.
    const certifiersId = pem.length === 0 ? undefined : certifiersIdOf([readCertificate(pem)]);
    return [{ role, unit: identifier.getOrganizationalUnitIdentifier(), certifiersId }];
  });
  return result.length === 0 ? undefined : result;
}
