import { common, msp } from '@hyperledger/fabric-protos';
import { createHash, sign, X509Certificate } from 'node:crypto';
import { decodeSignature, encodeSignature, isLowS } from '../authority/ecdsa-signature.js';
import { registryOf, testOrganisation } from '../testing/organisation.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { type OrganizationTree, SigningIdentity } from '../index.js';
import { MspRegistry } from './msp-registry.js';
import { type PrincipalRole, rolePrincipal } from './principal.js';
import { refusal } from '../testing/refusal.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const message = Buffer.from('proposal');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let ward: OrganizationTree;
let clinic: OrganizationTree;
let registry: MspRegistry;
let clerk: SigningIdentity;

beforeAll(async () => {
  folder = await temporaryFolder();
  [ward, clinic] = [await testOrganisation(folder.path, 'Ward'), await testOrganisation(folder.path, 'Clinic')];
  registry = await registryOf(ward, clinic);
  clerk = await ward.user('clerk');
});
afterAll(() => folder.remove());

function principal(classification: 0 | 1 | 2 | 3 | 4, bytes: Uint8Array): msp.MSPPrincipal {
  const result = new msp.MSPPrincipal();
  result.setPrincipalClassification(classification);
  result.setPrincipal(bytes);
  return result;
}

describe('reading an identity', () => {
  test('an organisation’s own certificate is recognised with its attributes', () => {
    const identity = registry.deserialize(clerk.serialize());
    expect(() => { identity.validate(); }).not.toThrow();
    expect(identity.mspId).toBe('WardMSP');
    expect(identity.attributes).toEqual({ 'desk.number': '7' });
    expect(identity.id).toBe(createHash('sha256').update(new X509Certificate(clerk.certificate).raw).digest('hex'));
  });

  test('is done once per certificate', () => {
    expect(registry.deserialize(clerk.serialize())).toBe(registry.deserialize(clerk.serialize()));
  });

  test('a certificate of another organisation’s authority is refused', () => {
    const foreign = new SigningIdentity('ClinicMSP', clerk.certificate, clerk.privateKey);
    expect(() => registry.deserialize(foreign.serialize())).toThrow(refusal('IDENTITY_UNTRUSTED', 'the supplied identity is not valid: x509: certificate signed by unknown authority'));
  });

  test('an organisation that the channel does not know is refused', () => {
    const stranger = new SigningIdentity('StrangerMSP', clerk.certificate, clerk.privateKey);
    expect(() => registry.deserialize(stranger.serialize())).toThrow(refusal('MSP_UNKNOWN', 'MSP StrangerMSP is not defined on channel'));
  });

  test.each(['no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])('%j is refused', (text) => {
    const malformed = new SigningIdentity('WardMSP', text, clerk.privateKey);
    expect(() => registry.deserialize(malformed.serialize())).toThrow(refusal('IDENTITY_MALFORMED'));
  });

  test('a TLS certificate is no identity', async () => {
    const tls = await ward.userTls('clerk');
    expect(() => registry.deserialize(new SigningIdentity('WardMSP', tls.certificate, clerk.privateKey).serialize())).toThrow(refusal('IDENTITY_UNTRUSTED'));
  });

  test('an authority’s own certificate is no identity', () => {
    const authority = registry.deserialize(new SigningIdentity('WardMSP', ward.issuer.authorities.identity, clerk.privateKey).serialize());
    expect(() => { authority.validate(); }).toThrow(refusal('IDENTITY_UNTRUSTED'));
  });

  test('an expired certificate is still recognised, because blocks are validated years later; its date is told', async () => {
    const notAfter = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
    await ward.addUser({ name: 'former', validity: { notBefore: new Date(notAfter.getTime() - 60_000), notAfter } });
    const identity = registry.deserialize((await ward.user('former')).serialize());
    expect(identity.isValid).toBe(true);
    expect(identity.expiresAt).toEqual(notAfter);
  });

  test('a certificate that starts before its authority did is refused', async () => {
    await ward.addUser({ name: 'ancient', validity: { notBefore: new Date('2020-01-01'), notAfter: new Date('2035-01-01') } });
    const ancient = await ward.user('ancient');
    expect(() => registry.deserialize(ancient.serialize())).toThrow(refusal('IDENTITY_UNTRUSTED', /has expired or is not yet valid/));
  });
});

describe('a channel configuration', () => {
  test('names the membership rules of each organisation', () => {
    const application = new common.ConfigGroup();
    application.getGroupsMap().set('Ward', new common.ConfigGroup());
    const channel = new common.ConfigGroup();
    channel.getGroupsMap().set('Application', application);
    const config = new common.Config();
    config.setChannelGroup(channel);
    expect(() => MspRegistry.fromChannelConfig(config)).toThrow(refusal('MSP_CONFIGURATION_INVALID', 'the organisation has no MSP in the channel configuration'));
  });
});

describe('revocation', () => {
  test('a revoked certificate is refused, others are not, and revoking twice changes nothing', async () => {
    await ward.addUser({ name: 'leaver' });
    await ward.revokeUser('leaver');
    await ward.revokeUser('leaver');
    const after = await registryOf(ward, clinic);
    expect(() => { after.deserialize(clerk.serialize()).validate(); }).not.toThrow();
    const leaver = after.deserialize((await ward.user('leaver')).serialize());
    expect(leaver.isValid).toBe(false);
    expect(() => { leaver.validate(); }).toThrow(refusal('IDENTITY_REVOKED', /The certificate has been revoked/));
    expect(leaver.satisfies(rolePrincipal('WardMSP', 'member'))).toBe(false);
  });

  test('an authority revokes its own certificates alone', async () => {
    await expect(clinic.issuer.revoke(clerk.certificate)).rejects.toMatchObject({ code: 'CERTIFICATE_FOREIGN' });
  });
});

describe('signatures', () => {
  test('an identity’s own signature verifies, over this message alone', () => {
    const identity = registry.deserialize(clerk.serialize());
    expect(() => { identity.verify(message, clerk.sign(message)); }).not.toThrow();
    expect(() => { identity.verify(Buffer.from('other'), clerk.sign(message)); }).toThrow(refusal('SIGNATURE_INVALID'));
  });

  test('a signature with a high S is refused, although it is mathematically right', () => {
    const numbers = decodeSignature(sign('sha256', message, clerk.privateKey));
    const high = numbers !== undefined && isLowS(numbers) ? { r: numbers.r, s: ORDER - numbers.s } : numbers;
    const identity = registry.deserialize(clerk.serialize());
    expect(() => { identity.verify(message, encodeSignature(high ?? { r: 0n, s: 0n })); }).toThrow(refusal('SIGNATURE_INVALID', /invalid S/));
  });

  test('bytes that are no signature are refused', () => {
    expect(() => { registry.deserialize(clerk.serialize()).verify(message, Buffer.from('junk')); }).toThrow(refusal('SIGNATURE_INVALID'));
  });
});

describe('principals', () => {
  const roles: readonly PrincipalRole[] = ['member', 'admin', 'client', 'peer', 'orderer'];
  test.each([['clerk', ['member', 'client']], ['Admin', ['member', 'admin']]])('%s has the roles %j', async (name, expected) => {
    const identity = registry.deserialize((await ward.user(name)).serialize());
    expect(roles.filter((role) => identity.satisfies(rolePrincipal('WardMSP', role)))).toEqual(expected);
    expect(roles.some((role) => identity.satisfies(rolePrincipal('ClinicMSP', role)))).toBe(false);
  });

  test('a peer is a member and a peer', async () => {
    const identity = registry.deserialize((await ward.node('peer0.ward.example')).serialize());
    expect(roles.filter((role) => identity.satisfies(rolePrincipal('WardMSP', role)))).toEqual(['member', 'peer']);
  });

  test('an identity principal is satisfied by that identity alone', async () => {
    const own = principal(2, clerk.serialize());
    expect(registry.deserialize(clerk.serialize()).satisfies(own)).toBe(true);
    expect(registry.deserialize((await ward.user('Admin')).serialize()).satisfies(own)).toBe(false);
  });

  test('an organisational unit is bound to its authority', () => {
    const identity = registry.deserialize(clerk.serialize());
    const unit = (certifier: string): msp.MSPPrincipal => {
      const content = new msp.OrganizationUnit();
      content.setMspIdentifier('WardMSP');
      content.setOrganizationalUnitIdentifier('client');
      content.setCertifiersIdentifier(createHash('sha256').update(new X509Certificate(certifier).raw).digest());
      return principal(1, content.serializeBinary());
    };
    expect(identity.satisfies(unit(ward.issuer.authorities.identity))).toBe(true);
    expect(identity.satisfies(unit(clinic.issuer.authorities.identity))).toBe(false);
  });

  test('an organisational unit and an identity count for a valid identity of the organisation alone', async () => {
    await ward.addUser({ name: 'dismissed' });
    const dismissed = await ward.user('dismissed');
    const unit = (mspId: string, name: string): msp.MSPPrincipal => {
      const content = new msp.OrganizationUnit();
      content.setMspIdentifier(mspId);
      content.setOrganizationalUnitIdentifier(name);
      content.setCertifiersIdentifier(createHash('sha256').update(new X509Certificate(ward.issuer.authorities.identity).raw).digest());
      return principal(1, content.serializeBinary());
    };
    const identity = registry.deserialize(dismissed.serialize());
    const principals = [unit('WardMSP', 'client'), unit('ClinicMSP', 'client'), unit('WardMSP', 'admin'), principal(2, dismissed.serialize())];
    expect(principals.map((each) => identity.satisfies(each))).toEqual([true, false, false, true]);
    await ward.revokeUser('dismissed');
    const revoked = (await registryOf(ward, clinic)).deserialize(dismissed.serialize());
    expect(principals.map((each) => revoked.satisfies(each))).toEqual([false, false, false, false]);
  });

  test('a combined principal asks for all its parts', () => {
    const combined = (...parts: msp.MSPPrincipal[]): msp.MSPPrincipal => {
      const content = new msp.CombinedPrincipal();
      content.setPrincipalsList(parts);
      return principal(4, content.serializeBinary());
    };
    const identity = registry.deserialize(clerk.serialize());
    expect(identity.satisfies(combined(rolePrincipal('WardMSP', 'member'), rolePrincipal('WardMSP', 'client')))).toBe(true);
    expect(identity.satisfies(combined(rolePrincipal('WardMSP', 'member'), rolePrincipal('WardMSP', 'peer')))).toBe(false);
    expect(identity.satisfies(combined())).toBe(false);
  });

  test('nobody is anonymous, and bytes that are no principal are satisfied by nobody', () => {
    const identity = registry.deserialize(clerk.serialize());
    const anonymity = new msp.MSPIdentityAnonymity();
    anonymity.setAnonymityType(msp.MSPIdentityAnonymity.MSPIdentityAnonymityType.ANONYMOUS);
    expect(identity.satisfies(principal(3, anonymity.serializeBinary()))).toBe(false);
    expect(identity.satisfies(principal(0, Buffer.from([0xff])))).toBe(false);
  });
});
