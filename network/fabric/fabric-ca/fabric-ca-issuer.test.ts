import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ATTRIBUTE_EXTENSION, generatePrivateKey, OrganizationTree } from '../../identities/index.js';
import { X509Certificate, X509Crl } from '../../identities/authority/x509.js';
import { FabricCaDouble } from '../testing/fabric-ca-double.js';
import { fabricCaHere, startFabricCaServer } from '../testing/fabric-ca-server.js';
import { FabricCaClient, type FabricCaEndpoint } from './fabric-ca-client.js';
import { FabricCaIssuer } from './fabric-ca-issuer.js';

interface Authority {
  readonly endpoint: FabricCaEndpoint;
  stop(): Promise<void>;
}

async function double(): Promise<Authority> {
  const server = await FabricCaDouble.start();
  return {
    endpoint: { host: 'localhost', port: server.port },
    stop: async () => {
      server.stop();
      return Promise.resolve();
    },
  };
}

const registrar = { id: 'admin', secret: 'adminpw' };

const program = await fabricCaHere();

describe('issuing from the recorded behaviour of Fabric CA', () => {
  issuing(double);
});

(program === undefined ? describe.skip : describe)('issuing from a real fabric-ca-server', () => {
  issuing(async (directory) => startFabricCaServer(program ?? '', directory));
});

function issuing(start: (directory: string) => Promise<Authority>): void {
  let authority: Authority;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'medaccord-ca-'));
    authority = await start(directory);
  }, 60_000);

  afterAll(async () => {
    await authority.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const withIssuer = (action: (issuer: FabricCaIssuer, endpoint: FabricCaEndpoint) => Promise<void>) => async (): Promise<void> => {
    const { endpoint } = authority;
    await action(await FabricCaIssuer.open({ identity: { endpoint, registrar }, tls: { endpoint, registrar } }), endpoint);
  };

  test(
    'an identity certificate has the name, role and attributes that were asked for, and the holder’s key',
    withIssuer(async (issuer) => {
      const key = await generatePrivateKey();
      const certificate = new X509Certificate(await issuer.enrol({ profile: 'identity', name: 'biller@h.example', role: 'client', attributes: { 'medaccord.role': 'biller' }, hosts: [], key }));
      expect(certificate.subjectName.getField('CN')).toEqual(['biller@h.example']);
      expect(certificate.subjectName.getField('OU')).toContain('client');
      expect(Buffer.from(certificate.getExtension(ATTRIBUTE_EXTENSION)?.value ?? new ArrayBuffer(0)).toString()).toContain('"medaccord.role":"biller"');
      await expect(certificate.verify({ publicKey: new X509Certificate(issuer.authorities.identity), signatureOnly: true })).resolves.toBe(true);
    }),
  );

  test(
    'the same identity can be enrolled again, with other attributes',
    withIssuer(async (issuer) => {
      const request = { profile: 'identity', name: 'mover@h.example', role: 'client', hosts: [], key: await generatePrivateKey() } as const;
      await issuer.enrol({ ...request, attributes: { 'medaccord.role': 'biller' } });
      const again = new X509Certificate(await issuer.enrol({ ...request, attributes: { 'medaccord.role': 'denials' } }));
      expect(Buffer.from(again.getExtension(ATTRIBUTE_EXTENSION)?.value ?? new ArrayBuffer(0)).toString()).toContain('"medaccord.role":"denials"');
    }),
  );

  test(
    'a revoked certificate is on the list, revoking it again changes nothing, and others are not',
    withIssuer(async (issuer) => {
      const enrol = async (name: string): Promise<string> => issuer.enrol({ profile: 'identity', name, role: 'client', attributes: {}, hosts: [], key: await generatePrivateKey() });
      const [leaver, colleague] = [await enrol('leaver@h.example'), await enrol('colleague@h.example')];
      await issuer.revoke(leaver);
      await issuer.revoke(leaver);
      const list = (await issuer.revocationList()) ?? '';
      const serials = new X509Crl(list.replaceAll('X509 CRL', 'CRL')).entries.map(({ serialNumber }) => serialNumber.replace(/^0+/, ''));
      expect(serials).toContain(new X509Certificate(leaver).serialNumber.replace(/^0+/, ''));
      expect(serials).not.toContain(new X509Certificate(colleague).serialNumber.replace(/^0+/, ''));
    }),
  );

  test(
    'a whole organisation’s folder is issued from it',
    withIssuer(async (issuer) => {
      const tree = await OrganizationTree.open({ root: join(directory, 'organizations'), domain: 'h.example', mspId: 'HMSP', issuer });
      await tree.addNode('peer0.h.example');
      await tree.addUser({ name: 'Admin', role: 'admin' });
      expect(new X509Certificate((await tree.user('Admin')).certificate).subjectName.getField('OU')).toContain('admin');
      expect(new X509Certificate((await tree.nodeTls('peer0.h.example')).certificate).toString('text')).toContain('localhost');
    }),
  );

  test(
    'a certificate is renewed with its own key while it is valid',
    withIssuer(async (issuer, endpoint) => {
      const key = await generatePrivateKey();
      const certificate = await issuer.enrol({ profile: 'identity', name: 'orderer0.h.example', role: 'orderer', attributes: {}, hosts: [], key });
      const renewed = await new FabricCaClient(endpoint).reenrol({ id: 'orderer0.h.example', key }, { certificate, key });
      expect(new X509Certificate(renewed).publicKey.equal(new X509Certificate(certificate).publicKey)).toBe(true);
      expect(renewed).not.toBe(certificate);
    }),
  );

  test(
    'a wrong secret, and a caller whose certificate is another authority’s, are refused',
    withIssuer(async (_issuer, endpoint) => {
      const client = new FabricCaClient(endpoint);
      const key = await generatePrivateKey();
      await expect(client.enrol({ id: 'admin', key }, 'wrong')).rejects.toMatchObject({ code: 'CA_REFUSED', caCode: 20 });
      const stranger = await OrganizationTree.open({ root: join(directory, 'strangers'), domain: 's.example', mspId: 'SMSP' });
      await stranger.addUser({ name: 'Admin', role: 'admin' });
      const { certificate, privateKey } = await stranger.user('Admin');
      await expect(client.revocationList({ certificate, key: privateKey })).rejects.toMatchObject({ code: 'CA_REFUSED', caCode: 20 });
    }),
  );
}

test('an authority that is not there is said to be unreachable', async () => {
  const nowhere = { endpoint: { host: 'localhost', port: 1 }, registrar };
  await expect(FabricCaIssuer.open({ identity: nowhere, tls: nowhere })).rejects.toMatchObject({ code: 'CA_REFUSED', caCode: 0 });
});
