import { strict as assert } from 'node:assert';
import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Behaviour, behaviour } from '../behaviour.js';
import { CONSORTIUM } from '../world/consortium.js';

export const layoutBehaviours: readonly Behaviour[] = [
  behaviour('layout.organizations', 'every organisation’s identities lie where Fabric’s own tools put them', async (world) => {
    for (const { domain } of CONSORTIUM.organisations) {
      const root = join(world.network.organizationsPath, 'peerOrganizations', domain);
      const expected = [
        `msp/cacerts/ca.${domain}-cert.pem`, `msp/tlscacerts/tlsca.${domain}-cert.pem`, 'msp/config.yaml',
        `peers/peer0.${domain}/msp/signcerts/cert.pem`, `peers/peer0.${domain}/msp/keystore/priv_sk`, `peers/peer0.${domain}/tls/ca.crt`,
        `peers/peer0.${domain}/tls/server.crt`, `peers/peer0.${domain}/tls/server.key`,
        `users/Admin@${domain}/msp/signcerts/cert.pem`, `users/tester@${domain}/msp/keystore/priv_sk`, `users/tester@${domain}/msp/cacerts/ca.${domain}-cert.pem`,
      ];
      await Promise.all(expected.map((path) => stat(join(root, path))));
      const authority = new X509Certificate(await readFile(join(root, `msp/cacerts/ca.${domain}-cert.pem`)));
      const tester = new X509Certificate(await readFile(join(root, `users/tester@${domain}/msp/signcerts/cert.pem`)));
      assert.ok(tester.verify(authority.publicKey));
    }
    return undefined;
  }),

  behaviour('layout.keys', 'private keys are for their owner alone', async (world) => {
    const root = join(world.network.organizationsPath, 'peerOrganizations');
    const files = await readdir(root, { recursive: true, withFileTypes: true });
    const keys = files.filter(({ name }) => name === 'priv_sk' || name.endsWith('.key')).map((entry) => join(entry.parentPath, entry.name));
    assert.ok(keys.length > 10);
    for (const key of keys) {
      assert.equal((await stat(key)).mode & 0o077, 0, key);
    }
    return undefined;
  }),
];
