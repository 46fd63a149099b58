import { cp, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { NetworkDirectory } from '../network-directory.js';
import type { Topology } from '../topology/topology.js';

/**
 * Copies what an organisation shows the others: its authorities' certificates and rules, and its orderers' certificates. It
 * holds no key. The layout is that of the `organizations` folder, so that the parts of several organisations can be put
 * together by copying.
 */
export async function exportPublicPart(directory: NetworkDirectory, own: Topology, target: string): Promise<void> {
  const folders = [...own.peers, ...own.orderers].map((node) => directory.organisation(node).msp);
  const certificates = own.orderers.flatMap((orderer) => {
    const paths = directory.organisation(orderer).node(orderer.id);
    return [paths.certificate, paths.tlsCertificate];
  });
  for (const source of new Set([...folders, ...certificates])) {
    const copy = join(target, relative(directory.organizations, source));
    await mkdir(dirname(copy), { recursive: true });
    await cp(source, copy, { recursive: true });
  }
}

/** Puts other organisations' public parts into a network's folder; what is there, the own organisation's keys above all, is kept. */
export async function importPublicParts(directory: NetworkDirectory, sources: readonly string[]): Promise<void> {
  for (const source of sources) {
    for (const kind of await readdir(source)) {
      await cp(join(source, kind), join(directory.organizations, kind), { recursive: true, force: false });
    }
  }
}
