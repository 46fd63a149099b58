import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import type { PeerNode } from '../topology/topology.js';
import { BUILDER_VARIABLE, builderEnvironment } from './builder-environment.js';
import { buildChaincodePackage } from './chaincode-package.js';

async function unpack(archive: Uint8Array): Promise<Map<string, Buffer>> {
  const entries = extract();
  entries.end(gunzipSync(archive));
  const files = new Map<string, Buffer>();
  for await (const entry of entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.set(entry.header.name, Buffer.concat(chunks));
  }
  return files;
}

const input = { name: 'key-value', version: '1.0.0+abcdef012345', slot: 'blue' } as const;

describe('chaincode packages', () => {
  test('are the same bytes on every machine, for good', async () => {
    const { id, bytes } = await buildChaincodePackage(input);
    expect(id).toBe(`key-value_1.0.0+abcdef012345:${createHash('sha256').update(bytes).digest('hex')}`);
    // Pinned: organisations have approved ids like this one, and must arrive at them again.
    expect(id).toBe('key-value_1.0.0+abcdef012345:4923d2ff9a4af4dcf37c4892d74e04d22462313d0c44977274d56cd320da8316');
  });

  test('hold what the builder for chaincode as a service reads, and no address or key', async () => {
    const files = await unpack((await buildChaincodePackage(input)).bytes);
    expect(JSON.parse(String(files.get('metadata.json')))).toEqual({ type: 'ccaas', label: 'key-value_1.0.0+abcdef012345' });
    const code = await unpack(files.get('code.tar.gz') ?? Buffer.alloc(0));
    expect(JSON.parse(String(code.get('connection.json')))).toEqual({
      address: '{{.key_value_blue_address}}',
      dial_timeout: '10s',
      tls_required: true,
      client_auth_required: true,
      client_key: '{{.client_key}}',
      client_cert: '{{.client_certificate}}',
      root_cert: '{{.root_certificate}}',
    });
  });

  test('another version and the other slot are other packages', async () => {
    const ids = await Promise.all([input, { ...input, version: '1.0.1' }, { ...input, slot: 'green' as const }].map(async (one) => (await buildChaincodePackage(one)).id));
    expect(new Set(ids).size).toBe(3);
  });

  test("every field that a package leaves open is in each peer's environment", async () => {
    const peer = { chaincodes: { 'key-value': { blue: 7022, green: 7023 } } } as unknown as PeerNode;
    const environment = JSON.parse(builderEnvironment(peer, { certificate: 'C', privateKey: 'K', caCertificate: 'R' })[BUILDER_VARIABLE] ?? '') as Record<string, string>;
    expect(environment).toEqual({ key_value_blue_address: 'localhost:7022', key_value_green_address: 'localhost:7023', client_key: 'K', client_certificate: 'C', root_certificate: 'R' });
    const code = await unpack((await unpack((await buildChaincodePackage(input)).bytes)).get('code.tar.gz') ?? Buffer.alloc(0));
    const fields = [...String(code.get('connection.json')).matchAll(/\{\{\.(\w+)\}\}/g)].map(([, field]) => field ?? '');
    expect(fields.filter((field) => !(field in environment))).toEqual([]);
  });
});
