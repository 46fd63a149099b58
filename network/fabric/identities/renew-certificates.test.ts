import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from '../../identities/authority/x509.js';
import { OrganizationTree } from '../../identities/index.js';
import { listCertificates } from './certificate-inventory.js';
import { renewCertificates } from './renew-certificates.js';

const DAY_MS = 86_400_000;
let root: string;
let tree: OrganizationTree;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'medaccord-renew-'));
  tree = await OrganizationTree.open({ root, domain: 'h.example', mspId: 'HMSP' });
  await tree.addNode('peer0.h.example', ['h.example.net', 'localhost', '127.0.0.1']);
  const notBefore = new Date(Date.now() - DAY_MS);
  await tree.addUser({ name: 'biller', attributes: { 'medaccord.role': 'biller' }, validity: { notBefore, notAfter: new Date(Date.now() + 10 * DAY_MS) } });
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

const certificate = async (file: string): Promise<X509Certificate> => new X509Certificate(await readFile(file, 'utf8'));

describe('certificates of an organisation', () => {
  test('are listed with what they say, the first to expire at the front', async () => {
    const [first, ...others] = await listCertificates(tree.paths.directory);
    expect(first).toMatchObject({ name: 'biller@h.example', profile: 'identity', role: 'client', attributes: { 'medaccord.role': 'biller' } });
    expect(others.map(({ profile, name }) => [profile, name])).toEqual(expect.arrayContaining([['identity', 'peer0.h.example'], ['tls', 'peer0.h.example'], ['tls', 'biller@h.example']]));
    expect(others.find(({ profile, name }) => profile === 'tls' && name === 'peer0.h.example')?.hosts).toEqual(expect.arrayContaining(['h.example.net', 'localhost', '127.0.0.1']));
  });

  test('are renewed before they expire, with their key, name and attributes, and others are left alone', async () => {
    const paths = tree.paths.user('biller');
    const before = await certificate(paths.certificate);
    const peerBefore = await readFile(tree.paths.node('peer0.h.example').certificate, 'utf8');
    const renewed = await renewCertificates({ directory: tree.paths.directory, issuer: tree.issuer, withinDays: 30 });
    expect(renewed.map(({ file }) => file)).toEqual([paths.certificate]);
    const after = await certificate(paths.certificate);
    expect(after.publicKey.equal(before.publicKey)).toBe(true);
    expect(after.notAfter.getTime()).toBeGreaterThan(Date.now() + 300 * DAY_MS);
    expect((await listCertificates(tree.paths.directory)).find(({ file }) => file === paths.certificate)?.attributes).toEqual({ 'medaccord.role': 'biller' });
    expect(await readFile(tree.paths.node('peer0.h.example').certificate, 'utf8')).toBe(peerBefore);
  });

  test('none is renewed that is good for long enough', async () => {
    await expect(renewCertificates({ directory: tree.paths.directory, issuer: tree.issuer, withinDays: 30 })).resolves.toEqual([]);
  });
});
