import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { decodeTransactions, mspIdsOf, type DecodedTransaction } from '../conformance/world/decoded-block.js';

/** What a member that is no party to a claim can read from the blocks, under the names that the top README uses. */
export type Facets = ReadonlyMap<string, readonly string[]>;

/** The hashes of one transaction's private reads and writes, by collection. */
interface HashedAccess {
  readonly collection: string;
  readonly read: readonly string[];
  readonly written: readonly string[];
}

/** Collects, over all `claims` transactions of a channel, everything that tells one from another. */
export function linkableFacets(blocks: readonly common.Block[]): Facets {
  const seen = new Map<string, Set<string>>();
  const note = (facet: string, examples: readonly string[]): void => {
    for (const example of examples) (seen.get(facet) ?? seen.set(facet, new Set()).get(facet))?.add(example);
  };
  const writtenBy = new Map<string, string>();
  for (const block of blocks) {
    for (const transaction of decodeTransactions(block)) {
      if (transaction.endorsed?.chaincode === 'claims') noteTransaction(transaction, note, writtenBy);
    }
  }
  return new Map([...seen].map(([facet, examples]) => [facet, [...examples].sort()]));
}

function noteTransaction(transaction: DecodedTransaction, note: (facet: string, examples: readonly string[]) => void, writtenBy: Map<string, string>): void {
  const { endorsed, txId } = transaction;
  if (endorsed === undefined) return;
  const [functionName = '', ...args] = endorsed.args;
  const accesses = hashedAccesses(transaction);
  const written = accesses.filter((access) => access.written.length > 0);

  note('function', [functionName]);
  note('argument', args.map((arg) => (/^[0-9a-f]{64}$/.test(arg) ? 'a SHA-256' : arg)));
  note('event', endorsed.event === undefined ? [] : [`${endorsed.event.name}, ${endorsed.event.payload.length} bytes`]);
  note('response', [`${endorsed.response.payload.length} bytes`]);
  note('parties', [written.map(({ collection }) => collection).sort().join(' + ')]);
  note('submitter', mspIdsOf([{ identity: transaction.creator, signature: transaction.signature }]));
  note('time', [timeOf(transaction)]);
  note('number of documents', written.map(({ collection, written: keys }) => `${keys.length} in ${collection}`));
  note('licences consulted', endorsed.namespaces.filter(({ name }) => name === 'registry').flatMap(({ reads }) => reads.map(readable)));
  note('links between transactions', accesses.flatMap(({ read }) => read.flatMap((hash) => linkTo(hash, txId, writtenBy))));
  for (const { written: keys } of accesses) for (const hash of keys) writtenBy.set(hash, txId);
}

/** A hash that is read here and was written elsewhere ties the two transactions together. */
function linkTo(hash: string, txId: string, writtenBy: ReadonlyMap<string, string>): string[] {
  const earlier = writtenBy.get(hash);
  return earlier === undefined || earlier === txId ? [] : [`${txId.slice(0, 8)} uses what ${earlier.slice(0, 8)} wrote`];
}

function timeOf({ payload }: DecodedTransaction): string {
  const header = common.Payload.deserializeBinary(payload).getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
  return common.ChannelHeader.deserializeBinary(header).getTimestamp()?.toDate().toISOString() ?? '';
}

function hashedAccesses({ endorsed }: DecodedTransaction): HashedAccess[] {
  const action = peer.ChaincodeAction.deserializeBinary(peer.ProposalResponsePayload.deserializeBinary(endorsed?.responsePayload ?? new Uint8Array()).getExtension_asU8());
  const namespaces = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
  const collections = namespaces.flatMap((namespace) => namespace.getCollectionHashedRwsetList());
  return collections.map((one) => {
    const collection = one.getCollectionName();
    const set = ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(one.getHashedRwset_asU8());
    const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
    return {
      collection,
      read: set.getHashedReadsList().map((read) => hex(read.getKeyHash_asU8())),
      written: set.getHashedWritesList().map((write) => hex(write.getKeyHash_asU8())),
    };
  });
}

/** Composite keys hold separators that no terminal shows. */
function readable(key: string): string {
  return key.replaceAll('\u0000', ' ').trim();
}
