import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { parse } from 'yaml';
import { testOrganisation } from '../testing/organisation.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { OrganizationTree } from './organization-tree.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => { folder = await temporaryFolder(); });
afterAll(() => folder.remove());

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(directory, join(entry.parentPath, entry.name))).sort();
}

const MSP = ['cacerts/ca.ward.example-cert.pem', 'config.yaml', 'keystore/priv_sk', 'signcerts/cert.pem', 'tlscacerts/tlsca.ward.example-cert.pem'];

describe('an organisation on disk', () => {
  test('has the layout of Fabric’s own tools', async () => {
    const tree = await testOrganisation(folder.path, 'Ward');
    const user = (name: string): string[] => [...MSP.map((file) => `users/${name}@ward.example/msp/${file}`), ...['ca.crt', 'client.crt', 'client.key'].map((file) => `users/${name}@ward.example/tls/${file}`)];
    const expected = [
      'ca/ca.ward.example-cert.pem', 'ca/priv_sk', 'tlsca/priv_sk', 'tlsca/tlsca.ward.example-cert.pem',
      'msp/cacerts/ca.ward.example-cert.pem', 'msp/config.yaml', 'msp/tlscacerts/tlsca.ward.example-cert.pem',
      ...MSP.map((file) => `peers/peer0.ward.example/msp/${file}`), ...['ca.crt', 'server.crt', 'server.key'].map((file) => `peers/peer0.ward.example/tls/${file}`),
      ...user('Admin'), ...user('clerk'),
    ].sort();
    expect(tree.paths.directory).toBe(join(folder.path, 'peerOrganizations', 'ward.example'));
    expect(await filesBelow(tree.paths.directory)).toEqual(expected);
  });

  test('an ordering organisation keeps its nodes under orderers', async () => {
    const tree = await OrganizationTree.open({ root: folder.path, domain: 'order.example', mspId: 'OrderMSP', kind: 'orderer' });
    const node = await tree.addNode('orderer0.order.example');
    expect(relative(folder.path, node.certificate)).toBe('ordererOrganizations/order.example/orderers/orderer0.order.example/msp/signcerts/cert.pem');
    expect(new X509Certificate(await readFile(node.certificate)).subject).toContain('OU=orderer');
  });

  test('private keys are for their owner alone', async () => {
    const tree = await testOrganisation(folder.path, 'Ward');
    const keys = (await filesBelow(tree.paths.directory)).filter((file) => /priv_sk|\.key$/.test(file));
    expect(keys).toHaveLength(8);
    for (const key of keys) {
      expect((await stat(join(tree.paths.directory, key))).mode & 0o777).toBe(0o600);
    }
  });

  test('is kept as it is when it is opened again', async () => {
    const contents = async (directory: string): Promise<string[]> =>
      Promise.all((await filesBelow(directory)).map((file) => readFile(join(directory, file), 'utf8')));
    const first = await testOrganisation(folder.path, 'Ward');
    const before = await contents(first.paths.directory);
    const again = await testOrganisation(folder.path, 'Ward');
    expect(await contents(again.paths.directory)).toEqual(before);
  });

  test('users come later, signed by the same authority', async () => {
    await testOrganisation(folder.path, 'Ward');
    const tree = await OrganizationTree.open({ root: folder.path, domain: 'ward.example', mspId: 'WardMSP' });
    await tree.addUser({ name: 'late' });
    const certificate = new X509Certificate((await tree.user('late')).certificate);
    expect(certificate.verify(new X509Certificate(tree.issuer.authorities.identity).publicKey)).toBe(true);
  });

  test('says which identity it does not have', async () => {
    const tree = await testOrganisation(folder.path, 'Ward');
    await expect(tree.user('nobody')).rejects.toMatchObject({ code: 'IDENTITY_NOT_FOUND' });
  });

  test('turns on classification by organisational unit', async () => {
    const tree = await testOrganisation(folder.path, 'Ward');
    const certificate = 'cacerts/ca.ward.example-cert.pem';
    expect(parse(await readFile(join(tree.paths.msp, 'config.yaml'), 'utf8'))).toEqual({
      NodeOUs: {
        Enable: true,
        ClientOUIdentifier: { Certificate: certificate, OrganizationalUnitIdentifier: 'client' },
        PeerOUIdentifier: { Certificate: certificate, OrganizationalUnitIdentifier: 'peer' },
        AdminOUIdentifier: { Certificate: certificate, OrganizationalUnitIdentifier: 'admin' },
        OrdererOUIdentifier: { Certificate: certificate, OrganizationalUnitIdentifier: 'orderer' },
      },
    });
  });
});
