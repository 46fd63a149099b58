import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OrganizationTree } from '@medaccord/network/identities';
import { loadEnrolledIdentities } from './enrolled-identities.js';

describe('enrolled identities', () => {
  const root = mkdtempSync(join(tmpdir(), 'medaccord-enrolled-'));
  afterAll(() => { rmSync(root, { recursive: true }); });

  test('are known by the role in the certificate, whatever the user is called', async () => {
    const tree = await OrganizationTree.open({ root, domain: 'test.example', mspId: 'TestMSP' });
    await tree.addUser({ name: 'zoe', attributes: { 'medaccord.role': 'biller' } });
    await tree.addUser({ name: 'anna', attributes: { 'medaccord.role': 'biller', 'medaccord.unit': 'east' } });
    await tree.addUser({ name: 'gateway', attributes: { 'medaccord.role': 'service' } });
    await tree.addUser({ name: 'nobody' });

    const identities = loadEnrolledIdentities(tree.paths.directory);

    expect([...identities.keys()].sort()).toEqual(['biller', 'biller@east', 'service']);
    expect([identities.get('biller')?.unit, identities.get('biller@east')?.unit]).toEqual([undefined, 'east']);
    expect(identities.get('biller')?.certificate).toContain('BEGIN CERTIFICATE');
    expect(identities.get('biller')?.privateKey.asymmetricKeyType).toBe('ec');
    expect(Number(identities.get('service')?.expires)).toBeGreaterThan(Date.now());
  });
});
