import { join } from 'node:path';

/** `peer` organisations run peers and have users; `orderer` organisations order. */
export type OrganizationKind = 'peer' | 'orderer';

/** Where Fabric's own tools put what belongs to one organisation. Every path is absolute where the root is. */
export class OrganizationPaths {
  /** `<root>/peerOrganizations/<domain>` or `<root>/ordererOrganizations/<domain>`. */
  readonly directory: string;

  constructor(
    readonly root: string,
    readonly domain: string,
    readonly kind: OrganizationKind = 'peer',
  ) {
    this.directory = join(root, `${kind}Organizations`, domain);
  }

  get identityAuthority(): AuthorityPaths {
    return authorityPaths(join(this.directory, 'ca'), `ca.${this.domain}`);
  }

  get tlsAuthority(): AuthorityPaths {
    return authorityPaths(join(this.directory, 'tlsca'), `tlsca.${this.domain}`);
  }

  /** The verifying MSP, which channel configurations are built from. */
  get msp(): string {
    return join(this.directory, 'msp');
  }

  /** A peer or orderer, for example `peer0.hospital.example`. */
  node(host: string): NodePaths {
    return nodePaths(join(this.directory, this.kind === 'peer' ? 'peers' : 'orderers', host), 'server');
  }

  /** A user's folder, for example `Admin@hospital.example`. */
  user(name: string): NodePaths {
    return nodePaths(join(this.directory, 'users', `${name}@${this.domain}`), 'client');
  }
}

/** Files of a certificate authority. */
export interface AuthorityPaths {
  readonly commonName: string;
  readonly directory: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/** Files of a node or user: its MSP folder and its TLS material. */
export interface NodePaths {
  readonly directory: string;
  readonly msp: string;
  readonly certificate: string;
  readonly privateKey: string;
  readonly tlsCertificate: string;
  readonly tlsPrivateKey: string;
  readonly tlsCaCertificate: string;
}

function authorityPaths(directory: string, commonName: string): AuthorityPaths {
  return { commonName, directory, certificate: join(directory, `${commonName}-cert.pem`), privateKey: join(directory, 'priv_sk') };
}

function nodePaths(directory: string, tlsName: 'server' | 'client'): NodePaths {
  const msp = join(directory, 'msp');
  const tls = join(directory, 'tls');
  return {
    directory,
    msp,
    certificate: join(msp, 'signcerts', 'cert.pem'),
    privateKey: join(msp, 'keystore', 'priv_sk'),
    tlsCertificate: join(tls, `${tlsName}.crt`),
    tlsPrivateKey: join(tls, `${tlsName}.key`),
    tlsCaCertificate: join(tls, 'ca.crt'),
  };
}
