import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestConsortium } from './test-consortium.js';
import type { TestGateway } from './test-gateway.js';

/** The chain as an organisation's gateway gives it to its own people. */
export async function blocksAt(consortium: TestConsortium, gateway: TestGateway, role: string): Promise<readonly Uint8Array[]> {
  const token = await consortium.issuer.token({ organisation: gateway.mspId, roles: [role] });
  const headers = { authorization: `Bearer ${token}` };
  const { height } = (await (await fetch(`${gateway.running.url}/v1/blocks`, { headers })).json()) as { readonly height: number };
  const block = async (number: number): Promise<Uint8Array> => new Uint8Array(await (await fetch(`${gateway.running.url}/v1/blocks/${number}`, { headers })).arrayBuffer());

  return Promise.all(Array.from({ length: height }, (_, number) => block(number)));
}

/** Writes the certificates of members and orderers as a verifier of the chain wants them. */
export function writeRoots({ network, config }: TestConsortium, folder: string): void {
  mkdirSync(join(folder, 'orderers'), { recursive: true });
  const pemOf = (kind: string, domain: string): string => {
    const cacerts = join(network.organizationsPath, kind, domain, 'msp', 'cacerts');

    return readFileSync(join(cacerts, readdirSync(cacerts)[0] ?? ''), 'utf8');
  };
  for (const { mspId, domain } of config.organisations) writeFileSync(join(folder, `${mspId}.pem`), pemOf('peerOrganizations', domain));
  for (const domain of readdirSync(join(network.organizationsPath, 'ordererOrganizations'))) writeFileSync(join(folder, 'orderers', 'OrdererMSP.pem'), pemOf('ordererOrganizations', domain));
}
