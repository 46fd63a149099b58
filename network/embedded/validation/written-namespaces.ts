import { peer } from '@hyperledger/fabric-protos';
import type { common } from '@hyperledger/fabric-protos';
import { decodeReadWriteSet } from '../ledger/read-write-set-decoding.js';
import type { NamespaceSet } from '../ledger/read-write-set.js';
import type { EndorsedTransaction } from '../transactions/endorsed-transaction.js';
import { InvalidTransaction, orInvalid } from './invalid-transaction.js';

const Code = peer.TxValidationCode;

/** The namespaces whose policies a transaction must meet: its chaincode's and every other one that it writes to. */
export function namespacesToValidate(channelHeader: common.ChannelHeader, { action }: EndorsedTransaction): NamespaceSet[] {
  const invoked = invokedChaincode(channelHeader, action);
  checkEvent(action, invoked);
  const { namespaces } = orInvalid(Code.BAD_RWSET, () => decodeReadWriteSet(action.getResults_asU8()));
  const names = new Set<string>();
  for (const { namespace } of namespaces) {
    if (names.has(namespace)) throw new InvalidTransaction(Code.ILLEGAL_WRITESET, `duplicate namespace '${namespace}' in txRWSet`);
    names.add(namespace);
  }
  const written = namespaces.filter((set) => set.namespace === invoked || writesTo(set));
  return names.has(invoked) ? written : [...written, emptySet(invoked)];
}

function invokedChaincode(channelHeader: common.ChannelHeader, action: peer.ChaincodeAction): string {
  const extension = orInvalid(Code.BAD_HEADER_EXTENSION, () =>
    peer.ChaincodeHeaderExtension.deserializeBinary(channelHeader.getExtension_asU8()),
  );
  const [named, executed] = [extension.getChaincodeId(), action.getChaincodeId()];
  if (!named || !executed) throw new InvalidTransaction(Code.INVALID_OTHER_REASON, 'nil ChaincodeId');
  if (named.getName() !== executed.getName()) {
    throw new InvalidTransaction(Code.INVALID_CHAINCODE, `inconsistent ccid info (${named.getName()}/${executed.getName()})`);
  }
  if (executed.getVersion() === '') throw new InvalidTransaction(Code.INVALID_CHAINCODE, 'invalid chaincode version');
  return named.getName();
}

function checkEvent(action: peer.ChaincodeAction, invoked: string): void {
  const bytes = action.getEvents_asU8();
  if (bytes.length === 0) return;
  const event = orInvalid(Code.INVALID_OTHER_REASON, () => peer.ChaincodeEvent.deserializeBinary(bytes));
  if (event.getChaincodeId() !== invoked) {
    throw new InvalidTransaction(Code.INVALID_OTHER_REASON, 'chaincode event chaincode id does not match chaincode action chaincode id');
  }
}

function writesTo({ writes, metadataWrites, collections }: NamespaceSet): boolean {
  if (writes.length > 0 || metadataWrites.length > 0) return true;
  return collections.some((collection) => collection.writes.length > 0 || collection.metadataWrites.length > 0);
}

function emptySet(namespace: string): NamespaceSet {
  return { namespace, reads: [], rangeQueries: [], writes: [], metadataWrites: [], collections: [] };
}
