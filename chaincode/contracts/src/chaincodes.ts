import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';
import type { Contract } from 'fabric-contract-api';
import { ClaimsContract } from './claims/claims-contract.js';
import { CredentialsContract } from './credentials/credentials-contract.js';
import { ApplicationsContract } from './registry/applications-contract.js';
import { RegistryContract } from './registry/registry-contract.js';
import { serveChaincode } from './platform/server/chaincode-server.js';
import type { RunningServer, ServerTls } from './platform/server/chaincode-server.js';
import { digestNamedIn, treeDigest } from './platform/server/tree-digest.js';

/** The chaincodes of the consortium. */
export const CHAINCODES: Readonly<Record<'registry' | 'claims', readonly (new () => Contract)[]>> = {
  registry: [RegistryContract, ApplicationsContract],
  // One trust, one chaincode: private documents, never a public key. The first contract's names need no prefix.
  claims: [ClaimsContract, CredentialsContract],
};

export type ChaincodeName = keyof typeof CHAINCODES;

/** Version of the rules; a definition's version adds the digest of the compiled tree. */
export const CHAINCODE_VERSION = '0.1.0';

/** How to serve one of the chaincodes to one peer. */
export interface StartChaincode {
  readonly name: ChaincodeName;
  /** Package id at the peer. */
  readonly chaincodeId: string;
  /** `host:port`, port 0 for a free one. */
  readonly address: string;
  /** MSP id of the peer; from the environment (CORE_PEER_LOCALMSPID) where it is left out. */
  readonly mspId?: string;
  readonly tls?: ServerTls;
}

/** True for the name of a chaincode of the consortium. */
export function isChaincodeName(name: string): name is ChaincodeName {
  return Object.hasOwn(CHAINCODES, name);
}

/** Digest of the compiled contracts and domain in front of us. */
export function builtTreeDigest(): string {
  const domain = dirname(fileURLToPath(import.meta.resolve('@medaccord/domain')));
  return treeDigest([dirname(fileURLToPath(import.meta.url)), domain]);
}

/** The version of a chaincode definition that names this code, for example `0.1.0+abcdef012345`. */
export function builtVersion(): string {
  return `${CHAINCODE_VERSION}+${builtTreeDigest()}`;
}

/**
 * Serves a chaincode to a peer. Refuses to serve under a package id that names another tree than this one, because
 * members approved exactly that tree.
 */
export function startChaincodeServer({ name, chaincodeId, ...rest }: StartChaincode): Promise<RunningServer> {
  const approved = digestNamedIn(chaincodeId);
  if (approved !== undefined && approved !== builtTreeDigest()) {
    return Promise.reject(new Error(`the package id names tree ${approved}, but this is tree ${builtTreeDigest()}`));
  }
  return serveChaincode({ chaincodeId, contracts: CHAINCODES[name], title: name, version: CHAINCODE_VERSION, ...rest });
}
