import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { createHash } from 'node:crypto';
import type { SigningIdentity } from '../../identities/index.js';
import { proposalHash } from '../transactions/proposal.js';
import { transactionHeader } from '../transactions/sign-proposal.js';

const { rwset } = ledger;
const { kvrwset } = rwset;

/** A transaction made by hand, with whatever is wrong that a test needs. */
export interface Crafted {
  readonly channel: string;
  readonly creator: SigningIdentity;
  readonly endorsers: readonly SigningIdentity[];
  readonly results: Uint8Array;
  /** Chaincode of the header and of the result, null for none; its version. */
  readonly chaincode?: string | null;
  readonly executed?: string | null;
  readonly version?: string;
  readonly type?: number;
  readonly txId?: string;
  /** Who signs the envelope, where that is not the creator. */
  readonly signer?: SigningIdentity | undefined;
  readonly proposalHash?: Uint8Array;
  readonly actions?: number;
  readonly eventOf?: string;
  /** Endorsements of another result than the one that is in the transaction. */
  readonly tamper?: boolean;
}

/** The serialised envelope. */
export function craft(crafted: Crafted): Uint8Array {
  const header = craftedHeader(crafted);
  const publicPayload = new peer.ChaincodeProposalPayload().serializeBinary();
  const hash = proposalHash(header.getChannelHeader_asU8(), header.getSignatureHeader_asU8(), publicPayload);
  const result = responsePayload(crafted, crafted.proposalHash ?? hash);
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(result);
  const endorsedBytes = crafted.tamper === true ? Buffer.concat([result, Buffer.of(0)]) : result;
  endorsed.setEndorsementsList(crafted.endorsers.map((endorser) => endorsement(endorser, endorsedBytes)));
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(publicPayload);
  actionPayload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(header.getSignatureHeader_asU8());
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList(Array.from({ length: crafted.actions ?? 1 }, () => action));
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(transaction.serializeBinary());
  return signed(payload.serializeBinary(), crafted.signer ?? crafted.creator);
}

/** An envelope around any bytes. */
export function signed(payload: Uint8Array, signer: SigningIdentity): Uint8Array {
  const envelope = new common.Envelope();
  envelope.setPayload(payload);
  envelope.setSignature(signer.sign(payload));
  return envelope.serializeBinary();
}

/** A read-write set that writes these public keys by namespace, or keys of collections. */
export function writeSet(namespaces: Readonly<Record<string, readonly string[] | Readonly<Record<string, readonly string[]>>>>): Uint8Array {
  const all = new rwset.TxReadWriteSet();
  for (const [namespace, content] of Object.entries(namespaces)) {
    const set = new rwset.NsReadWriteSet();
    set.setNamespace(namespace);
    const publicSet = new kvrwset.KVRWSet();
    if (isPublic(content)) {
      publicSet.setWritesList(content.map(publicWrite));
    } else {
      set.setCollectionHashedRwsetList(Object.entries(content).map(([name, keys]) => hashedSet(name, keys)));
    }
    set.setRwset(publicSet.serializeBinary());
    all.addNsRwset(set);
  }
  return all.serializeBinary();
}

function isPublic(content: readonly string[] | Readonly<Record<string, readonly string[]>>): content is readonly string[] {
  return Array.isArray(content);
}

function publicWrite(key: string): InstanceType<typeof kvrwset.KVWrite> {
  const write = new kvrwset.KVWrite();
  write.setKey(key);
  write.setValue(Buffer.from('value'));
  return write;
}

function hashedSet(name: string, keys: readonly string[]): InstanceType<typeof rwset.CollectionHashedReadWriteSet> {
  const hashes = new kvrwset.HashedRWSet();
  hashes.setHashedWritesList(
    keys.map((key) => {
      const write = new kvrwset.KVWriteHash();
      write.setKeyHash(createHash('sha256').update(key).digest());
      write.setValueHash(createHash('sha256').update('value').digest());
      return write;
    }),
  );
  const set = new rwset.CollectionHashedReadWriteSet();
  set.setCollectionName(name);
  set.setHashedRwset(hashes.serializeBinary());
  return set;
}

function craftedHeader(crafted: Crafted): common.Header {
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(idOf(crafted.chaincode));
  const type = crafted.type ?? common.HeaderType.ENDORSER_TRANSACTION;
  const header = transactionHeader(type, crafted.channel, crafted.creator, extension.serializeBinary());
  if (crafted.txId === undefined) return header;
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  channelHeader.setTxId(crafted.txId);
  header.setChannelHeader(channelHeader.serializeBinary());
  return header;
}

function responsePayload(crafted: Crafted, hash: Uint8Array): Uint8Array {
  const chaincodeId = idOf(crafted.executed);
  chaincodeId?.setVersion(crafted.version ?? '1.0');
  const action = new peer.ChaincodeAction();
  action.setResults(crafted.results);
  action.setChaincodeId(chaincodeId);
  if (crafted.eventOf !== undefined) {
    const event = new peer.ChaincodeEvent();
    event.setChaincodeId(crafted.eventOf);
    action.setEvents(event.serializeBinary());
  }
  const payload = new peer.ProposalResponsePayload();
  payload.setProposalHash(hash);
  payload.setExtension$(action.serializeBinary());
  return payload.serializeBinary();
}

function idOf(name: string | null = 'cc'): peer.ChaincodeID | undefined {
  if (name === null) return undefined;
  const id = new peer.ChaincodeID();
  id.setName(name);
  return id;
}

function endorsement(endorser: SigningIdentity, payload: Uint8Array): peer.Endorsement {
  const result = new peer.Endorsement();
  result.setEndorser(endorser.serialize());
  result.setSignature(endorser.sign(Buffer.concat([payload, endorser.serialize()])));
  return result;
}
