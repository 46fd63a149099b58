import { common, peer as protos } from '@hyperledger/fabric-protos';
import { implicitCollection } from '../../embedded/definitions/chaincode-definition.js';
import { decodeTransaction } from '../../embedded/ledger/transaction.js';
import { ADMIN, type NetworkIdentities } from '../identities/network-identities.js';
import { GatewayConnection } from '../peer/gateway-connection.js';
import { chainHeight } from '../peer/peer-administration.js';
import { withPeer } from '../peer/administer-peer.js';
import type { PeerNode, Topology } from '../topology/topology.js';

/** A private value that the ledger names by its hash and the organisation's peer does not hold. */
export interface MissingPrivateData {
  readonly namespace: string;
  readonly collection: string;
  /** SHA-256 of the key, hexadecimal: the ledger does not know the key itself. */
  readonly keyHash: string;
  /** SHA-256 of the value, hexadecimal. */
  readonly valueHash: string;
  readonly block: number;
  readonly transactionId: string;
}

interface LastWrite extends MissingPrivateData {
  readonly present: boolean;
}

/**
 * Compares what the blocks say was written to the organisation's own collections with what its peer can still tell: values
 * that are still in force and are not there. A peer does not notice such gaps by itself. It reads the chain from a block on,
 * the whole of it where none is given.
 */
export async function missingPrivateData(peer: PeerNode, { channel }: Topology, identities: NetworkIdentities, startBlock = 0): Promise<readonly MissingPrivateData[]> {
  const organisation = identities.of(peer.mspId);
  const { height } = await withPeer(peer, identities, async (client) => chainHeight(client, channel));
  const gateway = new GatewayConnection({ endpoint: `${peer.host}:${peer.port}`, tlsCaCert: organisation.issuer.authorities.tls }, await organisation.user(ADMIN));
  const last = new Map<string, LastWrite>();
  const blocks = await gateway.network(channel).getBlockAndPrivateDataEvents({ startBlock: BigInt(startBlock) });
  try {
    for await (const answer of blocks) {
      for (const write of writesOf(answer, implicitCollection(peer.mspId))) remember(last, write);
      if ((answer.getBlock()?.getHeader()?.getNumber() ?? 0) >= height - 1) break;
    }
  } finally {
    blocks.close();
    gateway.close();
  }
  return [...last.values()].flatMap(({ present, ...missing }) => (present ? [] : [missing]));
}

interface Write extends LastWrite {
  readonly isGone: boolean;
}

function remember(last: Map<string, LastWrite>, { isGone, ...write }: Write): void {
  const key = `${write.namespace} ${write.keyHash}`;
  if (isGone) last.delete(key);
  else last.set(key, write);
}

function writesOf(answer: protos.BlockAndPrivateData, collection: string): readonly Write[] {
  const block = answer.getBlock();
  const codes = block?.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  const number = block?.getHeader()?.getNumber() ?? 0;
  return (block?.getData()?.getDataList_asU8() ?? []).flatMap((envelope, position) => {
    if (codes[position] !== protos.TxValidationCode.VALID) return [];
    const held = namespacesHeld(answer, position, collection);
    return hashedWrites(envelope, collection).map((write) => ({ ...write, block: number, present: held.has(write.namespace) }));
  });
}

/** Namespaces whose private writes of a transaction the peer sent along. */
function namespacesHeld(answer: protos.BlockAndPrivateData, position: number, collection: string): ReadonlySet<string> {
  const sets = answer.getPrivateDataMapMap().get(position)?.getNsPvtRwsetList() ?? [];
  return new Set(sets.filter((set) => set.getCollectionPvtRwsetList().some((one) => one.getCollectionName() === collection)).map((set) => set.getNamespace()));
}

function hashedWrites(envelope: Uint8Array, collection: string): readonly Omit<Write, 'block' | 'present'>[] {
  const { txId: transactionId, readWriteSet } = decodeTransaction(envelope);
  return (readWriteSet?.namespaces ?? []).flatMap(({ namespace, collections }) =>
    collections.filter((one) => one.collection === collection).flatMap(({ writes }) =>
      writes.map(({ keyHash, valueHash, isDelete, isPurge }) => ({
        namespace, collection, keyHash, valueHash: Buffer.from(valueHash).toString('hex'), transactionId, isGone: isDelete || isPurge,
      })),
    ),
  );
}
