import type { KeyObject } from 'node:crypto';
import type { Attributes } from './attributes.js';

/** What Fabric's MSP tells apart by the organisational unit of a certificate ("NodeOUs"). */
export type NodeRole = 'admin' | 'client' | 'peer' | 'orderer';

/** `identity` certificates sign for an organisation; `tls` certificates open connections and sign nothing. */
export type CertificateProfile = 'identity' | 'tls';

/** When a certificate is valid. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** What a certificate is wanted for. */
export interface EnrolmentRequest {
  readonly profile: CertificateProfile;
  /** Enrolment id, the certificate's common name, for example `gateway@hospital.example`. */
  readonly name: string;
  readonly role: NodeRole;
  readonly attributes: Attributes;
  /** Host names and IP addresses that the certificate is good for. */
  readonly hosts: readonly string[];
  /** The holder's private key. It does not leave this process: a remote authority is sent a request signed with it. */
  readonly key: KeyObject;
  /** The authority's own default where omitted. */
  readonly validity?: Validity;
}

/** The certificates of an organisation's two authorities, PEM. */
export interface AuthorityCertificates {
  readonly identity: string;
  readonly tls: string;
}

/**
 * Issues and revokes one organisation's certificates. Implemented by the development authority (files on this machine)
 * and, in production, by a client of the organisation's Fabric CA. Errors: `IdentityError`.
 */
export interface Issuer {
  readonly authorities: AuthorityCertificates;
  /** A certificate (PEM) for the key of the request. */
  enrol(request: EnrolmentRequest): Promise<string>;
  /** Puts an identity certificate (PEM) on the revocation list; again for one that is on it has no effect. */
  revoke(certificate: string): Promise<void>;
  /** The signed revocation list (PEM), undefined while nothing was ever revoked. */
  revocationList(): Promise<string | undefined>;
}
