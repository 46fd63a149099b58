import { webcrypto, X509Certificate } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { CertificateAuthority } from '../authority/certificate-authority.js';
import { generatePrivateKey } from '../authority/key-pair.js';
import type { NodeRole } from '../authority/issuer.js';
import { X509CertificateGenerator } from '../authority/x509.js';
import { refusal } from '../testing/refusal.js';
import { Msp } from './msp.js';
import type { MspIdentity } from './msp-identity.js';
import { rolePrincipal } from './principal.js';

const DAY_MS = 86_400_000;
let authority: CertificateAuthority;
let other: CertificateAuthority;

beforeAll(async () => {
  [authority, other] = [await CertificateAuthority.create('ca.ward.example', 'ward.example'), await CertificateAuthority.create('ca.other.example', 'other.example')];
});

/** The certificate of a new identity of the authority, PEM. */
async function pemOf(role: NodeRole, by: CertificateAuthority = authority): Promise<Buffer> {
  const certificate = await by.issue({ profile: 'identity', name: `${role}@ward.example`, role, attributes: {}, hosts: [], key: await generatePrivateKey() });
  return Buffer.from(certificate.toString('pem'));
}

function unit(name: string, certifier?: CertificateAuthority): msp.FabricOUIdentifier {
  const identifier = new msp.FabricOUIdentifier();
  identifier.setOrganizationalUnitIdentifier(name);
  if (certifier !== undefined) {
    identifier.setCertificate(Buffer.from(certifier.certificate.toString('pem')));
  }
  return identifier;
}

/** The units by which an organisation tells its roles apart; all four where nothing else is said. */
function units(change: (nodeOus: msp.FabricNodeOUs) => void = () => undefined): msp.FabricNodeOUs {
  const nodeOus = new msp.FabricNodeOUs();
  nodeOus.setEnable(true);
  nodeOus.setClientOuIdentifier(unit('client'));
  nodeOus.setPeerOuIdentifier(unit('peer'));
  nodeOus.setAdminOuIdentifier(unit('admin'));
  nodeOus.setOrdererOuIdentifier(unit('orderer'));
  change(nodeOus);
  return nodeOus;
}

/** Ward's membership rules, changed. */
function ward(change: (configuration: msp.FabricMSPConfig) => void = () => undefined): Msp {
  const configuration = new msp.FabricMSPConfig();
  configuration.setName('WardMSP');
  configuration.setRootCertsList([Buffer.from(authority.certificate.toString('pem'))]);
  configuration.setFabricNodeOus(units());
  change(configuration);
  return new Msp(configuration);
}

function rolesOf(identity: MspIdentity): readonly string[] {
  return (['member', 'admin', 'client', 'peer', 'orderer'] as const).filter((role) => identity.satisfies(rolePrincipal('WardMSP', role)));
}

describe('a configuration', () => {
  test('names at least one authority', () => {
    expect(() => ward((configuration) => { configuration.setRootCertsList([]); })).toThrow(refusal('MSP_CONFIGURATION_INVALID', 'expected at least one CA certificate'));
  });

  test('says who is administrator: by a unit, or by certificate', async () => {
    const admin = await pemOf('client');
    const withoutUnit = (configuration: msp.FabricMSPConfig): void => { configuration.setFabricNodeOus(units((nodeOus) => { nodeOus.clearAdminOuIdentifier(); })); };
    expect(() => ward(withoutUnit)).toThrow(refusal('MSP_CONFIGURATION_INVALID', /administrators must be declared/));
    expect(() => ward((configuration) => { configuration.clearFabricNodeOus(); })).toThrow(refusal('MSP_CONFIGURATION_INVALID'));
    expect(() => ward((configuration) => { withoutUnit(configuration); configuration.setAdminsList([admin]); })).not.toThrow();
  });

  test('holds readable certificates', () => {
    expect(() => ward((configuration) => { configuration.setRootCertsList([Buffer.from('no certificate')]); })).toThrow(refusal('MSP_CONFIGURATION_INVALID', /failed to parse x509 cert/));
  });
});

describe('roles', () => {
  let pem: Buffer;
  beforeAll(async () => { pem = await pemOf('client'); });

  test('an administrator who is named by certificate is one whatever its unit, and nobody else is', async () => {
    const [named, client] = [await pemOf('client'), await pemOf('client')];
    const members = ward((configuration) => { configuration.setAdminsList([named]); });
    expect(rolesOf(members.identity(named))).toEqual(['member', 'admin', 'client']);
    expect(rolesOf(members.identity(client))).toEqual(['member', 'client']);
  });

  test('without units everybody is a member and nothing else', async () => {
    const admin = await pemOf('client');
    const members = ward((configuration) => { configuration.setAdminsList([admin]); configuration.setFabricNodeOus(units((nodeOus) => { nodeOus.setEnable(false); })); });
    expect(rolesOf(members.identity(await pemOf('peer')))).toEqual(['member']);
  });

  test('an identity whose unit is none of the organisation’s is no member', async () => {
    const members = ward((configuration) => { configuration.setFabricNodeOus(units((nodeOus) => { nodeOus.clearPeerOuIdentifier(); })); });
    const peer = members.identity(await pemOf('peer'));
    expect(() => { peer.validate(); }).toThrow(refusal('IDENTITY_UNCLASSIFIED', /does not have an OU that resolves/));
    expect(rolesOf(peer)).toEqual([]);
  });

  test('an identity with a unit of two roles is no member', () => {
    const members = ward((configuration) => { configuration.setFabricNodeOus(units((nodeOus) => { nodeOus.setPeerOuIdentifier(unit('client')); })); });
    expect(() => { members.identity(pem).validate(); }).toThrow(refusal('IDENTITY_UNCLASSIFIED', /not a combination of them/));
  });
  test('a unit that is bound to an authority counts only where that authority issued', () => {
    const bound = (to: CertificateAuthority): MspIdentity =>
      ward((configuration) => { configuration.setFabricNodeOus(units((nodeOus) => { nodeOus.setClientOuIdentifier(unit('client', to)); })); }).identity(pem);
    expect(rolesOf(bound(authority))).toEqual(['member', 'client']);
    expect(() => { bound(other).validate(); }).toThrow(refusal('IDENTITY_UNCLASSIFIED', /certifiersIdentifier does not match/));
  });

  test('another organisation’s identity and role principals are not satisfied', () => {
    const identity = ward().identity(pem);
    const serialized = new msp.SerializedIdentity();
    serialized.setMspid('OtherMSP');
    serialized.setIdBytes(pem);
    const principal = new msp.MSPPrincipal();
    principal.setPrincipalClassification(2);
    principal.setPrincipal(serialized.serializeBinary());
    expect(identity.satisfies(principal)).toBe(false);
    expect(identity.satisfies(rolePrincipal('OtherMSP', 'member'))).toBe(false);
  });
});

describe('a certificate', () => {
  test('of an authority that is none of the organisation’s is refused', async () => {
    const pretender = await pemOf('client', other);
    const members = ward((configuration) => { configuration.setRootCertsList([Buffer.from(authority.certificate.toString('pem')), Buffer.from(other.certificate.toString('pem'))]); });
    expect(() => members.identity(pretender)).not.toThrow();
    expect(() => ward().identity(pretender)).toThrow(refusal('IDENTITY_UNTRUSTED', /unknown authority/));
  });

  test('that an authority of the same name issued is refused', async () => {
    const pretender = await pemOf('client', await CertificateAuthority.create('ca.ward.example', 'ward.example'));
    expect(() => ward().identity(pretender)).toThrow(refusal('IDENTITY_UNTRUSTED', /unknown authority/));
  });

  test('that the authority’s key signed under another name is refused', async () => {
    const pem = await pemOf('client', await CertificateAuthority.restore(other.certificate.toString('pem'), authority.privateKey));
    expect(() => ward().identity(pem)).toThrow(refusal('IDENTITY_UNTRUSTED', /unknown authority/));
  });

  test('that an identity issued, which is no authority, is refused', async () => {
    const key = await generatePrivateKey();
    const identity = await authority.issue({ profile: 'identity', name: 'clerk@ward.example', role: 'client', attributes: {}, hosts: [], key });
    const issued = await pemOf('client', await CertificateAuthority.restore(identity.toString('pem'), key));
    const members = ward((configuration) => { configuration.setIntermediateCertsList([Buffer.from(identity.toString('pem'))]); });
    expect(() => members.identity(issued)).toThrow(refusal('IDENTITY_UNTRUSTED', /unknown authority/));
  });

  test('of an authority that vouches for itself among the intermediate ones alone is refused', async () => {
    const pretender = await pemOf('client', other);
    const certificates = [other, await CertificateAuthority.create('ca.third.example', 'third.example')].map(({ certificate }) => Buffer.from(certificate.toString('pem')));
    const members = ward((configuration) => { configuration.setIntermediateCertsList(certificates); });
    expect(() => members.identity(pretender)).toThrow(refusal('IDENTITY_UNTRUSTED', /unknown authority/));
  });

  test.each([
    ['RSA', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }],
    ['another curve', { name: 'ECDSA', namedCurve: 'P-384' }],
  ])('with a key of %s is refused', async (_kind, algorithm) => {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.createSelfSigned({ name: 'CN=odd', keys, signingAlgorithm: { name: algorithm.name, hash: 'SHA-256' } });
    expect(() => ward().identity(Buffer.from(certificate.toString('pem')))).toThrow(refusal('IDENTITY_MALFORMED', /only ECDSA on P-256 is supported/));
  });

  test('is revoked by a list of its own authority alone', async () => {
    const pem = await pemOf('client');
    const serial = new X509Certificate(pem).serialNumber;
    const listOf = async (by: CertificateAuthority): Promise<Buffer> => Buffer.from((await by.revocationList([serial], new Date())).toString('pem'));
    const isValid = (list: Buffer): boolean => ward((configuration) => { configuration.setRevocationListList([list]); }).identity(pem).isValid;
    // Another authority with the same key identifier cannot sign for this one.
    const forged = await CertificateAuthority.restore(authority.certificate.toString('pem'), await generatePrivateKey());
    expect([isValid(await listOf(authority)), isValid(await listOf(other)), isValid(await listOf(forged))]).toEqual([false, true, true]);
  });

  test('without PEM armour is refused', () => {
    expect(() => ward().identity(Buffer.from('just text'))).toThrow(refusal('IDENTITY_MALFORMED', 'could not decode the PEM structure'));
  });

  test('that begins when its authority has ended is refused', async () => {
    const [begin, end] = [new Date(Date.now() - 10 * DAY_MS), new Date(Date.now() - 5 * DAY_MS)];
    const brief = await CertificateAuthority.create('ca.brief.example', 'brief.example', { notBefore: begin, notAfter: end });
    const late = await pemOf('client', brief);
    const members = ward((configuration) => { configuration.setRootCertsList([Buffer.from(brief.certificate.toString('pem'))]); });
    expect(() => members.identity(late)).toThrow(refusal('IDENTITY_UNTRUSTED', /expired or is not yet valid/));
  });
});
