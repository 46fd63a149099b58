import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { Attributes } from '../authority/attributes.js';
import { DevelopmentIssuer } from '../authority/development-issuer.js';
import type { CertificateProfile, Issuer, NodeRole, Validity } from '../authority/issuer.js';
import { generatePrivateKey, privateKeyFromPem, privateKeyToPem } from '../authority/key-pair.js';
import { IdentityError } from '../identity-error.js';
import { readIfPresent, writeWhereDifferent, writeWhole } from './durable-file.js';
import { revocationListPath, writeTrustAnchors } from './msp-folder.js';
import { type NodePaths, type OrganizationKind, OrganizationPaths } from './organization-paths.js';
import { SigningIdentity } from './signing-identity.js';

/** Names the organisation whose folders a tree holds. */
export interface OrganizationTreeOptions {
  /** The folder that holds `peerOrganizations` and `ordererOrganizations`. */
  readonly root: string;
  readonly domain: string;
  readonly mspId: string;
  readonly kind?: OrganizationKind;
  /** The organisation's certificate authority; the development authority with keys under `root` where omitted. */
  readonly issuer?: Issuer;
}

/** What to issue for a user. */
export interface UserRequest {
  /** Without the domain, for example `gateway`. */
  readonly name: string;
  readonly role?: Extract<NodeRole, 'admin' | 'client'>;
  readonly attributes?: Attributes;
  readonly validity?: Validity;
}

/** TLS material of a node, PEM. */
export interface TlsMaterial {
  readonly certificate: string;
  readonly privateKey: string;
  readonly caCertificate: string;
}

/**
 * One organisation's identities on disk, in the layout of Fabric's own tools. Everything is idempotent: what is there is
 * kept, what is missing is issued.
 */
export class OrganizationTree {
  private constructor(
    readonly mspId: string,
    readonly paths: OrganizationPaths,
    readonly issuer: Issuer,
  ) {}

  /** Opens the organisation's folder, writing its authorities and verifying MSP where they are missing. */
  static async open(options: OrganizationTreeOptions): Promise<OrganizationTree> {
    const paths = new OrganizationPaths(options.root, options.domain, options.kind);
    const issuer = options.issuer ?? (await DevelopmentIssuer.open(paths));
    const tree = new OrganizationTree(options.mspId, paths, issuer);
    await tree.writeAnchors(paths.msp);
    return tree;
  }

  /** Issues identity and TLS certificate of a peer or orderer, for example `peer0.hospital.example`. */
  async addNode(host: string, alternativeNames: readonly string[] = ['localhost', '127.0.0.1']): Promise<NodePaths> {
    const node = this.paths.node(host);
    const role = this.paths.kind === 'peer' ? 'peer' : 'orderer';
    const hosts = [...new Set([host, host.split('.')[0] ?? host, ...alternativeNames])];
    await this.writeNode(node, { name: host, role, attributes: {}, hosts });
    return node;
  }

  /** Issues a user's certificates. An existing user keeps its own, whatever the request says. */
  async addUser(request: UserRequest): Promise<NodePaths> {
    const user = this.paths.user(request.name);
    const { role = 'client', attributes = {} } = request;
    const validity = request.validity === undefined ? {} : { validity: request.validity };
    await this.writeNode(user, { name: `${request.name}@${this.paths.domain}`, role, attributes, hosts: [], ...validity });
    return user;
  }

  /** Puts a user's certificate on the organisation's revocation list (`msp/crls`); the channel must be told of the list. */
  async revokeUser(name: string): Promise<void> {
    await this.issuer.revoke(await this.read(this.paths.user(name).certificate));
    const list = await this.issuer.revocationList();
    if (list !== undefined) {
      await writeWhereDifferent(revocationListPath(this.paths.msp), list);
    }
  }

  /** The signing identity of a user; throws IDENTITY_NOT_FOUND. */
  async user(name: string): Promise<SigningIdentity> {
    return this.signingIdentity(this.paths.user(name));
  }

  /** The signing identity of a peer or orderer; throws IDENTITY_NOT_FOUND. */
  async node(host: string): Promise<SigningIdentity> {
    return this.signingIdentity(this.paths.node(host));
  }

  /** The TLS material of a peer or orderer; throws IDENTITY_NOT_FOUND. */
  async nodeTls(host: string): Promise<TlsMaterial> {
    return this.tls(this.paths.node(host));
  }

  /** The TLS material of a user, for connections that both ends authenticate; throws IDENTITY_NOT_FOUND. */
  async userTls(name: string): Promise<TlsMaterial> {
    return this.tls(this.paths.user(name));
  }

  private async signingIdentity(paths: NodePaths): Promise<SigningIdentity> {
    const [certificate, key] = [await this.read(paths.certificate), await this.read(paths.privateKey)];
    return new SigningIdentity(this.mspId, certificate, privateKeyFromPem(key));
  }

  private async tls(paths: NodePaths): Promise<TlsMaterial> {
    return {
      certificate: await this.read(paths.tlsCertificate),
      privateKey: await this.read(paths.tlsPrivateKey),
      caCertificate: await this.read(paths.tlsCaCertificate),
    };
  }

  private async read(path: string): Promise<string> {
    try {
      return await readFile(path, 'utf8');
    } catch (cause) {
      throw new IdentityError('IDENTITY_NOT_FOUND', `${this.mspId} has no identity at ${path}`, { cause });
    }
  }

  private async writeAnchors(directory: string): Promise<void> {
    await writeTrustAnchors(directory, {
      identityAuthority: { file: this.paths.identityAuthority.certificate, pem: this.issuer.authorities.identity },
      tlsAuthority: { file: this.paths.tlsAuthority.certificate, pem: this.issuer.authorities.tls },
    });
  }

  private async writeNode(paths: NodePaths, holder: Holder): Promise<void> {
    await this.writeAnchors(paths.msp);
    await this.writePair('identity', paths.certificate, paths.privateKey, holder);
    await writeWhereDifferent(paths.tlsCaCertificate, this.issuer.authorities.tls);
    // The TLS certificate lives its full time, also where a test wants an expired identity.
    await this.writePair('tls', paths.tlsCertificate, paths.tlsPrivateKey, { ...holder, validity: undefined });
  }

  private async writePair(profile: CertificateProfile, certificatePath: string, keyPath: string, holder: Holder): Promise<void> {
    if ((await readIfPresent(certificatePath)) !== undefined && (await readIfPresent(keyPath)) !== undefined) {
      return;
    }
    const key = await generatePrivateKey();
    const { validity, ...rest } = holder;
    const certificate = await this.issuer.enrol({ ...rest, profile, key, ...(validity === undefined ? {} : { validity }) });
    await writeWhole(keyPath, privateKeyToPem(key), 'secret');
    await writeWhole(certificatePath, certificate);
  }
}

interface Holder {
  readonly name: string;
  readonly role: NodeRole;
  readonly attributes: Attributes;
  readonly hosts: readonly string[];
  readonly validity?: Validity | undefined;
}

/** The folder of organisations below a network's directory. */
export function organizationsPath(directory: string): string {
  return join(directory, 'organizations');
}
