import { readChain } from '../../ledger/blocks/read-chain.js';
import type { ChainFault, ReadChain } from '../../ledger/blocks/read-chain.js';
import type { RootCertificates } from '../../ledger/blocks/root-certificates.js';
import { ChainRecords, sha256 } from '../../ledger/blocks/chain-records.js';
import { readPacket } from './packet.js';
import { verifyDocuments } from './verify-documents.js';
import { verifyPractitioner } from './verify-practitioner.js';
import { verifyRegistry } from './verify-registry.js';

/** What can be wrong with a packet, or have happened since it was made. */
export type FindingCode =
  | ChainFault['code'] | 'NOT_A_PACKET' | 'BLOCK_DIFFERS'
  | 'DOCUMENT_NOT_IN_CHAIN' | 'DOCUMENT_MISPLACED' | 'TRANSACTION_UNPROVED' | 'MARKED_INVALID_WITHOUT_REASON' | 'VERSION_LEFT_OUT' | 'PART_MISSING'
  | 'LINK_LEFT_OUT' | 'IDENTITY_LEFT_OUT' | 'NOT_SIGNED_BY_PRACTITIONER' | 'LINK_NOT_IN_CHAIN' | 'LICENCE_NOT_LINKED' | 'EVENT_LEFT_OUT' | 'ANSWER_DIFFERS'
  | 'LATER_VERSION' | 'LATER_EVENT' | 'LATER_LINK' | 'LATER_IDENTITY';

/** One finding, and what it is about. */
export interface Finding {
  readonly code: FindingCode;
  readonly subject: string;
}

/** Why a packet is not to be believed, and what it could not have known. */
export interface PacketFindings {
  readonly faults: readonly Finding[];
  readonly later: readonly Finding[];
}

/** What came of a packet. */
export interface PacketReport extends PacketFindings {
  /** SHA-256 of the packet, in hexadecimal, as the printed form names it. */
  readonly packetHash: string;
  readonly documents: number;
  readonly events: number;
  /** The packet's last block, and the last one that was looked at. */
  readonly through: number | undefined;
  readonly lookedThrough: number;
}

/**
 * Verifies a packet by the blocks and the root certificates alone. It stands where `faults` is empty; `later` tells what
 * the packet's maker may not have known and its reader should.
 */
export function verifyPacket(text: string, blocks: readonly Uint8Array[], roots: RootCertificates): PacketReport {
  return verifyInChain(text, readChain(blocks, roots), roots);
}

/** As `verifyPacket`, where the chain has been read. */
export function verifyInChain(text: string, chain: ReadChain, roots: RootCertificates): PacketReport {
  const packet = readPacket(text);
  const report = {
    packetHash: sha256(Buffer.from(text)), documents: packet?.documents.length ?? 0, events: packet?.licences.reduce((sum, { events }) => sum + events.length, 0) ?? 0,
    through: packet?.through.blockNumber, lookedThrough: chain.blocks.length - 1,
  };
  const broken = chain.faults.map(({ code, block }): Finding => ({ code, subject: `block ${block}` }));
  if (packet === undefined) return { ...report, faults: [...broken, { code: 'NOT_A_PACKET', subject: 'packet' }], later: [] };
  const { blockNumber, blockHash } = packet.through;
  const isThere = chain.blocks.find(({ number }) => number === blockNumber)?.hash === blockHash;
  const check = { packet, records: new ChainRecords({ transactions: chain.transactions.filter(({ channel }) => channel === packet.channel) }), roots };
  const found = [verifyDocuments(check), verifyRegistry(check), verifyPractitioner(check)];
  const faults = [...broken, ...(isThere ? [] : [{ code: 'BLOCK_DIFFERS', subject: `block ${blockNumber}` } as const]), ...found.flatMap((one) => one.faults)];

  return { ...report, faults, later: found.flatMap(({ later }) => later) };
}
