import { documentBytes, documentKey, implicitCollection } from '@medaccord/domain';
import type { RootCertificates } from '../../ledger/blocks/root-certificates.js';
import { isInvalidForGood, isProved, sha256 } from '../../ledger/blocks/chain-records.js';
import type { ChainRecords } from '../../ledger/blocks/chain-records.js';
import type { CredentialPacket, PacketDocument, PlacedDocument } from './packet.js';
import type { Finding, PacketFindings } from './verify-packet.js';

/** What a packet's documents are checked against. */
export interface PacketCheck {
  readonly packet: CredentialPacket;
  readonly records: ChainRecords;
  readonly roots: RootCertificates;
}

/** Checks every version against the hash that the owner's own peer and person left in the chain, and that none is missing. */
export function verifyDocuments(check: PacketCheck): PacketFindings {
  const { documents } = check.packet;
  const newest = documents.filter(({ document }) => !documents.some((other) => isOf(other.document, document.kind, document.id, document.version + 1)));
  const following = newest.map(({ document }) => followingVersion(document, check));

  return {
    faults: [...documents.flatMap((one) => documentFaults(one, check)), ...documents.flatMap(({ document }) => missingParts(document, check.packet)), ...following.flatMap(({ faults }) => faults)],
    later: following.flatMap(({ later }) => later),
  };
}

function documentFaults({ document, blockNumber }: PlacedDocument, { packet, records, roots }: PacketCheck): readonly Finding[] {
  const subject = documentKey(document);
  const { ownerMsp, chaincodes, through } = packet;
  const [written] = records.privateWrites(chaincodes.claims, implicitCollection(ownerMsp), subject);
  if (document.parties.ownerMsp !== ownerMsp || written?.value !== sha256(documentBytes(document))) return [{ code: 'DOCUMENT_NOT_IN_CHAIN', subject }];
  const { transaction } = written;
  if (transaction.txId !== document.recorded.txId || transaction.blockNumber !== blockNumber || blockNumber > through.blockNumber) return [{ code: 'DOCUMENT_MISPLACED', subject }];

  return isProved(transaction, roots, { creator: ownerMsp, endorsers: (organisations) => organisations.has(ownerMsp) }) ? [] : [{ code: 'TRANSACTION_UNPROVED', subject }];
}

/** A version after the newest of the packet: left out where it is older than the packet, told where it is younger. */
function followingVersion(document: PacketDocument, { packet, records }: PacketCheck): PacketFindings {
  const subject = documentKey({ ...document, version: document.version + 1 });
  const [namespace, collection] = [packet.chaincodes.claims, implicitCollection(packet.ownerMsp)];
  const [written] = records.privateWrites(namespace, collection, subject);
  const hidden = records.invalidPrivate(namespace, collection, subject).filter((one) => !isInvalidForGood(one));
  const faults: Finding[] = hidden.map(() => ({ code: 'MARKED_INVALID_WITHOUT_REASON', subject }));
  if (written === undefined) return { faults, later: [] };
  const isOlder = written.transaction.blockNumber <= packet.through.blockNumber;

  return isOlder ? { faults: [...faults, { code: 'VERSION_LEFT_OUT', subject }], later: [] } : { faults, later: [{ code: 'LATER_VERSION', subject }] };
}

/** What a document names and the packet lacks: the version before, the receipts of a file, the release of a receipt. */
function missingParts(document: PacketDocument, { documents, fileId }: CredentialPacket): readonly Finding[] {
  const has = (kind: string, id: string, version?: number): boolean => documents.some((one) => isOf(one.document, kind, id, version));
  const named: [string, string, number?][] = document.version === 1 ? [] : [[document.kind, document.id, document.version - 1]];
  if (document.kind === 'credential-file') named.push(['credential-file', fileId], ...document.body.verified.map((one): [string, string, number] => ['verification', one.verificationId, one.version]));
  if (document.kind === 'verification' && document.body.consentId !== undefined) named.push(['consent', document.body.consentId]);

  return named.filter((one) => !has(...one)).map(([kind, id, version]) => ({ code: 'PART_MISSING', subject: `${kind}~${id}${version === undefined ? '' : `~${version}`}` }));
}

function isOf(document: PacketDocument, kind: string, id: string, version: number | undefined): boolean {
  return document.kind === kind && document.id === id && (version === undefined || document.version === version);
}
