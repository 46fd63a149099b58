import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackEndpoints } from '@medaccord/network/cli';
import { loadConsortium } from '@medaccord/network/configuration';
import { consortiumFile } from '@medaccord/network/cli';
import { GatewayClient } from '../demo/gateway-client.js';

const gatewayApi = join(import.meta.dirname, '..', '..', '..', 'gateway-api', 'dist');
const packetVerifier = join(gatewayApi, 'credentialing', 'packet', 'main.js');
const attestationVerifier = join(gatewayApi, 'attestations', 'verify', 'main.js');

/** What the verifier's command said, and how it ended. */
export interface Verdict {
  readonly status: number;
  readonly output: string;
}

/** Somebody outside with a folder of their own: blocks from a member, root certificates, the verifiers' commands. */
export class Surveyor {
  readonly #endpoints: StackEndpoints;
  readonly #folder: string;
  #files = 0;

  private constructor(endpoints: StackEndpoints, folder: string) {
    this.#endpoints = endpoints;
    this.#folder = folder;
  }

  static async with(endpoints: StackEndpoints, folder: string): Promise<Surveyor> {
    const surveyor = new Surveyor(endpoints, folder);
    await mkdir(join(folder, 'roots', 'orderers'), { recursive: true });
    await mkdir(join(folder, 'blocks'), { recursive: true });
    await surveyor.#takeRoots();
    return surveyor;
  }

  /** Takes the chain as the licensing board's gateway has it. */
  async takeBlocks(): Promise<void> {
    const registrar = new GatewayClient(this.#endpoints, 'licensing-board', 'registrar');
    const { height } = await registrar.get<{ height: number }>('/v1/blocks');
    for (let number = 0; number < height; number += 1) {
      const response = await fetch(`${registrar.url}/v1/blocks/${number}`, { headers: { authorization: `Bearer ${await registrar.token()}` } });
      await writeFile(join(this.#folder, 'blocks', `${number}.block`), Buffer.from(await response.arrayBuffer()));
    }
  }

  /** Runs the command over a packet. */
  async verify(packet: string, roots = 'roots'): Promise<Verdict> {
    return this.#run(packetVerifier, packet, this.#chain(roots));
  }

  /** Runs the command over an attestation of an issuer whom the verifier knows; with the chain where it is wanted. */
  async verifyAttestation(attestation: string, issuer: string, withChain = false): Promise<Verdict> {
    return this.#run(attestationVerifier, attestation, ['--issuer', issuer, ...(withChain ? this.#chain('roots') : [])]);
  }

  #chain(roots: string): readonly string[] {
    return ['--blocks', join(this.#folder, 'blocks'), '--roots', join(this.#folder, roots)];
  }

  async #run(verifier: string, content: string, args: readonly string[]): Promise<Verdict> {
    this.#files += 1;
    const file = join(this.#folder, `given-${this.#files}`);
    await writeFile(file, content);
    return new Promise((resolve) => {
      const process_ = execFile(process.execPath, [verifier, file, ...args], (_error, output) => {
        resolve({ status: process_.exitCode ?? -1, output });
      });
    });
  }

  /** A folder of root certificates in which the orderers' are those of somebody else. */
  async strangersRoots(): Promise<string> {
    const [from, to] = [join(this.#folder, 'roots'), join(this.#folder, 'strangers')];
    await cp(from, to, { recursive: true });
    for (const name of await readdir(join(to, 'orderers'))) await copyFile(join(from, 'HospitalMSP.pem'), join(to, 'orderers', name));
    return 'strangers';
  }

  /** The certificates of the members' authorities and of their orderers', as the consortium's folders have them. */
  async #takeRoots(): Promise<void> {
    const { organisations } = await loadConsortium(consortiumFile);
    for (const { mspId, domain } of organisations) await this.#takeRoot('peerOrganizations', domain, `${mspId}.pem`);
    for (const domain of await readdir(join(this.#endpoints.organizationsPath, 'ordererOrganizations'))) {
      const owner = organisations.find((one) => domain.endsWith(one.domain));
      await this.#takeRoot('ordererOrganizations', domain, join('orderers', owner === undefined ? 'OrdererMSP.pem' : `${owner.mspId.replace(/MSP$/, '')}OrdererMSP.pem`));
    }
  }

  async #takeRoot(kind: string, domain: string, name: string): Promise<void> {
    const cacerts = join(this.#endpoints.organizationsPath, kind, domain, 'msp', 'cacerts');
    const [file] = await readdir(cacerts);
    await copyFile(join(cacerts, file ?? ''), join(this.#folder, 'roots', name));
  }
}

/** The packet of a file byte by byte, and what it is in print. */
export async function packetOf(client: GatewayClient, file: string): Promise<{ readonly packet: string; readonly print: Buffer }> {
  const headers = { authorization: `Bearer ${await client.token()}` };
  const [packet, print] = await Promise.all(['packet', 'packet.pdf'].map((name) => fetch(`${client.url}${file}/${name}`, { headers })));
  return { packet: (await packet?.text()) ?? '', print: Buffer.from((await print?.arrayBuffer()) ?? new ArrayBuffer()) };
}
