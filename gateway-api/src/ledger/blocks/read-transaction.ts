import { createHash } from 'node:crypto';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';

/** Who signed something: the organisation, and the certificate as PEM. */
export interface Signer {
  readonly mspId: string;
  readonly certificate: string;
}

/** A signature with what it covers. */
export interface Signed extends Signer {
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

/** A key's place in the state: name within its chaincode (or collection, where it is a hash), and the version that was read. */
export interface StateRead {
  readonly key: string;
  /** `<block>:<place in the block>`; undefined where nothing was there. */
  readonly version: string | undefined;
}

/** A public value that was written; undefined where the key was deleted. */
export interface PublicWrite {
  readonly key: string;
  readonly value: Uint8Array | undefined;
}

/** A private value that was written, as everybody sees it: SHA-256 of key and value, in hexadecimal. */
export interface HashedWrite {
  readonly collection: string;
  readonly keyHash: string;
  readonly valueHash: string | undefined;
}

/** What a transaction read and wrote in one chaincode. */
export interface NamespaceEffects {
  readonly namespace: string;
  /** Public keys as they are; hashed ones by `hashedKey`. */
  readonly reads: readonly StateRead[];
  readonly writes: readonly PublicWrite[];
  readonly hashedWrites: readonly HashedWrite[];
  /** Keys whose policy was set: that counts as a new version of them. */
  readonly policies: readonly string[];
}

/** A transaction of a chaincode as it stands in its block. */
export interface ReadTransaction {
  readonly txId: string;
  readonly channel: string;
  /** Whether the id is the one that creator and nonce make. */
  readonly isNamedRight: boolean;
  readonly creator: Signed;
  /** Whether what was endorsed answers this very proposal. */
  readonly isAnswered: boolean;
  readonly endorsements: readonly Signed[];
  readonly effects: readonly NamespaceEffects[];
}

const { rwset } = ledger;
const { kvrwset } = rwset;
type Kv = typeof kvrwset;
type Version = InstanceType<Kv['Version']>;

/** Reads an envelope; undefined where it is no chaincode's transaction. Throws where it cannot be read. */
export function readTransaction(envelopeBytes: Uint8Array): ReadTransaction | undefined {
  const envelope = common.Envelope.deserializeBinary(envelopeBytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const header = payload.getHeader() ?? new common.Header();
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  if (channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return undefined;
  const signatureHeader = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
  const creator = signatureHeader.getCreator_asU8();

  return {
    txId: channelHeader.getTxId(),
    channel: channelHeader.getChannelId(),
    isNamedRight: channelHeader.getTxId() === sha256(signatureHeader.getNonce_asU8(), creator).toString('hex'),
    creator: { ...signerOf(creator), data: envelope.getPayload_asU8(), signature: envelope.getSignature_asU8() },
    ...readAction(payload.getData_asU8(), header.getChannelHeader_asU8()),
  };
}

function readAction(data: Uint8Array, channelHeader: Uint8Array): Pick<ReadTransaction, 'isAnswered' | 'endorsements' | 'effects'> {
  const [action, ...others] = peer.Transaction.deserializeBinary(data).getActionsList();
  if (action === undefined || others.length > 0) throw new Error('not one action');
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const endorsed = payload.getAction() ?? new peer.ChaincodeEndorsedAction();
  const responseBytes = endorsed.getProposalResponsePayload_asU8();
  const response = peer.ProposalResponsePayload.deserializeBinary(responseBytes);
  const expected = sha256(channelHeader, action.getHeader_asU8(), payload.getChaincodeProposalPayload_asU8());
  const results = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getResults_asU8();

  return {
    isAnswered: expected.equals(response.getProposalHash_asU8()),
    endorsements: endorsed.getEndorsementsList().map((one) => ({
      ...signerOf(one.getEndorser_asU8()), data: Buffer.concat([responseBytes, one.getEndorser_asU8()]), signature: one.getSignature_asU8(),
    })),
    effects: rwset.TxReadWriteSet.deserializeBinary(results).getNsRwsetList().map(readEffects),
  };
}

function readEffects(set: ledger.rwset.NsReadWriteSet): NamespaceEffects {
  const open = kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8());
  const hashed = set.getCollectionHashedRwsetList().map((one) => ({ collection: one.getCollectionName(), set: kvrwset.HashedRWSet.deserializeBinary(one.getHashedRwset_asU8()) }));
  const openReads = open.getReadsList().map((read) => ({ key: read.getKey(), version: versionOf(read.getVersion()) }));
  const hashedReads = hashed.flatMap(({ collection, set: one }) =>
    one.getHashedReadsList().map((read) => ({ key: hashedKey(collection, hex(read.getKeyHash_asU8())), version: versionOf(read.getVersion()) })));

  return {
    namespace: set.getNamespace(),
    reads: [...openReads, ...hashedReads],
    writes: open.getWritesList().map((write) => ({ key: write.getKey(), value: write.getIsDelete() || write.getValue_asU8().length === 0 ? undefined : write.getValue_asU8() })),
    hashedWrites: hashed.flatMap(({ collection, set: one }) => one.getHashedWritesList().map((write) => ({
      collection, keyHash: hex(write.getKeyHash_asU8()), valueHash: write.getIsDelete() || write.getIsPurge() ? undefined : hex(write.getValueHash_asU8()),
    }))),
    policies: open.getMetadataWritesList().map((write) => write.getKey()),
  };
}

/** How a private key is named among the keys of its chaincode. */
export function hashedKey(collection: string, keyHash: string): string {
  return `${collection} #${keyHash}`;
}

/** Who an identity on the wire is. */
export function signerOf(identity: Uint8Array): Signer {
  const read = msp.SerializedIdentity.deserializeBinary(identity);

  return { mspId: read.getMspid(), certificate: Buffer.from(read.getIdBytes_asU8()).toString('utf8') };
}

function versionOf(version: Version | undefined): string | undefined {
  return version === undefined ? undefined : `${version.getBlockNum()}:${version.getTxNum()}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);

  return hash.digest();
}
